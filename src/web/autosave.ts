import { z } from "zod"
import { type ReadAnswer, readSection } from "../assessment/answers.ts"
import type { Question } from "../assessment/model.ts"
import { skippedQuestions } from "../assessment/path.ts"
import type { SaveOutcome, StoredAnswer } from "../store/store.ts"
import { type Asked, askedOf, findQuestion, openQuestions } from "./asked.ts"
import { fieldsOf, inWords } from "./question-view.ts"
import { isOthers, othersForm } from "./reader-mark.ts"
import type { Reply } from "./respond.ts"
import { closedText, saveRead, storedAnswer } from "./saving.ts"
import type { Handler, RespondentVisit } from "./visit.ts"
import { aboutMinutes, count } from "./words.ts"

const key = z.string().regex(/^[\w-]{1,64}$/)

const oneAnswer = z.strictObject({
  /** Revision that the page showed, 0 for none. */
  seen: z.number().int().min(0).max(999_999_999),
  /** Made by the client for this change; a repeat with the same key writes nothing twice. */
  key,
  /** Keys of earlier changes of which the client heard no outcome. */
  unheard: z.array(key).max(20).optional(),
  /** Whose page it is. */
  for: z.string().max(64).optional(),
  /** The question's form fields by name. */
  fields: z.record(z.string().max(200), z.union([z.string(), z.array(z.string()).max(200)])),
})

/**
 * Saves one answer as it is being given. 200 says `saved` (after COMMIT) with the new revision and what is still wrong;
 * 409 says `conflict` with the other answer, or `closed`; 429 asks to wait.
 */
export const saveAnswer: Handler<RespondentVisit> = async (visit, on) => {
  const sent = oneAnswer.safeParse(visit.json)
  if (!sent.success) return json(400, { message: `Send seen, key and fields: ${z.prettifyError(sent.error)}` })
  if (isOthers(sent.data.for, visit.scope)) return json(403, { outcome: "other-person", message: othersForm([]).heading })
  const found = findQuestion(askedOf(visit.response), visit.params["domain"], visit.params["question"])
  if (found === undefined) return json(404, { message: "This question is not asked of you here" })
  // Respondents' ids are made from names: another engagement may have the same.
  const { engagement, respondent } = visit.scope
  const wait = on.waitBeforeSaving(`${engagement} ${respondent}`)
  if (wait > 0) return { ...json(429, { message: `Wait ${count(wait, "second")}` }), retryAfter: wait }
  const { question, asked } = found
  const { questionnaire } = visit.response.stored
  const { fields, seen, key, unheard = [] } = sent.data
  const marks = { seen: String(seen), key, unheard: unheard.join(" ") }
  const form = { ...fields, ...Object.fromEntries(Object.entries(marks).map(([name, mark]) => [`${question.id}.${name}`, mark])) }
  const read = readSection(questionnaire, [question], form, asked.record)
  if (read.strangers.length > 0) return json(400, { message: `${read.strangers.join(", ")} belong to another question` })
  const { outcomes } = await saveRead(visit, on, asked.domain.id, read.answers)
  const after = afterSaving(visit, asked.domain.id, read.answers[0], outcomes[0])
  return answerTo(outcomes[0], after, asked, question, read.answers[0]?.content, read.problems)
}

const json = (status: number, body: unknown): Extract<Reply, { reply: "json" }> => ({ reply: "json", status, body })

/** The visit with the answer as it was just saved: reading all of the response again would cost as much as the save itself. */
const afterSaving = (
  visit: RespondentVisit,
  domain: string,
  answer: ReadAnswer | undefined,
  outcome: SaveOutcome | undefined,
): RespondentVisit => {
  if (answer === undefined || outcome?.outcome !== "saved") return visit
  const { question, content } = answer
  const others = visit.response.answers.filter((one) => one.domain !== domain || one.question !== question)
  const { revision, savedAt } = outcome
  const own = content === undefined ? [] : [{ ...content, domain, question, revision, savedAt }]
  return { ...visit, response: { ...visit.response, answers: [...others, ...own] } }
}

const answerTo = (
  outcome: SaveOutcome | undefined,
  after: RespondentVisit,
  asked: Asked,
  question: Question,
  content: ReadAnswer["content"],
  problems: readonly { field: string; message: string }[],
): Reply => {
  if (outcome?.outcome === "conflict") {
    return json(409, { outcome: "conflict", ...theirs(question, outcome.current), mine: inWords(question, content) })
  }
  if (outcome?.outcome === "closed") return json(409, { outcome: "closed", message: closedText(outcome.because) })
  const stored = storedAnswer(after, asked.domain.id, question.id)
  const saved = outcome ?? { revision: stored?.revision ?? 0, savedAt: stored?.savedAt ?? after.now }
  return json(200, {
    outcome: "saved",
    revision: saved.revision,
    savedAt: new Date(saved.savedAt).toISOString(),
    problems: problems.map(({ field, message }) => ({ field, message })),
    skipped: skippedNow(after, asked),
    left: leftText(after),
  })
}

const theirs = (question: Question, current: StoredAnswer | undefined) => ({
  revision: current?.revision ?? 0,
  savedAt: current && new Date(current.savedAt).toISOString(),
  text: inWords(question, current),
  fields: fieldsOf(question, current),
})

/** Questions of the domain that fall away now, with the reason. */
const skippedNow = (visit: RespondentVisit, asked: Asked): Readonly<Record<string, string>> => {
  const answers = visit.response.answers.filter((answer) => answer.domain === asked.domain.id)
  return Object.fromEntries(skippedQuestions(visit.response.stored.questionnaire, { ...asked.record, answers }))
}

const leftText = (visit: RespondentVisit): string => {
  const { questions, minutes } = openQuestions(askedOf(visit.response))
  return questions === 0 ? "Nothing is left." : `${count(questions, "question")} left in all, ${aboutMinutes(minutes)}.`
}
