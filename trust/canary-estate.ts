/** An estate in which every text is hostile, and what leads to its pages. */
import type { Estate } from "../src/estate/model.ts"
import { refOf } from "../src/web/estate/loaded.ts"
import { shopEstate } from "../test/fixtures/shop-estate.ts"
import type { Site } from "./site.ts"

/** Where it is imported, and a list that takes rows from it. */
export const estateDomain = "supply"
export const estateQuestion = "SQL-01"

/** Ids stay, so that lineage does; everything that people read is replaced. */
const hostileEstate = (text: () => string): Estate => ({
  ...shopEstate,
  origin: { ...shopEstate.origin, name: text(), dialect: text(), schemaVersion: text(), passedOver: { [text()]: 3 } },
  statements: shopEstate.statements.map((one) => ({
    ...one,
    name: text(),
    file: text(),
    materialized: text(),
    writes: [text()],
    reads: [text()],
    text: `select ${text()} from ${text()} where not exists (select 1 from ${text()})`,
    verdict: {
      ...one.verdict,
      because: text(),
      constructs: one.verdict.constructs.map((found) => ({ ...found, reason: text() })),
    },
    differences: [
      { kind: "hard-coded", relation: text() },
      { kind: "not-in-text", relation: text() },
    ],
    description: text(),
    owner: text(),
    tags: [text()],
    key: [text()],
  })),
  sources: shopEstate.sources.map((one) => ({ ...one, name: text(), owner: text(), description: text(), system: text() })),
  consumers: shopEstate.consumers.map((one) => ({ ...one, name: text(), kind: text(), owner: text(), description: text() })),
  notices: [{ place: text(), line: 1, message: text() }],
})

export interface PlantedEstate {
  readonly estate: string
  readonly waiting: string
  readonly statement: string
  readonly product: string
}

/** One import that is taken, with a class set by hand, and one that waits. */
export const plantEstate = async (
  { stage, ask, accountCookie }: Site,
  engagement: string,
  text: () => string,
): Promise<PlantedEstate> => {
  const scope = { engagement, by: { account: "carla" } }
  const [estate, waiting] = [`estate-${engagement}`, `waiting-${engagement}`]
  const statement = "model.shop.fct_orders"
  const name = text()
  const kept = { id: estate, domain: estateDomain, name, estate: hostileEstate(text) }
  await stage.store.saveEstate(scope, kept, Date.now())
  await stage.store.decideStatement(
    scope,
    estate,
    "model.shop.ml_scores",
    { class: "P3", stateful: null, reason: text() },
    Date.now(),
  )
  await stage.store.putEstateAside(scope, { ...kept, id: waiting, estate: hostileEstate(text) }, Date.now())
  const plan = await ask(`/engagements/${engagement}/estate/products.json`, { headers: { cookie: accountCookie("carla") } })
  const { products } = JSON.parse(plan.text) as { readonly products: readonly { readonly id: string }[] }
  return { estate, waiting, statement: refOf(statement), product: refOf(products[0]?.id ?? "") }
}
