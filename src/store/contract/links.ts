import type { EngagementScope, ResponseScope } from "./scope.ts"

/** A link just made: `tokenHash` is sha-256, hex; the token itself is never stored. */
export interface NewLink {
  readonly respondent: string
  readonly tokenHash: string
}

/** Invitations of respondents, the links to them, and the sessions that links open. */
export interface LinkStore {
  /** Invites the respondent with this link alone: any earlier link, and every session it opened, ends. */
  issueLink(scope: ResponseScope, tokenHash: string, expiresAt: number, now: number): Promise<boolean>
  /**
   * Gives each of these a further link; earlier ones go on working until all of them expire. Gives the respondents it did that for: not
   * those who are not there, or whose invitation was revoked.
   */
  addLinks(scope: EngagementScope, links: readonly NewLink[], expiresAt: number, now: number): Promise<readonly string[]>
  /** Ends every link of the person and every session they opened. */
  revokeLink(scope: ResponseScope, now: number): Promise<boolean>
  /** Moves the day on which all of the person's links end; false for somebody without an invitation in force. */
  changeExpiry(scope: ResponseScope, expiresAt: number, now: number): Promise<boolean>
  /** What a link opens, for its landing page; changes nothing. Expired links say so, unknown and revoked ones are `undefined`. */
  readLink(tokenHash: string, now: number): Promise<{ scope: ResponseScope; expired: boolean } | undefined>
  /** Exchanges a valid link for a session. */
  openSession(tokenHash: string, sessionHash: string, expiresAt: number, now: number): Promise<ResponseScope | undefined>
  /** Whose session it is; one that was not used for `idle` milliseconds has ended. */
  readSession(sessionHash: string, now: number, idle?: number): Promise<ResponseScope | undefined>
  endSession(sessionHash: string): Promise<void>
}
