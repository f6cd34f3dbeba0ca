import type { ReadAnswer } from "../assessment/answers.ts"
import type { AnswerChange, AnswerContent, ClosedBecause, SaveOutcome, StoredAnswer } from "../store/store.ts"
import { isOver } from "./closing.ts"
import type { Conflict } from "./question-view.ts"
import { type Problem } from "./respond.ts"
import type { Dependencies, RespondentVisit } from "./visit.ts"

/** What became of the answers of one save: conflicts by question, or why nothing can be saved any more. */
export interface Saved {
  readonly conflicts: ReadonlyMap<string, Conflict>
  readonly closed: ClosedBecause | undefined
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
  const said = changes.length > 0 ? await on.store.saveAnswers(visit.scope, changes, visit.now) : []
  const outcomes = said.map((outcome) => asSeenBy(visit, outcome))
  return { conflicts: conflictsIn(changes, outcomes), closed: closedBy(outcomes), outcomes }
}

/** To the store an archived engagement is one that nobody may answer in; to who is asked, its time is over. */
const asSeenBy = ({ response, now }: RespondentVisit, outcome: SaveOutcome): SaveOutcome =>
  outcome.outcome === "closed" && outcome.because === "gone" && isOver(response.stored, now)
    ? { outcome: "closed", because: "closed" }
    : outcome

const isUntouched = async (visit: RespondentVisit, on: Dependencies, domain: string, answer: ReadAnswer): Promise<boolean> => {
  if (isStored(visit, domain, answer)) return true
  // A page that sent something knows better than its revision what it changes: back to what it showed at first, too.
  if (answer.seen === (storedAnswer(visit, domain, answer.question)?.revision ?? 0) || answer.unheard !== undefined) return false
  const history = await on.store.answerHistory(visit.scope, visit.scope.respondent, domain, answer.question)
  const shown = history.find((revision) => revision.revision === answer.seen)
  return isSame(shown?.content, answer.content)
}

/** The respondent's own stored answer. */
export const storedAnswer = (visit: RespondentVisit, domain: string, question: string): StoredAnswer | undefined =>
  visit.response.answers.find((answer) => answer.domain === domain && answer.question === question)

/** Whether what was read is what is stored. */
export const isStored = (visit: RespondentVisit, domain: string, { question, content }: ReadAnswer): boolean =>
  isSame(storedAnswer(visit, domain, question), content)

const isSame = (left: AnswerContent | undefined, right: ReadAnswer["content"]): boolean =>
  JSON.stringify(asContent(left)) === JSON.stringify(asContent(right))

/** Only what an answer says, always in the same order. */
const asContent = (content: AnswerContent | ReadAnswer["content"]): AnswerContent | undefined => {
  if (content === undefined) return undefined
  const { status, value, companion, reason, comment, evidence, links, raw } = content
  return {
    status,
    ...(value !== undefined && { value }),
    ...(companion !== undefined && { companion }),
    ...(reason !== undefined && { reason }),
    ...(comment !== undefined && { comment }),
    ...(evidence !== undefined && { evidence }),
    ...(links !== undefined && { links }),
    ...(raw !== undefined && { raw: inOrder(raw) }),
  }
}

const inOrder = (fields: NonNullable<AnswerContent["raw"]>): NonNullable<AnswerContent["raw"]> =>
  Object.fromEntries(Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1)))

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
export const closedProblem = (because: ClosedBecause, kept: NonNullable<Problem["kept"]>): Problem => ({
  reply: "problem",
  status: 409,
  heading: CLOSED[because].heading,
  text: [`What you changed now was not saved. ${CLOSED[because].ask}`],
  kept,
  ...(because !== "gone" && {
    link: {
      href: "/respond/done",
      text: because === "submitted" ? "See what you submitted" : "See what is saved",
    },
  }),
})

const CLOSED: Readonly<Record<ClosedBecause, { readonly heading: string; readonly ask: string }>> = {
  submitted: {
    heading: "Your answers are already submitted",
    ask: "To change one, open your answers again first.",
  },
  closed: { heading: "The time to answer is over", ask: "If it matters, copy what you typed and send it to the consultant." },
  gone: { heading: "You are no longer asked these questions", ask: "Ask the person who sent you the link." },
}

/** The same in a sentence, for a question on a page that is still open. */
export const closedText = (because: ClosedBecause): string => `${CLOSED[because].heading}. ${CLOSED[because].ask}`
