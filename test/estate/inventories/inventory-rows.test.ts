import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { readFileRow } from "../../../src/assessment/inventory-rows.ts"
import type { Row, TableQuestion } from "../../../src/assessment/model.ts"
import { anchorInBands } from "../../../src/assessment/question-types/bands.ts"
import { anchorOfRows, problemsInRow, rowMatches } from "../../../src/assessment/question-types/table.ts"
import { type ConstructId, constructTable } from "../../../src/estate/construct-table.ts"
import { rowsOf } from "../../../src/estate/inventories/inventory-rows.ts"
import type { FoundConstruct, Statement } from "../../../src/estate/model.ts"
import { shippedQuestionnaire } from "../../../src/questionnaire-files.ts"
import { estate, statement, verdict } from "../made.ts"

const { questions } = await shippedQuestionnaire()
const question = (id: string): TableQuestion => {
  const found = questions.find((each): each is TableQuestion => each.id === id && each.type === "table")
  if (found === undefined) throw new Error(`no list ${id}`)
  return found
}
const sql = question("SQL-01")

const found = (construct: ConstructId, reason = ""): FoundConstruct => {
  const { keepsState, factor } = constructTable[construct]
  return { construct, start: 0, end: 0, line: 1, reason, stateful: keepsState, factor }
}
const holding = (...constructs: readonly FoundConstruct[]): Partial<Statement> => ({
  verdict: verdict({ constructs, stateful: constructs.some(({ stateful }) => stateful) }),
})
const rowOf = (given: Partial<Statement>): Row => {
  const [row] = rowsOf(sql, estate([statement("x.sql#1", given)])).rows
  if (row === undefined) throw new Error("no row")
  return row
}

describe("rows of statements", () => {
  test("tell what a statement does, measured", () => {
    const joined = holding(found("join-outer", "LEFT JOIN b"), found("not-exists"), found("group-by"), found("run-time"))
    const one = statement("x.sql#1", {
      name: "dw.a",
      key: ["id", "day"],
      measured: { rows: 100, everyMinutes: 15 },
      ...joined,
    })
    const given = { ...estate([one]), consumers: [{ id: "reader.bi", name: "BI", kind: "reader", reads: [one.id] }] }
    const { rows, evidence } = rowsOf(sql, given)
    expect(evidence).toBe("measured")
    expect(rows).toEqual([
      {
        id: expect.stringMatching(/^import-[0-9a-f]{16}$/) as string,
        name: "x.sql#1",
        sink: "dw.a",
        joins: ["left", "anti"],
        aggregation: ["history"],
        windowFunctions: ["none"],
        deduplication: "none",
        setOperations: ["none"],
        userFunctions: "none",
        other: ["relative-to-today"],
        volume: 9600,
        key: "id, day",
        readers: "BI",
      },
    ])
  })

  test("tell apart what the construct table has as one", () => {
    expect(rowOf(holding(found("join-outer", "FULL OUTER JOIN b")))["joins"]).toEqual(["full"])
    expect(rowOf(holding(found("join-non-equality", "CROSS JOIN b")))["joins"]).toEqual(["cross"])
    expect(rowOf(holding(found("join-non-equality", "a.x < b.y")))["joins"]).toEqual(["non-equality"])
    expect(rowOf(holding(found("distinct", "SELECT DISTINCT")))["deduplication"]).toBe("distinct")
    expect(rowOf(holding(found("distinct", "UNION")))["setOperations"]).toEqual(["union"])
    expect(rowOf(holding(found("keep-first"), found("keep-last")))["deduplication"]).toBe("keep-last")
  })

  test("are blank where nobody could read the text, but for what was found in it", () => {
    const unknown = verdict({ class: "unknown", stateful: null, constructs: [found("anti-join")] })
    expect(rowOf({ verdict: unknown })).toEqual({
      id: expect.any(String) as string,
      name: "x.sql#1",
      sink: "sql#1",
      joins: ["anti"],
    })
  })

  test("follow a decision made by hand", () => {
    const decided = (stateful: boolean | null) =>
      rowOf({ ...holding(found("group-by")), decision: { class: "P2", stateful, reason: "seen" } })
    expect(decided(false)).toMatchObject({ aggregation: ["none"], joins: ["none"] })
    expect(decided(true)).toMatchObject({ aggregation: ["history"], joins: ["none"] })
    expect(decided(null)).toMatchObject({ aggregation: ["history"] })
    expect(decided(null)["joins"]).toBeUndefined()
  })

  test("count as stateless in the question's score exactly when the statement keeps no state", () => {
    const lookup = new Set<ConstructId>(["join-lookup"])
    const ids = (Object.keys(constructTable) as ConstructId[]).filter((id) => !lookup.has(id))
    const statements = fc.array(fc.tuple(fc.subarray(ids, { maxLength: 4 }), fc.boolean()), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(statements, (drafts) => {
        const made = drafts.map(([constructs, isKnown], at) =>
          statement(
            `x.sql#${at}`,
            isKnown ? holding(...constructs.map((id) => found(id))) : { verdict: verdict({ class: "unknown", stateful: null }) },
          ),
        )
        const { rows } = rowsOf(sql, estate(made))
        const stateless = made.map((each) => each.verdict.stateful === false)
        expect(rows.map((row) => rowMatches(row, sql.score?.share ?? [], sql))).toEqual(stateless)
        const share = (100 * stateless.filter(Boolean).length) / made.length
        expect(anchorOfRows(sql, rows)).toBe(anchorInBands(sql.score?.bands ?? [], share))
      }),
    )
  })

  test("fit the question, and are read back from a file as they are", () => {
    const ids = Object.keys(constructTable) as ConstructId[]
    const awkward = fc.string({ unit: fc.constantFrom("a", ".", "\n", "\0", "\uD800", "=", " ", "ü"), maxLength: 2000 })
    fc.assert(
      fc.property(awkward, fc.subarray(ids), (name, constructs) => {
        const made = statement("x.sql#1", { name: `t${name}`, ...holding(...constructs.map((id) => found(id))) })
        for (const row of rowsOf(sql, estate([made])).rows) {
          const { id: _, ...cells } = row
          expect(problemsInRow(sql, cells)).toEqual([])
          expect(readFileRow(sql, cells).problems).toEqual([])
        }
      }),
    )
  })

  test("have the same ids when other statements come and go, and each its own", () => {
    const [one] = rowsOf(sql, estate([statement("model.p.a")])).rows
    const later = rowsOf(sql, estate(["model.p.b", "model.p.a", "model.p.c"].map((id) => statement(id)))).rows
    expect(later[1]?.id).toBe(one?.id)
    expect(new Set(later.map(({ id }) => id)).size).toBe(3)
  })

  test("leave ephemeral models out, and what a list cannot hold", () => {
    expect(rowsOf(sql, estate([statement("model.p.a", { materialized: "ephemeral" })])).rows).toEqual([])
    const many = estate(Array.from({ length: 2003 }, (_, at) => statement(`x.sql#${at}`)))
    const { rows, notices } = rowsOf(sql, many)
    expect([rows.length, notices]).toEqual([2000, ["Only the first 2000 of 2003 rows are taken: a list holds no more"]])
  })

  test("leave out cells that another questionnaire does not have", () => {
    const [name, sink, joins] = sql.columns
    if (name === undefined || sink === undefined || joins === undefined) throw new Error("no columns")
    const small = { ...sql, columns: [name, sink, { ...joins, options: [{ id: "left", text: "Left" }] }] }
    const made = estate([statement("x.sql#1", { name: "a", ...holding(found("join-outer"), found("not-exists")) })])
    expect(rowsOf(small, made).rows).toEqual([{ id: expect.any(String) as string, name: "x.sql#1", sink: "a", joins: ["left"] }])
  })
})

