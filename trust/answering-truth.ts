/** What the store holds of one respondent's answers, held against what pages say and what browsers asked for. */
import Database from "better-sqlite3"
import type { Asked } from "./fault-proxy.ts"

/** A question as its page shows it. */
export interface Look {
  readonly question: string
  readonly says: string
  readonly seen: number
  readonly value: string
  readonly comment: string
  /** The page asks which of two answers to keep. */
  readonly asks: boolean
}

interface Revision {
  readonly revision: number
  readonly key: string
  readonly value: string
  readonly comment: string
}

/** A second connection that only reads; the server goes on writing. */
export const openTruth = (file: string) => {
  const database = new Database(file, { readonly: true })
  const columns = "SELECT revision, key, content FROM answer_revision WHERE respondent = ? AND question = ? ORDER BY revision"
  const select = database.prepare<[string, string], { revision: number; key: string; content: string | null }>(columns)
  const history = (respondent: string, question: string): readonly Revision[] =>
    select.all(respondent, question).map(({ revision, key, content }) => {
      const { value, comment } = JSON.parse(content ?? "{}") as { value?: unknown; comment?: string }
      return { revision, key, value: typeof value === "number" ? String(value) : "", comment: comment ?? "" }
    })
  return { history, close: () => database.close() }
}

export type Truth = ReturnType<typeof openTruth>

/** What a page pretends: says saved what is not, or says nothing of what is not saved. */
export const falseWord = (look: Look, history: readonly Revision[]): "false Saved" | "unseen" | undefined => {
  const stored = history.find(({ revision }) => revision === look.seen)
  if (isSame(look, stored ?? { value: "", comment: "" })) return undefined
  if (/^(Saved|Kept)/.test(look.says)) return look.asks ? undefined : "false Saved"
  return look.says === "" && !look.asks ? "unseen" : undefined
}

/** Whether these words were ever stored. */
export const isKept = (history: readonly Revision[], comment: string): boolean => history.some((one) => one.comment === comment)

const isSame = (one: Pick<Look, "value" | "comment">, other: Pick<Look, "value" | "comment">): boolean =>
  one.value === other.value && one.comment === other.comment

/** Revisions that one change stored twice, and revisions that replaced something the page had not seen. */
export const faultsIn = (question: string, history: readonly Revision[], asked: ReadonlyMap<string, readonly Asked[]>) => {
  const doubled: string[] = []
  const overwritten: string[] = []
  history.forEach((one, at) => {
    const before = history[at - 1]
    const name = `${question} revision ${one.revision}`
    if (before && isSame(one, before)) doubled.push(`${name} repeats the one before`)
    const requests = (asked.get(one.key) ?? []).filter((change) => change.question === question)
    if (requests.length === 0) doubled.push(`${name} was never asked for`)
    const knew = ({ seen, unheard }: Asked): boolean =>
      seen === (before?.revision ?? 0) ||
      (before !== undefined && unheard.includes(before.key)) ||
      (seen === 0 && isBlank(before))
    if (requests.length > 0 && !requests.some(knew)) overwritten.push(`${name}, which its page had not seen`)
  })
  return { doubled, overwritten }
}

const isBlank = (revision: Revision | undefined): boolean => revision?.value === "" && revision.comment === ""
