import { expect, test } from "vitest"
import type { Override } from "../../src/assessment/model.ts"
import type { EngagementScope } from "../../src/store/store.ts"
import { overEachEngine } from "./engines.ts"
import { startOrders } from "./orders.ts"
import { program } from "../fixtures/program.ts"

const place = { domain: "orders", question: "SRC-01" }

overEachEngine((store) => {
  const loaded = async (scope: EngagementScope) => (await store().loadEngagement(scope))?.engagement

  test("a decision replaces the earlier one, carries its time, and can be taken back", async () => {
    const scope = await startOrders(store())
    await store().saveDecision(scope, "orders", "SRC-01", { ...place, value: 2, rationale: "first" }, 2_000)
    const second = { ...place, anchor: 3, rationale: "seen in the log", dissent: "Jonas", evidence: "observed" } as const
    expect(await store().saveDecision(scope, "orders", "SRC-01", second, 3_000)).toBe(true)
    expect((await loaded(scope))?.decisions).toEqual([{ ...second, time: "1970-01-01T00:00:03.000Z" }])
    expect(await store().saveDecision(scope, "orders", "SRC-01", undefined, 4_000)).toBe(true)
    expect(await store().saveDecision(scope, "orders", "SRC-01", undefined, 4_000)).toBe(false)
    expect((await loaded(scope))?.decisions).toEqual([])
  })

  test("overrides keep one word per action; include and drop replace each other", async () => {
    const scope = await startOrders(store())
    const include: Override = { initiative: "I01", action: "include", reason: "wanted" }
    const drop: Override = { initiative: "I01", action: "drop", reason: "too early" }
    const effort: Override = { initiative: "I01", action: "effort", effort: [5, 8], reason: "done before" }
    const move: Override = { initiative: "I01", domain: "orders", action: "move", wave: 2, reason: "after the audit" }
    for (const one of [include, effort, move, drop]) expect(await store().saveOverride(scope, one, 2_000)).toBe(true)
    expect((await loaded(scope))?.overrides).toEqual([effort, move, drop])
    await store().saveOverride(scope, { ...effort, effort: [3, 4] }, 3_000)
    expect((await loaded(scope))?.overrides).toEqual([{ ...effort, effort: [3, 4] }, move, drop])
    expect(await store().removeOverride(scope, "I01", undefined, 4_000, "effort")).toBe(true)
    expect((await loaded(scope))?.overrides).toEqual([move, drop])
    expect(await store().removeOverride(scope, "I01", "orders", 4_000)).toBe(true)
    expect(await store().removeOverride(scope, "I01", "orders", 4_000)).toBe(false)
    expect((await loaded(scope))?.overrides).toEqual([drop])
  })

  test("neither is changed when the engagement has moved on from the revision it was read at", async () => {
    const scope = await startOrders(store())
    const { revision } = (await store().loadEngagement(scope)) ?? { revision: 0 }
    const decision = { ...place, value: 2 as const, rationale: "first" }
    const at = { engagement: scope.engagement, revision, by: program }
    expect(await store().saveDecision(at, "orders", "SRC-01", decision, 2_000)).toBe(true)
    expect(await store().saveDecision(at, "orders", "SRC-01", undefined, 3_000)).toBe(false)
    const override: Override = { initiative: "I01", action: "drop", reason: "too early" }
    expect(await store().saveOverride(at, override, 3_000)).toBe(false)
    expect(await store().saveOverride({ ...at, revision: revision + 1 }, override, 3_000)).toBe(true)
    expect(await store().removeOverride({ ...at, revision: revision + 1 }, "I01", undefined, 4_000)).toBe(false)
    expect(await loaded(scope)).toMatchObject({ decisions: [{ value: 2 }], overrides: [override] })
  })

  test("both are missing for a domain or an engagement that is not there", async () => {
    const scope = await startOrders(store())
    const decision = { domain: "moon", question: "SRC-01", rationale: "x" }
    expect(await store().saveDecision(scope, "moon", "SRC-01", decision, 2_000)).toBe(false)
    expect(await store().saveDecision({ engagement: "foreign", by: program }, "orders", "SRC-01", decision, 2_000)).toBe(false)
    const override: Override = { initiative: "I01", domain: "moon", action: "drop", reason: "x" }
    expect(await store().saveOverride(scope, override, 2_000)).toBe(false)
    expect(await store().saveOverride({ engagement: "foreign", by: program }, { ...override, domain: "orders" }, 2_000)).toBe(
      false,
    )
  })
})
