/** What an answer, a row, a decision or an override says ↔ its JSON text. Equal content gives equal text, so texts can be compared. */
import type { Answer, Decision, Override, Row } from "../assessment/model.ts"
import type { AnswerContent, StoredAnswer } from "./store.ts"
import type { AnswerTable, StoredStatus } from "./tables.ts"

/** Null for an answer taken back. */
export const answerText = (content: AnswerContent | undefined): string | null => {
  if (content === undefined) return null
  const { status, value, companion, reason, comment, evidence, links, raw } = content
  return JSON.stringify({ status, value, companion, reason, comment, evidence, links, raw: raw && sorted(raw) })
}

export const statusOf = (content: AnswerContent | undefined): StoredStatus => content?.status ?? "cleared"

export const answerContent = (text: string): AnswerContent => JSON.parse(text) as AnswerContent

/** `undefined` for an answer that was taken back; `start` is the time of one that came from a file without times. */
export const storedAnswer = (
  row: Pick<AnswerTable, "domain" | "question" | "revision" | "content" | "saved_at">,
  start: number,
): StoredAnswer | undefined =>
  row.content === null
    ? undefined
    : {
        domain: row.domain,
        question: row.question,
        revision: row.revision,
        savedAt: row.saved_at ?? start,
        ...answerContent(row.content),
      }

/** `undefined` for drafts and answers taken back: they are not part of the engagement's file. */
export const fileAnswer = (row: Omit<AnswerTable, "engagement" | "revision">): Answer | undefined => {
  if (row.content === null || row.status === "draft") return undefined
  const { respondent, domain, question } = row
  const content = answerContent(row.content) as Omit<Answer, "respondent" | "domain" | "question">
  return { respondent, domain, question, ...content, ...timeOf(row.saved_at) }
}

export const rowText = (row: Row): string => {
  const { id, ...cells } = row
  return JSON.stringify({ id, ...sorted(cells) })
}

export const rowOf = (text: string): Row => JSON.parse(text) as Row

export const decisionText = ({ value, anchor, rationale, dissent, evidence }: Decision): string =>
  JSON.stringify({ value, anchor, rationale, dissent, evidence })

export const decisionOf = (row: { domain: string; question: string; content: string; decided_at: number | null }): Decision => {
  const content = JSON.parse(row.content) as Omit<Decision, "domain" | "question">
  return { domain: row.domain, question: row.question, ...content, ...timeOf(row.decided_at) }
}

export const overrideText = ({ wave, effort, reason }: Override): string => JSON.stringify({ wave, effort, reason })

export const overrideOf = (row: { initiative: string; domain: string | null; action: string; content: string }): Override => {
  const content = JSON.parse(row.content) as Pick<Override, "wave" | "effort" | "reason">
  const { initiative, domain } = row
  return { initiative, ...(domain === null ? {} : { domain }), action: row.action as Override["action"], ...content }
}

/** ISO 8601 → epoch milliseconds; null when the file has no time. Throws for text that is no time. */
export const millisecondsOf = (time: string | undefined): number | null => {
  if (time === undefined) return null
  const at = Date.parse(time)
  if (Number.isNaN(at)) throw new RangeError(`"${time}" is not a time.`)
  return at
}

const timeOf = (at: number | null): { time?: string } => (at === null ? {} : { time: new Date(at).toISOString() })

const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
