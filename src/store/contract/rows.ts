import type { EvidenceGrade, Inventory, Row } from "../../assessment/model.ts"
import type { ClosedBecause } from "./answers.ts"
import type { EngagementScope } from "./scope.ts"

export type RowOutcome =
  | { readonly outcome: "saved"; readonly revision: number }
  | { readonly outcome: "conflict"; readonly current: Row | undefined; readonly revision: number }
  | { readonly outcome: "closed"; readonly because: ClosedBecause }

/** What came of a change to a list other than to cells; `unchanged` when it is so already, or there is nothing (any more) to change. */
export type ListOutcome =
  | { readonly outcome: "changed" }
  | { readonly outcome: "unchanged" }
  | { readonly outcome: "closed"; readonly because: ClosedBecause }

export interface StoredRow {
  readonly row: Row
  /** Of its cells: moving a row or giving it to somebody is no reason for a conflict with who fills it in. */
  readonly revision: number
  readonly savedAt: number
  /** Id of the respondent who is asked to fill it in. */
  readonly owner?: string
  /** True until its owner has saved it. */
  readonly waiting: boolean
}

/** One row to add (`seen` 0), change or, without `row`, remove. `seen` is the revision that the page showed. */
export interface RowChange {
  readonly id: string
  readonly row: Row | undefined
  readonly seen: number
}

/** Where a row goes: beside another one, or to a place counted from 1. */
export type RowPlace = { readonly before: string } | { readonly after: string } | { readonly place: number }

/** A state that a row had: its content is `undefined` where it was removed. */
export interface RowRevision {
  readonly revision: number
  readonly at: number
  readonly position: number
  readonly row: Row | undefined
  readonly owner?: string
  readonly by: { readonly account?: string; readonly respondent?: string }
}

/** The inventories that people fill in together; respondents reach those of the domains they are asked about, until their answers are closed. */
export interface RowStore {
  /** Rows with their revisions, in their order. */
  loadRows(scope: EngagementScope, domain: string, question: string): Promise<readonly StoredRow[]>
  loadRow(scope: EngagementScope, domain: string, question: string, row: string): Promise<StoredRow | undefined>
  /** `seen` 0 adds the row; its id comes from the caller, so that a repeat cannot double it. */
  saveRow(
    scope: EngagementScope,
    domain: string,
    question: string,
    row: Row,
    seen: number,
    now: number,
  ): Promise<RowOutcome | undefined>
  /** All changes in one transaction, each judged on its own; outcomes in the order given. `evidence` grades the list when a row is saved. */
  saveRows(
    scope: EngagementScope,
    domain: string,
    question: string,
    changes: readonly RowChange[],
    now: number,
    evidence?: EvidenceGrade,
  ): Promise<readonly RowOutcome[] | undefined>
  removeRow(scope: EngagementScope, domain: string, question: string, row: string, now: number): Promise<ListOutcome>
  /** What was removed last under this id, while it is not in the list. */
  loadRemovedRow(scope: EngagementScope, domain: string, question: string, row: string): Promise<Row | undefined>
  /** Puts a removed row back as it was: content, owner and place. */
  restoreRow(scope: EngagementScope, domain: string, question: string, row: string, now: number): Promise<ListOutcome>
  moveRow(scope: EngagementScope, domain: string, question: string, row: string, to: RowPlace, now: number): Promise<ListOutcome>
  /** Asks a respondent who is asked about the domain to fill in these rows; `undefined` leaves them to everybody. */
  giveRows(
    scope: EngagementScope,
    domain: string,
    question: string,
    rows: readonly string[],
    owner: string | undefined,
    now: number,
  ): Promise<ListOutcome>
  /** Every state of a row, oldest first; for consultants. */
  rowHistory(scope: EngagementScope, domain: string, question: string, row: string): Promise<readonly RowRevision[]>
  /** Says "there are none" (an inventory without rows), or takes that back. */
  stateNone(scope: EngagementScope, domain: string, question: string, none: boolean, now: number): Promise<ListOutcome>
  replaceInventory(scope: EngagementScope, inventory: Inventory, now: number): Promise<boolean>
}
