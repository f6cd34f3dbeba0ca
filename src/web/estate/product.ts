import type { Bridge, PlannedProduct, Product, ProductConsumer } from "../../estate/model.ts"
import { type Lineage, lineagePicture, type Room, wholePage } from "../../report/charts/lineage.ts"
import { mixText } from "../../report/classes.ts"
import type { Block } from "../../report/blocks.ts"
import type { EstateInput } from "../../report/estate-dossier.ts"
import { pageBlocks } from "../../report/page.ts"
import { duration } from "../../report/wording.ts"
import { computedPage, engagementFrame, type EngagementVisit, gone } from "../engagement.ts"
import { page } from "../respond.ts"
import { capital, days, namesOf } from "../results.ts"
import { listed } from "../words.ts"
import { type LoadedEstate, refOf } from "./loaded.ts"
import { plannedOf } from "./planned.ts"
import { namerOf, placeInPlan } from "./products.ts"
import { statementHref, statementText } from "./statement-rows.ts"
import { estatesFor } from "./visible.ts"
import { someOf } from "./words.ts"

/** Half of a wide screen, so that letters stay as large as those around them. */
const halfScreen: Room = { width: 470, height: 420, roomy: true }
const statementsShown = 300

/** A data product: for whom, what its contract has to promise, what it is made of, today and tomorrow, and in which order it is built. */
export const showProduct = computedPage(async (visit, on) => {
  const estates = await estatesFor(visit, on)
  const planned = plannedOf(visit, estates)
  const product = planned?.plan.products.find(({ id }) => refOf(id) === visit.params["product"])
  if (planned === undefined || product === undefined) return gone(visit, "This product is not there any more")
  const seat = planned.plan.planned.find((one) => one.product === product.id)
  const back = { href: `${visit.home}/estate/products`, text: "Data products" }
  return page("estate/product", engagementFrame(visit, "estate", product.name, { width: "wide", back }), {
    name: product.name,
    context: contextOf(visit, product),
    lead: `${capital(placeInPlan(planned.plan, product))}. ${capital(product.because)}.`.replace(/\.\.$/, "."),
    reasons: (seat?.reasons ?? []).map(capital),
    facts: factsOf(visit, planned, product, seat, namerOf(planned, estates)),
    ...pictureOf(planned, product),
    statements: (seat?.statements ?? product.cone)
      .slice(0, statementsShown)
      .map((id) => stepOf(visit, estates, planned, product, id)),
    more: Math.max(0, (seat?.statements ?? product.cone).length - statementsShown),
    bridges: (seat?.bridges ?? []).map((bridge) => bridgeText(bridge, namerOf(planned, estates))),
    downloads: `${visit.home}/estate/products/${refOf(product.id)}`,
  })
})

const contextOf = (visit: EngagementVisit, { domain, context, aggregate }: Product): string => {
  const name = namesOf(visit.stored).domain(domain)
  const where = context === domain || context === name ? name : `${context} · ${name}`
  return aggregate ? `${where} · draws on several systems` : where
}

const namesInFact = 40

const factsOf = (
  visit: EngagementVisit,
  { plan }: EstateInput,
  product: Product,
  seat: PlannedProduct | undefined,
  nameOf: (id: string) => string,
) => {
  const names = (ids: readonly string[]): string => someOf(ids.map(nameOf), namesInFact)
  const all: readonly (readonly [term: string, text: string])[] = [
    ["Owner", product.owner ?? "Nobody is named: find one before the wave starts"],
    ["Consumers", product.consumers.map(consumerText).join("\n") || "None is known"],
    ["Contract", contractText(product)],
    ["Sinks", names(product.sinks)],
    ["Sources", names(product.sources)],
    ["Sources to be opened", seat === undefined ? "" : names(seat.newSources)],
    ["Shared with other products", names(product.shared)],
    ["To translate", product.translations.map(capital).join("\n") || "Nothing beyond porting"],
    ["Statements", `${product.cone.length}: ${mixText(product.mix)}`],
    ["Person-days", `${days(product.effort)} in all, ${days(product.marginal)} beyond what earlier products build`],
    ["Rank", seat === undefined ? "" : rankText(seat, plan.planned.length)],
    ["Needs", listed((seat?.needs ?? []).map((id) => `${id} ${namesOf(visit.stored).initiative(id)}`.trim()))],
  ]
  return all.flatMap(([term, text]) => (text === "" ? [] : [{ term, text }]))
}

