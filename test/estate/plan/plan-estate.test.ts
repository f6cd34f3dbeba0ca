import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { assess } from "../../../src/assessment/assess.ts"
import type { Engagement } from "../../../src/assessment/model.ts"
import { readManifest } from "../../../src/estate/dbt/manifest.ts"
import type { DomainEstate } from "../../../src/estate/merge.ts"
import type { Estate, EstatePlan } from "../../../src/estate/model.ts"
import { planEstate } from "../../../src/estate/plan/plan-estate.ts"
import { anEngagement, orders, plan as settings } from "../../fixtures/engagements.ts"
import { sampleInput } from "../../fixtures/sample.ts"
import { estate, exposure, found, source, statement } from "../build-estate.ts"
import { aboutOrders, consumer, listed, questionnaire } from "../planned-estate.ts"

function planned(given: Estate, engagement: Engagement = aboutOrders(), more: readonly DomainEstate[] = []): EstatePlan {
  const assessment = assess(questionnaire, engagement, { draws: 10 })
  return planEstate(questionnaire, engagement, assessment, [{ domain: orders.id, estate: given }, ...more])
}

const at = (plan: EstatePlan, name: string) => plan.planned.find(({ product }) => product === `product.orders.${name}`)

/** Two products on one core, and one aside. */
const core = estate({
  sources: [source("s"), source("t")],
  statements: [
    statement("core", ["s"], { verdict: found("join-inner") }),
    statement("a", ["core"], { verdict: found("keep-last") }),
    statement("b", ["core"]),
    statement("aside", ["t"]),
  ],
  consumers: [exposure("A", ["a"]), exposure("B", ["b"]), exposure("C", ["aside"])],
})

describe("without an engagement", () => {
  test("everything that can move is planned, the smallest first", () => {
    const plan = planned(core, anEngagement(questionnaire, { domains: [], respondents: [] }))
    expect(plan.planned.map(({ wave }) => wave)).toEqual([1, 2, 2])
    expect(plan.waves[0]?.name).toMatch(/^Wave 1: pilot/)
    expect(plan.waves[0]?.start).toBe(settings.start)
    expect(plan.notices.join()).toContain("No initiative is planned")
    expect(plan.mix).toMatchObject({ P1: 2, P2: 1, P4: 1 })
  })

  test("and nothing is no error", () => {
    const plan = planned(estate({}), anEngagement(questionnaire, { domains: [], respondents: [] }))
    expect(plan).toMatchObject({ products: [], planned: [], waves: [], keepInBatch: [], retire: [], notices: [] })
  })
})

describe("marginal effort", () => {
  test("what a wave delivers is not paid for again", () => {
    const plan = planned(core)
    const first = plan.products.find(({ id }) => id === plan.planned.find((each) => each.statements.includes("core"))?.product)
    const second = plan.products.find(({ name }) => name === (first?.name === "a" ? "b" : "a"))
    expect(first?.marginal).toEqual(first?.effort)
    // The core is built and its source opened.
    expect(second?.marginal.expected).toBeLessThan((second?.effort.expected ?? 0) - 16)
    expect(plan.planned.find(({ product }) => product === second?.id)?.needs).toEqual([first?.id])
  })

  test("who owns a sink goes before a product of the same wave that reads it", async () => {
    const { engagement, assessment } = await sampleInput()
    const file = join(import.meta.dirname, "../../../data/sample/meridian-foods-dbt/target/manifest.json")
    const { estate: read } = readManifest(readFileSync(file, "utf8"))
    if (read === undefined) throw new Error("The sample can be read")
    const plan = planEstate(questionnaire, engagement, assessment, [{ domain: "online", estate: read }])
    const named = (name: string) =>
      plan.planned.find((each) => plan.products.find(({ id }) => id === each.product)?.name === name)
    const [stock, unlisted] = [named("Sellable stock"), named("unlisted_stock")]
    expect(stock?.wave).toBe(unlisted?.wave)
    expect(stock?.needs).not.toContain(unlisted?.product)
    expect(unlisted?.needs).toContain(stock?.product)
  })

  test("statements come in the order of building, stateless ones first among equals", () => {
    const given = estate({
      statements: [statement("sink", ["y", "x"]), statement("x", [], { verdict: found("keep-last") }), statement("y")],
    })
    expect(planned(given).planned[0]?.statements).toEqual(["y", "x", "sink"])
  })
})

