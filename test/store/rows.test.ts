import { describe, expect, test } from "vitest"
import { overEachEngine } from "./engines.ts"
import { startOrders } from "./orders.ts"
import { program } from "../fixtures/program.ts"

const sap = { id: "r1", name: "SAP", owner: "Mara" }
const crm = { id: "r2", name: "CRM" }
const changed = { outcome: "changed" }
const unchanged = { outcome: "unchanged" }

overEachEngine((store) => {
  describe("rows of an inventory", () => {
    test("are added, changed and read back in their order, with their revisions", async () => {
      const scope = await startOrders(store())
      expect(await store().saveRow(scope, "orders", "SRC-04", sap, 0, 2_000)).toEqual({ outcome: "saved", revision: 1 })
      expect(await store().saveRow(scope, "orders", "SRC-04", crm, 0, 3_000)).toEqual({ outcome: "saved", revision: 2 })
      const jonas = { ...sap, owner: "Jonas" }
      expect(await store().saveRow(scope, "orders", "SRC-04", jonas, 1, 4_000)).toEqual({ outcome: "saved", revision: 3 })
      expect(await store().loadRows(scope, "orders", "SRC-04")).toEqual([
        { row: jonas, revision: 3, savedAt: 4_000, waiting: false },
        { row: crm, revision: 2, savedAt: 3_000, waiting: false },
      ])
    })

    test("added twice under one id are one row", async () => {
      const scope = await startOrders(store())
      const twice = await Promise.all([1, 2].map(() => store().saveRow(scope, "orders", "SRC-04", sap, 0, 2_000)))
      expect(twice).toEqual([1, 2].map(() => ({ outcome: "saved", revision: 1 })))
      expect(await store().loadRows(scope, "orders", "SRC-04")).toHaveLength(1)
    })

    test("changed on an old state are a conflict that shows the row as it is", async () => {
      const scope = await startOrders(store())
      await store().saveRow(scope, "orders", "SRC-04", sap, 0, 2_000)
      const late = { ...sap, owner: "somebody" }
      const conflict = { outcome: "conflict", current: sap, revision: 1 }
      expect(await store().saveRow(scope, "orders", "SRC-04", late, 0, 3_000)).toEqual(conflict)
      expect(await store().saveRow(scope, "orders", "SRC-04", late, 7, 3_000)).toEqual(conflict)
      expect(await store().saveRow(scope, "orders", "SRC-04", crm, 1, 3_000)).toEqual({
        outcome: "conflict",
        current: undefined,
        revision: 0,
      })
    })

    test("removed and added again never repeat a revision that another page may have seen", async () => {
      const scope = await startOrders(store())
      await store().saveRow(scope, "orders", "SRC-04", sap, 0, 2_000)
      expect(await store().removeRow(scope, "orders", "SRC-04", "r1", 3_000)).toEqual(changed)
      expect(await store().removeRow(scope, "orders", "SRC-04", "r1", 3_000)).toEqual(unchanged)
      await store().saveRow(scope, "orders", "SRC-04", { ...sap, owner: "Jonas" }, 0, 4_000)
      expect(await store().saveRow(scope, "orders", "SRC-04", sap, 1, 5_000)).toMatchObject({ outcome: "conflict", revision: 3 })
      await store().replaceInventory(scope, { domain: "orders", question: "SRC-04", rows: [sap] }, 6_000)
      expect(await store().saveRow(scope, "orders", "SRC-04", crm, 3, 7_000)).toMatchObject({ outcome: "conflict" })
      expect(await store().saveRow(scope, "orders", "SRC-04", { ...sap, owner: "x" }, 3, 7_000)).toMatchObject({ revision: 4 })
    })
  })

  describe("an inventory", () => {
    test("without rows says that there are none only when somebody said so", async () => {
      const scope = await startOrders(store())
      const inventories = async () => (await store().loadEngagement(scope))?.engagement.inventories
      const none = [{ domain: "orders", question: "SRC-04", rows: [] }]
      await store().saveRow(scope, "orders", "SRC-04", sap, 0, 2_000)
      await store().removeRow(scope, "orders", "SRC-04", "r1", 2_000)
      expect(await inventories()).toEqual([])
      expect(await store().stateNone(scope, "orders", "SRC-04", true, 3_000)).toEqual(changed)
      expect(await inventories()).toEqual(none)
      expect(await store().stateNone(scope, "orders", "SRC-04", false, 4_000)).toEqual(changed)
      expect(await inventories()).toEqual([])
      await store().stateNone(scope, "orders", "SRC-04", true, 5_000)
      await store().saveRow(scope, "orders", "SRC-04", sap, 0, 6_000)
      expect(await inventories()).toEqual([{ domain: "orders", question: "SRC-04", rows: [sap] }])
      expect(await store().stateNone(scope, "orders", "SRC-04", true, 7_000)).toEqual(unchanged)
      await store().removeRow(scope, "orders", "SRC-04", "r1", 8_000)
      expect(await inventories()).toEqual([])
    })

    test("is replaced whole, with its evidence and order", async () => {
      const scope = await startOrders(store())
      await store().saveRow(scope, "orders", "SRC-04", sap, 0, 2_000)
      const inventory = { domain: "orders", question: "SRC-04", rows: [crm, sap], evidence: "measured" } as const
      expect(await store().replaceInventory(scope, inventory, 3_000)).toBe(true)
      expect((await store().loadEngagement(scope))?.engagement.inventories).toEqual([inventory])
    })

    test("of a domain that is not there, or of another engagement, is missing", async () => {
      const scope = await startOrders(store())
      const other = await startOrders(store())
      await store().saveRow(other, "orders", "SRC-04", sap, 0, 2_000)
      const foreign = { engagement: "foreign", by: program }
      expect(await store().saveRow(foreign, "orders", "SRC-04", sap, 0, 2_000)).toBeUndefined()
      expect(await store().saveRow(scope, "nowhere", "SRC-04", sap, 0, 2_000)).toBeUndefined()
      expect(await store().stateNone(scope, "nowhere", "SRC-04", true, 2_000)).toEqual(unchanged)
      expect(await store().replaceInventory(foreign, { domain: "orders", question: "SRC-04", rows: [] }, 2_000)).toBe(false)
      expect(await store().removeRow(scope, "orders", "SRC-04", "r1", 2_000)).toEqual(unchanged)
      expect(await store().loadRows(scope, "orders", "SRC-04")).toEqual([])
      expect(await store().loadRows(other, "orders", "SRC-04")).toHaveLength(1)
    })
  })
})
