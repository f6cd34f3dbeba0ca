import { describe, expect, test } from "vitest"
import type { RecordedRow } from "../../../src/assessment/lists/differences.ts"
import type { Row, TableQuestion } from "../../../src/assessment/model.ts"
import { rowsOf } from "../../../src/estate/inventories/inventory-rows.ts"
import { proposeRows } from "../../../src/estate/inventories/propose-rows.ts"
import { shippedQuestionnaire } from "../../../src/questionnaire-files.ts"
import { estate, statement } from "../made.ts"

const { questions } = await shippedQuestionnaire()
const sql = questions.find((each): each is TableQuestion => each.id === "SQL-01" && each.type === "table") as TableQuestion

const recorded = (...rows: readonly Row[]): readonly RecordedRow[] => rows.map((row, at) => ({ row, revision: at + 1 }))
const one = estate([statement("model.p.stg_orders", { kind: "model", writes: ["silver.orders"] })])

describe("the rows of an import", () => {
  test("are added to an empty list", () => {
    const { added, changed, differing, unchanged, evidence } = proposeRows(sql, [], one)
    expect(added.map(({ id, cells }) => ({ id, ...cells }))).toEqual(rowsOf(sql, one).rows)
    expect([changed, differing, unchanged, evidence]).toEqual([[], [], 0, "measured"])
  })

  test("change nothing the second time", () => {
    const proposal = proposeRows(sql, recorded(...rowsOf(sql, one).rows), one, one)
    expect(proposal).toMatchObject({ added: [], changed: [], differing: [], unchanged: 1, gone: [] })
  })

  test("fill in what is blank in a row that people wrote, and leave their words as they are", () => {
    const own = { id: "r1", name: "models/STG_orders.sql", sink: "silver_orders", joins: ["left"], criticality: "critical" }
    const { added, changed, differing } = proposeRows(sql, recorded(own), one)
    expect(added).toEqual([])
    expect(changed).toHaveLength(1)
    expect(changed[0]).toMatchObject({
      id: "r1",
      revision: 1,
      cells: { name: own.name, sink: own.sink, criticality: "critical", aggregation: ["none"], deduplication: "none" },
    })
    expect(changed[0]?.cells["joins"]).toEqual(["left"])
    expect(differing[0]?.differences).toEqual([
      { label: "Statement or file", before: "models/STG_orders.sql", after: "stg_orders" },
      { label: "Sink table", before: "silver_orders", after: "silver.orders" },
      { label: "Joins", before: "Left or right outer", after: "None" },
    ])
  })

  test("know a row by its sink where its name is another", () => {
    const own = { id: "r1", name: "Clean orders", sink: "SILVER.orders" }
    const { added, differing } = proposeRows(sql, recorded(own), one)
    expect(added).toEqual([])
    expect(differing.map(({ id }) => id)).toEqual(["r1"])
  })

  test("take no row for theirs when several could be", () => {
    const own = recorded({ id: "r1", name: "stg_orders", sink: "a" }, { id: "r2", name: "stg_orders", sink: "b" })
    expect(proposeRows(sql, own, one).added).toHaveLength(1)
  })

  test("replace what an earlier import gave, and nothing that was edited since", () => {
    const [before] = rowsOf(sql, one).rows
    if (before === undefined) throw new Error("no row")
    const edited = { ...before, joins: ["lookup"] }
    const later = estate([statement("model.p.stg_orders", { kind: "model", writes: ["gold.orders"] })])
    const { changed, differing } = proposeRows(sql, recorded(edited), later, one)
    expect(changed[0]?.differences).toEqual([{ label: "Sink table", before: "silver.orders", after: "gold.orders" }])
    expect(differing[0]?.differences).toEqual([{ label: "Joins", before: "Lookup in a small reference table", after: "None" }])
  })

  test("name those that an earlier import gave and that are gone, not those of people", () => {
    const [before] = rowsOf(sql, one).rows
    if (before === undefined) throw new Error("no row")
    const { gone } = proposeRows(sql, recorded(before, { id: "own", name: "x", sink: "y" }), estate([]), one)
    expect(gone.map(({ row }) => row.id)).toEqual([before.id])
  })
})