describe("priority", () => {
  const two = estate({ statements: [statement("a"), statement("b")] })

  test("goes to the larger gap of the more critical reader", () => {
    const rows = [
      consumer("A", { decision: "reads tab_a", criticality: "minor", actualAge: 20 }),
      consumer("B", { decision: "reads tab_b" }),
    ]
    const named = estate({
      statements: two.statements.map((each) => ({ ...each, name: `tab_${each.name}`, writes: [`tab_${each.id}`] })),
    })
    const plan = planned(named, aboutOrders({ inventories: listed({ "CON-01": rows }) }))
    const [a, b] = [at(plan, "tab_a"), at(plan, "tab_b")]
    expect(b?.rank).toBe(1)
    expect(b?.priority).toBeGreaterThan(a?.priority ?? 0)
  })

  test("can be reckoned again from what is said of it, for what is left by then", () => {
    for (const { reasons } of planned(core).planned.slice(1)) {
      const [whole = "", ...figures] =
        /^priority ([\d.]+) = \(value (\d+) \+ urgency (\d+) \+ risk and enablement (\d+)\) \/ size (\d+)/.exec(
          reasons[0] ?? "",
        ) ?? []
      const [priority = 0, value = 0, urgency = 0, enablement = 0, size = 0] = figures.map(Number)
      expect(whole).not.toBe("")
      expect((value + urgency + enablement) / size).toBeCloseTo(priority, 2)
    }
  })

  test("ranks overlap where a step of one input would change the order", () => {
    const plan = planned(two)
    expect(plan.planned.map(({ rank, ranks }) => [rank, ranks.low, ranks.high])).toEqual([
      [1, 1, 2],
      [2, 1, 2],
    ])
  })

  test("a source that is switched off soon makes it urgent", () => {
    const systems = ["shop", "crm"].map((system) => source(`raw.${system}`, { system }))
    const given = estate({ sources: systems, statements: [statement("a", ["raw.shop"]), statement("b", ["raw.crm"])] })
    const retiring = aboutOrders({ inventories: listed({ "PRD-06": [{ id: "1", name: "CRM", retirement: "2027-05-01" }] }) })
    expect(at(planned(given), "b")?.priority).toBe(at(planned(given), "a")?.priority)
    expect(at(planned(given, retiring), "b")?.priority).toBeGreaterThan(at(planned(given, retiring), "a")?.priority ?? 0)
  })
})

