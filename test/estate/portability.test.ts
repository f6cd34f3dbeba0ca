import { describe, expect, test } from "vitest"
import { constructTable } from "../../src/estate/construct-table.ts"
import type { Statement } from "../../src/estate/model.ts"
import { notesOn } from "../../src/estate/notes.ts"
import { portabilityOf } from "../../src/estate/portability.ts"
import { readQuery } from "../../src/estate/sql/read.ts"
import { unknownVerdict } from "../../src/estate/verdict.ts"

const statement = (text: string): Statement => ({
  id: "model.a.b",
  name: "b",
  kind: "model",
  writes: ["b"],
  reads: [],
  dependsOn: [],
  text,
  textSource: "compiled",
  verdict: readQuery(text).verdict,
  differences: [],
})

const surroundings = { inputsStream: true, sinkTakes: "append" } as const

describe("portable 1:1", () => {
  test("under all four conditions", () => {
    const { portable, conditions } = portabilityOf(
      statement("select id, upper(name) as name from customers where id > 0"),
      surroundings,
    )
    expect(portable).toBe(true)
    expect(conditions.map(({ met }) => met)).toEqual([true, true, true, true])
  })

  test.each([
    ["select id, current_date as day from customers", 2],
    ["select id, count(*) from customers group by id", 3],
  ])("not so: %s", (text, at) => {
    const { portable, conditions } = portabilityOf(statement(text), surroundings)
    expect([portable, conditions[0]?.met, conditions[at]?.met]).toEqual([false, false, false])
  })

  test("open as long as nobody knows how the inputs arrive", () => {
    expect(
      portabilityOf(statement("select id from customers"), { inputsStream: undefined, sinkTakes: undefined }).portable,
    ).toBeUndefined()
    expect(portabilityOf(statement("select id from customers"), { ...surroundings, inputsStream: false }).portable).toBe(false)
  })

  test("open where there is no text", () => {
    const { portable } = portabilityOf({ ...statement(""), verdict: unknownVerdict("no text") }, surroundings)
    expect(portable).toBeUndefined()
  })

  test("no construct that keeps state ports as it is", () => {
    for (const [id, { keepsState, factor }] of Object.entries(constructTable))
      if (keepsState) expect(factor, id).toBeGreaterThan(1)
  })
})

describe("notes", () => {
  test.each([
    ["select id from t", []],
    [
      "select a.x from a join b on a.x = b.x",
      ["Which join is meant", "Time-to-live is a decision about correctness", "Its rows change after they are written"],
    ],
    [
      "select x from a where x not in (select x from b)",
      ["Which absence is meant", "Time-to-live is a decision about correctness", "Its rows change after they are written"],
    ],
    [
      "select window_start, sum(p) from table(tumble(table bids, descriptor(t), interval '10' minutes)) group by window_start, window_end",
      ["It waits for the slowest input"],
    ],
  ])("%s", (text, titles) => expect(notesOn(readQuery(text).verdict).map(({ title }) => title)).toEqual(titles))
})
