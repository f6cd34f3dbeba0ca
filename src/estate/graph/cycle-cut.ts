/** Where to open a circle: the edge that looks most like results written back, by its place, its names and what it opens. */
import type { Circle } from "./circle.ts"
import { strongParts } from "./components.ts"
import type { Graph } from "./graph.ts"
import type { Cycle } from "../model.ts"
import { hintsOf, type NameHints } from "./name-hints.ts"

/** What tells most about a node of this id: name, file, tags, in any form. */
export type NameOf = (id: string) => string

interface Candidate {
  readonly from: number
  readonly to: number
  /** Place among the circle's edges. */
  readonly edge: number
  readonly score: number
  /** Part of the circle's nodes that are in no circle any more once the edge is cut. */
  readonly freed: number
}

/** Trying an edge out walks the whole circle; so many edges are walked for one circle, the likeliest being tried first. */
const walkedEdges = 200_000

/** The edge of a circle that most likely writes results back; equal edges are told apart by id. */
export function bestCut({ ids }: Graph, circle: Circle, nameOf: NameOf = (id) => id): Cycle["cut"] {
  const inside = Array.from(circle.nodes, (node) => ids[node] ?? "")
  const hints = inside.map((id) => hintsOf(nameOf(id)))
  const bestFirst = (a: Candidate, b: Candidate): number =>
    b.score - a.score || compare(inside[a.from], inside[b.from]) || compare(inside[a.to], inside[b.to])
  const tried = Math.max(1, Math.floor(walkedEdges / circle.readers.targets.length))
  const [best] = likeliest(circle, hints, bestFirst, tried)
    .map((each) => tryOut(circle, each))
    .sort(bestFirst)
  if (best === undefined) throw new RangeError("A part of one node is no circle.")
  return { from: inside[best.from] ?? "", to: inside[best.to] ?? "", because: reasonOf(circle, hints, best) }
}

function compare(a = "", b = ""): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** The best edges by place and name. */
function likeliest(
  circle: Circle,
  hints: readonly NameHints[],
  order: (a: Candidate, b: Candidate) => number,
  count: number,
): Candidate[] {
  const { offsets, targets } = circle.readers
  const deepest = circle.depths.reduce((most, depth) => Math.max(most, depth), 0)
  const span = Math.max(1, deepest - circle.depths.reduce((least, depth) => Math.min(least, depth), deepest))
  let best: Candidate[] = []
  for (let from = 0; from < circle.nodes.length; from++) {
    const end = offsets[from + 1] as number
    for (let edge = offsets[from] as number; edge < end; edge++) {
      const to = targets[edge] as number
      const name = leadsOn(circle, from, to) ? 0 : nameScore(hints[from], hints[to])
      best.push({ from, to, edge, score: stepsBack(circle, from, to) / span + name, freed: 0 })
    }
    if (best.length > 2 * count + 1000) best = best.sort(order).slice(0, count)
  }
  return best.sort(order).slice(0, count)
}

/** How far an edge leads back to the sources; 0 to a node that is fed only from inside, which may come early all the same. */
function stepsBack({ depths, fed }: Circle, from: number, to: number): number {
  const back = (depths[from] as number) - (depths[to] as number)
  return fed[to] === 1 ? back : Math.max(0, back)
}

/** Names say nothing of an edge that leads on from the sources: "crm" also names what comes from there. */
const leadsOn = (circle: Circle, from: number, to: number): boolean => stepsBack(circle, from, to) < 0

function nameScore(from: NameHints | undefined, to: NameHints | undefined): number {
  const beginning = to?.begins === undefined ? 0 : 0.3
  return from?.begins === undefined ? beginning + (from?.weight ?? 0) : beginning - 0.3
}

function tryOut({ nodes, readers }: Circle, candidate: Candidate): Candidate {
  const targets = readers.targets.slice()
  // A node that leads to itself closes no circle with another, so this takes the edge away and leaves the offsets.
  targets[candidate.edge] = candidate.from
  const { of, count } = strongParts({ offsets: readers.offsets, targets })
  const sizes = new Uint32Array(count)
  for (const part of of) sizes[part] = (sizes[part] as number) + 1
  const freed = sizes.reduce((sum, size) => sum + (size === 1 ? 1 : 0), 0) / nodes.length
  return { ...candidate, freed, score: candidate.score + freed }
}

function reasonOf(circle: Circle, hints: readonly NameHints[], { from, to, freed }: Candidate): string {
  const { nodes, depths } = circle
  const [far, near] = [depths[from] ?? 0, depths[to] ?? 0]
  const named = !leadsOn(circle, from, to)
  const word = hints[from]?.begins === undefined ? hints[from]?.writesBack : undefined
  const beginning = hints[to]?.begins
  const signs = [
    far > near && `it leads from ${steps(far)} after the sources back to ${steps(near)}`,
    named && word !== undefined && `the name of what is read says "${word}"`,
    named && beginning !== undefined && `the name of the reader says "${beginning}"`,
  ].filter((sign) => sign !== false)
  const gain =
    freed === 1 ? "without it nothing here runs in a circle" : `without it ${share(freed, nodes.length)} no more in a circle`
  const reasons = freed > 0 ? [...signs, gain] : signs
  if (signs.length > 0) return `Most likely results written back: ${reasons.join("; ")}.`
  return `A guess, since neither place nor names tell which edge writes back${freed > 0 ? `; ${gain}` : ""}.`
}

const steps = (count: number): string => (count === 1 ? "1 step" : `${count} steps`)
const share = (freed: number, count: number): string => `${Math.round(freed * count)} of ${count} statements are`
