/** What is left to do for every product while waves are filled: statements that no wave delivers yet, systems not opened yet. */
import type { EffortRange } from "../assessment/result.ts"
import type { EstateGraph } from "./estate-graph.ts"
import { isHard } from "./judgement.ts"
import { productEffort } from "./product-effort.ts"
import type { ProductDraft } from "./product-draft.ts"
import type { SourceSystem } from "./source-systems.ts"

/** A product from this share of hard statements on counts as heavy (E.7). */
const HEAVY_SHARE = 1 / 3

/** By place of the product; kept up to date as products are delivered. */
export interface WorkLeft {
  /** Expected person-days. */
  expected(place: number): number
  /** New statements, and how many of them are P4, P5 or code. */
  count(place: number): number
  isHeavy(place: number): boolean
  newSystems(place: number): readonly SourceSystem[]
  /** What it adds now, with its range. */
  effort(place: number): EffortRange
  /** Delivers a product: gives the numbers of its new statements and new sources. */
  deliver(place: number): { readonly statements: readonly number[]; readonly sources: readonly number[] }
}

/** Opens the books; nothing is delivered yet. */
export function workLeft(estate: EstateGraph, drafts: readonly ProductDraft[], systems: readonly SourceSystem[]): WorkLeft {
  const { effortAt, verdictAt, statements } = estate
  const delivered = new Uint8Array(statements)
  const opened = new Set<SourceSystem>()
  const used = drafts.map(({ sources }) => systemsOf(sources, systems, statements))
  const days = Float64Array.from(drafts, ({ statements: own }) =>
    own.reduce((sum, node) => sum + (effortAt[node]?.expected ?? 0), 0),
  )
  const counts = Uint32Array.from(drafts, ({ statements: own }) => own.length)
  const hard = Uint32Array.from(drafts, ({ statements: own }) => own.reduce((sum, node) => sum + hardness(node), 0))
  const once = drafts.map(({ tables }) => productEffort([], [], tables).expected)
  const readers = readersOf(drafts, statements)
  const newSystems = (place: number): readonly SourceSystem[] => (used[place] ?? []).filter((each) => !opened.has(each))

  function hardness(node: number): number {
    const verdict = verdictAt[node]
    return verdict !== undefined && isHard(verdict.class) ? 1 : 0
  }

  function deliver(place: number): ReturnType<WorkLeft["deliver"]> {
    const draft = drafts[place]
    const statements = Array.from(draft?.statements ?? []).filter((node) => delivered[node] === 0)
    for (const node of statements) {
      delivered[node] = 1
      for (let at = readers.offsets[node] ?? 0; at < (readers.offsets[node + 1] ?? 0); at++) {
        const reader = readers.places[at] ?? 0
        days[reader] = (days[reader] ?? 0) - (effortAt[node]?.expected ?? 0)
        counts[reader] = (counts[reader] ?? 1) - 1
        hard[reader] = (hard[reader] ?? 0) - hardness(node)
      }
    }
    const fresh = new Set(newSystems(place))
    const sources = Array.from(draft?.sources ?? []).filter((node) =>
      fresh.has(systems[node - estate.statements] as SourceSystem),
    )
    for (const system of fresh) opened.add(system)
    return { statements, sources }
  }

  return {
    expected: (place) =>
      (days[place] ?? 0) + (once[place] ?? 0) + newSystems(place).reduce((sum, each) => sum + each.effort.expected, 0),
    count: (place) => counts[place] ?? 0,
    isHeavy: (place) => (hard[place] ?? 0) > 0 && (hard[place] ?? 0) >= HEAVY_SHARE * (counts[place] ?? 0),
    newSystems,
    effort: (place) => {
      const own = Array.from(drafts[place]?.statements ?? []).filter((node) => delivered[node] === 0)
      return productEffort(
        own.flatMap((node) => effortAt[node] ?? []),
        newSystems(place),
        drafts[place]?.tables ?? 0,
      )
    },
    deliver,
  }
}

/** Systems that still have to be made to stream, once each. */
export function systemsOf(sources: Uint32Array, systems: readonly SourceSystem[], statements: number): readonly SourceSystem[] {
  const found = new Set<SourceSystem>()
  for (const node of sources) {
    const system = systems[node - statements]
    if (system !== undefined && !system.isReady) found.add(system)
  }
  return [...found]
}

/** Places of the products that need each statement. */
function readersOf(
  drafts: readonly ProductDraft[],
  statements: number,
): { readonly offsets: Uint32Array; readonly places: Uint32Array } {
  const offsets = new Uint32Array(statements + 1)
  for (const draft of drafts) for (const node of draft.statements) offsets[node + 1] = (offsets[node + 1] ?? 0) + 1
  for (let node = 0; node < statements; node++) offsets[node + 1] = (offsets[node + 1] ?? 0) + (offsets[node] ?? 0)
  const places = new Uint32Array(offsets[statements] ?? 0)
  const next = offsets.slice()
  for (const [place, draft] of drafts.entries()) {
    for (const node of draft.statements) {
      const at = next[node] ?? 0
      places[at] = place
      next[node] = at + 1
    }
  }
  return { offsets, places }
}