test("rows of micro-batch jobs are those that run more often than once a day", () => {
  const quick = statement("job.quick", { kind: "job", measured: { everyMinutes: 15, runMinutes: 3, rows: 100 } })
  const daily = statement("job.daily", { kind: "job", measured: { everyMinutes: 1440 } })
  const made = {
    ...estate([quick, daily, statement("x.sql#1")]),
    consumers: [{ id: "r", name: "BI", kind: "reader", reads: ["job.quick"] }],
  }
  expect(rowsOf(question("MBT-01"), made).rows).toEqual([
    { id: expect.any(String) as string, name: "quick", interval: 15, runTime: 3, rows: 100, reader: "BI", form: "sql" },
  ])
})

test("rows of source systems are one for each system, and say what is left out", () => {
  const made = estate(
    [],
    [
      { id: "source.erp.orders", name: "erp.orders", kind: "source", system: "ERP", owner: "Sales IT" },
      { id: "source.erp.items", name: "erp.items", kind: "source", system: "erp", owner: "Sales IT" },
      { id: "source.crm.a", name: "crm.a", kind: "source", system: "crm", owner: "CRM team" },
      { id: "source.crm.b", name: "crm.b", kind: "source", system: "crm" },
      { id: "table.clicks", name: "clicks", kind: "outside" },
      { id: "seed.p.countries", name: "countries", kind: "seed" },
    ],
  )
  const { rows, notices } = rowsOf(question("PRD-06"), made)
  expect(rows.map(({ id: _, ...cells }) => cells)).toEqual([{ name: "ERP", owner: "Sales IT" }, { name: "crm" }])
  expect(notices).toEqual(["1 table is left out, where the import does not say the system"])
})
