import type { ReadAnswer } from "../assessment/answers.ts"
import type { AnswerChange, AnswerContent, SaveOutcome, StoredAnswer } from "../store/store.ts"
import type { Conflict } from "./question-view.ts"
import { type Problem } from "./respond.ts"
import type { Dependencies, RespondentVisit } from "./visit.ts"

/** What became of the answers of one save: conflicts by question, or why nothing can be saved any more. */
export interface Saved {
  readonly conflicts: ReadonlyMap<string, Conflict>
  readonly closed: "submitted" | "gone" | undefined
  readonly outcomes: readonly SaveOutcome[]
}

/**
 * Saves what was read from a page. Answers that the page did not change are left alone, also when another window changed
 * them meanwhile.
 */
export const saveRead = async (
  visit: RespondentVisit,
  on: Dependencies,
  domain: string,
  read: readonly ReadAnswer[],
): Promise<Saved> => {
  const changes: AnswerChange[] = []
  for (const answer of read) {
    if (await isUntouched(visit, on, domain, answer)) continue
    const { question, seen, key = on.newId(), unheard, content } = answer
    changes.push({ domain, question, seen, key, ...(unheard !== undefined && { unheard }), content: asContent(content) })
  }
  const outcomes = changes.length > 0 ? await on.store.saveAnswers(visit.scope, changes, visit.now) : []
  return { conflicts: conflictsIn(changes, outcomes), closed: closedBy(outcomes), outcomes }
}

const isUntouched = async (visit: RespondentVisit, on: Dependencies, domain: string, answer: ReadAnswer): Promise<boolean> => {
  const stored = storedAnswer(visit, domain, answer.question)
  if (isSame(stored, answer.content)) return true
  // A page that sent something knows better than its revision what it changes: back to what it showed at first, too.
  if (answer.seen === (stored?.revision ?? 0) || answer.unheard !== undefined) return false
  const history = await on.store.answerHistory(visit.scope, visit.scope.respondent, domain, answer.question)
  const shown = history.find((revision) => revision.revision === answer.seen)
  return isSame(shown?.content, answer.content)
}

/** The respondent's own stored answer. */
export const storedAnswer = (visit: RespondentVisit, domain: string, question: string): StoredAnswer | undefined =>
  visit.response.answers.find((answer) => answer.domain === domain && answer.question === question)

const isSame = (left: AnswerContent | undefined, right: ReadAnswer["content"]): boolean =>
  JSON.stringify(asContent(left)) === JSON.stringify(asContent(right))

/** Only what an answer says, always in the same order. */
const asContent = (content: AnswerContent | ReadAnswer["content"]): AnswerContent | undefined => {
  if (content === undefined) return undefined
  const { status, value, companion, reason, comment, evidence, raw } = content
  return {
    status,
    ...(value !== undefined && { value }),
    ...(companion !== undefined && { companion }),
    ...(reason !== undefined && { reason }),
    ...(comment !== undefined && { comment }),
    ...(evidence !== undefined && { evidence }),
    ...(raw !== undefined && { raw }),
  }
}

const conflictsIn = (changes: readonly AnswerChange[], outcomes: readonly SaveOutcome[]): ReadonlyMap<string, Conflict> =>
  new Map(
    outcomes.flatMap((outcome, at) => {
      const change = changes[at]
      return outcome.outcome === "conflict" && change
        ? [[change.question, { theirs: outcome.current, mine: change.content }] as const]
        : []
    }),
  )

const closedBy = (outcomes: readonly SaveOutcome[]): Saved["closed"] =>
  outcomes.map((outcome) => (outcome.outcome === "closed" ? outcome.because : undefined)).find((because) => because !== undefined)

/** The page for answers that came after the response was closed; what was typed stays on it. */
export const closedProblem = (because: "submitted" | "gone", kept: NonNullable<Problem["kept"]>): Problem => ({
  reply: "problem",
  status: 409,
  heading: because === "submitted" ? "Your answers are already submitted" : "You are no longer asked these questions",
  text:
    because === "submitted"
      ? ["What you changed now was not saved. If it matters, ask the consultant to reopen your answers."]
      : ["What you changed now was not saved. Ask the person who sent you the link."],
  kept,
  ...(because === "submitted" && { link: { href: "/respond/done", text: "See what you submitted" } }),
})
