/** Questions whose own parts do not fit together. */
import type { Question, SingleQuestion, TableQuestion } from "../model.ts"
import { checkBands, checkCounts } from "./bands.ts"
import type { Draft } from "./draft.ts"
import type { Fault, Path } from "./fault.ts"
import { expectOption, expectPassable } from "./lookup.ts"

type Faults = Generator<Fault, void>

/** Faults inside each question: options, bands, columns, roles named twice. */
export function* checkQuestions(draft: Draft): Faults {
  for (const { value, path } of draft.questions) {
    yield* roles(value, path)
    if (value.type === "single") yield* options(value, path)
    if (value.type === "number") yield* figures(value, path)
    if (value.type === "table") yield* columns(draft, value, path)
    if (value.type !== "multi" || value.bands === undefined) continue
    for (const [at, band] of value.bands.entries()) {
      for (const [n, id] of (band.including ?? []).entries()) {
        yield* expectOption(value.options, id, "questionnaire", [...path, "bands", at, "including", n])
      }
    }
    yield* checkCounts(value, path)
  }
}

const fault = (path: Path, message: string, fix: string): Fault => ({ document: "questionnaire", path, message, fix })

function* roles(question: Question, path: Path): Faults {
  for (const [at, id] of question.secondary.entries()) {
    if (!question.primary.includes(id)) continue
    yield fault([...path, "secondary", at], `role "${id}" is primary and secondary`, "Keep it under one of them")
  }
}

function* options(question: SingleQuestion, path: Path): Faults {
  const levels = question.options.map((option) => option.anchor)
  for (const [at, level] of levels.entries()) {
    if (levels.indexOf(level) === at) continue
    yield fault([...path, "options", at, "anchor"], `level ${level} has two options`, "Give each level 0 to 4 one option")
  }
  const missing = [0, 1, 2, 3, 4].filter((level) => !levels.some((each) => each === level))
  if (missing.length === 0) return
  yield fault([...path, "options"], `no option has level ${missing.join(", ")}`, "Give each level 0 to 4 one option")
}

function* figures(question: Extract<Question, { type: "number" }>, path: Path): Faults {
  if (question.min >= question.max) {
    yield fault([...path, "max"], `max ${question.max} is not above min ${question.min}`, "Correct the limits")
  } else yield* checkBands(question.bands, question, [...path, "bands"])
}

function* columns(draft: Draft, table: TableQuestion, path: Path): Faults {
  if (!table.columns.some((column) => column.type === "text")) {
    yield fault([...path, "columns"], "no column is of type text", "Add one first: its text names the row")
  }
  for (const [at, column] of table.columns.entries()) yield* parts(table, column, [...path, "columns", at])
  if (table.score === undefined) return
  const { among = [], share, bands } = table.score
  yield* checkBands(bands, { min: 0, max: 100, whole: false }, [...path, "score", "bands"])
  yield* expectPassable(draft, table.id, [...among, ...share], "questionnaire", [...path, "score", "share"])
}

function* parts(table: TableQuestion, column: TableQuestion["columns"][number], path: Path): Faults {
  if (column.sumOf && column.type !== "number" && column.type !== "duration") {
    yield fault([...path, "sumOf"], `a column of type ${column.type} cannot be a sum`, "Make it a number or a duration")
  }
  for (const [at, id] of (column.sumOf ?? []).entries()) {
    const part = table.columns.find((each) => each.id === id)
    const here = [...path, "sumOf", at]
    if (part === undefined) yield fault(here, `unknown column "${id}" of ${table.id}`, "Name columns of the same table")
    else if (part.sumOf) yield fault(here, `column "${id}" is a sum itself`, "Name the columns it adds up")
    else if (part.type !== column.type) {
      yield fault(
        here,
        `column "${id}" is of type ${part.type}, the sum of type ${column.type}`,
        "Add up columns of the same type",
      )
    }
  }
  if (column.refersTo !== undefined && column.type !== "text") {
    yield fault([...path, "refersTo"], `a column of type ${column.type} cannot name rows`, "Make it a text")
  }
}
