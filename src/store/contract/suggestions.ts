import type { Respondent } from "../../assessment/model.ts"
import type { EngagementScope, ResponseScope } from "./scope.ts"

/** Whom a respondent would rather have asked: in their own place, or about one section of one domain. */
export interface NewSuggestion {
  /** A new UUID. */
  readonly id: string
  /** Absent: in the respondent's own place. */
  readonly section?: { readonly domain: string; readonly dimension: string }
  readonly name: string
  readonly email?: string
  readonly note?: string
}

export interface Suggestion extends NewSuggestion {
  /** Who suggests. */
  readonly respondent: string
  readonly madeAt: number
  readonly decided?: { readonly at: number; readonly outcome: "added" | "declined" | "withdrawn" }
}

/** Colleagues whom respondents name; the consultant decides. */
export interface SuggestionStore {
  /** Those of the respondent who asks, or all for a consultant; oldest first. */
  listSuggestions(scope: EngagementScope): Promise<readonly Suggestion[]>
  /**
   * Takes the place of an undecided one for the same section, or in the same person's place. False when the engagement takes no answers any
   * more, or there is no such domain.
   */
  suggest(scope: ResponseScope, suggestion: NewSuggestion, now: number): Promise<boolean>
  /** The respondent answers themselves after all; false when there is nothing to take back. */
  withdrawSuggestion(scope: ResponseScope, suggestion: string, now: number): Promise<boolean>
  /**
   * Adds the colleague, or changes the person with this id, and ends the links of the one who suggested them where `replaces` says so; all
   * or nothing. False when it was decided already, or a domain is not there.
   */
  acceptSuggestion(
    scope: EngagementScope,
    suggestion: string,
    colleague: Respondent,
    replaces: boolean,
    now: number,
  ): Promise<boolean>
  declineSuggestion(scope: EngagementScope, suggestion: string, now: number): Promise<boolean>
}
