import { describe, expect, test } from "vitest"
import { layerOf } from "../../../src/report/charts/layers.ts"
import { statementOf } from "../../fixtures/estate.ts"

const between = { readsStatements: true, isRead: true }

describe("a statement's layer", () => {
  test.each([
    ["stg_orders", "anything", "staging"],
    ["int_orders", "anything", "intermediate"],
    ["fct_orders", "anything", "mart"],
    ["orders", "staging/erp", "staging"],
    ["orders", "marts/staging_helpers", "staging"],
    ["orders", "02_silver", "intermediate"],
    ["orders", "gold", "mart"],
    ["work_orders", "plant", "intermediate"],
    ["stg_orders", "marts", "staging"],
  ])("%s in %s is %s", (name, folder, layer) => {
    expect(layerOf(statementOf(name, folder, []), between)).toBe(layer)
  })

  test("comes from the schema of what it writes, without file and telling name", () => {
    const { file: _file, ...bare } = statementOf("orders", "x", [], ["projection"], { writes: ["lake.bronze.orders"] })
    expect(layerOf(bare, between)).toBe("staging")
  })

  test("is in the middle for what is never stored", () => {
    expect(layerOf(statementOf("orders", "x", [], ["projection"], { materialized: "ephemeral" }), between)).toBe("intermediate")
  })

  test.each([
    [{ readsStatements: false, isRead: true }, "staging"],
    [{ readsStatements: true, isRead: true }, "intermediate"],
    [{ readsStatements: true, isRead: false }, "mart"],
    [{ readsStatements: false, isRead: false }, "mart"],
  ] as const)("comes from its place in the graph where nothing else tells: %o", (neighbours, layer) => {
    expect(layerOf(statementOf("orders", "x", []), neighbours)).toBe(layer)
  })
})
