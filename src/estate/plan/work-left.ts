/** What is left to do for every product while waves are filled: statements that no wave delivers yet, systems not opened yet. */
import type { EffortRange } from "../../assessment/result.ts"
import type { EstateGraph } from "./estate-graph.ts"
import { gather } from "../gather.ts"
import { isHard } from "../judgement.ts"
import { productEffort } from "../products/product-effort.ts"
import type { ProductDraft } from "../products/product-draft.ts"
import { type SourceSystem, systemsOf } from "../products/source-systems.ts"

/** A product counts as heavy (E.7) from this share of hard statements on, if they are this many at least. */
const HEAVY_SHARE = 1 / 2
const HEAVY_STATEMENTS = 2

/** By place of the product; kept up to date as products are delivered. */
export interface WorkLeft {
  /** Expected person-days. */
  expected(place: number): number
  /** New statements, and how many of them are P4, P5 or code. */
  count(place: number): number
  isHeavy(place: number): boolean
  newSystems(place: number): number
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
  const once = drafts.map(({ tables }) => productEffort([], [], [], tables).expected)
  const readers = readersOf(drafts, statements)
  const openers = new Map<SourceSystem, number[]>()
  for (const [place, own] of used.entries()) for (const system of own) gather(openers, system, place)
  const unopened = Uint32Array.from(used, (own) => own.length)
  const captures = Float64Array.from(used, (own) => own.reduce((sum, { effort }) => sum + effort.expected, 0))
  const systemsFor = (place: number): readonly SourceSystem[] => (used[place] ?? []).filter((each) => !opened.has(each))

  function hardness(node: number): number {
    const verdict = verdictAt[node]
    return verdict !== undefined && isHard(verdict.class) ? 1 : 0
  }

  function deliver(place: number): ReturnType<WorkLeft["deliver"]> {
    const draft = drafts[place]
    const statements = Array.from((draft?.statements ?? new Uint32Array()).filter((node) => delivered[node] === 0))
    for (const node of statements) {
      delivered[node] = 1
      for (let at = readers.offsets[node] ?? 0; at < (readers.offsets[node + 1] ?? 0); at++) {
        const reader = readers.places[at] ?? 0
        days[reader] = (days[reader] ?? 0) - (effortAt[node]?.expected ?? 0)
        counts[reader] = (counts[reader] ?? 1) - 1
        hard[reader] = (hard[reader] ?? 0) - hardness(node)
      }
    }
    const fresh = new Set(systemsFor(place))
    const sources = Array.from(draft?.sources ?? []).filter((node) =>
      fresh.has(systems[node - estate.statements] as SourceSystem),
    )
    for (const system of fresh) {
      opened.add(system)
      for (const opener of openers.get(system) ?? []) {
        unopened[opener] = (unopened[opener] ?? 1) - 1
        captures[opener] = (captures[opener] ?? 0) - system.effort.expected
      }
    }
    return { statements, sources }
  }

  return {
    expected: (place) => (days[place] ?? 0) + (once[place] ?? 0) + (captures[place] ?? 0),
    count: (place) => counts[place] ?? 0,
    isHeavy: (place) => (hard[place] ?? 0) >= HEAVY_STATEMENTS && (hard[place] ?? 0) >= HEAVY_SHARE * (counts[place] ?? 0),
    newSystems: (place) => unopened[place] ?? 0,
    effort: (place) => {
      const own = (drafts[place]?.statements ?? new Uint32Array()).filter((node) => delivered[node] === 0)
      return productEffort(effortAt, own, systemsFor(place), drafts[place]?.tables ?? 0)
    },
    deliver,
  }
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