describe("waves", () => {
  test("the pilot is one small product, and says when none is small", () => {
    const chain = Array.from({ length: 15 }, (_, n) => statement(`c${n}`, n === 0 ? [] : [`c${n - 1}`]))
    const big = planned(estate({ statements: chain }))
    expect(big.waves[0]?.products).toHaveLength(1)
    expect(big.notices.join()).toContain("No product is small enough for a pilot")
    const small = planned(estate({ statements: [...chain, statement("little", [], { verdict: found("keep-last") })] }))
    expect(at(small, "little")).toMatchObject({ wave: 1 })
    expect(at(small, "little")?.reasons[0]).toContain("goes first, as the pilot")
  })

  test("later waves hold two products for each team, one heavy, three new source systems", () => {
    const many = Array.from({ length: 9 }, (_, n) => n)
    const outer = { verdict: found("join-outer") }
    const heavy = estate({
      statements: many.flatMap((n) => [statement(`g${n}`, [], outer), statement(`h${n}`, [`g${n}`], outer)]),
    })
    const light = estate({ statements: many.map((n) => statement(`l${n}`)) })
    const wide = estate({
      sources: many.flatMap((n) => [source(`s${n}`), source(`t${n}`)]),
      statements: many.map((n) => statement(`w${n}`, [`s${n}`, `t${n}`])),
    })
    const sizes = (given: Estate) => planned(given).waves.map(({ products }) => products.length)
    expect(sizes(heavy)).toEqual(Array(9).fill(1))
    expect(sizes(light)).toEqual([1, 2, 2, 2, 2])
    expect(sizes(wide)).toEqual(Array(9).fill(1))
    const said = (given: Estate, people = settings.people) =>
      planned(given, aboutOrders({ plan: { ...settings, people } })).notices.filter((each) => each.includes("people for more"))
    expect(said(light)).toEqual(["Waves 2, 3, 4 have people for more, but a wave takes at most 2 products."])
    expect(said(wide, 20)[0]).toContain("at most 3 new source systems. Capture sources ahead")
    expect(said(core)).toEqual([])
  })

  test("what exceeds a wave has one to itself, which takes as long as it needs", () => {
    const wall = Array.from({ length: 60 }, (_, n) => statement(`m${n}`, [], { verdict: found("join-chain") }))
    const given = estate({
      statements: [
        statement("little"),
        ...wall,
        statement(
          "giant",
          wall.map(({ id }) => id),
        ),
        statement("small"),
      ],
    })
    const plan = planned(given)
    const wave = plan.waves.find(({ products }) => products.includes("product.orders.giant"))
    expect(wave?.products).toHaveLength(1)
    expect(wave?.effort.expected).toBeGreaterThan(700)
    expect(wave?.capacity).toBeGreaterThanOrEqual(wave?.effort.expected ?? 0)
    expect(at(plan, "giant")?.reasons.join()).toContain("has the wave to itself")
  })

  test("without people nothing is placed, and said", () => {
    const plan = planned(core, aboutOrders({ plan: { ...settings, people: 0 } }))
    expect(plan.waves).toEqual([])
    expect(plan.planned.map(({ wave }) => wave)).toEqual(["later", "later", "later"])
    expect(plan.planned[0]?.reasons.join()).toContain("no capacity is left")
  })

  test("products come after the initiatives that they build on, and say so", async () => {
    const { engagement, assessment } = await sampleInput()
    const pilot = assessment.plan.waves.find(({ items }) => items.some(({ id }) => id === "I45"))
    const domain = pilot?.items.find(({ id }) => id === "I45")?.domain ?? ""
    const plan = planEstate(questionnaire, engagement, assessment, [{ domain, estate: core }])
    const first = plan.waves[0]
    expect(first?.number).toBe(pilot?.number)
    expect(first?.products).toHaveLength(1)
    expect(first?.enabling.map(({ id }) => id)).toEqual(expect.arrayContaining(["I10", "I45"]))
    for (const { wave } of plan.planned.slice(1)) expect(Number(wave)).toBeGreaterThan(pilot?.number ?? 0)
    for (const wave of plan.waves) for (const { wave: before } of wave.enabling) expect(before).toBeLessThanOrEqual(wave.number)
    const elsewhere = engagement.domains.find(({ id }) => id !== domain)?.id ?? ""
    const without = planEstate(questionnaire, engagement, assessment, [{ domain: elsewhere, estate: core }])
    for (const { wave } of without.planned) expect(Number(wave)).toBeGreaterThan(pilot?.number ?? 0)
    expect(without.notices.join()).toContain(`The pilot of the plan (wave ${pilot?.number}) is in ${domain}, and no product`)
  })
})

describe("the ground", () => {
  test("a gate that no planned initiative opens lets nothing pass but the pilot", async () => {
    const { engagement, assessment } = await sampleInput()
    const domain = assessment.plan.waves.flatMap(({ items }) => items).find(({ id }) => id === "I45")?.domain ?? ""
    const [any] = assessment.domains.flatMap(({ findings }) => findings)
    if (any === undefined) throw new Error("The sample has findings")
    const gate = { ...any, rule: "R99", name: "Mandate", gate: true, initiatives: ["I99"] }
    const domains = assessment.domains.map((each) => (each.domain === domain ? { ...each, findings: [gate] } : each))
    const plan = planEstate(questionnaire, engagement, { ...assessment, domains }, [{ domain, estate: core }])
    expect(plan.planned.map(({ wave }) => wave).slice(1)).toEqual(["later", "later"])
    expect(plan.planned[1]?.reasons[0]).toBe("held back by R99 (Mandate): nothing beyond a pilot until that is settled")
  })

  test("what the plan leaves for later is waited for, and said", async () => {
    const { engagement, assessment } = await sampleInput()
    const domain = assessment.plan.waves.flatMap(({ items }) => items).find(({ id }) => id === "I45")?.domain ?? ""
    const waves = assessment.plan.waves.map((wave) => ({ ...wave, items: wave.items.filter(({ id }) => id !== "I17") }))
    const later = [...assessment.plan.later, { id: "I17", domain, reason: "outside the waves" }]
    const plan = planEstate(questionnaire, engagement, { ...assessment, plan: { ...assessment.plan, waves, later } }, [
      { domain, estate: core },
    ])
    const stateful = plan.planned.findLast(({ statements }) => statements.includes("a") || statements.includes("core"))
    expect(Number(stateful?.wave)).toBeGreaterThan(waves.at(-1)?.number ?? 0)
    expect(stateful?.reasons.join()).toContain(
      "counts on I17 being done by then, which is in no wave of the plan: give it one before this",
    )
    expect(plan.notices.join()).toMatch(
      /\d products? in .+ comes? only after wave \d+, the last of the plan, because no wave of it holds I17/,
    )
  })
})

