import type { Estate, HandDecision, NodeId, OriginKind } from "../../estate/model.ts"
import type { EngagementScope } from "./scope.ts"

/** What is to be kept of one import. */
export interface EstateImport {
  /** From the caller. */
  readonly id: string
  readonly domain: string
  /** Together with the domain this is what a later import replaces; 1 to 200 characters. */
  readonly name: string
  /** With the statements' texts; decisions in it are left out. */
  readonly estate: Estate
  /** The table that it was read from, kept while the import waits. */
  readonly upload?: string
}

/** An import without what it holds. */
export interface EstateHead {
  readonly id: string
  readonly domain: string
  readonly name: string
  readonly kind: OriginKind
  readonly importedAt: number
  /** Id of the account. */
  readonly by?: string
  /** Grows with each decision: id and revision together say what the estate holds. */
  readonly revision: number
  readonly statements: number
}

/** What somebody decided on a statement by hand. */
export interface StatementDecision extends HandDecision {
  readonly time: string
  /** Id of the account. */
  readonly by?: string
  /** Whether the text is another one by now than the one decided on. */
  readonly outdated: boolean
}

/** An import with its statements, without their texts; decisions stand in the statements, and with more detail beside them. */
export interface StoredEstate extends EstateHead {
  readonly estate: Estate
  readonly decisions: ReadonlyMap<NodeId, StatementDecision>
  /** Hashes of the texts, to tell whether one changed. */
  readonly textHashes: ReadonlyMap<NodeId, string>
  /** Only while it waits. */
  readonly upload?: string
}

/** What an import that waits was compared with when it was shown. */
export interface EstateComparison {
  /** Id of the import of the same domain and name, where there was one. */
  readonly replaces?: string
  /** Statements that are known again under another id: decisions on them go along. */
  readonly moved: readonly { readonly from: NodeId; readonly to: NodeId }[]
}

/** `moved on` when another import of the domain and name is there by now, `gone` when nothing waits under the id. */
export type EstateOutcome = "taken" | "moved on" | "gone"

/**
 * What runs today, by import. Whoever may read the engagement reads it; respondents do not. An import is first put aside, shown, and
 * taken when the account that sent it says so.
 */
export interface EstateStore {
  /** The imports that were taken, without what they hold; oldest first. */
  listEstates(scope: EngagementScope): Promise<readonly EstateHead[]>
  loadEstate(scope: EngagementScope, estate: string): Promise<StoredEstate | undefined>
  /** One text, also of an import that waits; `undefined` where there is none. */
  loadStatementText(scope: EngagementScope, estate: string, statement: NodeId): Promise<string | undefined>
  /** Puts an import aside for this account until it is taken; what waited for the account before goes. */
  putEstateAside(scope: EngagementScope, wanted: EstateImport, now: number): Promise<boolean>
  /** The import that waits for this account under this id. */
  loadWaitingEstate(scope: EngagementScope, estate: string): Promise<StoredEstate | undefined>
  /** Takes what waits in the place of the import that it was compared with. */
  takeEstate(scope: EngagementScope, estate: string, comparison: EstateComparison, now: number): Promise<EstateOutcome>
  /** Both at once: replaces the import of the same domain and name whole, in one transaction. */
  saveEstate(scope: EngagementScope, wanted: EstateImport, now: number): Promise<boolean>
  /** Sets a statement's class by hand, or takes that back with `undefined`; false when there is no such statement, or nothing to take back. */
  decideStatement(
    scope: EngagementScope,
    estate: string,
    statement: NodeId,
    decision: HandDecision | undefined,
    now: number,
  ): Promise<boolean>
  /** Removes an import, taken or waiting, with the decisions on it. */
  removeEstate(scope: EngagementScope, estate: string, now: number): Promise<boolean>
}
