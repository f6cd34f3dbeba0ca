import type { Actor } from "./scope.ts"

/** One thing that was done. `detail` never holds what somebody answered, nor a name: ids and counts only. */
export interface AuditEntry {
  readonly number: number
  readonly at: number
  /** `account ID`, `person-REFERENCE` of a respondent, `program WHAT` it was doing, or `nobody`. */
  readonly actor: string
  /** A noun and what happened to it: `account.added`. */
  readonly action: string
  readonly engagement?: string
  readonly subject?: string
  readonly detail: Readonly<Record<string, string | number | boolean>>
}

export interface AuditNote {
  readonly action: string
  readonly engagement?: string
  readonly subject?: string
  readonly detail?: Readonly<Record<string, string | number | boolean>>
}

/** Which entries, and how many of them from which on. */
export interface AuditFilter {
  readonly engagement?: string
  readonly action?: string
  readonly actor?: string
  readonly offset: number
  readonly limit: number
}

/** The append-only audit log, for administrators and the program: each entry's hash covers the one before it, so that a gap or a change shows. */
export interface AuditStore {
  /** Notes what the store does not note by itself: sign-ins, refusals, exports. */
  noteAudit(by: Actor | "nobody", note: AuditNote, now: number): Promise<void>
  /** A page of entries, newest first, and how many there are in all that fit; `undefined` for all but administrators. */
  readAudit(
    by: Actor,
    filter: AuditFilter,
  ): Promise<{ readonly entries: readonly AuditEntry[]; readonly total: number } | undefined>
  /** `broken` is the number of the first entry that is missing or does not follow from the one before it; absent when all do. */
  verifyAudit(by: Actor): Promise<{ readonly entries: number; readonly broken?: number } | undefined>
}
