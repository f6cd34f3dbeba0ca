import { expect, test } from "vitest"
import { entityOf } from "../../../src/estate/products/entities.ts"

test("the entity is that of the key, several joined, dates left out", () => {
  expect(entityOf(["order_id"], "mart.t")).toBe("order")
  expect(entityOf(["o.ORDER_ID", "line_no", "day"], "t")).toBe("line, order")
  expect(entityOf(["customers_sk"], "t")).toBe("customer")
})

test("without a key it is what the name says besides layer and period", () => {
  expect(entityOf(undefined, "mart.fct_orders_daily")).toBe("order")
  expect(entityOf(["id"], "dim_categories")).toBe("category")
  expect(entityOf([], "gold.customer_order_status_v2")).toBe("customer order status")
  expect(entityOf([], "tmp_2024")).toBeUndefined()
})
