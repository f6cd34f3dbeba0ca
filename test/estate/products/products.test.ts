import { describe, expect, test } from "vitest"
import type { Estate } from "../../../src/estate/model.ts"
import { sharedTables, sourceProducts } from "../../../src/estate/products/shared-tables.ts"
import { billing, orders } from "../../fixtures/engagements.ts"
import { estate, exposure, found, source, statement, unread } from "../build-estate.ts"
import { aboutOrders, consumer, listed, productsOf } from "../planned-estate.ts"

/** shop → stg → (fct_orders, dim_customers) → mart; two exposures. */
const shop: Estate = estate({
  sources: [source("raw.orders", { system: "shop" }), source("raw.customers", { system: "crm" })],
  statements: [
    statement("stg_orders", ["raw.orders"]),
    statement("stg_customers", ["raw.customers"]),
    statement("fct_orders", ["stg_orders", "stg_customers"], { verdict: found("join-outer"), key: ["order_id"] }),
    statement("dim_customers", ["stg_customers"], { verdict: found("keep-last"), key: ["customer_id"] }),
    statement("revenue", ["fct_orders"], { verdict: found("group-by"), key: ["day"] }),
  ],
  consumers: [exposure("Finance", ["revenue"]), exposure("Service desk", ["dim_customers", "fct_orders"])],
})
const by = (cut: ReturnType<typeof productsOf>, name: string) => cut.products.find((each) => each.name === name)

describe("sinks and cones", () => {
  test("a sink is what a consumer reads or nothing reads, with all it needs", () => {
    const cut = productsOf(shop)
    expect(cut.products.map(({ name }) => name)).toEqual(["fct_orders", "dim_customers", "revenue"])
    expect(by(cut, "fct_orders")?.cone).toEqual(["stg_orders", "stg_customers", "fct_orders"])
    expect(by(cut, "fct_orders")?.sources).toEqual(["raw.orders", "raw.customers"])
    expect(by(cut, "revenue")?.own).toEqual(["revenue"])
    expect(by(cut, "revenue")?.shared).toEqual(["stg_orders", "stg_customers", "fct_orders"])
    expect(by(cut, "dim_customers")?.consumers).toEqual([{ name: "Service desk", from: "exposure", critical: false }])
  })

  test("statements that write one table are one sink", () => {
    const cut = productsOf(
      estate({
        statements: [
          statement("load", [], { writes: ["mart.t"] }),
          statement("correct", [], { writes: ["MART.t"] }),
          statement("other", [], { writes: ["mart.u"] }),
        ],
      }),
    )
    expect(cut.products.map(({ sinks }) => sinks)).toEqual([["load", "correct"], ["other"]])
  })

  test("effort adds statements, new source systems, the sink and the product", () => {
    const { effort } = by(productsOf(shop), "revenue") ?? {}
    // 1 + 1 + 7 + 2 for statements, 10 for each of two systems, 9 for the sink and 5.3 for the product.
    expect(effort?.expected).toBeCloseTo(11 + 20 + 9 + 5.3, 1)
    const captured = aboutOrders({
      inventories: listed({
        "PRD-06": [
          { id: "1", name: "Shop", capture: "log" },
          { id: "2", name: "CRM", kind: "packaged", capture: "files" },
        ],
      }),
    })
    expect(by(productsOf(shop, captured), "revenue")?.effort.expected).toBeCloseTo(11 + 40 + 9 + 5.3, 1)
  })

  test("a system is found in its list however its name is parted, and in the list of another domain too", () => {
    const given = estate({ sources: [source("o", { system: "Shop_Orders" })], statements: [statement("a", ["o"])] })
    const rows = [{ id: "1", name: "shop orders", capture: "log" }]
    const here = aboutOrders({ inventories: [{ domain: orders.id, question: "PRD-06", rows }] })
    const elsewhere = aboutOrders({ inventories: [{ domain: billing.id, question: "PRD-06", rows }] })
    const effort = (engagement = aboutOrders()) =>
      productsOf(given, engagement, [{ domain: billing.id, estate: estate({}) }]).products[0]?.effort.expected ?? 0
    expect([effort() - effort(here), effort() - effort(elsewhere)]).toEqual([10, 10])
  })

  test("translations name constructs with their rewrite, hardest first, and what is not read", () => {
    const cut = productsOf(
      estate({
        statements: [
          statement("a", [], { verdict: found("not-exists", "not-exists", "keep-last") }),
          statement("b", ["a"], { verdict: unread }),
        ],
      }),
    )
    const [first, second, last] = cut.products[0]?.translations ?? []
    expect(first).toBe(
      "2 × NOT EXISTS / left join ... WHERE right key IS NULL: updatable sink; if absence has a time limit use an outer interval join plus null test (append, bounded)",
    )
    expect(second).toMatch(/^1 × ROW_NUMBER\(\) = 1 keep last/)
    expect(last).toBe("1 statement is not read yet: give the compiled SQL, or classify by hand")
    expect(cut.products[0]?.mix).toMatchObject({ P4: 1, unknown: 1 })
  })

  test("a circle is cut, and the cones end there", () => {
    const cut = productsOf(
      estate({
        sources: [source("s")],
        statements: [
          statement("a", ["s", "writeback"]),
          statement("b", ["a"]),
          statement("writeback", ["b"], { tags: ["reverse-etl"] }),
        ],
        consumers: [exposure("x", ["b"])],
      }),
    )
    expect(cut.estate.cycles).toHaveLength(1)
    expect(by(cut, "b")?.cone).toEqual(["a", "b"])
  })
})

