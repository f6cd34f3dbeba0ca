import { describe, expect, test } from "vitest"
import { compareEstates, keepDecisions } from "../../src/estate/reimport.ts"
import { estate, statement, verdict } from "./made.ts"

const decision = { class: "P2", stateful: false, reason: "Looked at with Ana" } as const

describe("a later import", () => {
  test("of the same texts changes nothing", () => {
    const one = estate([statement("a.sql#1", { name: "a" }), statement("a.sql#2", { name: "b", dependsOn: ["a.sql#1"] })])
    expect(compareEstates(one, structuredClone(one))).toEqual({
      came: [],
      went: [],
      changed: [],
      moved: [],
      unchanged: 2,
      sources: { came: [], went: [] },
    })
  })

  test("shows what came, what went, and what is another text, class or lineage", () => {
    const before = estate([statement("model.p.a"), statement("model.p.b"), statement("model.p.c")].map(asModel))
    const joined = verdict({ class: "P4", stateful: true, factor: 4 })
    const after = estate(
      [
        statement("model.p.b", { text: "SELECT 2", verdict: joined, dependsOn: ["model.p.d"] }),
        statement("model.p.c"),
        statement("model.p.d"),
      ].map(asModel),
      [{ id: "source.raw.x", name: "raw.x", kind: "source" }],
    )
    const { came, went, changed, moved, unchanged, sources } = compareEstates(before, after)
    expect([came, went].map((each) => each.map(({ id }) => id))).toEqual([["model.p.d"], ["model.p.a"]])
    expect(changed).toEqual([
      {
        id: "model.p.b",
        name: "b",
        before: "model.p.b",
        changes: [
          { what: "text" },
          { what: "class", from: "P1, stateless", to: "P4, stateful" },
          { what: "edges", came: ["model.p.d"], went: [] },
        ],
      },
    ])
    expect([moved, unchanged]).toEqual([[], 1])
    expect(sources.came.map(({ id }) => id)).toEqual(["source.raw.x"])
  })

  test("knows statements again when one is put before them", () => {
    const [a, b] = [statement("x.sql#1", { name: "a" }), statement("x.sql#2", { name: "b", dependsOn: ["x.sql#1"] })]
    const after = estate([
      statement("x.sql#1", { name: "new" }),
      statement("x.sql#2", { name: "a" }),
      statement("x.sql#3", { name: "b", dependsOn: ["x.sql#2"] }),
    ])
    const { came, went, changed, moved } = compareEstates(estate([a, b]), after)
    expect(came.map(({ id }) => id)).toEqual(["x.sql#1"])
    expect([went, changed]).toEqual([[], []])
    expect(moved).toEqual([
      { from: "x.sql#1", to: "x.sql#2", name: "a" },
      { from: "x.sql#2", to: "x.sql#3", name: "b" },
    ])
  })

  test("tells several statements that fill one table apart by their texts", () => {
    const fill = (number: number, text: string) => statement(`x.sql#${number}`, { name: "a", text })
    const before = estate([fill(1, "INSERT 1"), fill(2, "INSERT 2"), fill(3, "INSERT 3")])
    const after = estate([fill(1, "INSERT 0"), fill(2, "INSERT 1"), fill(3, "INSERT 2"), fill(4, "INSERT 3")])
    const { came, changed, moved } = compareEstates(before, after)
    expect(came.map(({ text }) => text)).toEqual(["INSERT 0"])
    expect([changed.length, moved.length]).toEqual([0, 3])
  })

  test("knows a file again that was renamed, and what else changed in it", () => {
    const before = estate([statement("old/x.sql#1", { name: "a" })])
    const after = estate([statement("new/y.sql#1", { name: "A", text: "INSERT INTO A SELECT 2" })])
    const { came, went, changed, moved } = compareEstates(before, after)
    expect([came, went]).toEqual([[], []])
    expect(moved).toEqual([{ from: "old/x.sql#1", to: "new/y.sql#1", name: "A" }])
    expect(changed.map(({ changes }) => changes)).toEqual([[{ what: "text" }]])
  })

  test("takes line ends for no change", () => {
    const before = estate([statement("x.sql#1", { name: "a", text: "INSERT INTO a\r\nSELECT 1\r\n" })])
    const after = estate([statement("x.sql#1", { name: "a", text: "INSERT INTO a\nSELECT 1" })])
    expect(compareEstates(before, after)).toMatchObject({ changed: [], unchanged: 1 })
  })
})

describe("decisions of people", () => {
  test("stay by id, by name and target when the id moved, and are named when their text changed or their statement is gone", () => {
    const before = estate([
      statement("x.sql#1", { name: "same", decision }),
      statement("x.sql#2", { name: "moved", decision }),
      statement("x.sql#3", { name: "rewritten", decision }),
      statement("x.sql#4", { name: "gone", decision }),
    ])
    const after = estate([
      statement("x.sql#1", { name: "same" }),
      statement("y.sql#1", { name: "moved" }),
      statement("x.sql#3", { name: "rewritten", text: "MERGE INTO rewritten" }),
      statement("x.sql#5", { name: "new" }),
    ])
    const kept = keepDecisions(before, after)
    expect(kept.estate.statements.map(({ decision }) => decision?.reason)).toEqual([
      decision.reason,
      decision.reason,
      decision.reason,
      undefined,
    ])
    expect(kept.toLookAt).toEqual(["x.sql#3"])
    expect(kept.lost.map(({ name }) => name)).toEqual(["gone"])
  })

  test("do not replace one that is newer", () => {
    const newer = { ...decision, class: "P5" } as const
    const kept = keepDecisions(estate([statement("x.sql#1", { decision })]), estate([statement("x.sql#1", { decision: newer })]))
    expect(kept.estate.statements[0]?.decision).toEqual(newer)
  })

  test("do not count as a change of class", () => {
    const before = estate([statement("x.sql#1", { decision })])
    expect(compareEstates(before, estate([statement("x.sql#1")])).changed).toEqual([])
  })
})

const asModel = (each: ReturnType<typeof statement>) => ({ ...each, kind: "model" as const })
