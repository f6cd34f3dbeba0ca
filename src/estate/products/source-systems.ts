/** Source systems behind the sources of an estate, and what it takes to make each arrive as a stream (E.3). */
import { range } from "../../assessment/effort.ts"
import type { Questionnaire, Row } from "../../assessment/model.ts"
import { rowName } from "../../assessment/question-types/table.ts"
import type { EffortRange } from "../../assessment/result.ts"
import { type DomainFacts, nameKey, tableQuestion, textIn } from "./engagement-facts.ts"
import type { EstateGraph } from "../plan/estate-graph.ts"
import type { PlacedSource } from "../merge.ts"

/** Inventory of source systems: kind, capture, planned retirement. */
const SYSTEMS = "PRD-06"
/** Person-days to capture a relational source, and one that is not made for it. */
const CAPTURE = [5, 15] as const
const HARD_CAPTURE = [20, 60] as const
const HARD_KINDS: ReadonlySet<unknown> = new Set(["mainframe", "packaged"])
const CAPTURED: ReadonlySet<unknown> = new Set(["log", "mapped", "events"])
const NOTHING: EffortRange = { low: 0, expected: 0, high: 0 }

export interface SourceSystem {
  readonly name: string
  /** It arrives as a stream already, or is a file that does not change: nothing has to be done. */
  readonly isReady: boolean
  /** Person-days of its capture. */
  readonly effort: EffortRange
  /** ISO date on which it is to be switched off. */
  readonly retirement?: string
}

/** The system of each source, by the source's place among the sources; sources of one system share one object. */
export function sourceSystems(
  questionnaire: Questionnaire,
  { sources }: EstateGraph,
  facts: readonly DomainFacts[],
): readonly SourceSystem[] {
  const known = new Map<string, SourceSystem>()
  const rowOf = listedSystems(questionnaire, facts)
  return sources.map((source) => {
    const key = source.kind === "seed" ? `seed ${source.id}` : nameKey(source.system ?? source.name)
    const system = known.get(key) ?? systemOf(source, (name) => rowOf(name, source.domain))
    known.set(key, system)
    return system
  })
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

function systemOf(source: PlacedSource, rowOf: (name: string) => Row | undefined): SourceSystem {
  const name = source.system ?? source.name
  if (source.kind === "seed") return { name, isReady: true, effort: NOTHING }
  const row = rowOf(name) ?? rowOf(source.name)
  const retirement = textIn(row?.["retirement"])
  const isReady = CAPTURED.has(row?.["capture"])
  const [low, high] = HARD_KINDS.has(row?.["kind"]) ? HARD_CAPTURE : CAPTURE
  return { name, isReady, effort: isReady ? NOTHING : range(low, high), ...(retirement === undefined ? {} : { retirement }) }
}

/** Finds a system's row by its name: in the source's own domain, else in another one, for an import may span several. */
function listedSystems(
  questionnaire: Questionnaire,
  facts: readonly DomainFacts[],
): (name: string, domain: string) => Row | undefined {
  const question = tableQuestion(questionnaire, SYSTEMS)
  const here = new Map<string, Row>()
  const anywhere = new Map<string, Row>()
  for (const each of question === undefined ? [] : facts) {
    for (const row of each.rows(SYSTEMS)) {
      const name = wordsOf(question === undefined ? row.id : rowName(question, row))
      here.set(JSON.stringify([each.domain, name]), row)
      if (!anywhere.has(name)) anywhere.set(name, row)
    }
  }
  return (name, domain) => here.get(JSON.stringify([domain, wordsOf(name)])) ?? anywhere.get(wordsOf(name))
}

/** "shop_orders" in a manifest is "Shop orders" in a list. */
const wordsOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
