/** Tables and sources that several products use: private or shared, and what to do about them (E.4, steps 4 and 5). */
import type { EstateGraph } from "../plan/estate-graph.ts"
import type { EstatePlan, Product } from "../model.ts"

/** A statement as cheap as this may be written twice. Person-days. */
const CHEAP = 2
/** Products that are listed for a table or source; the advice says how many there are. */
const MOST_LISTED = 50

/** A product with the numbers of what it needs. */
export interface ProductNodes {
  readonly product: Pick<Product, "id" | "name" | "fate">
  readonly statements: Uint32Array
  readonly sources: Uint32Array
  readonly sinks: readonly number[]
}

/** How many products that stay, whether moved or not, use each node; retired ones count only where nobody else does. */
export function usersOf({ graph }: EstateGraph, products: readonly ProductNodes[]): Uint32Array {
  const users = new Uint32Array(graph.ids.length)
  for (const { product, statements, sources } of products) {
    if (product.fate === "retire") continue
    for (const node of statements) users[node] = (users[node] ?? 0) + 1
    for (const node of sources) users[node] = (users[node] ?? 0) + 1
  }
  return users
}

/**
 * Tables that several products read. What only leads to another table that the same products share is left out: it moves with it.
 */
export function sharedTables(estate: EstateGraph, products: readonly ProductNodes[], users: Uint32Array): EstatePlan["shared"] {
  const borders = new Set<number>()
  for (let node = 0; node < estate.statements; node++) if (isBorder(estate, users, node)) borders.add(node)
  const readers = productsBy(borders, products, ({ statements }) => statements)
  const homes = new Map(products.flatMap(({ product, sinks }) => sinks.map((node) => [node, product] as const)))
  return [...borders].flatMap((node) => {
    const statement = estate.statementAt[node]
    if (statement === undefined) return []
    const { id, owner } = statement
    const shared = { id, products: readers.get(node) ?? [], ...(owner === undefined ? {} : { owner }) }
    const home = homes.get(node)
    const count = users[node] ?? 0
    const isServed = home?.fate === "migrate"
    return [{ ...shared, advice: isServed ? servedBy(home.name, count, owner) : adviceOn(estate, node, count, owner) }]
  })
}

/** Sources that become products of their own, because at least two products read them. */
export function sourceProducts(
  estate: EstateGraph,
  products: readonly ProductNodes[],
  users: Uint32Array,
): EstatePlan["sourceProducts"] {
  const several = new Set<number>()
  for (let node = estate.statements; node < users.length; node++) if ((users[node] ?? 0) > 1) several.add(node)
  const readers = productsBy(several, products, ({ sources }) => sources)
  return [...several].flatMap((node) => {
    const source = estate.sources[node - estate.statements]
    if (source === undefined) return []
    const { id, name, domain, owner, system } = source
    const count = users[node] ?? 0
    const who = owner === undefined ? "Name an owner first: nobody answers for it yet (R-shared)." : `${owner} answers for it.`
    return [
      {
        id,
        name,
        domain,
        products: readers.get(node) ?? [],
        ...(owner === undefined ? {} : { owner }),
        ...(system === undefined ? {} : { system }),
        advice: `${count} products read it: publish it once, as a source-aligned product with a contract. ${who}`,
      },
    ]
  })
}

/** Used by several, and some direct reader is used by fewer of them, or nobody in the estate reads it. */
function isBorder({ graph, statements }: EstateGraph, users: Uint32Array, node: number): boolean {
  const count = users[node] ?? 0
  if (count < 2) return false
  const { offsets, targets } = graph.downstream
  const readers = targets.subarray(offsets[node], offsets[node + 1])
  return readers.length === 0 || readers.some((reader) => reader >= statements || (users[reader] ?? 0) < count)
}

function productsBy(
  wanted: ReadonlySet<number>,
  products: readonly ProductNodes[],
  nodesOf: (product: ProductNodes) => Uint32Array,
): ReadonlyMap<number, readonly string[]> {
  const readers = new Map<number, string[]>(Array.from(wanted, (node) => [node, []]))
  for (const each of products) {
    if (each.product.fate === "retire") continue
    for (const node of nodesOf(each)) {
      const own = readers.get(node)
      if (own !== undefined && own.length < MOST_LISTED) own.push(each.product.id)
    }
  }
  return readers
}

/** What a product that moves gives to its consumers needs no product of its own. */
function servedBy(home: string, products: number, owner: string | undefined): string {
  const advice = `Used by ${products} products, and a sink of ${home}: let the others read it there, under its contract.`
  return owner === undefined ? `${advice} Name an owner first: nobody owns it (R-shared).` : advice
}

function adviceOn({ effortAt, verdictAt }: EstateGraph, node: number, products: number, owner: string | undefined): string {
  const effort = effortAt[node]?.expected ?? 0
  const verdict = verdictAt[node]
  if (verdict?.stateful === false && effort <= CHEAP)
    return `Used by ${products} products and cheap (${effort} person-days, no state): duplicate it on purpose, or publish it once if it hardly changes.`
  if (owner === undefined)
    return `Used by ${products} products, and nobody owns it (R-shared): name an owner and make it a product of its own before the second of them moves.`
  return `Used by ${products} products: make it a product of its own, owned by ${owner}, with a contract.`
}
