import { describe, expect, test } from "vitest"
import { overEachEngine } from "./engines.ts"
import { answered, changeTo, orders, startOrders } from "./orders.ts"
import { program } from "../fixtures/program.ts"

overEachEngine((store) => {
  describe("domains", () => {
    test("are added last, changed in place and keep their order", async () => {
      const scope = await startOrders(store())
      await store().saveDomain(scope, { id: "billing", name: "Billing" }, 2_000)
      await store().saveDomain(scope, { id: "orders", name: "Order management", description: "From click to shelf" }, 3_000)
      expect((await store().loadEngagement(scope))?.engagement.domains).toEqual([
        { id: "orders", name: "Order management", description: "From click to shelf" },
        orders.domains[1],
        { id: "billing", name: "Billing" },
      ])
    })

    test("go with everything said about them, and leave the lists of people", async () => {
      const scope = await startOrders(store())
      const stock = { domain: "stock" }
      await store().saveAnswers(scope, [changeTo(answered(2), stock), changeTo(answered(2))], 2_000)
      await store().saveRow(scope, "stock", "SRC-04", { id: "r1", name: "SAP" }, 0, 2_000)
      await store().saveDecision(
        scope,
        "stock",
        "SRC-01",
        { ...stock, question: "SRC-01", anchor: 2, rationale: "agreed" },
        2_000,
      )
      await store().saveOverride(scope, { initiative: "I01", ...stock, action: "drop", reason: "no need" }, 2_000)
      expect(await store().removeDomain(scope, "stock", 3_000)).toBe(true)
      expect(await store().removeDomain(scope, "stock", 3_000)).toBe(false)
      expect((await store().loadEngagement(scope))?.engagement).toMatchObject({
        domains: [{ id: "orders" }],
        respondents: [{ id: "mara" }, { id: "jonas", domains: ["orders"] }],
        answers: [{ domain: "orders" }],
        inventories: [],
        decisions: [],
        overrides: [],
      })
      expect(await store().answerHistory(scope, "mara", "stock", "SRC-01")).toEqual([])
    })
  })

  describe("respondents", () => {
    test("are added last and changed in place, their answers kept", async () => {
      const scope = await startOrders(store())
      await store().saveAnswers(scope, [changeTo(answered(2))], 2_000)
      await store().submit(scope, 2_500)
      expect(await store().saveRespondent(scope, { id: "ines", name: "Inês Duarte", role: "DPE" }, 3_000)).toBe(true)
      await store().saveRespondent(scope, { id: "mara", name: "Mara L.", role: "DPE", domains: ["stock"] }, 3_000)
      const stored = await store().loadEngagement(scope)
      expect(stored?.engagement.respondents).toEqual([
        { id: "mara", name: "Mara L.", role: "DPE", domains: ["stock"] },
        orders.respondents[1],
        { id: "ines", name: "Inês Duarte", role: "DPE" },
      ])
      expect(stored?.engagement.answers).toHaveLength(1)
      expect(stored?.responses[0]).toEqual({ respondent: "mara", submittedAt: 2_500 })
    })

    test("cannot be asked about a domain that is not there", async () => {
      const scope = await startOrders(store())
      expect(
        await store().saveRespondent(scope, { id: "ines", name: "Inês", role: "DPE", domains: ["orders", "moon"] }, 2_000),
      ).toBe(false)
      expect((await store().loadEngagement(scope))?.engagement.respondents).toEqual(orders.respondents)
    })

    test("go with what they said, history and all", async () => {
      const scope = await startOrders(store())
      await store().saveAnswers(scope, [changeTo(answered(2))], 2_000)
      expect(await store().removeRespondent(scope, "mara", 3_000)).toBe(true)
      expect(await store().removeRespondent(scope, "mara", 3_000)).toBe(false)
      expect(await store().loadResponse(scope)).toBeUndefined()
      expect((await store().loadEngagement(scope))?.engagement.answers).toEqual([])
      expect(await store().answerHistory(scope, "mara", "orders", "SRC-01")).toEqual([])
    })
  })

  test("people and domains of a foreign engagement are missing", async () => {
    const foreign = { engagement: "foreign", by: program }
    expect(await store().saveDomain(foreign, { id: "d", name: "D" }, 2_000)).toBe(false)
    expect(await store().removeDomain(foreign, "orders", 2_000)).toBe(false)
    expect(await store().saveRespondent(foreign, { id: "p", name: "P", role: "AD" }, 2_000)).toBe(false)
    expect(await store().removeRespondent(foreign, "mara", 2_000)).toBe(false)
    expect(await store().submit({ ...foreign, respondent: "mara" }, 2_000)).toBe(false)
    expect(await store().loadResponse({ ...foreign, respondent: "mara" })).toBeUndefined()
  })
})
