import { describe, expect, test } from "vitest"
import type { Engagement, Row } from "../../src/assessment/model.ts"
import { assess } from "../../src/assessment/assess.ts"
import { setTarget } from "../../src/assessment/target.ts"
import { shippedQuestionnaire } from "../../src/questionnaire-files.ts"
import { anEngagement, orders } from "../fixtures/engagements.ts"
import { scoringQuestionnaire as questionnaire } from "../fixtures/scoring-questionnaire.ts"

const consumer = (name: string, more: Partial<Row> = {}): Row => ({
  id: name,
  name,
  criticality: "critical",
  requiredAge: 30,
  actualAge: 1440,
  kind: "report",
  ...more,
})

function target(
  consumers: readonly Row[],
  products: readonly Row[] = [],
  indices: Record<string, number> = { TTI: 30, DI: 70, RDY: 20 },
) {
  const parts: Partial<Engagement> = {
    inventories: [
      { domain: orders.id, question: "CON-01", rows: consumers },
      { domain: orders.id, question: "DOM-05", rows: products },
    ],
  }
  return setTarget(questionnaire, anEngagement(questionnaire, parts), orders.id, indices)
}

describe("the domain's target", () => {
  test("is what the strictest critical consumer needs, per axis; the gap is never negative", () => {
    const { axes } = target([
      consumer("Desk"),
      consumer("Board", { requiredAge: 1440, kind: "regulator" }),
      consumer("Hobby", { criticality: "useful", requiredAge: 1 }),
    ])
    expect(axes?.["TTI"]).toEqual({ axis: "TTI", need: "minutes", target: 65, gap: 35, because: ["Desk"] })
    expect(axes?.["DI"]).toEqual({ axis: "DI", need: "regulated", target: 80, gap: 10, because: ["Board"] })
  })

  test("is never set above need", () => {
    expect(target([consumer("Board", { requiredAge: 2880 })]).axes?.["TTI"]).toMatchObject({ target: 15, gap: 0 })
  })

  test("says for whom it cannot be told, and keeps what is known", () => {
    const { requiredAge: _, ...blank } = consumer("Desk")
    const alone = target([blank])
    expect(alone.axes).not.toHaveProperty("TTI")
    expect(alone.open).toEqual({ TTI: ["Desk"] })
    expect(alone.wording).toMatch(/: what Desk needs is not known yet; fill in “.+”\.$/)
    const two = target([blank, consumer("Board")])
    expect([two.axes?.["TTI"]?.gap, two.open]).toEqual([35, { TTI: ["Desk"] }])
    expect(target([consumer("Desk")])).not.toHaveProperty("open")
  })

  test("an index that nobody knows counts as 0", () => {
    expect(target([consumer("Desk")], [], {}).axes?.["TTI"]?.gap).toBe(65)
  })

  test("asks readiness only where a need is not met", () => {
    expect(target([consumer("Desk")]).axes?.["RDY"]).toMatchObject({ target: 60, gap: 40, because: ["Desk"] })
    expect(target([consumer("Desk", { actualAge: 5 })]).axes).not.toHaveProperty("RDY")
  })

  test("is unknown without a critical consumer", () => {
    const result = target([consumer("Hobby", { criticality: "useful" })])
    expect(result.axes).toBeUndefined()
    expect(result.wording).toBe(
      "The target is unknown: CON-01 lists no critical consumer, so nothing says how fast or how sound the data has to be.",
    )
    expect(target([]).products).toEqual([])
  })

  test("leaves an axis out of which no critical consumer says anything", () => {
    const { requiredAge: _, ...row } = consumer("Desk")
    expect(_).toBe(30)
    expect(target([row as Row]).axes).not.toHaveProperty("TTI")
  })

  test("says it in plain words", () => {
    expect(target([consumer("Desk")]).wording).toBe(
      "Speed of insight: 65 is enough (minutes), because the strictest critical consumer (Desk) asks for no more; 35 points to go. Data integrity: 60 is enough (management), because the strictest critical consumer (Desk) asks for no more, and it is reached.",
    )
    expect(target([consumer("Desk"), consumer("Till")]).wording).toContain(
      "because the strictest critical consumers (Desk, Till) ask for no more",
    )
    expect(target([consumer("Desk", { actualAge: 30 })]).wording).toMatch(
      /^Batch is right here: every critical consumer gets its data within the age it needs\./,
    )
    expect(target([consumer("Desk"), consumer("Board", { actualAge: 5 })]).wording).toContain(
      "Leave in batch what meets its need: Board.",
    )
  })
})

test("what is read as a stream already is fast enough, not right in batch", async () => {
  const shipped = await shippedQuestionnaire()
  const rows = [consumer("Desk", { actualAge: 3, kind: "application", access: ["stream"] })]
  const parts: Partial<Engagement> = { inventories: [{ domain: orders.id, question: "CON-01", rows }] }
  const wanted = setTarget(shipped, anEngagement(shipped, parts), orders.id, { TTI: 60, DI: 20 })
  expect(wanted.wording).toMatch(/^Fast enough as it is: every critical consumer/)
  expect(wanted.products).toMatchObject([{ product: "Desk", met: true, streamed: true }])
  const plan = assess(shipped, anEngagement(shipped, { domains: [orders], ...parts })).plan
  expect(plan.keepInBatch).toEqual([])
})

describe("products", () => {
  test("take their consumers by name; a consumer in no product is one of its own", () => {
    const products = [{ id: "p1", name: "Payments", consumers: " desk ;Board; Unknown" }]
    expect(
      target([consumer("Desk"), consumer("Board", { requiredAge: 2880, kind: "regulator" }), consumer("Lone")], products)
        .products,
    ).toEqual([
      {
        product: "Payments",
        consumers: ["Desk", "Board"],
        classes: { TTI: "minutes", DI: "regulated" },
        target: { TTI: 65, DI: 80 },
        met: false,
        streamed: false,
      },
      {
        product: "Lone",
        consumers: ["Lone"],
        classes: { TTI: "minutes", DI: "management" },
        target: { TTI: 65, DI: 60 },
        met: false,
        streamed: false,
      },
    ])
  })

  test("one consumer whose need is not met decides; a blank one leaves it open; none is open too", () => {
    const { actualAge: _, ...blank } = consumer("Blank")
    const products = [{ id: "p1", name: "P", consumers: "Desk; Blank" }]
    const met = (consumers: readonly Row[]) => target(consumers, products).products[0]?.met
    expect(met([consumer("Desk"), blank as Row])).toBe(false)
    expect(met([consumer("Desk", { actualAge: 1 }), blank as Row])).toBeUndefined()
    expect(met([consumer("Desk", { actualAge: 1 })])).toBe(true)
    expect(met([consumer("Desk", { criticality: "useful" })])).toBeUndefined()
    expect(_).toBe(1440)
  })
})
