import type { EstatePlan } from "../estate/model.ts"
import { inOrderOfMoving } from "../estate/plan/order-of-moving.ts"
import { count, section } from "./estate-summary.ts"

/** The products of an estate by their waves. */
export function planSummary({ products, planned, waves, notices }: EstatePlan): string {
  const names = new Map(products.map(({ id, name }) => [id, name]))
  const moving = new Set(planned.map(({ product }) => product))
  const inWaves = waves
    .filter((wave) => wave.products.length > 0)
    .map(({ name, start, finish }) => `${name}, ${start} to ${finish}`)
  const later = planned.filter(({ wave }) => wave === "later").map(({ product }) => names.get(product) ?? product)
  const staying = products
    .filter(({ fate }) => fate !== "migrate")
    .map(({ name, fate, because }) => `${name}: ${fate}; ${because}`)
  const inOrder = inOrderOfMoving({ products, planned }).filter(({ id }) => moving.has(id))
  return `${[
    ...section(
      "Products, the first to move first",
      inOrder.map(
        ({ name, cone, effort }) =>
          `${name}: ${count(cone.length, "statement")}, ${Math.round(effort.low)}–${Math.round(effort.high)} person-days`,
      ),
    ),
    ...section("Waves", inWaves),
    ...section("Later", later),
    ...section("Not moved", staying),
    ...section("Notices of the plan", notices),
  ].join("\n")}\n`
}
