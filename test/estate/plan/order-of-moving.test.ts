import { expect, test } from "vitest"
import type { EstatePlan } from "../../../src/estate/model.ts"
import { inOrderOfMoving } from "../../../src/estate/plan/order-of-moving.ts"

test("products are in the order in which they move, whatever their ranks; those that stay come last", () => {
  const plan = {
    products: ["stays", "a", "goes", "b", "c"].map((id) => ({ id })),
    planned: [
      { product: "b", rank: 2, wave: 1 },
      { product: "c", rank: 3, wave: 2 },
      { product: "a", rank: 1, wave: "later" },
    ],
  } as unknown as EstatePlan
  expect(inOrderOfMoving(plan).map(({ id }) => id)).toEqual(["b", "c", "a", "stays", "goes"])
})
