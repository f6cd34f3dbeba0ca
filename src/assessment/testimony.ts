/** What everybody said about each question of one domain, before the domain's own skip rules are looked at. */
import type {
  Anchor,
  Answer,
  AnswerValue,
  Decision,
  DomainId,
  Engagement,
  Inventory,
  Question,
  QuestionId,
  Questionnaire,
  Row,
  TableQuestion,
} from "./model.ts"
import type { Respondent, RespondentId } from "./model.ts"
import { skippedQuestions } from "./path.ts"
import { questionType } from "./question-types/register.ts"
import { anchorOfRows, problemsInRow } from "./question-types/table.ts"
import type { SoloAnswer } from "./result.ts"

/** Everything said about one question. `solo` is ordered by role and respondent id; `hidden` there means the own path. */
export interface Testimony {
  readonly question: Question
  readonly solo: readonly SoloAnswer[]
  readonly inventory?: Inventory
  /** Level of the inventory's rows. */
  readonly inventoryAnchor?: Anchor
  readonly decision?: Decision
  /** Level the decision sets; absent for questions without levels. */
  readonly decisionAnchor?: Anchor
}

/** A domain's testimony: by question in the order asked, and by respondent in the same order of questions. */
export interface DomainTestimony {
  readonly questions: readonly Testimony[]
  readonly number: ReadonlyMap<QuestionId, number>
  readonly respondents: ReadonlyMap<RespondentId, readonly (SoloAnswer | undefined)[]>
}

type Draft = { -readonly [K in keyof SoloAnswer]: SoloAnswer[K] }

/** Collects what was said in a domain. Answers by people or to questions that do not exist are left out. */
export function gatherTestimony(questionnaire: Questionnaire, engagement: Engagement, domain: DomainId): DomainTestimony {
  const number = new Map(questionnaire.questions.map((question, at) => [question.id, at]))
  const inventories = new Map(
    engagement.inventories.filter((each) => each.domain === domain).map((each) => [each.question, each]),
  )
  const decisions = new Map(engagement.decisions.filter((each) => each.domain === domain).map((each) => [each.question, each]))
  const shared = questionnaire.questions.map((question) =>
    withDecision(withInventory({ question }, inventories.get(question.id)), decisions.get(question.id)),
  )
  const solos: SoloAnswer[][] = questionnaire.questions.map(() => [])
  const respondents = new Map<RespondentId, readonly (SoloAnswer | undefined)[]>()
  const said = answersByRespondent(engagement, domain)
  const weigh = roleWeights(questionnaire)
  for (const respondent of inOrder(questionnaire, engagement.respondents)) {
    const answers = said.get(respondent.id)
    if (answers === undefined) continue
    const own = soloAnswers(questionnaire, respondent, answers, weigh)
    const skipped = skippedQuestions(questionnaire, { answers: [...answers.values()], inventories: [...inventories.values()] })
    for (const id of skipped.keys()) hide(own[number.get(id) ?? -1])
    own.forEach((solo, at) => solo !== undefined && solos[at]?.push(solo))
    respondents.set(respondent.id, own)
  }
  return { questions: shared.map((each, at) => Object.assign(each, { solo: solos[at] ?? [] })), number, respondents }
}

/** Whether answers to the question have levels; text, unbanded choices and unscored inventories have none. */
export function hasLevels(question: Question): boolean {
  if (question.type === "text") return false
  if (question.type === "multi") return question.bands !== undefined
  return question.type !== "table" || question.score !== undefined
}

type Shared = Omit<Testimony, "solo">

function withInventory(shared: Shared, inventory: Inventory | undefined): Shared {
  if (inventory === undefined || shared.question.type !== "table") return shared
  const anchor = inventory.rows.length > 0 ? anchorOfRows(shared.question, inventory.rows) : undefined
  return { ...shared, inventory, ...(anchor === undefined ? {} : { inventoryAnchor: anchor }) }
}

/** A decision with neither a level nor, where there are no levels, a value decides nothing. */
function withDecision(shared: Shared, decision: Decision | undefined): Shared {
  if (decision === undefined) return shared
  const { question } = shared
  const { value } = decision
  const fit = value !== undefined && fits(question, value)
  const anchor = decision.anchor ?? (fit ? questionType(question).anchorOf(question, value) : undefined)
  if (anchor !== undefined) return { ...shared, decision, decisionAnchor: anchor }
  return fit && !hasLevels(question) ? { ...shared, decision } : shared
}

