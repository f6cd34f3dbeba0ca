/** What a call may touch. Scopes go into the SQL `WHERE` of every query: a missing and a foreign thing are the same `undefined`. */

/**
 * Who acts. An account reaches the engagements it is a member of (an administrator all), a respondent their own answers and the lists
 * shared with them. The program itself (start, command line, reminders) reaches everything; the web never acts as the program.
 */
export type Actor = { readonly account: string } | { readonly respondent: string } | { readonly program: string }

/** The engagement that a call may touch, and for whom. */
export interface EngagementScope {
  readonly engagement: string
  readonly by: Actor
  /**
   * For changes by the consultant (rows have revisions of their own): made only while the engagement is still at this revision, so
   * that what was read before still holds.
   */
  readonly revision?: number
}

/** The one response that a change may touch: by the respondent, or for them. */
export interface ResponseScope extends EngagementScope {
  readonly respondent: string
}