describe("grouping (E.4)", () => {
  const pair = (more: object, other: object, shared = ["x", "y"]) =>
    estate({
      statements: [
        statement("x"),
        statement("y", ["x"]),
        statement("orders_daily", shared, { key: ["order_id"], ...more }),
        statement("orders_monthly", ["y"], { key: ["order_id"], ...other }),
      ],
    })
  const sinksOf = (given: Estate, engagement = aboutOrders()) => productsOf(given, engagement).products.map(({ sinks }) => sinks)

  test("sinks of one entity that share half of their cones are one product", () => {
    expect(sinksOf(pair({}, {}))).toEqual([["orders_daily", "orders_monthly"]])
    expect(sinksOf(pair({ key: ["customer_id"] }, {}))).toEqual([["orders_daily"], ["orders_monthly"]])
    expect(sinksOf(pair({}, {}, []))).toEqual([["orders_daily"], ["orders_monthly"]])
  })

  test("but not where their owners differ", () => {
    expect(sinksOf(pair({ owner: "Sales" }, { owner: "Logistics" }))).toHaveLength(2)
    expect(sinksOf(pair({ owner: "Sales" }, {}))).toHaveLength(2)
    expect(sinksOf(pair({ owner: "Sales" }, { owner: "Sales" }))).toHaveLength(1)
  })

  test("nor where required ages lie more than a class apart", () => {
    const asked = (age: number) =>
      aboutOrders({
        inventories: listed({
          "CON-01": [
            consumer("A", { decision: "reads orders_daily" }),
            consumer("B", { decision: "reads orders_monthly", requiredAge: age }),
          ],
        }),
      })
    expect(sinksOf(pair({}, {}), asked(240))).toHaveLength(1)
    expect(sinksOf(pair({}, {}), asked(2880))).toHaveLength(2)
  })

  test("a candidate product of DOM-05 groups what it names, and gives name, context, owner and consumers", () => {
    const engagement = aboutOrders({
      inventories: listed({
        "DOM-05": [
          { id: "1", name: "Order book", context: "Sales", owner: "Ann", consumers: "Pricing", sinks: "orders_daily; left" },
        ],
        "CON-01": [consumer("Pricing")],
      }),
    })
    const given = estate({ statements: [statement("orders_daily"), statement("left"), statement("right")] })
    const { products, notices } = productsOf(given, engagement)
    expect(products[0]).toMatchObject({ name: "Order book", context: "Sales", owner: "Ann", sinks: ["orders_daily", "left"] })
    expect(products[0]?.consumers.map(({ name }) => name)).toEqual(["Pricing"])
    expect(products[0]?.contract.freshnessMinutes).toBe(15)
    expect(notices).toEqual([])
  })

  test("a candidate that is cut gives products that can be told apart, and the reason", () => {
    const row = { id: "1", name: "Live offers", owner: "Ann", sinks: "offers; reminders" }
    const given = estate({ statements: [statement("offers"), statement("reminders", [], { owner: "Marketing" })] })
    const { products, notices } = productsOf(given, aboutOrders({ inventories: listed({ "DOM-05": [row] }) }))
    expect(products.map(({ name }) => name)).toEqual(["Live offers (offers)", "Live offers (reminders)"])
    expect(products.map(({ id }) => id)).toEqual(["product.orders.live-offers-offers", "product.orders.live-offers-reminders"])
    expect(notices).toEqual([
      "Live offers is cut into 2 products, for its sinks have different owners: offers (Ann); reminders (Marketing).",
    ])
  })

  test("a contract has a key where its sinks agree on one", () => {
    const keyed = (key: readonly string[]) =>
      productsOf(
        estate({ statements: [statement("offers", [], { key: ["id"] }), statement("reminders", [], { key })] }),
        aboutOrders({ inventories: listed({ "DOM-05": [{ id: "1", name: "Offers", sinks: "offers; reminders" }] }) }),
      ).products[0]?.contract.key
    expect(keyed(["id"])).toEqual(["id"])
    expect(keyed(["day"])).toBeUndefined()
  })

  test("three source systems make an aggregate product", () => {
    const systems = ["a", "b", "c"].map((id) => source(id, { system: id }))
    const given = estate({ sources: systems, statements: [statement("all", ["a", "b", "c"]), statement("some", ["a", "b"])] })
    expect(productsOf(given).products.map(({ aggregate }) => aggregate)).toEqual([true, false])
  })
})

