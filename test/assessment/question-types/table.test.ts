import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Column, Row, RowPredicate, TableQuestion } from "../../../src/assessment/model.ts"
import {
  anchorOfRows,
  cellIn,
  cellText,
  namesIn,
  problemsInRow,
  readRow,
  rowMatches,
  rowName,
  table,
} from "../../../src/assessment/question-types/table.ts"
import { miniQuestion } from "../../fixtures/questions.ts"

const consumers = miniQuestion("CON-01", "table")
const row = (cells: Omit<Row, "id">): Row => ({ id: "r1", ...cells })

const column = (id: string, type: Column["type"], more: Partial<Column> = {}): Column => ({
  id,
  label: id,
  type,
  required: false,
  ...more,
})
const options = [
  { id: "left", text: "Left join" },
  { id: "anti", text: "Anti join" },
]
const kinds: TableQuestion = {
  ...consumers,
  columns: [
    column("name", "text", { required: true }),
    column("count", "number"),
    column("share", "percent"),
    column("age", "duration"),
    column("personal", "yes-no"),
    column("kind", "choice", { options }),
    column("joins", "choices", { options }),
    column("end", "date"),
  ],
}

describe("the level of an inventory", () => {
  const meets = row({ critical: "yes", required: 60, actual: 30 })
  const misses = row({ critical: "yes", required: 60, actual: 90 })
  const other = row({ critical: "no", required: 60, actual: 90 })

  test.each([
    ["one of one", [meets], 4],
    ["one of two", [meets, misses], 2],
    ["one of three", [meets, misses, misses], 1],
    ["none", [misses], 0],
    ["rows outside the question do not count", [meets, other, other], 4],
  ])("%s", (_name, rows, anchor) => {
    expect(anchorOfRows(consumers, rows)).toBe(anchor)
  })

  test("a blank cell never helps", () => {
    expect(anchorOfRows(consumers, [meets, row({ critical: "yes", required: 60 })])).toBe(2)
    expect(anchorOfRows(consumers, [meets, row({ critical: "yes", actual: 10 })])).toBe(2)
    expect(anchorOfRows(consumers, [meets, row({ required: 60, actual: 90 })])).toBe(4)
  })

  test("nothing to look at has no level", () => {
    expect(anchorOfRows(consumers, [])).toBeUndefined()
    expect(anchorOfRows(consumers, [other])).toBeUndefined()
    expect(anchorOfRows(miniQuestion("DOM-05", "table"), [row({ name: "Orders" })])).toBeUndefined()
  })

  test("is a level whatever the rows, and a better row never lowers it", () => {
    const age = fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: undefined })
    const rows = fc.array(fc.record({ critical: fc.constantFrom("yes", "no"), required: age, actual: age }), { minLength: 1 })
    fc.assert(
      fc.property(rows, (records) => {
        const given = records.map((cells) =>
          row(Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== undefined)) as Row),
        )
        const level = anchorOfRows(consumers, given)
        const better = anchorOfRows(consumers, [...given, meets])
        expect(level ?? 0).toBeGreaterThanOrEqual(0)
        expect(better).toBeGreaterThanOrEqual(level ?? 0)
        expect(better).toBeLessThanOrEqual(4)
      }),
    )
  })
})

describe("a test on a row", () => {
  const full = row({
    name: "Orders",
    count: 5,
    share: 50,
    age: 60,
    personal: "yes",
    kind: "left",
    joins: ["left", "anti"],
    end: "2027-03-31",
  })
  const passes = (predicate: RowPredicate, cells: Row = full) => rowMatches(cells, [predicate], kinds)

  test.each<[RowPredicate, boolean]>([
    [{ column: "personal", is: ["yes"] }, true],
    [{ column: "kind", is: ["anti"] }, false],
    [{ column: "joins", includes: ["anti"] }, true],
    [{ column: "joins", includes: ["cross", "left"] }, true],
    [{ column: "joins", onlyFrom: ["left"] }, false],
    [{ column: "joins", onlyFrom: ["left", "anti"] }, true],
    [{ column: "count", atLeast: 5 }, true],
    [{ column: "count", above: 5 }, false],
    [{ column: "share", atMost: 50 }, true],
    [{ column: "share", below: 50 }, false],
    [{ column: "age", atMostColumn: "count" }, false],
    [{ column: "age", aboveColumn: "count" }, true],
    [{ column: "end", filled: true }, true],
    [{ column: "end", blank: true }, false],
  ])("%j is %s", (predicate, outcome) => {
    expect(passes(predicate)).toBe(outcome)
  })

  test("a blank cell fails everything but blank", () => {
    const empty = row({ name: "Orders", joins: [], kind: "" })
    for (const predicate of [
      { column: "personal", is: ["yes"] },
      { column: "kind", is: [""] },
      { column: "joins", onlyFrom: ["left"] },
      { column: "count", atMost: 5 },
      { column: "count", filled: true as const },
      { column: "count", atMostColumn: "share" },
    ]) {
      expect(passes(predicate, empty)).toBe(false)
    }
    expect(passes({ column: "count", blank: true }, empty)).toBe(true)
    expect(passes({ column: "joins", blank: true }, empty)).toBe(true)
    expect(passes({ column: "kind", blank: true }, empty)).toBe(true)
  })
})

