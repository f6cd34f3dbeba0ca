import { expect, test } from "vitest"
import { hintsOf } from "../../../src/estate/graph/name-hints.ts"

test.each([
  ["model.shop.reverse_etl_customers", "reverse", 1],
  ["jobs/write-back/scores.sql#2", "writeback", 1],
  ["WriteBackScores", "writeback", 1],
  ["job.ExportCustomers", "export", 0.6],
  ["exports/reverse_etl.sql", "reverse", 1],
  ["salesforce sync, nightly", "salesforce", 0.6],
])("%s writes back", (name, writesBack, weight) => {
  expect(hintsOf(name)).toMatchObject({ writesBack, weight })
})

test.each([
  ["models/staging/stg_orders.sql", "staging"],
  ["raw.customers", "raw"],
  ["job.LoadOrders", "load"],
])("at %s data comes in", (name, begins) => {
  expect(hintsOf(name)).toMatchObject({ begins, weight: 0 })
})

test("words count whole, and nothing is found where there is nothing", () => {
  expect(hintsOf("model.shop.exporters_sourced_asynchronously")).toEqual({ weight: 0 })
  expect(hintsOf("")).toEqual({ weight: 0 })
})