describe("consumers and fate", () => {
  const withRows = (rows: Parameters<typeof listed>[0]) => aboutOrders({ inventories: listed(rows) })

  test("a row of CON-01 stands for the exposure of the same name", () => {
    const engagement = withRows({ "CON-01": [consumer("finance", { completeness: 99 })] })
    const product = by(productsOf(shop, engagement), "revenue")
    expect(product?.consumers).toEqual([
      { name: "finance", from: "CON-01", critical: true, requiredAge: 15, actualAge: 600, completeness: 99 },
    ])
    expect(product?.because).toBe("It comes too late for finance.")
  })

  test("rows of SQL-01 link readers to the table that they name", () => {
    const engagement = withRows({
      "CON-01": [consumer("Pricing")],
      "SQL-01": [{ id: "1", name: "x", sink: "mart.STG_ORDERS", readers: "Pricing; Audit" }],
    })
    const product = by(productsOf(shop, engagement), "stg_orders")
    expect(product?.consumers.map(({ name, from }) => [name, from])).toEqual([
      ["Pricing", "CON-01"],
      ["Audit", "reader"],
    ])
  })

  test("a row that names no sink is said", () => {
    expect(productsOf(shop, withRows({ "CON-01": [consumer("Night shift")] })).notices.join()).toContain(
      "Night shift (CON-01, orders)",
    )
  })

  test("need met stays in batch, unless a stream is read already", () => {
    const engagement = (more: object) =>
      withRows({ "CON-01": [consumer("Finance", { requiredAge: 1440, actualAge: 60, ...more })] })
    expect(by(productsOf(shop, engagement({})), "revenue")).toMatchObject({
      fate: "keep in batch",
      because: "Every critical consumer gets it within the age it needs (Finance).",
    })
    expect(by(productsOf(shop, engagement({ access: ["stream"] })), "revenue")?.fate).toBe("migrate")
    expect(by(productsOf(shop, engagement({ criticality: "minor" })), "revenue")?.because).toMatch(/^Nobody needs it fresher/)
  })

  test("what may stay in batch does, unless somebody needs it fresher than a day", () => {
    const given = estate({
      statements: [
        statement("yearly", [], { verdict: found("year-on-year") }),
        statement("top", [], { verdict: found("full-ranking") }),
      ],
      consumers: [exposure("Board", ["yearly", "top"])],
    })
    expect(productsOf(given).products.map(({ fate }) => fate)).toEqual(["keep in batch", "migrate"])
    const fresh = withRows({ "CON-01": [consumer("Board")] })
    expect(productsOf(given, fresh).products.map(({ fate }) => fate)).toEqual(["migrate", "migrate"])
  })

  test("what nobody reads retires, where readers are known at all", () => {
    const unread = estate({ ...shop, statements: [...shop.statements, statement("old", ["stg_orders"])] })
    expect(by(productsOf(unread), "old")).toMatchObject({ fate: "retire" })
    const silent = productsOf(estate({ ...unread, consumers: [] }))
    expect(new Set(silent.products.map(({ fate }) => fate))).toEqual(new Set(["migrate"]))
    expect(by(silent, "old")?.because).toMatch(/^Its readers are not known/)
  })
})

describe("shared tables and sources", () => {
  test("what several products use is listed where they part, with advice by owner and cost", () => {
    const { estate: graph, drafts, users } = productsOf(shop)
    const shared = sharedTables(graph, drafts, users)
    expect(shared.map(({ id }) => id)).toEqual(["stg_customers", "fct_orders"])
    expect(shared[0]?.advice).toContain("duplicate it on purpose")
    expect(shared[1]?.advice).toBe(
      "Used by 2 products, and a sink of fct_orders: let the others read it there, under its contract. Name an owner first: nobody owns it (R-shared).",
    )
    expect(shared[1]?.products).toEqual(["product.orders.fct_orders", "product.orders.revenue"])
    expect(sourceProducts(graph, drafts, users).map(({ id, products }) => [id, products.length])).toEqual([
      ["raw.orders", 2],
      ["raw.customers", 3],
    ])
  })
})

test("a shared table whose own product stays in batch becomes a product of its own", () => {
  const engagement = aboutOrders({
    inventories: listed({ "CON-01": [consumer("Service desk", { requiredAge: 2880, actualAge: 60 }), consumer("Finance")] }),
  })
  const { estate: graph, drafts, users } = productsOf(shop, engagement)
  const advice = sharedTables(graph, drafts, users).find(({ id }) => id === "fct_orders")?.advice
  expect(advice).toContain("name an owner and make it a product of its own")
})

describe("contracts", () => {
  test("changes upstream are changes at the sink, unless something in between settles them", () => {
    const given = estate({
      statements: [
        statement("a", [], { verdict: found("group-by") }),
        statement("b", ["a"]),
        statement("c", ["a"], { verdict: found("window-tvf") }),
        statement("d", []),
      ],
    })
    expect(productsOf(given).products.map(({ name, contract }) => [name, contract.output])).toEqual([
      ["b", "changelog"],
      ["c", "append"],
      ["d", "append"],
    ])
  })
})
