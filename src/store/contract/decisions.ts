import type { Decision, Override } from "../../assessment/model.ts"
import type { EngagementScope } from "./scope.ts"

/** What the consultant settles: agreed answers, and changes of the plan. */
export interface DecisionStore {
  /** `undefined` takes the decision back. */
  saveDecision(
    scope: EngagementScope,
    domain: string,
    question: string,
    decision: Decision | undefined,
    now: number,
  ): Promise<boolean>
  saveOverride(scope: EngagementScope, override: Override, now: number): Promise<boolean>
  /** All overrides of the initiative, or the one with this `action`. */
  removeOverride(
    scope: EngagementScope,
    initiative: string,
    domain: string | undefined,
    now: number,
    action?: Override["action"],
  ): Promise<boolean>
}