function answersByRespondent(engagement: Engagement, domain: DomainId): Map<RespondentId, Map<QuestionId, Answer>> {
  const said = new Map<RespondentId, Map<QuestionId, Answer>>()
  for (const answer of engagement.answers) {
    if (answer.domain !== domain) continue
    const own = said.get(answer.respondent)
    if (own === undefined) said.set(answer.respondent, new Map([[answer.question, answer]]))
    else own.set(answer.question, answer)
  }
  return said
}

/** By role as the questionnaire lists them, then by id: the order in which they were added must not matter. */
function inOrder(questionnaire: Questionnaire, respondents: readonly Respondent[]): Respondent[] {
  const rank = new Map(questionnaire.roles.map((role, at) => [role.id, at]))
  const of = (each: Respondent): number => rank.get(each.role) ?? rank.size
  return [...respondents].sort((a, b) => of(a) - of(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/** Role weight per role and question: primary, secondary, other (C.2). */
function roleWeights(questionnaire: Questionnaire): (role: string, at: number) => number {
  const { primary, secondary, other } = questionnaire.scoring.roleWeights
  const tables = questionnaire.questions.map(
    (question) =>
      new Map([
        ...question.secondary.map((role) => [role, secondary] as const),
        ...question.primary.map((role) => [role, primary] as const),
      ]),
  )
  return (role, at) => tables[at]?.get(role) ?? other
}

function soloAnswers(
  questionnaire: Questionnaire,
  respondent: Respondent,
  answers: ReadonlyMap<QuestionId, Answer>,
  weigh: (role: string, at: number) => number,
): (Draft | undefined)[] {
  return questionnaire.questions.map((question, at) => {
    const answer = answers.get(question.id)
    return answer === undefined ? undefined : soloAnswer(question, respondent, answer, weigh(respondent.role, at))
  })
}

function soloAnswer(question: Question, respondent: Respondent, answer: Answer, weight: number): Draft {
  const { status, value } = answer
  const solo: Draft = {
    respondent: respondent.id,
    role: respondent.role,
    weight,
    status,
    evidence: answer.evidence ?? "claim",
    hidden: false,
  }
  if (status === "answered") {
    const fit = value !== undefined && fits(question, value)
    const anchor = fit ? questionType(question).anchorOf(question, value) : undefined
    if (value !== undefined) solo.value = value
    if (anchor !== undefined) solo.anchor = anchor
    // An answer that does not fit its question, or without the level it needs, says nothing: it is kept, never counted.
    solo.hidden = !fit || (anchor === undefined && hasLevels(question))
  }
  if (answer.companion !== undefined) solo.companion = answer.companion
  if (answer.reason !== undefined) solo.reason = answer.reason
  if (answer.comment !== undefined) solo.comment = answer.comment
  if (answer.links !== undefined) solo.links = answer.links
  return solo
}

/** The engagement without the values and cells that its questionnaire no longer takes: what a file can hold. */
export function fittingPart(questionnaire: Questionnaire, engagement: Engagement): Engagement {
  const questions = new Map(questionnaire.questions.map((question) => [question.id, question]))
  const isSound = ({ question, value }: { readonly question: QuestionId; readonly value?: AnswerValue }): boolean => {
    const asked = questions.get(question)
    return asked !== undefined && (value === undefined || fits(asked, value))
  }
  const inventories = engagement.inventories.flatMap((inventory) => {
    const asked = questions.get(inventory.question)
    return asked?.type === "table" ? [{ ...inventory, rows: inventory.rows.map((row) => fittingCells(asked, row)) }] : []
  })
  const { answers, decisions } = engagement
  return { ...engagement, answers: answers.filter(isSound), decisions: decisions.filter(isSound), inventories }
}

function fittingCells(question: TableQuestion, row: Row): Row {
  const unfit = new Set(problemsInRow(question, row).map(({ column }) => column))
  return Object.fromEntries(Object.entries(row).filter(([column]) => !unfit.has(column))) as Row
}

/** Whether the question still takes a value: the questionnaire may have moved on since it was given. */
function fits(question: Question, value: AnswerValue): boolean {
  return questionType(question).problemWith(question, value) === undefined
}

function hide(solo: Draft | undefined): void {
  if (solo !== undefined) solo.hidden = true
}
