/** Data products as a table: one row each, as planned; whoever writes it to a file guards the cells against formulas. */
import type { EstatePlan, PlannedProduct, Product } from "../model.ts"

type Cells = readonly (string | number)[]

const HEADINGS: Cells = [
  "Product",
  "Name",
  "Domain",
  "Context",
  "Owner",
  "Fate",
  "Reason",
  "Wave",
  "Rank",
  "Rank at best",
  "Rank at worst",
  "Priority",
  "Sinks",
  "Consumers",
  "Critical consumers",
  "Freshness (minutes)",
  "Completeness (%)",
  "Output",
  "Key",
  "Statements",
  "Of its own",
  "Shared",
  "P1",
  "P2",
  "P3",
  "P4",
  "P5",
  "Code",
  "Unknown",
  "Sources",
  "New sources",
  "Effort low (person-days)",
  "Effort expected",
  "Effort high",
  "Added low (person-days)",
  "Added expected",
  "Added high",
  "Needs",
  "Bridges",
  "Translations",
]

/** Headings, then a row for each product in the order of the plan; what does not move comes last. */
export function productRows({ products, planned }: Pick<EstatePlan, "products" | "planned">): readonly Cells[] {
  const known = new Map(products.map((each) => [each.id, each]))
  const moving = planned.flatMap((each) => {
    const product = known.get(each.product)
    return product === undefined ? [] : [rowOf(product, each)]
  })
  const placed = new Set(planned.map((each) => each.product))
  return [HEADINGS, ...moving, ...products.filter(({ id }) => !placed.has(id)).map((each) => rowOf(each, undefined))]
}

function rowOf(product: Product, planned: PlannedProduct | undefined): Cells {
  const { mix, effort, marginal, contract, consumers } = product
  return [
    product.id,
    product.name,
    product.domain,
    product.context,
    product.owner ?? "",
    product.fate,
    product.because,
    planned?.wave ?? "",
    planned?.rank ?? "",
    planned?.ranks.low ?? "",
    planned?.ranks.high ?? "",
    planned?.priority ?? "",
    listed(product.sinks),
    listed(consumers.map(({ name }) => name)),
    consumers.filter(({ critical }) => critical).length,
    contract.freshnessMinutes ?? "",
    contract.completeness ?? "",
    contract.output,
    listed(contract.key ?? []),
    product.cone.length,
    product.own.length,
    product.shared.length,
    ...([mix.P1, mix.P2, mix.P3, mix.P4, mix.P5, mix.code, mix.unknown] as const),
    product.sources.length,
    planned?.newSources.length ?? "",
    ...([effort.low, effort.expected, effort.high] as const),
    ...(planned === undefined ? ["", "", ""] : [marginal.low, marginal.expected, marginal.high]),
    listed(planned?.needs ?? []),
    listed((planned?.bridges ?? []).map(({ from, to }) => `${from} → ${to}`)),
    listed(product.translations),
  ]
}

const listed = (names: readonly string[]): string => names.join("; ")
