import type { Inventory, Row } from "../../assessment/model.ts"
import type { ClosedBecause } from "./answers.ts"
import type { EngagementScope } from "./scope.ts"

export type RowOutcome =
  | { readonly outcome: "saved"; readonly revision: number }
  | { readonly outcome: "conflict"; readonly current: Row | undefined; readonly revision: number }
  | { readonly outcome: "closed"; readonly because: ClosedBecause }

export interface StoredRow {
  readonly row: Row
  readonly revision: number
  readonly savedAt: number
}

/** The inventories that people fill in together. */
export interface RowStore {
  /** Rows with their revisions, in their order. */
  loadRows(scope: EngagementScope, domain: string, question: string): Promise<readonly StoredRow[]>
  /** `seen` 0 adds the row; its id comes from the caller, so that a repeat cannot double it. */
  saveRow(
    scope: EngagementScope,
    domain: string,
    question: string,
    row: Row,
    seen: number,
    now: number,
  ): Promise<RowOutcome | undefined>
  removeRow(scope: EngagementScope, domain: string, question: string, row: string, now: number): Promise<boolean>
  /** Says "there are none" (an inventory without rows), or takes that back. */
  stateNone(scope: EngagementScope, domain: string, question: string, none: boolean, now: number): Promise<boolean>
  replaceInventory(scope: EngagementScope, inventory: Inventory, now: number): Promise<boolean>
}
