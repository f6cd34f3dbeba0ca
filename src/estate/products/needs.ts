/** Who needs what of which sink: rows of CON-01 by name, then exposures and readers that no row stands for. */
import type { Questionnaire, Row, RowPredicate, TableQuestion } from "../../assessment/model.ts"
import { cellIn, rowMatches, rowName } from "../../assessment/question-types/table.ts"
import { type DomainFacts, listIn, nameKey, numberIn, tableQuestion, textIn } from "./engagement-facts.ts"
import { gather } from "../gather.ts"
import type { ProductConsumer } from "../model.ts"
import type { SinkNames, SinkTable } from "./sinks.ts"

/** A consumer of a sink with what planning looks at. */
export interface Need {
  readonly consumer: ProductConsumer
  /** Gets it within the age it needs; `undefined`: nobody can say. */
  readonly met: boolean | undefined
  /** Reads a stream already. */
  readonly streamed: boolean
  /** Place of its class of required age, from 0 for the least strict; absent where no age is required. */
  readonly ageClass?: number
  /** What stale or wrong data costs is written down. */
  readonly hasCost: boolean
  /** 3 critical, 2 important, 1 minor or not said. */
  readonly weight: number
}

/** Needs by sink, and the rows of CON-01 that name no sink. */
export interface Needs {
  readonly bySink: ReadonlyMap<SinkTable, readonly Need[]>
  readonly unlinked: readonly { readonly domain: string; readonly name: string }[]
}

interface Reading {
  readonly question: TableQuestion
  readonly needs: Questionnaire["scoring"]["needs"]
}

/** Links consumers to sinks, over all domains of the estate. */
export function linkNeeds(
  questionnaire: Questionnaire,
  sinks: readonly SinkTable[],
  names: SinkNames,
  facts: readonly DomainFacts[],
): Needs {
  const { needs } = questionnaire.scoring
  const question = tableQuestion(questionnaire, needs.inventory)
  const bySink = new Map<SinkTable, Need[]>(sinks.map((sink) => [sink, []]))
  const unlinked: { domain: string; name: string }[] = []
  const readBy = readersByName(sinks)
  for (const domain of question === undefined ? [] : facts) {
    const candidates = sinksOfCandidates(questionnaire, domain, names)
    for (const row of domain.rows(needs.inventory)) {
      if (question === undefined) break
      const name = rowName(question, row)
      const known = [...(readBy.get(nameKey(name)) ?? []), ...(candidates.get(nameKey(name)) ?? [])]
      const found = known.length > 0 ? known : sinksInWords([name, textIn(row["decision"]) ?? ""], names, domain.domain)
      if (found.length === 0) unlinked.push({ domain: domain.domain, name })
      for (const sink of new Set(found)) bySink.get(sink)?.push(needOf(row, { question, needs }))
    }
  }
  for (const [sink, found] of bySink) found.push(...withoutRow(sink, found))
  return { bySink, unlinked }
}

/** Exposures, readers of the estate and readers that SQL-01 or MBT-01 list, by name. */
function readersByName(sinks: readonly SinkTable[]): ReadonlyMap<string, readonly SinkTable[]> {
  const byName = new Map<string, SinkTable[]>()
  for (const sink of sinks) {
    for (const name of [...sink.readers.map((each) => each.name), ...sink.listedReaders]) {
      gather(byName, nameKey(name), sink)
    }
  }
  return byName
}

/** Sinks that candidate products (DOM-05) cover, by the name of the consumer that the candidate is for. */
function sinksOfCandidates(
  questionnaire: Questionnaire,
  facts: DomainFacts,
  names: SinkNames,
): ReadonlyMap<string, readonly SinkTable[]> {
  const { inventory, consumersColumn } = questionnaire.scoring.needs.products
  const byConsumer = new Map<string, SinkTable[]>()
  for (const row of facts.rows(inventory)) {
    const covered = listIn(row["sinks"]).flatMap((name) => names.find(name, facts.domain))
    for (const consumer of listIn(row[consumersColumn])) {
      for (const sink of covered) gather(byConsumer, nameKey(consumer), sink)
    }
  }
  return byConsumer
}

/** Sinks whose whole name stands in a text, such as the decision that a consumer takes. Short names would be found by accident. */
function sinksInWords(texts: readonly string[], names: SinkNames, domain: string): readonly SinkTable[] {
  const words = texts.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}_]+/u)).filter((word) => word.length >= 4)
  return [...new Set(words)].flatMap((word) => names.find(word, domain))
}

function needOf(row: Row, reading: Reading): Need {
  const { question, needs } = reading
  const critical = rowMatches(row, needs.critical, question)
  const requiredAge = numberIn(cellIn(question, row, "requiredAge"))
  const actualAge = numberIn(cellIn(question, row, "actualAge"))
  const completeness = numberIn(row["completeness"])
  const decision = textIn(row["decision"])
  const ageClass = ageClassOf(row, reading)
  return {
    consumer: {
      name: rowName(question, row),
      from: "CON-01",
      critical,
      ...(requiredAge === undefined ? {} : { requiredAge }),
      ...(actualAge === undefined ? {} : { actualAge }),
      ...(completeness === undefined ? {} : { completeness }),
      ...(decision === undefined ? {} : { decision }),
    },
    met: isMet(row, reading),
    streamed: needs.streamed !== undefined && rowMatches(row, needs.streamed, question),
    ...(ageClass === undefined ? {} : { ageClass }),
    hasCost: textIn(row["cost"]) !== undefined,
    weight: critical ? 3 : row["criticality"] === "important" ? 2 : 1,
  }
}

function isMet(row: Row, { question, needs }: Reading): boolean | undefined {
  if (rowMatches(row, needs.met, question)) return true
  const columns = needs.met.flatMap(columnsOf)
  return columns.some((column) => cellIn(question, row, column) === undefined) ? undefined : false
}

/** Classes of need on the axis that looks at the required age, strictest last. */
function ageClassOf(row: Row, { question, needs }: Reading): number | undefined {
  const compared = new Set(needs.met.map((each) => each.atMostColumn ?? each.column))
  const classes = Object.values(needs.classes).find((each) =>
    each.some(({ when }) => when.some(({ column }) => compared.has(column))),
  )
  const place = classes?.findLastIndex(({ when }) => rowMatches(row, when, question)) ?? -1
  return place < 0 ? undefined : place
}

const columnsOf = ({ column, atMostColumn, aboveColumn }: RowPredicate): readonly string[] =>
  [column, atMostColumn, aboveColumn].filter((each) => each !== undefined)

/** Readers that no row of CON-01 stands for: that they read is known, and nothing else. */
function withoutRow(sink: SinkTable, found: readonly Need[]): readonly Need[] {
  const named = new Set(found.map(({ consumer }) => nameKey(consumer.name)))
  const readers = [
    ...sink.readers.map(({ name, kind }) => ({ name, from: kind === "reader" ? ("reader" as const) : ("exposure" as const) })),
    ...sink.listedReaders.map((name) => ({ name, from: "reader" as const })),
  ]
  return readers.flatMap(({ name, from }) => {
    if (named.has(nameKey(name))) return []
    named.add(nameKey(name))
    return [{ consumer: { name, from, critical: false }, met: undefined, streamed: false, hasCost: false, weight: 1 }]
  })
}