test("a blank cell is the sum of its parts, when all of them are known", () => {
  expect(cellIn(consumers, row({ wait: 15, run: 30 }), "actual")).toBe(45)
  expect(cellIn(consumers, row({ wait: 15, run: 30, actual: 60 }), "actual")).toBe(60)
  expect(cellIn(consumers, row({ wait: 15 }), "actual")).toBeUndefined()
  expect(anchorOfRows(consumers, [row({ critical: "yes", required: 60, wait: 15, run: 30 })])).toBe(4)
})

describe("a row", () => {
  test("without faults has no problems", () => {
    const cells = {
      id: "r1",
      name: "Orders",
      count: 5,
      share: 50,
      age: 0.5,
      personal: "no",
      kind: "left",
      joins: ["anti"],
      end: "2028-02-29",
    }
    expect(problemsInRow(kinds, cells)).toEqual([])
  })

  test("with faults has one problem for each, with its column and what to do", () => {
    const cells = {
      id: "r1",
      count: "5",
      share: 101,
      age: -1,
      personal: "maybe",
      kind: "right",
      joins: ["anti", "anti"],
      end: "2027-02-29",
      nmae: "x",
    }
    expect(problemsInRow(kinds, cells)).toEqual([
      { column: "name", message: 'Enter a text of 1000 characters or fewer for "name"' },
      { column: "count", message: 'Enter a number for "count", for example 35' },
      { column: "share", message: 'Enter a percentage from 0 to 100 for "share", for example 35' },
      { column: "age", message: 'Enter a duration with its unit for "age", for example 30 s, 15 min, 4 h, 1 d or 2 w' },
      { column: "personal", message: 'Enter "yes" or "no" for "personal"' },
      { column: "kind", message: 'Choose for "kind" one of: Left join, Anti join' },
      { column: "joins", message: 'Choose for "joins" any of: Left join, Anti join' },
      { column: "end", message: 'Enter a date as year-month-day for "end", for example 2027-03-31' },
      { column: "nmae", message: 'Remove "nmae" or use one of the columns name, count, share, age, personal, kind, joins, end' },
    ])
  })

  test("is read from a form", () => {
    const fields = {
      name: " Orders ",
      count: "1 500",
      share: "35 %",
      age: "4 h",
      personal: "Yes",
      kind: "anti join",
      joins: ["anti", "left"],
      end: "2027-03-31",
    }
    expect(readRow(kinds, fields)).toEqual({
      cells: {
        name: "Orders",
        count: 1500,
        share: 35,
        age: 240,
        personal: "yes",
        kind: "anti",
        joins: ["left", "anti"],
        end: "2027-03-31",
      },
      problems: [],
    })
  })

  test("is read from a pasted line, choices separated by semicolons", () => {
    expect(readRow(kinds, { name: "Orders", joins: "Anti join; left" }).cells).toEqual({
      name: "Orders",
      joins: ["left", "anti"],
    })
  })

  test("keeps what could be read beside what could not", () => {
    const { cells, problems } = readRow(kinds, {
      name: ["a", "b"],
      count: "many",
      age: "4",
      kind: { x: 1 },
      share: "101",
      end: "31.3.2027",
      joins: "cross",
    })
    expect(cells).toEqual({})
    expect(problems.map((problem) => problem.column)).toEqual(["name", "count", "share", "age", "kind", "joins", "end"])
  })

  test("that is read has no problems", () => {
    const typed = fc.record({
      name: fc.constantFrom("Orders", "Kunden"),
      count: fc.string(),
      age: fc.string(),
      kind: fc.string(),
      end: fc.string(),
    })
    fc.assert(
      fc.property(typed, (fields) => {
        const { cells } = readRow(kinds, fields)
        expect(problemsInRow(kinds, { id: "r", ...cells })).toEqual([])
      }),
    )
  })

  test("is called by its first text", () => {
    expect(rowName(kinds, row({ name: "Orders" }))).toBe("Orders")
    expect(rowName(kinds, row({ count: 1 }))).toBe("r1")
  })
})

test("cells are shown in words", () => {
  const cells = { count: 5, share: 50, age: 240, kind: "anti", joins: ["left", "anti"], end: "2027-03-31" }
  const shown = kinds.columns.map((each) => cellText(each, cells[each.id as keyof typeof cells]))
  expect(shown).toEqual(["–", "5", "50 %", "4 h", "–", "Anti join", "Left join; Anti join", "2027-03-31"])
})

test("names in a cell are separated by semicolons", () => {
  expect(namesIn("Orders; Billing ;;")).toEqual(["Orders", "Billing"])
  expect(namesIn(undefined)).toEqual([])
})

describe("the question itself", () => {
  test("takes no value", () => {
    expect(table.problemWith(consumers, 1)).toBe("Answer CON-01 by its list: it takes no value of its own")
    expect(table.readForm(consumers, { "CON-01": "3" }).problems).toEqual([
      { field: "CON-01", message: `Add each consumer to the list, or select "I don't know"` },
    ])
  })

  test("may be unknown or not applicable as a whole", () => {
    expect(table.readForm(consumers, { "CON-01.status": "dont-know" }).content).toEqual({ status: "dont-know" })
  })
})
