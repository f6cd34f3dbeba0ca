import { describe, expect, test } from "vitest"
import type { EngagementScope, RowChange, Store } from "../../src/store/store.ts"
import { program } from "../fixtures/program.ts"
import { overEachEngine } from "./engines.ts"
import { startOrders } from "./orders.ts"

const LIST = ["orders", "SRC-04"] as const
const row = (id: string, more: Readonly<Record<string, string>> = {}) => ({ id, name: id.toUpperCase(), ...more })
const changed = { outcome: "changed" }
const unchanged = { outcome: "unchanged" }

const listOf = async (store: Store, ids: readonly string[]) => {
  const scope = await startOrders(store)
  await store.saveRows(
    scope,
    ...LIST,
    ids.map((id) => ({ id, row: row(id), seen: 0 })),
    2_000,
  )
  return scope
}

const ids = async (store: Store, scope: EngagementScope) => (await store.loadRows(scope, ...LIST)).map(({ row }) => row.id)

const asMara = ({ engagement }: EngagementScope) => ({ engagement, by: { respondent: "mara" } })
const asJonas = ({ engagement }: EngagementScope) => ({ engagement, by: { respondent: "jonas" } })

overEachEngine((store) => {
  describe("a removed row", () => {
    test("comes back with its content, owner and place", async () => {
      const scope = await listOf(store(), ["a", "b", "c"])
      await store().giveRows(scope, ...LIST, ["b"], "jonas", 3_000)
      const before = await store().loadRows(scope, ...LIST)
      expect(await store().removeRow(scope, ...LIST, "b", 4_000)).toEqual(changed)
      await store().removeRow(scope, ...LIST, "c", 4_000)
      await store().saveRow(scope, ...LIST, row("d"), 0, 4_500)
      expect(await store().loadRemovedRow(scope, ...LIST, "b")).toEqual(row("b"))
      expect(await store().restoreRow(scope, ...LIST, "b", 5_000)).toEqual(changed)
      expect(await store().restoreRow(scope, ...LIST, "b", 5_000)).toEqual(unchanged)
      expect(await store().loadRemovedRow(scope, ...LIST, "b")).toBeUndefined()
      expect(await ids(store(), scope)).toEqual(["a", "b", "d"])
      expect(await store().loadRow(scope, ...LIST, "b")).toMatchObject({ row: before[1]?.row, owner: "jonas", waiting: true })
      await store().restoreRow(scope, ...LIST, "c", 6_000)
      expect(await ids(store(), scope)).toEqual(["a", "b", "c", "d"])
    })

    test("that never was, or stands in the list, is not restored", async () => {
      const scope = await listOf(store(), ["a"])
      expect(await store().restoreRow(scope, ...LIST, "a", 3_000)).toEqual(unchanged)
      expect(await store().restoreRow(scope, ...LIST, "z", 3_000)).toEqual(unchanged)
    })
  })

  describe("the order of a list", () => {
    test("takes a row before or after another, and to a place", async () => {
      const scope = await listOf(store(), ["a", "b", "c", "d"])
      const move = async (id: string, to: Parameters<Store["moveRow"]>[4]) => {
        await store().moveRow(scope, ...LIST, id, to, 3_000)
        return (await ids(store(), scope)).join("")
      }
      expect(await move("d", { before: "b" })).toBe("adbc")
      expect(await move("d", { before: "b" })).toBe("adbc")
      expect(await move("a", { after: "b" })).toBe("dbac")
      expect(await move("c", { place: 1 })).toBe("cdba")
      expect(await move("c", { place: 99 })).toBe("dbac")
      expect(await store().moveRow(scope, ...LIST, "a", { before: "gone" }, 3_000)).toEqual(unchanged)
      expect(await store().moveRow(scope, ...LIST, "gone", { place: 1 }, 3_000)).toEqual(unchanged)
    })

    test("survives moves and additions side by side: every row once, each place once", async () => {
      const all = ["a", "b", "c", "d", "e", "f"]
      const scope = await listOf(store(), all)
      await Promise.all([
        ...all.map((id, at) => store().moveRow(scope, ...LIST, id, { place: 6 - at }, 3_000)),
        ...["g", "h"].map((id) => store().saveRow(scope, ...LIST, row(id), 0, 3_000)),
        store().removeRow(scope, ...LIST, "c", 3_000),
      ])
      const found = await ids(store(), scope)
      expect(found.toSorted()).toEqual(["a", "b", "d", "e", "f", "g", "h"])
      // With two rows in one place, some of these moves would go astray.
      for (const id of found) await store().moveRow(scope, ...LIST, id, { place: 1 }, 4_000)
      expect(await ids(store(), scope)).toEqual(found.toReversed())
    })

    test("is no reason for a conflict with who fills the row in", async () => {
      const scope = await listOf(store(), ["a", "b"])
      await store().moveRow(scope, ...LIST, "a", { after: "b" }, 3_000)
      await store().giveRows(scope, ...LIST, ["a"], "mara", 3_000)
      expect(await store().saveRow(scope, ...LIST, row("a", { owner: "x" }), 1, 4_000)).toMatchObject({ outcome: "saved" })
    })
  })

  describe("the owner of a row", () => {
    test("has it waiting until they save it, changed or not", async () => {
      const scope = await listOf(store(), ["a", "b", "c"])
      const waiting = async () => (await store().loadResponse({ ...scope, respondent: "jonas" }))?.waiting
      expect(await store().giveRows(scope, ...LIST, ["a", "b"], "jonas", 3_000)).toEqual(changed)
      expect(await store().giveRows(scope, ...LIST, ["a", "b"], "jonas", 3_000)).toEqual(unchanged)
      expect(await waiting()).toEqual([{ domain: "orders", question: "SRC-04", rows: 2 }])
      await store().saveRow(asMara(scope), ...LIST, row("a", { owner: "x" }), 1, 4_000)
      expect(await waiting()).toMatchObject([{ rows: 2 }])
      await store().saveRow(asJonas(scope), ...LIST, row("b"), 1, 4_000)
      expect(await waiting()).toMatchObject([{ rows: 1 }])
      const { revision = 0 } = (await store().loadRow(scope, ...LIST, "a")) ?? {}
      await store().saveRow(asJonas(scope), ...LIST, row("a", { owner: "y" }), revision, 5_000)
      expect(await waiting()).toEqual([])
      await store().giveRows(scope, ...LIST, ["a"], undefined, 6_000)
      expect(await store().loadRow(scope, ...LIST, "a")).not.toHaveProperty("owner")
    })

    test("is somebody who is asked about the domain", async () => {
      const scope = await startOrders(store(), {
        respondents: [
          { id: "mara", name: "Mara Lindqvist", role: "AD" },
          { id: "sven", name: "Sven", role: "AD", domains: ["stock"] },
        ],
      })
      await store().saveRow(scope, ...LIST, row("a"), 0, 2_000)
      expect(await store().giveRows(scope, ...LIST, ["a"], "sven", 3_000)).toEqual(unchanged)
      expect(await store().giveRows(scope, ...LIST, ["a"], "nobody", 3_000)).toEqual(unchanged)
      expect(await store().giveRows(scope, ...LIST, ["a"], "mara", 3_000)).toEqual(changed)
      await store().removeRespondent(scope, "mara", 4_000)
      expect(await store().loadRow(scope, ...LIST, "a")).toMatchObject({ waiting: false })
      const history = await store().rowHistory(scope, ...LIST, "a")
      expect(JSON.stringify(history)).not.toContain("mara")
    })
  })

  describe("many rows at once", () => {
    test("are added, changed and removed together, each judged on its own", async () => {
      const scope = await listOf(store(), ["a", "b", "c", "d"])
      await store().saveRow(scope, ...LIST, row("b", { owner: "other" }), 1, 3_000)
      const changes: RowChange[] = [
        { id: "a", row: row("a", { owner: "mine" }), seen: 1 },
        { id: "b", row: row("b", { owner: "mine" }), seen: 1 },
        { id: "c", row: undefined, seen: 1 },
        { id: "d", row: row("d"), seen: 1 },
        { id: "e", row: row("e"), seen: 0 },
        { id: "e", row: row("e", { owner: "twice" }), seen: 0 },
      ]
      const outcomes = await store().saveRows(scope, ...LIST, changes, 4_000)
      expect(outcomes).toEqual([
        { outcome: "saved", revision: 3 },
        { outcome: "conflict", current: row("b", { owner: "other" }), revision: 2 },
        { outcome: "saved", revision: 0 },
        { outcome: "saved", revision: 1 },
        { outcome: "saved", revision: 3 },
        { outcome: "conflict", current: undefined, revision: 0 },
      ])
      expect(await ids(store(), scope)).toEqual(["a", "b", "d", "e"])
    })

    test("sent again double nothing", async () => {
      const scope = await startOrders(store())
      const changes = Array.from({ length: 500 }, (_, at) => ({ id: `r${at}`, row: row(`r${at}`), seen: 0 }))
      const twice = await Promise.all([1, 2].map(() => store().saveRows(scope, ...LIST, changes, 2_000)))
      expect(twice.flat().every((one) => one?.outcome === "saved")).toBe(true)
      expect(await store().loadRows(scope, ...LIST)).toHaveLength(500)
    })

    test("by two people at once: different rows are both kept, of the same row one is a conflict", async () => {
      const scope = await listOf(store(), ["a", "b", "c"])
      const save = (by: EngagementScope, own: string, word: string) =>
        store().saveRows(
          by,
          ...LIST,
          ["c", own].map((id) => ({ id, row: row(id, { owner: word }), seen: 1 })),
          3_000,
        )
      const [mara, jonas] = await Promise.all([save(asMara(scope), "a", "mara"), save(asJonas(scope), "b", "jonas")])
      expect([mara?.[1]?.outcome, jonas?.[1]?.outcome]).toEqual(["saved", "saved"])
      expect(new Set([mara?.[0]?.outcome, jonas?.[0]?.outcome])).toEqual(new Set(["conflict", "saved"]))
    })
  })

  describe("for a respondent", () => {
    const everyChange = (scope: EngagementScope) => [
      store().saveRow(scope, ...LIST, row("a", { owner: "late" }), 1, 9_000),
      store()
        .saveRows(scope, ...LIST, [{ id: "z", row: row("z"), seen: 0 }], 9_000)
        .then((all) => all?.[0]),
      store().moveRow(scope, ...LIST, "a", { place: 2 }, 9_000),
      store().giveRows(scope, ...LIST, ["a"], "mara", 9_000),
      store().removeRow(scope, ...LIST, "a", 9_000),
      store().restoreRow(scope, ...LIST, "c", 9_000),
      store().stateNone(scope, ...LIST, true, 9_000),
    ]

    test.each(["submitted", "closed", "gone"] as const)("every change is refused once the answers are %s", async (because) => {
      const scope = await listOf(store(), ["a", "b", "c"])
      await store().removeRow(scope, ...LIST, "c", 2_500)
      const before = await store().loadRows(scope, ...LIST)
      if (because === "submitted") await store().submit({ ...scope, respondent: "mara" }, 3_000)
      if (because === "closed")
        await store().changeTerms(scope, { confidentiality: "named", closesAt: 9_000, remindOn: [] }, 3_000)
      if (because === "gone") {
        await store().issueLink({ ...scope, respondent: "mara" }, "hash", 99_000, 3_000)
        await store().revokeLink({ ...scope, respondent: "mara" }, 3_100)
      }
      const refused = { outcome: "closed", because }
      expect(await Promise.all(everyChange(asMara(scope)))).toEqual(Array.from({ length: 7 }, () => refused))
      expect(await store().loadRows(scope, ...LIST)).toEqual(before)
      expect(await store().removeRow(scope, ...LIST, "a", 9_500)).toEqual(changed)
    })

    test("a row saved in the instant of a submit is either in before it, or refused", async () => {
      const scope = await listOf(store(), ["a"])
      const saves = Array.from({ length: 10 }, (_, at) => store().saveRow(asMara(scope), ...LIST, row(`n${at}`), 0, 3_000))
      const submitted = store().submit({ ...scope, respondent: "mara" }, 3_000)
      const more = Array.from({ length: 10 }, (_, at) => store().saveRow(asMara(scope), ...LIST, row(`m${at}`), 0, 3_000))
      const outcomes = await Promise.all([...saves, ...more])
      expect(await submitted).toBe(true)
      const saved = outcomes.filter((one) => one?.outcome === "saved").length
      expect(outcomes.filter((one) => one?.outcome === "closed")).toHaveLength(20 - saved)
      expect(await store().loadRows(scope, ...LIST)).toHaveLength(1 + saved)
      expect(await store().saveRow(asMara(scope), ...LIST, row("late"), 0, 3_000)).toEqual({
        outcome: "closed",
        because: "submitted",
      })
    })

    test("lists of domains that they are not asked about are not there", async () => {
      const scope = await startOrders(store(), {
        respondents: [{ id: "mara", name: "Mara Lindqvist", role: "AD", domains: ["stock"] }],
      })
      await store().saveRow(scope, ...LIST, row("a"), 0, 2_000)
      const mara = asMara(scope)
      const [saved, ...others] = await Promise.all(everyChange(mara))
      expect(saved).toBeUndefined()
      expect(others.every((one) => one === undefined || one.outcome === "unchanged")).toBe(true)
      expect(await store().loadRows(mara, ...LIST)).toEqual([])
      expect(await store().loadRow(mara, ...LIST, "a")).toBeUndefined()
      expect(await store().loadRows(scope, ...LIST)).toHaveLength(1)
    })
  })

  describe("the history of a row", () => {
    test("holds every state with who, when and the old content, and is never changed", async () => {
      const scope = await listOf(store(), ["a", "b"])
      const mara = asMara(scope)
      await store().saveRow(mara, ...LIST, row("a", { owner: "x" }), 1, 3_000)
      const early = await store().rowHistory(scope, ...LIST, "a")
      await store().moveRow(mara, ...LIST, "a", { after: "b" }, 4_000)
      await store().giveRows(scope, ...LIST, ["a"], "jonas", 5_000)
      await store().removeRow(asJonas(scope), ...LIST, "a", 6_000)
      await store().restoreRow(mara, ...LIST, "a", 7_000)
      const history = await store().rowHistory(scope, ...LIST, "a")
      expect(history.slice(0, early.length)).toEqual(early)
      expect(history).toEqual([
        { revision: 1, at: 2_000, position: 1, row: row("a"), by: {} },
        { revision: 2, at: 3_000, position: 1, row: row("a", { owner: "x" }), by: { respondent: "mara" } },
        { revision: 3, at: 4_000, position: 2, row: row("a", { owner: "x" }), by: { respondent: "mara" } },
        { revision: 4, at: 5_000, position: 2, row: row("a", { owner: "x" }), owner: "jonas", by: {} },
        { revision: 5, at: 6_000, position: 2, row: undefined, owner: "jonas", by: { respondent: "jonas" } },
        { revision: 6, at: 7_000, position: 2, row: row("a", { owner: "x" }), owner: "jonas", by: { respondent: "mara" } },
      ])
      expect(await store().rowHistory(mara, ...LIST, "a")).toEqual([])
      expect(await store().rowHistory({ engagement: "other", by: program }, ...LIST, "a")).toEqual([])
    })

    test("begins with what came from a file", async () => {
      const scope = await startOrders(store(), { inventories: [{ domain: "orders", question: "SRC-04", rows: [row("a")] }] })
      expect(await store().rowHistory(scope, ...LIST, "a")).toMatchObject([{ revision: 1, row: row("a") }])
    })
  })
})
