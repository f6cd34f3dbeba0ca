import { describe, expect, test } from "vitest"
import { type ConstructId, constructTable } from "../../src/estate/construct-table.ts"
import type { FoundConstruct } from "../../src/estate/model.ts"
import { codeVerdict, isRepeatable, unknownVerdict, verdictOf, withConstructs } from "../../src/estate/verdict.ts"

const found = (...ids: readonly ConstructId[]): readonly FoundConstruct[] =>
  ids.map((construct, at) => {
    const { keepsState, factor } = constructTable[construct]
    return { construct, start: at, end: at + 1, line: 1, reason: construct, stateful: keepsState, factor }
  })

test.each<[ids: readonly ConstructId[], statementClass: string, stateful: boolean, further: number, output: string]>([
  [[], "P1", false, 0, "as input"],
  [["projection", "filter", "union-all"], "P1", false, 0, "as input"],
  [["user-function"], "P2", false, 0, "as input"],
  [["distinct"], "P2", true, 0, "changelog"],
  [["group-by", "distinct"], "P2", true, 1, "changelog"],
  [["run-time", "distinct"], "P3", true, 1, "changelog"],
  [["join-outer", "keep-last"], "P4", true, 1, "changelog"],
  [["full-ranking"], "P5", true, 0, "changelog"],
  [["window-tvf"], "P2", true, 0, "append"],
  [["window-tvf", "group-by"], "P2", true, 1, "changelog"],
  [["overwrite"], "P3", false, 0, "as input"],
  [["external-call"], "P3", false, 0, "append"],
])("%j is %s", (ids, statementClass, stateful, furtherStateful, output) => {
  expect(verdictOf(found(...ids), "parser")).toMatchObject({ class: statementClass, stateful, furtherStateful, output })
})

test("every construct alone gives the class of its factor", () => {
  for (const id of Object.keys(constructTable) as ConstructId[]) {
    const { factor, keepsState } = constructTable[id]
    expect(verdictOf(found(id), "parser"), id).toMatchObject({ class: `P${factor}`, factor, stateful: keepsState })
  }
})

describe("further constructs", () => {
  test("can only make a class higher", () => {
    const verdict = verdictOf(found("distinct"), "parser")
    expect(withConstructs(verdict, [])).toBe(verdict)
    expect(withConstructs(verdict, found("type-2"))).toMatchObject({ class: "P4", furtherStateful: 1 })
  })

  test("make an unknown text one of which only words were read", () => {
    expect(withConstructs(unknownVerdict("no text"), found("incremental"))).toMatchObject({ class: "P2", readBy: "scanner" })
  })
})

test("nobody knows what code and unreadable texts do", () => {
  expect(codeVerdict()).toMatchObject({ class: "code", stateful: null, because: expect.any(String) })
  expect(unknownVerdict("why")).toMatchObject({ class: "unknown", stateful: null, because: "why" })
})

test("what gives another result at each run is not repeatable", () => {
  expect(isRepeatable(verdictOf(found("filter", "group-by"), "parser"))).toBe(true)
  for (const id of ["run-time", "random-id", "limit"] as const)
    expect(isRepeatable(verdictOf(found(id), "parser")), id).toBe(false)
})
