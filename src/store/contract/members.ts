import type { Actor, EngagementScope } from "./scope.ts"

/** What a member may do with an engagement: also share and erase it, change it, or read it without personal data. */
export type MemberRole = "owner" | "editor" | "reader"

export interface Member {
  readonly account: string
  readonly name: string
  readonly email: string
  readonly role: MemberRole
  readonly disabled: boolean
}

/** Who may touch an engagement. */
export interface MemberStore {
  /** What the actor may do with the engagement; `undefined` for nothing, and for one that is not there. An administrator is an owner. */
  standingOf(scope: EngagementScope): Promise<MemberRole | undefined>
  /** Names of those who lead the engagement, for the people whom it asks. */
  ownersOf(scope: EngagementScope): Promise<readonly string[]>
  /** Owners first; `undefined` for an engagement that the actor may not read. */
  listMembers(scope: EngagementScope): Promise<readonly Member[] | undefined>
  /** Adds a member or changes what they may do. Never leaves the engagement without an owner, nor makes a reader's account more than that. */
  saveMember(
    scope: EngagementScope,
    account: string,
    role: MemberRole,
    now: number,
  ): Promise<"saved" | "gone" | "last-owner" | "reader-account">
  removeMember(scope: EngagementScope, account: string, now: number): Promise<"removed" | "gone" | "last-owner">
  /** Accounts that are not disabled, but for the actor's own: with whom an engagement can be shared. Readers share with nobody. */
  listColleagues(by: Actor): Promise<readonly { readonly id: string; readonly name: string; readonly email: string }[]>
}
