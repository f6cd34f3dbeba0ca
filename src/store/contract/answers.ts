import type { AnswerStatus, AnswerValue, EvidenceGrade, Respondent } from "../../assessment/model.ts"
import type { StoredEngagement } from "./engagements.ts"
import type { EngagementScope, ResponseScope } from "./scope.ts"
import type { Suggestion } from "./suggestions.ts"

/** What a respondent gave for one question; `draft` keeps input that could not be read, word for word, and is never scored. */
export interface AnswerContent {
  readonly status: AnswerStatus | "draft"
  readonly value?: AnswerValue
  readonly companion?: number
  readonly reason?: string
  readonly comment?: string
  readonly evidence?: EvidenceGrade
  readonly links?: readonly string[]
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

/** Why no answer is taken any more: handed in, the engagement has closed, or the person is not asked (any more). */
export type ClosedBecause = "submitted" | "closed" | "gone"

export type SaveOutcome =
  | { readonly outcome: "saved"; readonly revision: number; readonly savedAt: number }
  | { readonly outcome: "conflict"; readonly current: StoredAnswer | undefined }
  | { readonly outcome: "closed"; readonly because: ClosedBecause }

export interface AnswerRevision {
  readonly revision: number
  readonly at: number
  readonly respondent: string
  readonly content: AnswerContent | undefined
}

export interface Response {
  /** With this respondent and their answers alone: nobody is shown what others said, and saves do not grow slower with their number. */
  readonly stored: StoredEngagement
  readonly respondent: Respondent
  readonly submittedAt?: number
  readonly answers: readonly StoredAnswer[]
  /** Colleagues whom the respondent has named, oldest first. */
  readonly suggestions: readonly Suggestion[]
  /** Rows of shared lists that this respondent is asked to fill in and has not saved since. */
  readonly waiting: readonly { readonly domain: string; readonly question: string; readonly rows: number }[]
}

/** What one respondent says. */
export interface AnswerStore {
  loadResponse(scope: ResponseScope): Promise<Response | undefined>
  /** Everybody who is asked, without addresses: for pages on which people fill in something together. */
  listAsked(scope: ResponseScope): Promise<readonly Respondent[]>
  /** All changes in one transaction; outcomes in the order given. Resolves after COMMIT only. */
  saveAnswers(scope: ResponseScope, changes: readonly AnswerChange[], now: number): Promise<readonly SaveOutcome[]>
  submit(scope: ResponseScope, now: number): Promise<boolean>
  /** By the respondent until the engagement closes, by its consultants at any time. */
  reopen(scope: ResponseScope, now: number): Promise<boolean>
  /** Oldest first. */
  answerHistory(scope: EngagementScope, respondent: string, domain: string, question: string): Promise<readonly AnswerRevision[]>
}
