/**
 * What Headwater remembers. Every method is one whole change and carries the scope it may touch; both go into
 * the SQL `WHERE`. A missing and a foreign thing are the same `undefined`. Times are epoch milliseconds and come
 * from the caller, like ids, tokens' hashes and seeds.
 */
import type {
  AnswerStatus,
  AnswerValue,
  Decision,
  Domain,
  Engagement,
  EvidenceGrade,
  Inventory,
  Override,
  PlanSettings,
  Questionnaire,
  Respondent,
  Row,
} from "../assessment/model.ts"

/** What the methods below reject with when it is not a mistake in the program: try again, make room, change the text. */
export { StoreBusy, StoreFull, StoreUnwritable, UnstorableText } from "./errors.ts"

/** The engagement that a consultant's change may touch. */
export interface EngagementScope {
  readonly engagement: string
  /**
   * For changes by the consultant (rows have revisions of their own): made only while the engagement is still at this revision, so
   * that what was read before still holds.
   */
  readonly revision?: number
}

/** The one response that a respondent's change may touch. */
export interface ResponseScope extends EngagementScope {
  readonly respondent: string
}

export interface EngagementSummary {
  readonly id: string
  readonly title: string
  readonly client: string
  readonly createdAt: number
  readonly domains: number
  readonly respondents: number
  readonly submitted: number
  readonly answers: number
}

/** The engagement as the file has it, with what only the store knows. */
export interface StoredEngagement {
  readonly id: string
  readonly createdAt: number
  /** Grows with every change to anything in the engagement: the version tag of every page computed from it. */
  readonly revision: number
  readonly engagement: Engagement
  /** Frozen when the engagement started. */
  readonly questionnaire: Questionnaire
  readonly responses: readonly ResponseState[]
}

export interface ResponseState {
  readonly respondent: string
  readonly submittedAt?: number
  readonly link?: {
    readonly issuedAt: number
    readonly expiresAt: number
    readonly revokedAt?: number
    readonly lastUsedAt?: number
  }
}

/** What a respondent gave for one question; `draft` keeps input that could not be read, word for word, and is never scored. */
export interface AnswerContent {
  readonly status: AnswerStatus | "draft"
  readonly value?: AnswerValue
  readonly companion?: number
  readonly reason?: string
  readonly comment?: string
  readonly evidence?: EvidenceGrade
  /** Form fields as typed, for drafts. */
  readonly raw?: Readonly<Record<string, string | readonly string[]>>
}

export interface StoredAnswer extends AnswerContent {
  readonly domain: string
  readonly question: string
  /** 1 for the first save. */
  readonly revision: number
  readonly savedAt: number
}

/** One answer to save. `seen` is the revision the page showed, 0 for none. */
export interface AnswerChange {
  readonly domain: string
  readonly question: string
  readonly seen: number
  /** Made by the client; a replay returns the stored outcome and writes nothing. */
  readonly key: string
  /** Keys of earlier changes by the same page of which it heard no outcome: an answer that one of them stored counts as seen. */
  readonly unheard?: readonly string[]
  /** `undefined` clears the answer (back to unanswered). */
  readonly content: AnswerContent | undefined
}

export type SaveOutcome =
  | { readonly outcome: "saved"; readonly revision: number; readonly savedAt: number }
  | { readonly outcome: "conflict"; readonly current: StoredAnswer | undefined }
  | { readonly outcome: "closed"; readonly because: "submitted" | "gone" }

export interface AnswerRevision {
  readonly revision: number
  readonly at: number
  readonly respondent: string
  readonly content: AnswerContent | undefined
}

export interface Response {
  /** With the answers of this respondent alone: nobody is shown what others said, and pages do not grow slower with their number. */
  readonly stored: StoredEngagement
  readonly respondent: Respondent
  readonly submittedAt?: number
  readonly answers: readonly StoredAnswer[]
}

export type RowOutcome =
  | { readonly outcome: "saved"; readonly revision: number }
  | { readonly outcome: "conflict"; readonly current: Row | undefined; readonly revision: number }

export interface StoredRow {
  readonly row: Row
  readonly revision: number
  readonly savedAt: number
}

export interface Store {
  readonly engine: "sqlite" | "postgres"

  listEngagements(): Promise<readonly EngagementSummary[]>
  /** Starts an engagement from a file's content (or an empty one), freezing the questionnaire into it. */
  addEngagement(id: string, engagement: Engagement, questionnaire: Questionnaire, now: number): Promise<void>
  loadEngagement(scope: EngagementScope): Promise<StoredEngagement | undefined>
  /** The version tag alone. */
  revisionOf(scope: EngagementScope): Promise<number | undefined>
  changeDetails(
    scope: EngagementScope,
    details: { title: string; client: string; plan: PlanSettings },
    now: number,
  ): Promise<boolean>
  removeEngagement(scope: EngagementScope): Promise<boolean>
  /** Moves the engagement to another version of its questionnaire: a deliberate act. */
  changeQuestionnaire(scope: EngagementScope, questionnaire: Questionnaire, now: number): Promise<boolean>

  saveDomain(scope: EngagementScope, domain: Domain, now: number): Promise<boolean>
  removeDomain(scope: EngagementScope, domain: string, now: number): Promise<boolean>
  saveRespondent(scope: EngagementScope, respondent: Respondent, now: number): Promise<boolean>
  removeRespondent(scope: EngagementScope, respondent: string, now: number): Promise<boolean>

  /** Replaces any earlier link of the respondent. `tokenHash` is sha-256, hex. */
  issueLink(scope: ResponseScope, tokenHash: string, expiresAt: number, now: number): Promise<boolean>
  revokeLink(scope: ResponseScope, now: number): Promise<boolean>
  /** What a link opens, for its landing page; changes nothing. Expired links say so, unknown and revoked ones are `undefined`. */
  readLink(tokenHash: string, now: number): Promise<{ scope: ResponseScope; expired: boolean } | undefined>
  /** Exchanges a valid link for a session. */
  openSession(tokenHash: string, sessionHash: string, expiresAt: number, now: number): Promise<ResponseScope | undefined>
  readSession(sessionHash: string, now: number): Promise<ResponseScope | undefined>
  endSession(sessionHash: string): Promise<void>

  loadResponse(scope: ResponseScope): Promise<Response | undefined>
  /** All changes in one transaction; outcomes in the order given. Resolves after COMMIT only. */
  saveAnswers(scope: ResponseScope, changes: readonly AnswerChange[], now: number): Promise<readonly SaveOutcome[]>
  submit(scope: ResponseScope, now: number): Promise<boolean>
  reopen(scope: ResponseScope, now: number): Promise<boolean>
  /** Oldest first. */
  answerHistory(scope: EngagementScope, respondent: string, domain: string, question: string): Promise<readonly AnswerRevision[]>

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

  /** `undefined` takes the decision back. */
  saveDecision(
    scope: EngagementScope,
    domain: string,
    question: string,
    decision: Decision | undefined,
    now: number,
  ): Promise<boolean>
  saveOverride(scope: EngagementScope, override: Override, now: number): Promise<boolean>
  /** All overrides of the initiative, or the one with this `action`. */
  removeOverride(
    scope: EngagementScope,
    initiative: string,
    domain: string | undefined,
    now: number,
    action?: Override["action"],
  ): Promise<boolean>

  /** One read and one write; throws when either fails. */
  probe(now: number): Promise<void>
  close(): Promise<void>
}
