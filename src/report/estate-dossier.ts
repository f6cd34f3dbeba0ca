import type { EffortRange } from "../assessment/result.ts"
import { classOf } from "../estate/judgement.ts"
import type {
  Consumer,
  EstatePlan,
  NodeId,
  Origin,
  PlannedProduct,
  Product,
  ProductWave,
  Source,
  Statement,
  StatementClass,
} from "../estate/model.ts"
import { inOrderOfMoving } from "../estate/plan/order-of-moving.ts"
import type { Span } from "./blocks.ts"
import { classOrder } from "./classes.ts"

/** What runs today, from all imports of the engagement, and what is planned from it. */
export interface EstateInput {
  /** One per import. */
  readonly origins: readonly { readonly domain: string; readonly origin: Origin }[]
  readonly merged: {
    readonly statements: readonly Statement[]
    readonly sources: readonly Source[]
    readonly consumers: readonly Consumer[]
    readonly notices: readonly string[]
  }
  readonly plan: EstatePlan
  /** Person-days per statement; without an entry where nobody can say. */
  readonly efforts: ReadonlyMap<NodeId, EffortRange>
}

/** The estate, and everything that a section looks up in it by id. */
export interface EstateDossier extends EstateInput {
  statement(id: NodeId): Statement | undefined
  product(id: string): Product | undefined
  planned(product: string): PlannedProduct | undefined
  wave(number: number | "later" | undefined): ProductWave | undefined
  /** Name of a statement or a source; the id where it has none. */
  nameOf(id: NodeId): string
  /** Wave that builds a statement; undefined where no product that moves needs it. */
  waveOf(id: NodeId): number | "later" | undefined
  /** Products whose cone holds a statement. */
  productsOf(id: NodeId): readonly Product[]
  /** Ids of products in a sentence of the plan replaced by their names. */
  named(text: string): string
  /** Statements from the hardest to the easiest: class, then effort, then the order of the import. */
  readonly hardest: readonly Statement[]
}

export function openEstate(given: EstateInput): EstateDossier {
  const input = { ...given, plan: { ...given.plan, products: toldApart(given) } }
  const { merged, plan } = input
  const statements = new Map(merged.statements.map((each) => [each.id, each]))
  const names = new Map([...merged.sources, ...merged.statements].map(({ id, name }) => [id, name]))
  const products = new Map(plan.products.map((each) => [each.id, each]))
  const planned = new Map(plan.planned.map((each) => [each.product, each]))
  const waves = new Map(plan.waves.map((each) => [each.number, each]))
  const built = wavesOfStatements(plan)
  const usedBy = productsOfStatements(plan)
  return {
    ...input,
    statement: (id) => statements.get(id),
    product: (id) => products.get(id),
    planned: (id) => planned.get(id),
    wave: (number) => (typeof number === "number" ? waves.get(number) : undefined),
    nameOf: (id) => names.get(id) ?? id,
    waveOf: (id) => built.get(id),
    productsOf: (id) => usedBy.get(id) ?? [],
    hardest: fromHardest(input),
    named: namer(plan),
  }
}

export const estateAnchors = {
  /** By place in the plan: ids of products may be any text. */
  product: (estate: EstateDossier, id: string): string =>
    `product-${estate.plan.products.findIndex((each) => each.id === id) + 1}`,
  wave: (number: number): string => `backlog-wave-${number}`,
}

/** A link to a product's sheet where it has one, else its name. */
export function productLink(estate: EstateDossier, id: string, sheets: ReadonlySet<string>): Span {
  const text = estate.product(id)?.name ?? id
  return sheets.has(id) ? { text, to: estateAnchors.product(estate, id) } : { text }
}

/** Most products that have a sheet of their own in the report. */
export const mostSheets = 40

/** Products with a sheet: all, or those that move first; what is not planned comes last. */
export function productsWithSheets({ plan }: EstateInput): readonly Product[] {
  if (plan.products.length <= mostSheets) return plan.products
  return inOrderOfMoving(plan).slice(0, mostSheets)
}

/** Products of one name with a sink of theirs behind it. */
function toldApart({ merged, plan }: EstateInput): readonly Product[] {
  const names = Map.groupBy(plan.products, ({ name }) => name)
  if (names.size === plan.products.length) return plan.products
  const statements = new Map(merged.statements.map(({ id, name }) => [id, name]))
  return plan.products.map((product) => {
    const sink = product.sinks[0] ?? ""
    return names.get(product.name)?.length === 1
      ? product
      : { ...product, name: `${product.name} (${statements.get(sink) ?? sink})` }
  })
}

function namer({ products }: EstatePlan): (text: string) => string {
  const names = new Map(products.map(({ id, name }) => [id, name]))
  return (text) => text.replace(/[^\s,;()]+/g, (word) => names.get(word) ?? names.get(word.replace(/[.:]$/, "")) ?? word)
}

/** The earliest wave that names a statement builds it. */
function wavesOfStatements({ planned }: EstatePlan): Map<NodeId, number | "later"> {
  const built = new Map<NodeId, number | "later">()
  const place = (wave: number | "later" | undefined): number => (typeof wave === "number" ? wave : Infinity)
  for (const { wave, statements } of planned) {
    for (const id of statements) if (!built.has(id) || place(wave) < place(built.get(id))) built.set(id, wave)
  }
  return built
}

function productsOfStatements({ products }: EstatePlan): Map<NodeId, Product[]> {
  const used = new Map<NodeId, Product[]>()
  for (const product of products) {
    for (const id of product.cone) {
      const known = used.get(id)
      if (known) known.push(product)
      else used.set(id, [product])
    }
  }
  return used
}

/** What has no class of effort stands between P5 and P4: it may be either. */
function fromHardest({ merged, efforts }: EstateInput): Statement[] {
  const weight = (name: StatementClass): number => (/^P\d$/.test(name) ? classOrder.indexOf(name) : 3.5)
  const effort = ({ id }: Statement): number => efforts.get(id)?.expected ?? 0
  return [...merged.statements].sort((one, other) => weight(classOf(other)) - weight(classOf(one)) || effort(other) - effort(one))
}
