import type { EffortRange } from "../../assessment/result.ts"
import { classOf } from "../../estate/judgement.ts"
import type { StatementClass } from "../../estate/model.ts"
import { classOrder, classText } from "../../report/classes.ts"
import { computedPage, engagementFrame, type EngagementVisit, mayChange } from "../engagement.ts"
import type { SelectField } from "../forms.ts"
import { pagerView, pagingOf } from "../paging.ts"
import { page } from "../respond.ts"
import { namesOf } from "../results.ts"
import { count } from "../words.ts"
import { effortsOf } from "./effort.ts"
import { type EstateFilter, filterHref, fitting, ONLY, ORDERS, readFilter } from "./filter.ts"
import { importsView, noticesView } from "./import-list.ts"
import { inventoryLinks } from "./inventories.ts"
import type { LoadedEstate } from "./loaded.ts"
import { mixOf, mixSvg } from "./mix.ts"
import { statementRows } from "./statement-rows.ts"
import { estatesFor } from "./visible.ts"
import { READINGS, someOf, STATES, stateOf, TEXT_SOURCES } from "./words.ts"

const rowsOnPage = 100
const cyclesShown = 20
const namesInCycle = 12

/** What runs today: how much of it is of which class, every statement with what stands in its way, what nobody knows, and the imports. */
export const showEstate = computedPage(async (visit, on) => {
  const estates = await estatesFor(visit, on)
  const frame = engagementFrame(visit, "estate", "Estate", { width: "wide" })
  const common = { home: visit.home, mayChange: mayChange(visit) }
  if (estates.length === 0) {
    return page("estate/empty", frame, { ...common, domains: visit.stored.engagement.domains.length })
  }
  const filter = readFilter(visit.query, estates)
  const found = fitting(estates, filter)
  const paging = pagingOf(found.length, visit.query["page"], rowsOnPage)
  const total = estates.reduce((sum, { statements }) => sum + statements, 0)
  return page("estate/estate", frame, {
    ...common,
    ...figuresOf(visit, estates, total),
    classes: classLinks(visit, estates, filter),
    fields: filterFields(visit, estates, filter),
    kept: filter.class ?? "",
    filtered: filterHref(visit.home, filter) !== filterHref(visit.home, { order: filter.order }),
    found: found.length === total ? count(total, "statement") : `${found.length} of ${count(total, "statement")}`,
    rows: statementRows(visit, estates, found.slice(paging.offset, paging.offset + paging.size)),
    severalDomains: new Set(estates.map(({ domain }) => domain)).size > 1,
    pager: pagerView(paging, "statements", (number) => filterHref(visit.home, filter, number)),
    cycles: cyclesView(estates),
    notices: noticesView(estates),
    imports: importsView(visit, estates),
    inventories: inventoryLinks(visit, estates),
  })
})

const figuresOf = (visit: EngagementVisit, estates: readonly LoadedEstate[], total: number) => {
  const all = estates.flatMap(({ estate }) => estate.statements)
  const stateful = all.filter((one) => stateOf(one) === "stateful").length
  const sinks = estates.reduce((sum, one) => sum + one.sinks.size, 0)
  const efforts = effortsByClass(visit, estates)
  return {
    lead: `${count(total, "statement")}, ${stateful} of which ${stateful === 1 ? "keeps" : "keep"} state; ${count(sinks, "sink")}.`,
    effort: effortText(sumOf([...efforts.values()])),
    bar: mixSvg(mixOf(estates), efforts),
  }
}

/** The sums of person-days, class by class. */
const effortsByClass = (visit: EngagementVisit, estates: readonly LoadedEstate[]): ReadonlyMap<StatementClass, EffortRange> => {
  const sums = new Map<StatementClass, EffortRange>()
  for (const { domain, estate } of estates) {
    const efforts = effortsOf(visit, estates, domain)
    for (const statement of estate.statements) {
      const { low, expected, high } = efforts.effortOf(statement)
      const sum = sums.get(classOf(statement)) ?? { low: 0, expected: 0, high: 0 }
      sums.set(classOf(statement), { low: sum.low + low, expected: sum.expected + expected, high: sum.high + high })
    }
  }
  return sums
}

const sumOf = (efforts: readonly EffortRange[]): EffortRange => ({
  low: efforts.reduce((sum, { low }) => sum + low, 0),
  expected: efforts.reduce((sum, { expected }) => sum + expected, 0),
  high: efforts.reduce((sum, { high }) => sum + high, 0),
})

const effortText = ({
  low,
  expected,
  high,
}: {
  readonly low: number
  readonly expected: number
  readonly high: number
}): string =>
  `Moving all of it takes about ${Math.round(expected)} person-days, probably ${Math.round(low)} to ${Math.round(high)}.`

/** How many statements there are of each class, each a link that shows only those. */
const classLinks = (visit: EngagementVisit, estates: readonly LoadedEstate[], filter: EstateFilter) => {
  const { class: chosen, ...rest } = filter
  const mix = mixOf(estates)
  const link = (name: StatementClass | undefined, text: string) => ({
    href: filterHref(visit.home, { ...rest, ...(name !== undefined && { class: name }) }),
    text,
    current: name === chosen,
  })
  const present = classOrder.filter((name) => mix[name] > 0)
  return [link(undefined, "All classes"), ...present.map((name) => link(name, `${mix[name]} ${classText(name)}`))]
}

const filterFields = (visit: EngagementVisit, estates: readonly LoadedEstate[], filter: EstateFilter) => {
  const names = namesOf(visit.stored)
  const select = (
    name: Exclude<keyof EstateFilter, "find" | "class">,
    label: string,
    all: readonly (readonly [value: string, text: string])[],
  ): SelectField => ({
    id: name,
    name,
    label,
    choices: all.map(([value, text]) => ({ value, text, checked: (filter[name] ?? "") === value })),
  })
  const any = ["", "All"] as const
  const domains = [...new Set(estates.map(({ domain }) => domain))]
  return {
    find: { id: "find", name: "find", label: "Name, file or table", value: filter.find ?? "", width: "medium", error: undefined },
    selects: [
      select("state", "State", [any, ...Object.entries(STATES)]),
      ...(domains.length > 1 ? [select("domain", "Domain", [any, ...domains.map((id) => [id, names.domain(id)] as const)])] : []),
      ...(estates.length > 1 ? [select("from", "Import", [any, ...estates.map(({ id, name }) => [id, name] as const)])] : []),
      select("read", "How it was read", [any, ...Object.entries(READINGS)]),
      select("text", "Text", [any, ...Object.entries(TEXT_SOURCES)]),
      select("only", "Only", [any, ...Object.entries(ONLY).map(([name, { text }]) => [name, text] as const)]),
      select("order", "Sort by", Object.entries(ORDERS)),
    ],
  }
}

/** Circles, with the edge that most likely writes results back. */
const cyclesView = (estates: readonly LoadedEstate[]) =>
  estates.flatMap(({ cycles, names }) => {
    const nameOf = (id: string): string => names.get(id) ?? id
    return cycles.slice(0, cyclesShown).map(({ nodes, cut }) => ({
      nodes: someOf(nodes.map(nameOf), namesInCycle),
      cut: `${nameOf(cut.from)} → ${nameOf(cut.to)}`,
      because: cut.because,
    }))
  })
