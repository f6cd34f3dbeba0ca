/** What moving to another questionnaire does to what was said: kept but not counted, or counted differently. */
import type { AnswerValue, Engagement, Question, Questionnaire, TableQuestion } from "./model.ts"
import { questionType } from "./question-types/register.ts"
import { anchorOfRows, problemsInRow } from "./question-types/table.ts"

/** One thing that happens: to the answers to a question, to people or to changes of the plan. */
export interface Affected {
  readonly question?: string
  readonly name: string
  /** `lost`: kept, not counted any more. `other`: counted or shown differently. */
  readonly effect: "lost" | "other"
  readonly text: string
}

/** Everything in the engagement that the newer questionnaire reads differently, in the order of the older one. */
export function affectedAnswers(before: Questionnaire, after: Questionnaire, engagement: Engagement): readonly Affected[] {
  const now = new Map(after.questions.map((question) => [question.id, question]))
  return [
    ...before.questions.flatMap((question) => affectedOn(question, now.get(question.id), engagement)),
    ...affectedPeople(after, engagement),
    ...affectedOverrides(after, engagement),
  ]
}

function affectedOn(before: Question, after: Question | undefined, engagement: Engagement): readonly Affected[] {
  const isOn = ({ question }: { readonly question: string }): boolean => question === before.id
  const answers = engagement.answers.filter(isOn)
  const decisions = engagement.decisions.filter(isOn)
  const inventories = engagement.inventories.filter(isOn)
  const said = answers.length + decisions.length + inventories.length
  if (said === 0) return []
  const tell = (effect: Affected["effect"], text: string): Affected => ({ question: before.id, name: before.short, effect, text })
  if (after === undefined) return [tell("lost", `${areAnswers(said)} kept, not counted: the question is gone`)]
  if (before.type !== after.type) return [tell("lost", otherKind(said))]
  if (before.type === "table" && after.type === "table")
    return rowsRead(before, after, inventories).map((text) => tell("other", text))
  const values = [
    ...answers.map(({ value }) => value),
    ...decisions.map(({ value, anchor }) => (anchor === undefined ? value : undefined)),
  ].filter((value) => value !== undefined)
  return valuesRead(before, after, values).map(({ effect, text }) => tell(effect, text))
}

/** A value has no memory of its question's kind: a figure may pass for a level. */
const otherKind = (said: number): string =>
  `${areAnswers(said)} read as another kind of answer, which does not count them or misreads them: check each`

function valuesRead(
  before: Question,
  after: Question,
  values: readonly AnswerValue[],
): readonly Pick<Affected, "effect" | "text">[] {
  const [old, now] = [questionType(before), questionType(after)]
  const read = values.map((value) => {
    if (now.problemWith(after, value) !== undefined) return "lost"
    if (old.anchorOf(before, value) !== now.anchorOf(after, value)) return "moved"
    return old.describe(before, value) === now.describe(after, value) ? "same" : "reworded"
  })
  const count = (what: string): number => read.filter((one) => one === what).length
  const [lost, moved, reworded] = [count("lost"), count("moved"), count("reworded")]
  return [
    ...(lost > 0
      ? [{ effect: "lost" as const, text: `${areAnswers(lost)} kept, not counted: what was answered is not offered any more` }]
      : []),
    ...(moved > 0 ? [{ effect: "other" as const, text: `${areAnswers(moved)} counted at another level` }] : []),
    ...(reworded > 0 ? [{ effect: "other" as const, text: `${areAnswers(reworded)} shown in other words` }] : []),
  ]
}

function rowsRead(before: TableQuestion, after: TableQuestion, inventories: Engagement["inventories"]): readonly string[] {
  const rows = inventories.flatMap((inventory) => inventory.rows)
  const unfit = rows.filter((row) => problemsInRow(after, row).length > problemsInRow(before, row).length).length
  const moved = inventories.filter((one) => anchorOfRows(before, one.rows) !== anchorOfRows(after, one.rows)).length
  return [
    ...(unfit > 0
      ? [`${unfit === 1 ? "1 row has" : `${unfit} rows have`} cells that do not fit any more, or lack new ones`]
      : []),
    ...(moved > 0 ? [`${moved === 1 ? "1 list is" : `${moved} lists are`} counted at another level`] : []),
  ]
}

function affectedPeople(after: Questionnaire, { respondents }: Engagement): readonly Affected[] {
  const known = new Set(after.roles.map(({ id }) => id))
  const text =
    "The role is gone, so nothing is asked of this person any more, and what was said weighs least. Select another role"
  return respondents.filter(({ role }) => !known.has(role)).map(({ name }) => ({ name, effect: "other", text }))
}

function affectedOverrides(after: Questionnaire, { overrides }: Engagement): readonly Affected[] {
  const known = new Set(after.initiatives.map(({ id }) => id))
  const text = "Your change to the plan has no effect any more: the initiative is gone"
  const gone = overrides.map(({ initiative }) => initiative).filter((id) => !known.has(id))
  return [...new Set(gone)].map((name) => ({ name, effect: "lost", text }))
}

const areAnswers = (count: number): string => (count === 1 ? "1 answer is" : `${count} answers are`)