const consumerText = ({ name, critical, requiredAge, actualAge, completeness, decision }: ProductConsumer): string => {
  const needs = [
    ...(requiredAge === undefined ? [] : [`at most ${duration(requiredAge)} old`]),
    ...(completeness === undefined ? [] : [`${completeness} % complete`]),
  ]
  const said = [
    ...(critical ? ["critical"] : []),
    ...(decision === undefined ? [] : [decision]),
    ...(needs.length > 0 ? [`needs it ${listed(needs)}`] : []),
    ...(actualAge === undefined ? [] : [`today ${duration(actualAge)}`]),
  ]
  return said.length === 0 ? name : `${name}: ${said.join(", ")}`
}

const contractText = ({ contract }: Product): string => {
  const { freshnessMinutes, completeness, output, key } = contract
  return [
    freshnessMinutes === undefined ? "Age to be agreed." : `At most ${duration(freshnessMinutes)} old.`,
    completeness === undefined ? "Completeness to be agreed." : `${completeness} % complete.`,
    output === "changelog"
      ? "Rows change: the sink takes updates."
      : output === "append"
        ? "Rows are only added."
        : `Output: ${output}.`,
    key === undefined || key.length === 0 ? "No key is declared." : `One row per ${listed(key)}.`,
  ].join(" ")
}

const rankText = ({ rank, ranks }: PlannedProduct, all: number): string =>
  ranks.low === ranks.high
    ? `${rank} of ${all}`
    : `${rank} of ${all}; between ${ranks.low} and ${ranks.high} when each input is shaken by a step`

const bridgeText = ({ from, to, reason }: Bridge, nameOf: (id: string) => string): string =>
  `${nameOf(from)} → ${nameOf(to)}: ${reason}`

/** Today's layers and tomorrow's product beside each other, one above the other where that is too narrow, or an outline. */
const pictureOf = ({ merged }: EstateInput, product: Product) => {
  const input = { product, ...merged }
  const half = lineagePicture(input, halfScreen)
  const lineage = half.kind === "pictures" ? half : lineagePicture(input, wholePage)
  return {
    beside: half.kind === "pictures",
    because: lineage.kind === "outline" ? `${lineage.because} Level by level, the hardest first:` : "",
    pictures: pageBlocks(lineage.kind === "outline" ? [{ type: "table", ...lineage.table }] : chartsOf(lineage)),
  }
}

const chartsOf = ({ today, tomorrow, table }: Extract<Lineage, { kind: "pictures" }>): readonly Block[] => [
  { type: "chart", id: "today", drawing: today, note: todayNote, data: table },
  { type: "chart", id: "tomorrow", drawing: tomorrow, note: "" },
]

const todayNote = "Darker tab: more work. Dot: keeps state. Thick frame: sink. Dashed frame: shared with other products."

/** A statement of the product, with its page; the plan tells ids of several imports apart by their domain. */
const stepOf = (
  visit: EngagementVisit,
  estates: readonly LoadedEstate[],
  planned: EstateInput,
  { own, domain }: Product,
  id: string,
) => {
  const plain = id.slice(id.indexOf("/") + 1)
  const home =
    estates.find(({ byId }) => byId.has(id)) ??
    estates.find((one) => one.domain === domain && one.byId.has(plain)) ??
    estates.find(({ byId }) => byId.has(plain))
  const statement = home?.byId.get(id) ?? home?.byId.get(plain)
  const effort = planned.efforts.get(id)
  return {
    name: statement?.name ?? id,
    href: home === undefined || statement === undefined ? "" : statementHref(visit, home, statement),
    shared: !own.includes(id),
    effort: effort === undefined ? "–" : effort.expected.toFixed(1),
    statement: statement === undefined ? "" : statementText(statement),
  }
}
