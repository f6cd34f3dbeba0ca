import type { Account } from "./accounts.ts"

/** What a sign-in may do: only prove a second factor, only set one up, or everything its account may. */
export type SessionStep = "second-factor" | "enrol" | "open"

export interface AccountSession {
  /** Names the session to its owner; opens nothing. */
  readonly id: string
  readonly account: Account
  readonly step: SessionStep
  readonly createdAt: number
  readonly seenAt: number
  /** When its owner last proved who they are. */
  readonly confirmedAt: number
  /** What the browser said of itself, shortened. */
  readonly browser: string
  readonly address: string
}

export interface NewSession {
  readonly hash: string
  readonly id: string
  readonly account: string
  readonly step: SessionStep
  readonly expiresAt: number
  /** When its owner proved who they are, when that was not just now. */
  readonly confirmedAt?: number
  readonly browser: string
  readonly address: string
}

/** The sign-ins of accounts. Only the sha-256 of a session's token is stored. */
export interface AccountSessionStore {
  /** Opens a session in the place of `replaces`; false when the account is disabled. */
  openAccountSession(session: NewSession, now: number, replaces?: string): Promise<boolean>
  /** The session, unless it has ended, was idle for too long, or its account is disabled. */
  readAccountSession(hash: string, now: number, idle: number): Promise<AccountSession | undefined>
  /** Notes that its owner has proved again who they are. */
  confirmAccountSession(hash: string, now: number): Promise<boolean>
  /** Newest first. */
  listAccountSessions(account: string, now: number, idle: number): Promise<readonly AccountSession[]>
  /** Ends the one with this id, or all but the one with the hash `except`; gives their number. */
  endAccountSessions(account: string, which: { readonly id: string } | { readonly except?: string }, now: number): Promise<number>
  endAccountSession(hash: string, now: number): Promise<void>
}
