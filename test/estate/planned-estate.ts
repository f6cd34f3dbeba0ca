/** Estates beside an engagement with the shipped questionnaire: what is answered, and what is listed. */
import { assess } from "../../src/assessment/assess.ts"
import type { Anchor, Engagement, Inventory, Row } from "../../src/assessment/model.ts"
import { factsByDomain } from "../../src/estate/products/engagement-facts.ts"
import { graphEstate } from "../../src/estate/plan/estate-graph.ts"
import { type DomainEstate, mergeEstates } from "../../src/estate/merge.ts"
import type { Estate } from "../../src/estate/model.ts"
import { cutProducts } from "../../src/estate/products/products.ts"
import { shippedQuestionnaire } from "../../src/questionnaire-files.ts"
import { anEngagement, cast, orders } from "../fixtures/engagements.ts"

export const questionnaire = await shippedQuestionnaire()

/** A row of CON-01: critical, and waits unless told. */
export function consumer(name: string, more: Readonly<Record<string, string | number | readonly string[]>> = {}): Row {
  return { id: name, name, kind: "application", criticality: "critical", requiredAge: 15, actualAge: 600, ...more }
}

/** Inventories of the domain of orders, by question. */
export function listed(rows: Readonly<Record<string, readonly Row[]>>): readonly Inventory[] {
  return Object.entries(rows).map(([question, own]) => ({ domain: orders.id, question, rows: own }))
}

/** An engagement about orders, without answers unless told. */
export function aboutOrders(parts: Partial<Engagement> = {}, levels: Readonly<Record<string, Anchor>> = {}): Engagement {
  const answers = Object.entries(levels).map(([question, value]) => ({
    respondent: cast.platformEngineer.id,
    domain: orders.id,
    question,
    status: "answered" as const,
    value,
  }))
  return anEngagement(questionnaire, { domains: [orders], answers, ...parts })
}

/** The products of imports, the first in the domain of orders. */
export function productsOf(estate: Estate, engagement: Engagement = aboutOrders(), more: readonly DomainEstate[] = []) {
  const parts = [{ domain: orders.id, estate }, ...more]
  const facts = factsByDomain(engagement, assess(questionnaire, engagement, { draws: 10 }))
  const graph = graphEstate(questionnaire, mergeEstates(parts), facts)
  const cut = cutProducts(questionnaire, graph, facts, [...new Set(parts.map(({ domain }) => domain))])
  return { ...cut, estate: graph, products: cut.drafts.map(({ product }) => product) }
}
