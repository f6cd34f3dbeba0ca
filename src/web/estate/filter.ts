/** Which statements the estate's page shows: read from the address, and leading back to it. */
import { classOf } from "../../estate/judgement.ts"
import type { Statement, StatementClass, TextSource, Verdict } from "../../estate/model.ts"
import { withQuery } from "../paging.ts"
import type { LoadedEstate } from "./loaded.ts"
import { isClass, READINGS, STATES, type StateName, stateOf, TEXT_SOURCES } from "./words.ts"

export const ONLY = {
  sinks: { text: "Sinks", keeps: ({ sinks }: LoadedEstate, { id }: Statement) => sinks.has(id) },
  differences: {
    text: "SQL and lineage differ",
    keeps: (_: LoadedEstate, { differences }: Statement) => differences.length > 0,
  },
  decided: { text: "Classified by hand", keeps: (_: LoadedEstate, { decision }: Statement) => decision !== undefined },
  outdated: {
    text: "By hand, text changed since",
    keeps: ({ decisions }: LoadedEstate, { id }: Statement) => decisions.get(id)?.outdated === true,
  },
} as const

export const ORDERS = { imported: "As imported", name: "Name", hardest: "Hardest first" } as const

export interface EstateFilter {
  readonly class?: StatementClass
  readonly state?: StateName
  readonly domain?: string
  /** Id of an import. */
  readonly from?: string
  readonly read?: Verdict["readBy"]
  readonly text?: TextSource
  readonly only?: keyof typeof ONLY
  readonly find?: string
  readonly order: keyof typeof ORDERS
}

/** Reads the query; what is not known counts as not asked for. */
export const readFilter = (query: Readonly<Record<string, string>>, estates: readonly LoadedEstate[]): EstateFilter => {
  const known = <K extends string>(name: string, all: Readonly<Record<K, unknown>>): K | undefined => {
    const value = query[name]
    return value !== undefined && Object.hasOwn(all, value) ? (value as K) : undefined
  }
  const domain = estates.find((one) => one.domain === query["domain"])?.domain
  const from = estates.find(({ id }) => id === query["from"])?.id
  const find = (query["find"] ?? "").trim().slice(0, 200)
  return withoutGaps({
    class: isClass(query["class"]) ? query["class"] : undefined,
    state: known("state", STATES),
    domain,
    from,
    read: known("read", READINGS),
    text: known("text", TEXT_SOURCES),
    only: known("only", ONLY),
    find: find === "" ? undefined : find,
    order: known("order", ORDERS) ?? "imported",
  })
}

type Gaps = { readonly [K in keyof EstateFilter]: EstateFilter[K] | undefined } & Pick<EstateFilter, "order">

const withoutGaps = (given: Gaps): EstateFilter =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as unknown as EstateFilter

/** The address that shows this. */
export const filterHref = (home: string, { order, ...filter }: EstateFilter, page?: number): string =>
  withQuery(`${home}/estate`, {
    ...filter,
    order: order === "imported" ? undefined : order,
    page: page === undefined || page === 1 ? undefined : String(page),
  })

export interface FoundStatement {
  readonly estate: LoadedEstate
  readonly statement: Statement
}

/** Those that fit, in the order asked for, of all pages. */
export const fitting = (estates: readonly LoadedEstate[], filter: EstateFilter): readonly FoundStatement[] => {
  const found: FoundStatement[] = []
  const words = (filter.find ?? "").toLowerCase().split(/\s+/)
  for (const estate of estates) {
    if ((filter.domain ?? estate.domain) !== estate.domain || (filter.from ?? estate.id) !== estate.id) continue
    for (const statement of estate.estate.statements) {
      if (fits(estate, statement, filter) && has(statement, words)) found.push({ estate, statement })
    }
  }
  return inOrder(found, filter.order)
}

const fits = (estate: LoadedEstate, statement: Statement, filter: EstateFilter): boolean =>
  (filter.class === undefined || classOf(statement) === filter.class) &&
  (filter.state === undefined || stateOf(statement) === filter.state) &&
  (filter.read === undefined || statement.verdict.readBy === filter.read) &&
  (filter.text === undefined || statement.textSource === filter.text) &&
  (filter.only === undefined || ONLY[filter.only].keeps(estate, statement))

const has = ({ id, name, file, writes }: Statement, words: readonly string[]): boolean => {
  const text = `${name}\n${id}\n${file ?? ""}\n${writes.join("\n")}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

const collator = new Intl.Collator("en", { numeric: true })
const hardness: Readonly<Record<StatementClass, number>> = { P5: 0, P4: 1, unknown: 2, code: 3, P3: 4, P2: 5, P1: 6 }

const inOrder = (found: readonly FoundStatement[], order: EstateFilter["order"]): readonly FoundStatement[] => {
  if (order === "imported") return found
  return found.toSorted(
    ({ statement: one }, { statement: other }) =>
      (order === "hardest" ? hardness[classOf(one)] - hardness[classOf(other)] : 0) || collator.compare(one.name, other.name),
  )
}
