import type { NumberQuestion } from "../model.ts"
import { readNumber } from "./amounts.ts"
import { anchorInBands } from "./bands.ts"
import { readAnswer, stringsOf } from "./form.ts"
import type { FieldProblem, Fields, QuestionTypeOf, ReadResult } from "./type.ts"

/** A figure within limits, kept as given and levelled by bands; or the id of an answer in words. */
export const number: QuestionTypeOf<NumberQuestion> = {
  problemWith(question, value) {
    if (typeof value === "number") return problemWithFigure(question, value)
    if (specialOf(question, value) !== undefined) return undefined
    const words = question.special?.map(({ id, text }) => `, or "${id}" (${text})`) ?? []
    return `${asksFor(question)}${words.join("")}`
  },

  anchorOf: (question, value) =>
    typeof value === "number" ? anchorInBands(question.bands, value) : specialOf(question, value)?.anchor,

  describe: (question, value) =>
    typeof value === "number" ? withUnit(question, value) : (specialOf(question, value)?.text ?? ""),

  readForm(question, fields) {
    const read = readAnswer(question, fields, (sent) => {
      if (sent.length === 0) return undefined
      const result = readFigure(question, sent)
      return typeof result === "string" ? { problems: [{ field: question.id, message: result }] } : result
    })
    return withCompanion(question, fields, read)
  },
}

/** What is wrong with the second figure of a number question; `undefined` when it may be stored. */
export const problemWithCompanion = (question: NumberQuestion, value: unknown): string | undefined =>
  question.companion === undefined ? `${question.id} has no second figure: leave it out` : problemWithFigure(question, value)

function readFigure(question: NumberQuestion, sent: readonly string[]): { readonly value: number | string } | string {
  const special = sent.map((id) => specialOf(question, id)).find((found) => found !== undefined)
  if (special !== undefined && sent.length > 1) return `Enter a number or select "${special.text}", not both`
  if (special !== undefined) return { value: special.id }
  if (sent.length > 1) return `Enter one number: ${sent.length} were sent`
  const words = question.special?.map(({ text }) => `, or select "${text}"`) ?? []
  return readTyped(question, sent[0]!, words.join(""))
}

/** `words` names what may be selected instead of typing a figure. */
function readTyped(question: NumberQuestion, typed: string, words = ""): { readonly value: number } | string {
  const read = readNumber(withoutUnit(question, typed))
  if ("value" in read) return problemWithFigure(question, read.value) ?? read
  if (read.problem === "not a number") return `${asksFor(question)}${words}`
  const plain = typed.trim()
  return `Enter ${plain} as ${plain.replace(",", "")} or as ${plain.replace(",", ".")}, so that it cannot be misread`
}

function withCompanion(question: NumberQuestion, fields: Fields, read: ReadResult): ReadResult {
  if (question.companion === undefined) return read
  const field = `${question.id}.companion`
  const sent = stringsOf(fields, field)
  if (sent?.length === 0) return read
  const result = sent?.length === 1 ? readTyped(question, sent[0]!) : "Enter one number"
  const problems: FieldProblem[] = [...read.problems]
  if (typeof result === "string") problems.push({ field, message: `${question.companion.label}: ${result}` })
  if (read.empty) problems.push({ field: question.id, message: `${asksFor(question)}, or select "I don't know"` })
  if (typeof result === "string" || problems.length > 0 || read.content === undefined) return { problems, empty: false }
  return { content: { ...read.content, companion: result.value }, problems, empty: false }
}

function problemWithFigure(question: NumberQuestion, value: unknown): string | undefined {
  const fits =
    typeof value === "number" && value >= question.min && value <= question.max && (!question.whole || Number.isInteger(value))
  return fits ? undefined : asksFor(question)
}

const asksFor = (question: NumberQuestion): string =>
  `Enter a ${question.whole ? "whole " : ""}number from ${question.min} to ${question.max} (${question.unit}), for example ${example(question)}`

// A figure about a third up the range, in round steps.
function example({ min, max, whole }: NumberQuestion): number {
  const range = max - min
  const step = 10 ** (Math.floor(Math.log10(range)) - 1) / 2
  const figure = min + Number((Math.round((range * 0.35) / step) * step).toPrecision(3))
  return whole ? Math.ceil(figure) : figure
}

const withUnit = (question: NumberQuestion, value: number): string => `${value} ${question.unit}`

function withoutUnit(question: NumberQuestion, typed: string): string {
  const plain = typed.trim()
  const first = question.unit.split(" ", 1)[0]!
  const unit = [question.unit, first].find((unit) => plain.toLowerCase().endsWith(unit.toLowerCase()))
  return unit === undefined ? plain : plain.slice(0, plain.length - unit.length).trim()
}

const specialOf = (question: NumberQuestion, value: unknown) => question.special?.find((special) => special.id === value)
