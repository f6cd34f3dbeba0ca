import type { EstatePlan, NodeId, Product, ProductWave } from "../../estate/model.ts"
import { inOrderOfMoving } from "../../estate/plan/order-of-moving.ts"
import { mixText } from "../../report/classes.ts"
import type { EstateInput } from "../../report/estate-dossier.ts"
import { computedPage, engagementFrame, type EngagementVisit, mayChange } from "../engagement.ts"
import { page } from "../respond.ts"
import { days, namesOf } from "../results.ts"
import { count, dateText, listed } from "../words.ts"
import { type LoadedEstate, refOf } from "./loaded.ts"
import { plannedOf } from "./planned.ts"
import { estatesFor } from "./visible.ts"
import { someOf } from "./words.ts"

const productsShown = 300
const namesShown = 100

/** The data products that the estate is cut into, in the order in which they move, wave by wave; what stays, what goes, what is shared. */
export const showProducts = computedPage(async (visit, on) => {
  const estates = await estatesFor(visit, on)
  const planned = plannedOf(visit, estates)
  const back = { href: `${visit.home}/estate`, text: "Estate" }
  const frame = engagementFrame(visit, "estate", "Data products", { width: "wide", back })
  const common = { home: visit.home, mayChange: mayChange(visit) }
  if (planned === undefined) {
    return page("estate/empty", frame, { ...common, domains: visit.stored.engagement.domains.length })
  }
  const { plan } = planned
  const nameOf = namerOf(planned, estates)
  return page("estate/products", frame, {
    ...common,
    lead: leadOf(plan),
    notices: plan.notices,
    products: inOrderOfMoving(plan)
      .slice(0, productsShown)
      .map((product) => productRow(visit, plan, product)),
    more:
      plan.products.length > productsShown ? `And ${plan.products.length - productsShown} more; the JSON file has them all.` : "",
    waves: plan.waves.map((wave) => productWaveView(visit, plan, wave)),
    shared: plan.shared.slice(0, namesShown).map(({ id, products, owner, advice }) => ({
      name: nameOf(id),
      products: someOf(
        products.map((one) => productName(plan, one)),
        6,
      ),
      owner: owner ?? "nobody is named",
      advice,
    })),
    sources: plan.sourceProducts.slice(0, namesShown).map(({ name, system, owner, products, advice }) => ({
      name: system === undefined ? name : `${name} (${system})`,
      products: someOf(
        products.map((one) => productName(plan, one)),
        6,
      ),
      owner: owner ?? "nobody is named",
      advice,
    })),
    keepInBatch: plan.keepInBatch.slice(0, namesShown).map(({ product, reason }) => ({
      name: productName(plan, product),
      href: productHref(visit, product),
      reason,
    })),
    retire: plan.retire.slice(0, namesShown).map(({ id, reason }) => ({ name: nameOf(id), reason })),
    retireMore: Math.max(0, plan.retire.length - namesShown),
  })
})

const leadOf = ({ products, planned, keepInBatch }: EstatePlan): string =>
  products.length === 0
    ? "No data product could be found: nothing that the estate writes is read by anybody who is known."
    : `${count(products.length, "product")}: ${numbers(planned.length, "moves", "move")}, ${numbers(keepInBatch.length, "stays in batch", "stay in batch")}, ${numbers(products.filter(({ fate }) => fate === "retire").length, "goes", "go")}. A statement that several need is built once, by the first of them.`

const numbers = (number: number, one: string, many: string): string =>
  `${number === 0 ? "none" : number} ${number === 1 ? one : many}`

export const productHref = (visit: EngagementVisit, product: string): string => `${visit.home}/estate/products/${refOf(product)}`

const productName = ({ products }: EstatePlan, id: string): string => products.find((one) => one.id === id)?.name ?? id

/** Names of statements and sources, also of those whose ids the plan tells apart by their domain. */
export const namerOf = ({ merged }: EstateInput, estates: readonly LoadedEstate[]) => {
  const names = new Map([...merged.sources, ...merged.statements, ...merged.consumers].map(({ id, name }) => [id, name]))
  return (id: NodeId): string => names.get(id) ?? estates.find((one) => one.names.has(id))?.names.get(id) ?? id
}

/** "wave 2", "later", "stays in batch". */
export const placeInPlan = ({ planned }: EstatePlan, { id, fate }: Product): string => {
  const wave = planned.find(({ product }) => product === id)?.wave
  if (typeof wave === "number") return `wave ${wave}`
  if (wave === "later") return "later"
  return { migrate: "not planned", "keep in batch": "stays in batch", retire: "goes" }[fate]
}

const productRow = (visit: EngagementVisit, plan: EstatePlan, product: Product) => ({
  name: product.name,
  href: productHref(visit, product.id),
  domain: namesOf(visit.stored).domain(product.domain),
  wave: placeInPlan(plan, product),
  owner: product.owner ?? "–",
  consumers:
    someOf(
      product.consumers.map(({ name }) => name),
      3,
    ) || "–",
  critical: product.consumers.some(({ critical }) => critical),
  statements: `${product.cone.length}: ${mixText(product.mix)}`,
  effort: days(product.effort),
  marginal: days(product.marginal),
})

/** A wave with its products in the order in which they move. */
export const productWaveView = (visit: EngagementVisit, plan: EstatePlan, wave: ProductWave) => ({
  number: wave.number,
  name: wave.name,
  dates: `${isoText(wave.start)} to ${isoText(wave.finish)}`,
  effort: days(wave.effort),
  capacity: Math.round(wave.capacity),
  products: wave.products.map((id) => ({ name: productName(plan, id), href: productHref(visit, id) })),
  enabling: listed(wave.enabling.map(({ id, wave: number }) => `${id} ${namesOf(visit.stored).initiative(id)} (wave ${number})`)),
})

const isoText = (date: string): string => dateText(Date.parse(`${date.slice(0, 10)}T00:00:00Z`))
