/**
 * What Headwater remembers. Every method is one whole change and carries the scope it may touch; both go into
 * the SQL `WHERE`. A missing and a foreign thing are the same `undefined`. Times are epoch milliseconds and come
 * from the caller, like ids, tokens' hashes and seeds. This file is the store's one door: other rooms import nothing else of it.
 */
import type { AccountSessionStore } from "./contract/account-sessions.ts"
import type { AccountStore } from "./contract/accounts.ts"
import type { AnswerStore } from "./contract/answers.ts"
import type { AuditStore } from "./contract/audit.ts"
import type { DecisionStore } from "./contract/decisions.ts"
import type { EngagementStore } from "./contract/engagements.ts"
import type { EstateStore } from "./contract/estates.ts"
import type { LinkStore } from "./contract/links.ts"
import type { MemberStore } from "./contract/members.ts"
import type { MessageStore } from "./contract/messages.ts"
import type { RowStore } from "./contract/rows.ts"
import type { SuggestionStore } from "./contract/suggestions.ts"

export type * from "./contract/account-sessions.ts"
export type * from "./contract/accounts.ts"
export type * from "./contract/answers.ts"
export type * from "./contract/audit.ts"
export type * from "./contract/decisions.ts"
export type * from "./contract/engagements.ts"
export type * from "./contract/estates.ts"
export type * from "./contract/links.ts"
export type * from "./contract/members.ts"
export type * from "./contract/messages.ts"
export type * from "./contract/rows.ts"
export type * from "./contract/scope.ts"
export type * from "./contract/suggestions.ts"
/** What the methods below reject with when it is not a mistake in the program: try again, make room, change the text. */
export { StoreBusy, StoreFull, StoreUnwritable, UnstorableText } from "./errors.ts"

export interface Store
  extends
    EngagementStore,
    LinkStore,
    AnswerStore,
    RowStore,
    DecisionStore,
    EstateStore,
    AccountStore,
    AccountSessionStore,
    MemberStore,
    MessageStore,
    SuggestionStore,
    AuditStore {
  readonly engine: "sqlite" | "postgres"
  /** One read and one write; throws when either fails. */
  probe(now: number): Promise<void>
  close(): Promise<void>
}
