import { expect, test } from "vitest"
import { gapsIn, rowsShown } from "../../../src/assessment/lists/shown-rows.ts"
import type { Cell, TableQuestion } from "../../../src/assessment/model.ts"
import { smallQuestionnaire } from "../../fixtures/small-questionnaire.ts"

const question = smallQuestionnaire.questions.find(({ id }) => id === "SRC-04") as TableQuestion
const rows = (...cells: readonly Readonly<Record<string, Cell>>[]) => cells.map((one, at) => ({ row: { id: `r${at}`, ...one } }))
const ids = (found: readonly { readonly row: { readonly id: string } }[]) => found.map(({ row }) => row.id)
const all = { text: "", descending: false }

test("words are looked for in every cell as it is shown, in any order and case", () => {
  const list = rows({ name: "ERP south", age: 90 }, { name: "CRM", modes: ["stream"] }, { name: "Erp north" })
  expect(ids(rowsShown(question, list, { ...all, text: "south erp" }))).toEqual(["r0"])
  expect(ids(rowsShown(question, list, { ...all, text: "90 min" }))).toEqual(["r0"])
  expect(ids(rowsShown(question, list, { ...all, text: "STREAM" }))).toEqual(["r1"])
  expect(ids(rowsShown(question, list, all))).toEqual(["r0", "r1", "r2"])
})

test("numbers sort as numbers, texts as people read them, blanks last, equals in the list's order", () => {
  const list = rows({ name: "Job 10", age: 9 }, { name: "job 9" }, { name: "Äpfel", age: 100 }, { name: "Job 10", age: 9 })
  expect(ids(rowsShown(question, list, { ...all, sort: "name" }))).toEqual(["r2", "r1", "r0", "r3"])
  expect(ids(rowsShown(question, list, { ...all, sort: "age" }))).toEqual(["r0", "r3", "r2", "r1"])
  expect(ids(rowsShown(question, list, { ...all, sort: "age", descending: true }))).toEqual(["r2", "r0", "r3", "r1"])
  expect(ids(rowsShown(question, list, { ...all, sort: "nothing" }))).toEqual(["r0", "r1", "r2", "r3"])
})

test("a blank cell is a gap, unless it can be added up from others", () => {
  expect(gapsIn(question, { id: "r", name: "ERP" })).toBe(3)
  const [name, age] = question.columns as [TableQuestion["columns"][number], TableQuestion["columns"][number]]
  const sum = { ...question, columns: [name, age, { ...age, id: "total", sumOf: ["age"] }] }
  expect(gapsIn(sum, { id: "r", name: "ERP", age: 3 })).toBe(0)
  expect(gapsIn(sum, { id: "r", name: "ERP" })).toBe(2)
})
