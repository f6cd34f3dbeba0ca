import { describe, expect, test } from "vitest"
import { addedBy, incrementalLine, withConstruct } from "../../../src/estate/dbt/verdicts.ts"
import { unknownVerdict, verdictOf } from "../../../src/estate/verdict.ts"
import { readManifest } from "../../../src/estate/dbt/manifest.ts"
import type { ConstructId } from "../../../src/estate/construct-table.ts"
import type { FoundConstruct, Statement } from "../../../src/estate/model.ts"
import { manifestText, type ModelSketch } from "../../fixtures/dbt/build-manifest.ts"

const found = (construct: ConstructId): FoundConstruct => ({ ...addedBy(construct, ""), end: 5 })

describe("what dbt adds to a verdict", () => {
  const history = addedBy("type-2", "A snapshot")

  test("leads where its factor is higher, and keeps state", () => {
    const plain = verdictOf([found("filter")], "parser")
    expect(withConstruct(plain, history)).toEqual({
      class: "P4",
      factor: 4,
      stateful: true,
      furtherStateful: 0,
      output: "changelog",
      readBy: "parser",
      constructs: [found("filter"), history],
    })
  })

  test("counts with what else keeps state", () => {
    expect(withConstruct(verdictOf([found("group-by")], "parser"), history)).toMatchObject({ class: "P4", furtherStateful: 1 })
    expect(withConstruct(verdictOf([found("recursive-cte")], "parser"), history)).toMatchObject({
      class: "P5",
      furtherStateful: 1,
    })
  })

  test("keeps what was said of a text that was read by its words only", () => {
    const words = { ...verdictOf([found("group-by")], "scanner"), because: "Only words were read" }
    expect(withConstruct(words, history)).toMatchObject({ readBy: "scanner", because: "Only words were read" })
  })

  test("leaves what nobody knows unknown, but for the state that it keeps", () => {
    const unknown = unknownVerdict("Needs compiled SQL")
    expect(withConstruct(unknown, history)).toEqual({ ...unknown, stateful: true, constructs: [history] })
    expect(withConstruct(unknown, addedBy("incremental", "")).stateful).toBeNull()
  })

  test("is added once", () => {
    const plain = verdictOf([found("type-2")], "parser")
    expect(withConstruct(plain, history)).toBe(plain)
  })
})

describe("the question whether a run is incremental", () => {
  test.each<[string, number | undefined]>([
    ["select 1", undefined],
    ["{% if is_incremental() %}", 1],
    ["select 1\r\n\n{% if is_incremental() %}", 3],
    ["{# is_incremental() #} select 1", undefined],
    ["{# a #}{# is_incremental() #}\n{% if is_incremental() %}", 2],
    ["{# is_incremental() never closed", undefined],
    ["{% if is_incremental() %} {# why", 1],
  ])("%j", (raw, line) => {
    expect(incrementalLine(raw)).toBe(line)
  })

  test("is looked for in one pass", () => {
    expect(incrementalLine(`${"{##}".repeat(1_000_000)}is_incremental`)).toBe(1)
    expect(incrementalLine("{# is_incremental #}".repeat(200_000))).toBeUndefined()
  })
})

describe("a statement", () => {
  const one = (model: Partial<ModelSketch>): Statement | undefined =>
    readManifest(manifestText(12, { models: [{ name: "orders", ...model }] })).estate?.statements[0]
  const constructs = (model: Partial<ModelSketch>): readonly string[] =>
    one(model)?.verdict.constructs.map(({ construct }) => construct) ?? []

  test("that is a snapshot keeps history", () => {
    expect(constructs({ type: "snapshot", compiled: "select * from a" })).toContain("type-2")
    expect(one({ type: "snapshot" })).toMatchObject({ kind: "snapshot" })
  })

  test("that is incremental says so, also where the compiled text does not show it", () => {
    const raw = "select * from a {% if is_incremental() %} where b > 1 {% endif %}"
    const config = { materialized: "incremental" }
    expect(constructs({ raw, compiled: "select * from a", config })).toContain("incremental")
    expect(constructs({ raw, compiled: "select * from a" })).not.toContain("incremental")
    expect(constructs({ raw: "select 1", compiled: "select 1", config })).not.toContain("incremental")
    const batches = { ...config, incremental_strategy: "microbatch" }
    expect(constructs({ raw: "select 1", compiled: "select 1", config: batches })).toContain("incremental")
  })

  test.each([{ language: "python" }, { language: undefined, original_file_path: String.raw`models\score.PY` }])(
    "in Python is code, not SQL: %j",
    (more) => {
      const model = { raw: "def model(dbt, session):\n    return dbt.ref('a')", compiled: "def model…", more }
      expect(one(model)).toMatchObject({
        verdict: { class: "code", stateful: null, because: expect.stringContaining("Code, not SQL") },
        text: model.raw,
        textSource: "raw",
        differences: [],
      })
    },
  )

  test("without a text is unknown and says what helps", () => {
    for (const raw of ["", " \n"]) {
      const statement = one({ raw })
      expect(statement).toMatchObject({ textSource: "none", verdict: { class: "unknown", stateful: null, readBy: "none" } })
      expect(statement?.verdict.because).toContain("dbt compile")
      expect(statement).not.toHaveProperty("text")
    }
  })
})
