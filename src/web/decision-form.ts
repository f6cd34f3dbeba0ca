import type { Decision, Question } from "../assessment/model.ts"
import { noneOfThese } from "../assessment/question-types/multi.ts"
import type { Consensus } from "../assessment/result.ts"
import { errorOf } from "./fields.ts"
import { typed } from "./forms.ts"
import { hasLevels, levelText } from "./levels.ts"
import type { PageProblem } from "./pages.ts"
import type { Fields } from "./visit.ts"

/** The words for what backs an answer. */
export const EVIDENCE = {
  claim: "What people said",
  document: "A document",
  observed: "Seen at work",
  measured: "Measured",
} as const

/** The fields of the agreed answer: as typed, else as recorded, else with the median proposed. */
export const decisionForm = (
  question: Question,
  consensus: Consensus,
  decision: Decision | undefined,
  typedFields: Fields | undefined,
  problems: readonly PageProblem[],
) => {
  const given = typedFields ?? storedFields(question, consensus, decision)
  const text = (name: string, label: string) => ({
    id: name,
    name,
    label,
    value: typed(given[name]),
    rows: 3,
    error: errorOf(problems, name),
  })
  const evidence = typed(given["evidence"]) || "claim"
  return {
    ...answerFields(question, given, problems),
    rationale: text("rationale", "Why"),
    dissent: {
      ...text("dissent", "Who disagrees, and why"),
      hint: "Name roles rather than people: the report shows it",
      optional: true,
    },
    evidence: {
      id: "evidence",
      name: "evidence",
      label: "What backs it",
      choices: Object.entries(EVIDENCE).map(([value, words]) => ({ value, text: words, checked: evidence === value })),
    },
  }
}

const LABEL = "The answer you agree on"

const answerFields = (question: Question, given: Fields, problems: readonly PageProblem[]) => {
  const base = { id: question.id, name: question.id, label: LABEL, error: errorOf(problems, question.id) }
  const value = typed(given[question.id])
  return {
    radios: question.type === "single" ? { ...base, choices: choicesOf(question, given) } : undefined,
    checkboxes:
      question.type === "multi"
        ? { ...base, choices: choicesOf(question, given), or: [choice(noneOfThese, question.none, given[question.id])] }
        : undefined,
    text:
      question.type === "number"
        ? { ...base, value, inputmode: "decimal", width: "short", suffix: question.unit }
        : question.type === "text"
          ? { ...base, value }
          : undefined,
    level: question.type !== "single" && hasLevels(question) ? levelField(question, typed(given["level"]), problems) : undefined,
  }
}

const choicesOf = (question: Question, given: Fields) => {
  const chosen = given[question.id]
  if (question.type === "single")
    return question.options.toReversed().map(({ anchor, text }) => choice(String(anchor), `${anchor} · ${text}`, chosen))
  return question.type === "multi" ? question.options.map(({ id, text }) => choice(id, text, chosen)) : []
}

const choice = (value: string, text: string, chosen: Fields[string] | undefined) => ({
  value,
  text,
  checked: [chosen ?? []].flat().includes(value),
})

const levelField = (question: Question, level: string, problems: readonly PageProblem[]) => ({
  id: "level",
  name: "level",
  label: question.type === "table" ? LABEL : "Or the level itself",
  error: errorOf(problems, "level"),
  choices: [
    { value: "", text: "Not set", checked: level === "" },
    ...([4, 3, 2, 1, 0] as const).map((anchor) => ({
      value: String(anchor),
      text: `${anchor} · ${levelText(question, anchor)}`,
      checked: level === String(anchor),
    })),
  ],
})

const storedFields = (question: Question, consensus: Consensus, decision: Decision | undefined): Fields => {
  const value = decision?.value
  const proposed = question.type === "single" && decision === undefined ? consensus.median : undefined
  const fallback = question.type === "single" ? decision?.anchor : undefined
  return {
    [question.id]:
      value === undefined ? String(fallback ?? proposed ?? "") : typeof value === "object" ? value.map(String) : String(value),
    level: question.type === "single" ? "" : String(decision?.anchor ?? ""),
    rationale: decision?.rationale ?? "",
    dissent: decision?.dissent ?? "",
    evidence: decision?.evidence ?? "claim",
  }
}
