/** What planning an estate of 100,000 statements costs, against a floor of typed arrays and three graph libraries. */
import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { isDeepStrictEqual } from "node:util"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { type Figure, median, ms } from "./figure.ts"
import type { Alone } from "./graph-alone.ts"
import { durationsOf, madeUpEstate, typedEdgesOf } from "./graph-estate.ts"
import { byDependencyGraph, byGraphlib, byGraphology, type Plan, planned, typedPass } from "./graph-plans.ts"

const count = 100_000
const rounds = 5
/** A run of a tenth of a second is at the mercy of one moment, so the quick ones are run so many times each round. */
const quickRuns = 5
const floorLimit = 4
const addedLimit = 100 * 2 ** 20
const chainWaves = 100_000

/** Times and ratios, medians over rounds in which all take turns; and that all agree on the plan. */
export async function measure(): Promise<readonly Figure[]> {
  const nodes = madeUpEstate(count)
  const edges = typedEdgesOf(nodes)
  const durations = durationsOf(nodes)
  const ways: readonly (readonly [string, number, () => Plan])[] = [
    ["floor: a typed-array pass over interned edges", 0, () => typedPass(edges, durations)],
    ["headwater, from ids", 0, () => planned(nodes, durations)],
    ["dependency-graph", 6, () => byDependencyGraph(nodes, durations)],
    ["graphology with graphology-dag", 25, () => byGraphology(nodes, durations)],
    ["@dagrejs/graphlib", 35, () => byGraphlib(nodes, durations)],
  ]
  const plan = planned(nodes, durations)
  const apart = ways.filter(([, , run]) => !isDeepStrictEqual(run(), plan)).map(([name]) => name)
  const taken = interleaved(ways.map(([, , run]) => run))
  const [floor = [], ours = []] = taken
  const ratio = (one: readonly number[], other: readonly number[]): number =>
    median(one.map((each, round) => each / (other[round] ?? Number.NaN)))
  const overFloor = ratio(ours, floor)
  return [
    {
      what: `Estate: ${count} statements, ${edges.from.length} edges; ${plan.sinks} cones of ${plan.coneSizes} statements`,
      value: `${plan.waves} waves, ${plan.length} days; ${apart.length === 0 ? "all agree" : `not so: ${apart.join(", ")}`}`,
      goal: { text: "the same plan in all ways", met: apart.length === 0 },
    },
    { what: ways[0]?.[0] ?? "", value: ms(median(floor)) },
    {
      what: "headwater, from ids: circles, order, waves, critical path with slack, all cones",
      value: `${ms(median(ours))}, ${overFloor.toFixed(1)} × the floor`,
      goal: { text: `≤ ${floorLimit} ×`, met: overFloor <= floorLimit },
    },
    ...ways.slice(2).map(([name, limit], at): Figure => {
      const peer = taken[at + 2] ?? []
      const times = ratio(peer, ours)
      return {
        what: `${name}, the same`,
        value: `${ms(median(peer))}, headwater is ${times.toFixed(1)} × faster`,
        goal: { text: `≥ ${limit} ×`, met: times >= limit },
      }
    }),
    ...aloneFigures(),
  ]
}

/** Milliseconds per run, the runs taken in turns so that a busy machine slows all alike; nobody pays for another's garbage. */
function interleaved(runs: readonly (() => unknown)[]): readonly (readonly number[])[] {
  setFlagsFromString("--expose-gc")
  const collectGarbage = runInNewContext("gc") as () => void
  const taken = runs.map((): number[] => [])
  for (let round = 0; round < rounds; round++)
    runs.forEach((run, at) => {
      const times = Array.from({ length: at < 2 ? quickRuns : 1 }, () => {
        collectGarbage()
        const start = performance.now()
        run()
        return performance.now() - start
      })
      taken[at]?.push(median(times))
    })
  return taken
}

function aloneFigures(): readonly Figure[] {
  const script = join(import.meta.dirname, "graph-alone.ts")
  const { added, chain, million } = JSON.parse(
    execFileSync(process.execPath, ["--expose-gc", script], { encoding: "utf8" }),
  ) as Alone
  return [
    {
      what: `Memory that planning ${count} statements adds at its highest, cold`,
      value: `${Math.round(added / 2 ** 20)} MB`,
      goal: { text: "≤ 100 MB", met: added <= addedLimit },
    },
    {
      what: `A chain of ${chainWaves} statements`,
      value: `${ms(chain.taken)}, ${chain.plan.waves} waves`,
      goal: { text: "completes", met: chain.plan.waves === chainWaves },
    },
    {
      what: "An estate of 1,000,000 statements",
      value: `${ms(million.taken)}, ${million.plan.waves} waves, ${million.plan.sinks} cones`,
      goal: { text: "completes", met: million.plan.waves > 0 },
    },
  ]
}
