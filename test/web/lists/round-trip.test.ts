import * as fc from "fast-check"
import { expect, test } from "vitest"
import { differencesOf } from "../../../src/assessment/lists/differences.ts"
import { guessTargets } from "../../../src/assessment/lists/mapping.ts"
import { readSheetRows } from "../../../src/assessment/lists/sheet-rows.ts"
import type { Cell, Column, Row, TableQuestion } from "../../../src/assessment/model.ts"
import { cellOf } from "../../../src/assessment/question-types/cells.ts"
import { shippedQuestionnaire } from "../../../src/questionnaire-files.ts"
import { csvText } from "../../../src/web/csv.ts"
import { readTable } from "../../../src/estate/jobs/table-text.ts"
import { listText } from "../../../src/web/lists/download.ts"
import { plainLine } from "../../../src/web/lists/table-form.ts"
import { readTableFile } from "../../../src/web/lists/table-file.ts"

const questionnaire = await shippedQuestionnaire()
const tables = questionnaire.questions.filter((question): question is TableQuestion => question.type === "table")

/** Texts that spreadsheets trip over. */
const awkward = fc.string({
  unit: fc.constantFrom("=", "'", '"', ",", ";", "\n", "\t", "-", "+", "@", " ", "ü", "＝", "a", "1", "😀"),
})
const typed: Readonly<Record<Column["type"], (column: Column) => fc.Arbitrary<string | readonly string[]>>> = {
  text: () => fc.oneof(awkward, fc.string({ maxLength: 40 })),
  number: () =>
    fc.oneof(
      fc.integer().map(String),
      fc.double({ noNaN: true, min: -1e9, max: 1e9 }).map((value) => value.toFixed(3)),
    ),
  percent: () => fc.integer({ min: 0, max: 1000 }).map((value) => String(value / 10)),
  duration: () =>
    fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.constantFrom("s", "min", "h", "d", "w")).map((parts) => parts.join(" ")),
  "yes-no": () => fc.constantFrom("yes", "no"),
  choice: ({ options = [] }) => fc.constantFrom(...options.map(({ id }) => id)),
  choices: ({ options = [] }) => fc.subarray(options.map(({ id }) => id)),
  date: () =>
    fc
      .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10)),
}

const fallback = ({ type, options }: Omit<Column, "id" | "required">): Cell =>
  type === "duration" ? 60 : (options?.[0]?.id ?? "x")

/** As the store gives it back: without -0. */
const kept = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

const cellsOf = ({ columns }: TableQuestion): fc.Arbitrary<Readonly<Record<string, Cell>>> =>
  fc.tuple(...columns.map((column) => fc.option(typed[column.type](column), { nil: "" }))).map((values) =>
    Object.fromEntries(
      columns.flatMap(({ id, required, ...column }, at) => {
        const read = cellOf({ ...column, id, required: false }, values[at])
        const cell = "cell" in read ? read.cell : undefined
        if (cell !== undefined) return [[id, cell]]
        return required ? [[id, fallback(column)]] : []
      }),
    ),
  )

test.each(tables)("$id downloaded and uploaded again is the same list", (question) => {
  const list = fc
    .uniqueArray(fc.uuid(), { maxLength: 6 })
    .chain((ids) => fc.tuple(...ids.map((id) => cellsOf(question).map((cells) => kept<Row>({ ...cells, id })))))
  fc.assert(
    fc.property(list, (rows) => {
      const stored = rows.map((row, at) => ({ row, revision: at + 1, savedAt: 0, waiting: false }))
      const file = readTableFile({ name: "list.csv", bytes: Buffer.from(listText(question, stored)) })
      const table = readTable("text" in file ? file.text : "")
      const [headings = [], ...lines] = "lines" in table ? table.lines : []
      const targets = guessTargets(question, plainLine(headings))
      const read = readSheetRows(question, lines, targets, 2)
      expect(read.flatMap(({ problems }) => problems)).toEqual([])
      expect(kept(read.map(({ id, version, cells }) => ({ row: { ...cells, id }, version })))).toEqual(
        stored.map(({ row, revision }) => ({ row, version: revision })),
      )
      const found = differencesOf(question, stored, read, new Set(targets.flatMap((target) => target ?? [])))
      expect(found).toEqual({ added: [], changed: [], conflicts: [], gone: [], unchanged: rows.length, absent: [] })
    }),
    { numRuns: 60 },
  )
})

test("any table written as CSV is read as it was", () => {
  const line = fc.array(fc.oneof(awkward, fc.string()), { minLength: 2, maxLength: 5 })
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), (lines) => {
      const table = readTable(csvText([["a", "b"], ...lines]))
      expect("lines" in table ? table.lines.slice(1) : table).toEqual(lines)
    }),
  )
})
