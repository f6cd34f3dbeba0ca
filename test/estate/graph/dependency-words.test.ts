import * as fc from "fast-check"
import { expect, test } from "vitest"
import { blockersOf, nearestBlockers } from "../../../src/estate/graph/dependency-words.ts"
import { buildGraph } from "../../../src/estate/graph/graph.ts"
import type { Statement, StatementClass } from "../../../src/estate/model.ts"
import { acyclicNodes, upstreamOf } from "../made-up-graphs.ts"

function statement(id: string, dependsOn: readonly string[], of: StatementClass, because?: string): Statement {
  const verdict = { class: of, stateful: null, furtherStateful: 0, output: "none", constructs: [], readBy: "none" } as const
  return {
    id,
    name: `the ${id}`,
    kind: "model",
    writes: [],
    reads: [],
    dependsOn,
    textSource: "none",
    differences: [],
    verdict: { ...verdict, ...(because !== undefined && { because }) },
  }
}

const estate = [
  statement("code", [], "code", "Code, not SQL"),
  statement("late", ["middle", "window"], "P4"),
  statement("middle", ["code", "source"], "P1"),
  statement("window", ["middle"], "P5"),
  statement("report", ["late", "window"], "P2"),
]
const graph = buildGraph([...estate, { id: "source", dependsOn: [] }])

test("blockers come nearest first, with how far and why", () => {
  expect(blockersOf(estate, graph)("report")).toEqual([
    {
      id: "late",
      name: "the late",
      class: "P4",
      steps: 1,
      words: "the late (read directly) keeps state that has to be redesigned",
    },
    {
      id: "window",
      name: "the window",
      class: "P5",
      steps: 1,
      words: "the window (read directly) has to be rebuilt or kept in batch",
    },
    { id: "code", name: "the code", class: "code", steps: 3, words: "the code (3 steps up): Code, not SQL" },
  ])
  expect(blockersOf(estate, graph)("code")).toEqual([])
  expect(blockersOf(estate, graph)("source")).toEqual([])
  expect(blockersOf(estate, graph)("nothing of the kind")).toEqual([])
})

test("a class set by hand counts before the one that was found", () => {
  const decided = estate.map((each): Statement => {
    if (each.id === "code") return { ...each, decision: { class: "P1", stateful: false, reason: "I read it." } }
    if (each.id !== "middle") return each
    return { ...each, decision: { class: "P5", stateful: true, reason: "needs last year" } }
  })
  expect(blockersOf(decided, graph)("window").map(({ words }) => words)).toEqual([
    "the middle (read directly) has to be rebuilt or kept in batch: needs last year",
  ])
})

test("a statement in a circle does not block itself", () => {
  const round = [statement("a", ["b"], "P4"), statement("b", ["a"], "P1")]
  expect(blockersOf(round, buildGraph(round))("a")).toEqual([])
  expect(blockersOf(round, buildGraph(round))("b").map(({ id }) => id)).toEqual(["a"])
})

test("blockers are all those upstream, and the nearest of all nodes are the first of each", () => {
  const classes = fc.array(fc.constantFrom<StatementClass>("P1", "P3", "P4", "P5", "unknown"), { minLength: 20, maxLength: 20 })
  fc.assert(
    fc.property(acyclicNodes, classes, (nodes, of) => {
      const statements = nodes.map(({ id, dependsOn }, at) => statement(id, dependsOn, of[at] ?? "P1"))
      const graph = buildGraph(statements)
      const blocking = new Set(statements.filter(({ verdict }) => !["P1", "P3"].includes(verdict.class)).map(({ id }) => id))
      const blockers = blockersOf(statements, graph)
      const nearest = nearestBlockers(statements, graph)
      for (const { id } of statements) {
        const found = blockers(id)
        expect(new Set(found.map((each) => each.id))).toEqual(
          new Set([...upstreamOf(nodes, id)].filter((each) => blocking.has(each))),
        )
        expect(nearest.get(id)).toEqual(found[0])
      }
    }),
  )
})