test("duplicate ids, an edge to nothing and a statement that reads itself are no error", () => {
  const given = estate({
    statements: [statement("a", ["nothing", "a"]), statement("a", ["b"]), statement("b", ["a"])],
    consumers: [exposure("X", ["nothing"])],
  })
  expect(
    planned(given)
      .planned.flatMap(({ statements }) => statements)
      .toSorted(),
  ).toEqual(["a", "b"])
})

describe("what does not move", () => {
  test("is listed with its reason, and bridged where it reads what moves", () => {
    const engagement = aboutOrders({
      inventories: listed({
        "CON-01": [consumer("A"), consumer("B", { requiredAge: 2880, actualAge: 60 }), consumer("C")],
      }),
    })
    const given = estate({ ...core, statements: [...core.statements, statement("old1", ["s"]), statement("old2", ["old1"])] })
    const plan = planned(given, engagement)
    expect(plan.keepInBatch).toEqual([
      { product: "product.orders.b", reason: "Every critical consumer gets it within the age it needs (B)." },
    ])
    expect(plan.retire.map(({ id }) => id)).toEqual(["old1", "old2"])
    expect(plan.retire[0]?.reason).toBe("It only feeds old2, which nobody is known to read.")
    expect(at(plan, "a")?.bridges).toEqual([
      { from: "core", to: "b", product: "product.orders.a", reason: "landed as a table for b, which stays in batch" },
    ])
    expect(at(plan, "b")).toBeUndefined()
  })

  test("several bridges of one product in force are a notice", () => {
    const given = estate({
      statements: [statement("x"), statement("y"), statement("a", ["x", "y"]), statement("b", ["x"]), statement("c", ["y"])],
      consumers: [exposure("A", ["a"]), exposure("B", ["b", "c"])],
    })
    const engagement = aboutOrders({ inventories: listed({ "CON-01": [consumer("A"), consumer("B", { actualAge: 1 })] }) })
    expect(planned(given, engagement).notices.join()).toContain("More than one bridge is in force for a (2)")
  })

  test("a circle is cut with a bridge", () => {
    const given = estate({
      statements: [
        statement("a", ["writeback"]),
        statement("b", ["a"]),
        statement("writeback", ["b"], { tags: ["reverse-etl"] }),
      ],
      consumers: [exposure("x", ["b"])],
    })
    const plan = planned(given)
    expect(plan.cycles).toHaveLength(1)
    expect(plan.planned.flatMap(({ bridges }) => bridges.map(({ from, to }) => [from, to]))).toContainEqual(["writeback", "a"])
  })
})

test("products of several domains are planned together", () => {
  const other = estate({ statements: [statement("revenue", ["x"])], sources: [source("x", { name: "mart.core" })] })
  const given = estate({ ...core, statements: core.statements.map((each) => ({ ...each, writes: [`mart.${each.id}`] })) })
  const plan = planned(given, aboutOrders(), [{ domain: "finance", estate: other }])
  const revenue = plan.products.find(({ name }) => name === "revenue")
  expect(revenue?.domain).toBe("finance")
  expect(revenue?.cone).toEqual(["core", "revenue"])
})
