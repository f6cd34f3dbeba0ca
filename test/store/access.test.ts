import { randomUUID } from "node:crypto"
import { isDeepStrictEqual } from "node:util"
import { describe, expect, test } from "vitest"
import type { EngagementScope, ListOutcome, Store } from "../../src/store/store.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"
import { program } from "../fixtures/program.ts"
import { type ActorName, actorNames, accountOf, addAccount, type Cast, castOf, castsOf } from "./actors.ts"
import { overEachEngine } from "./engines.ts"
import { answered, changeTo, orders, startOrders } from "./orders.ts"

const owners: readonly ActorName[] = ["owner", "administrator", "program"]
const editors: readonly ActorName[] = [...owners, "editor"]
// A reader's account that was made an owner before it became one reads on, as every membership of it does.
const readers: readonly ActorName[] = [...editors, "reader", "reader account made owner"]
const own: readonly ActorName[] = [...editors, "respondent of it"]

interface Method {
  readonly who: readonly ActorName[]
  /** Whether an archived engagement still takes it. */
  readonly archived: boolean
  /** What makes it possible, done by the program. */
  readonly before?: (store: Store, scope: EngagementScope) => Promise<unknown>
  /** Whether it worked. */
  readonly call: (store: Store, scope: EngagementScope, cast: Cast) => Promise<boolean>
}

const mara = (scope: EngagementScope) => ({ ...scope, respondent: "mara" })
const row = { id: "r", name: "SAP" }
const decision = { domain: "orders", question: "SRC-01", value: 2, rationale: "seen" } as const
const drop = { initiative: "I01", action: "drop", reason: "too early" } as const
const link = (store: Store, scope: EngagementScope) => store.issueLink(mara(scope), randomUUID(), 9_000_000, 2_000)
const answer = (store: Store, scope: EngagementScope) => store.saveAnswers(mara(scope), [changeTo(answered(2))], 2_000)

const list = ["orders", "SRC-04"] as const
const addRow = (store: Store, scope: EngagementScope) => store.saveRow(scope, ...list, row, 0, 2_000)
const removeRow = async (store: Store, scope: EngagementScope) => {
  await addRow(store, scope)
  return store.removeRow(scope, ...list, "r", 2_000)
}
const done = async (change: Promise<ListOutcome>) => (await change).outcome === "changed"

/** Every method of the store that touches one engagement, with those who may. */
const methods: Readonly<Record<string, Method>> = {
  loadEngagement: { who: readers, archived: true, call: async (s, o) => (await s.loadEngagement(o)) !== undefined },
  revisionOf: { who: readers, archived: true, call: async (s, o) => (await s.revisionOf(o)) !== undefined },
  listEngagements: {
    who: readers,
    archived: true,
    call: async (s, { by, engagement }) => (await s.listEngagements(by)).some(({ id }) => id === engagement),
  },
  listMembers: { who: readers, archived: true, call: async (s, o) => (await s.listMembers(o)) !== undefined },
  standingOf: { who: readers, archived: true, call: async (s, o) => (await s.standingOf(o)) !== undefined },
  changeDetails: {
    who: editors,
    archived: false,
    call: (s, o) => s.changeDetails(o, { title: "New", client: "C", plan: orders.plan }, 2_000),
  },
  changeTerms: {
    who: editors,
    archived: false,
    call: (s, o) => s.changeTerms(o, { confidentiality: "role", remindOn: [] }, 2_000),
  },
  changeQuestionnaire: {
    who: editors,
    archived: false,
    call: (s, o) => s.changeQuestionnaire(o, { ...smallQuestionnaire, hash: "two" }, 2_000),
  },
  saveDomain: { who: editors, archived: false, call: (s, o) => s.saveDomain(o, { id: "new", name: "New" }, 2_000) },
  removeDomain: { who: editors, archived: false, call: (s, o) => s.removeDomain(o, "stock", 2_000) },
  saveRespondent: {
    who: editors,
    archived: false,
    call: (s, o) => s.saveRespondent(o, { id: "ines", name: "Inês", role: "AD" }, 2_000),
  },
  addRespondents: {
    who: editors,
    archived: false,
    call: (s, o) => s.addRespondents(o, [{ id: "ines", name: "Inês", role: "AD" }], 2_000),
  },
  removeRespondent: { who: editors, archived: true, call: (s, o) => s.removeRespondent(o, "jonas", 2_000) },
  issueLink: { who: editors, archived: false, call: link },
  addLinks: {
    who: editors,
    archived: false,
    call: async (s, o) => (await s.addLinks(o, [{ respondent: "mara", tokenHash: randomUUID() }], 9_000, 2_000)).length > 0,
  },
  revokeLink: { who: editors, archived: true, before: link, call: (s, o) => s.revokeLink(mara(o), 2_000) },
  changeExpiry: { who: editors, archived: false, before: link, call: (s, o) => s.changeExpiry(mara(o), 9_999, 2_000) },
  addressees: {
    who: editors,
    archived: false,
    call: async (s, o) => (await s.addressees(o, "invitation", ["mara"], 2_000)) !== undefined,
  },
  putOutMessages: {
    who: editors,
    archived: false,
    call: async (s, o) =>
      (await s.putOutMessages(o, "invitation", [{ id: "m", respondent: "mara" }], 9_000, 2_000))?.length === 1,
  },
  listMessages: {
    who: editors,
    archived: true,
    before: (s, o) => s.putOutMessages(o, "invitation", [{ id: "m", respondent: "mara" }], 9_000, 2_000),
    call: async (s, o) => (await s.listMessages(o)).length > 0,
  },
  stopReminders: { who: own, archived: true, before: link, call: (s, o) => s.stopReminders(mara(o), true, 2_000) },
  loadResponse: { who: own, archived: true, call: async (s, o) => (await s.loadResponse(mara(o))) !== undefined },
  answerHistory: {
    who: own,
    archived: true,
    before: answer,
    call: async (s, o) => (await s.answerHistory(o, "mara", "orders", "SRC-01")).length > 0,
  },
  saveAnswers: { who: own, archived: false, call: async (s, o) => (await answer(s, o))[0]?.outcome === "saved" },
  submit: { who: own, archived: false, call: (s, o) => s.submit(mara(o), 2_000) },
  reopen: { who: own, archived: false, before: (s, o) => s.submit(mara(o), 2_000), call: (s, o) => s.reopen(mara(o), 2_000) },
  loadRows: {
    who: own,
    archived: true,
    before: (s, o) => s.saveRow(o, "orders", "SRC-04", row, 0, 2_000),
    call: async (s, o) => (await s.loadRows(o, "orders", "SRC-04")).length > 0,
  },
  saveRow: {
    who: own,
    archived: false,
    call: async (s, o) => (await s.saveRow(o, "orders", "SRC-04", row, 0, 2_000))?.outcome === "saved",
  },
  loadRow: {
    who: own,
    archived: true,
    before: addRow,
    call: async (s, o) => (await s.loadRow(o, ...list, "r")) !== undefined,
  },
  saveRows: {
    who: own,
    archived: false,
    call: async (s, o) => (await s.saveRows(o, ...list, [{ id: "r", row, seen: 0 }], 2_000))?.[0]?.outcome === "saved",
  },
  removeRow: { who: own, archived: false, before: addRow, call: (s, o) => done(s.removeRow(o, ...list, "r", 2_000)) },
  loadRemovedRow: {
    who: own,
    archived: true,
    before: removeRow,
    call: async (s, o) => (await s.loadRemovedRow(o, ...list, "r")) !== undefined,
  },
  restoreRow: { who: own, archived: false, before: removeRow, call: (s, o) => done(s.restoreRow(o, ...list, "r", 2_000)) },
  moveRow: {
    who: own,
    archived: false,
    before: async (s, o) => [await addRow(s, o), await s.saveRow(o, ...list, { ...row, id: "q" }, 0, 2_000)],
    call: (s, o) => done(s.moveRow(o, ...list, "q", { place: 1 }, 2_000)),
  },
  giveRows: { who: own, archived: false, before: addRow, call: (s, o) => done(s.giveRows(o, ...list, ["r"], "mara", 2_000)) },
  stateNone: { who: own, archived: false, call: (s, o) => done(s.stateNone(o, ...list, true, 2_000)) },
  rowHistory: {
    who: own.filter((name) => name !== "respondent of it"),
    archived: true,
    before: addRow,
    call: async (s, o) => (await s.rowHistory(o, ...list, "r")).length > 0,
  },
  saveDecision: {
    who: editors,
    archived: false,
    call: (s, o) => s.saveDecision(o, "orders", "SRC-01", decision, 2_000),
  },
  saveOverride: { who: editors, archived: false, call: (s, o) => s.saveOverride(o, drop, 2_000) },
  removeOverride: {
    who: editors,
    archived: false,
    before: (s, o) => s.saveOverride(o, drop, 2_000),
    call: (s, o) => s.removeOverride(o, "I01", undefined, 2_000),
  },
  saveMember: {
    who: owners,
    archived: true,
    call: async (s, o, { actors }) =>
      (await s.saveMember(o, accountOf(actors["foreign consultant"]), "editor", 2_000)) === "saved",
  },
  removeMember: {
    who: owners,
    archived: true,
    call: async (s, o, { actors }) => (await s.removeMember(o, accountOf(actors.reader), 2_000)) === "removed",
  },
  archive: { who: owners, archived: true, call: async (s, o) => (await s.archive(o, true, 2_000)) || s.archive(o, false, 2_000) },
  removeEngagement: { who: owners, archived: true, call: (s, o) => s.removeEngagement(o, 2_000) },
}

overEachEngine((store) => {
  describe.each(Object.entries(methods))("%s", (_name, { who, archived, before, call }) => {
    test("is for those who may, and to all others as if it were not there", async () => {
      const casts = await castsOf(store(), actorNames.length)
      const tried = await Promise.all(
        actorNames.map(async (actor, at) => {
          const cast = casts[at] ?? expect.fail("no cast")
          await before?.(store(), cast.scope("program"))
          const state = await store().loadEngagement(cast.scope("program"))
          const missing = await call(store(), { engagement: randomUUID(), by: cast.actors[actor] }, cast)
          const worked = await call(store(), cast.scope(actor), cast)
          const changed = !isDeepStrictEqual(state, await store().loadEngagement(cast.scope("program")))
          return { actor, worked, missing, changed: changed && !worked }
        }),
      )
      const expected = actorNames.map((actor) => ({ actor, worked: who.includes(actor), missing: false, changed: false }))
      expect(tried).toEqual(expected)
    })

    test(`an archived engagement ${archived ? "takes" : "refuses"} it`, async () => {
      const cast = await castOf(store())
      await before?.(store(), cast.scope("program"))
      await store().archive(cast.scope("owner"), true, 2_000)
      const state = await store().loadEngagement(cast.scope("program"))
      expect(await call(store(), cast.scope("owner"), cast)).toBe(archived)
      if (!archived) expect(await store().loadEngagement(cast.scope("program"))).toEqual(state)
    })
  })

  test("standing is the most that somebody may do", async () => {
    const cast = await castOf(store())
    const standing = async (name: ActorName) => store().standingOf(cast.scope(name))
    expect(await standing("owner")).toBe("owner")
    expect(await standing("administrator")).toBe("owner")
    expect(await standing("editor")).toBe("editor")
    expect(await standing("reader")).toBe("reader")
    expect(await standing("reader account made owner")).toBe("reader")
  })

  test.each(["reader", "disabled owner", "disabled administrator", "no account", "respondent of it"] as const)(
    "no engagement is added by %s",
    async (actor) => {
      const cast = await castOf(store())
      const engagement = randomUUID()
      const add = store().addEngagement({ engagement, by: cast.actors[actor] }, orders, smallQuestionnaire, 2_000)
      await expect(add).rejects.toThrow("may not add")
      expect(await store().loadEngagement({ engagement, by: program })).toBeUndefined()
    },
  )

  test("a consultant who adds an engagement owns it", async () => {
    const account = await addAccount(store())
    const scope = { engagement: randomUUID(), by: { account } }
    await store().addEngagement(scope, orders, smallQuestionnaire, 2_000)
    expect(await store().standingOf(scope)).toBe("owner")
  })

  test("respondents reach nobody else's answers, in their own engagement either", async () => {
    const scope = await startOrders(store())
    const jonas = { ...scope, by: { respondent: "jonas" } }
    await store().saveAnswers(scope, [changeTo(answered(2))], 2_000)
    expect(await store().loadResponse(jonas)).toBeUndefined()
    expect(await store().answerHistory(jonas, "mara", "orders", "SRC-01")).toEqual([])
    expect(await store().saveAnswers(jonas, [changeTo(answered(4), { seen: 1 })], 3_000)).toMatchObject([{ outcome: "closed" }])
    expect(await store().submit(jonas, 3_000)).toBe(false)
    expect((await store().loadResponse({ ...jonas, respondent: "jonas" }))?.stored.engagement.answers).toEqual([])
  })

  describe("the promise that only roles are seen", () => {
    const terms = (confidentiality: "named" | "role") => ({ confidentiality, remindOn: [] })

    test("can be taken back until somebody has answered, and not after", async () => {
      const scope = await startOrders(store())
      expect(await store().changeTerms(scope, terms("role"), 2_000)).toBe(true)
      expect(await store().changeTerms(scope, terms("named"), 2_000)).toBe(true)
      expect(await store().changeTerms(scope, terms("role"), 2_000)).toBe(true)
      await store().saveAnswers(scope, [changeTo(answered(2))], 2_500)
      expect(await store().changeTerms(scope, terms("named"), 3_000)).toBe(false)
      // An answer that was taken back was given under the promise all the same.
      await store().saveAnswers(scope, [changeTo(undefined, { seen: 1 })], 3_000)
      expect(await store().changeTerms(scope, terms("named"), 3_000)).toBe(false)
      expect(await store().changeTerms(scope, { ...terms("role"), closesAt: 9_000 }, 3_000)).toBe(true)
      expect((await store().loadEngagement(scope))?.terms).toEqual({ ...terms("role"), closesAt: 9_000 })
    })

    test("holds for somebody who only submitted, too", async () => {
      const scope = await startOrders(store())
      await store().changeTerms(scope, terms("role"), 2_000)
      await store().submit(scope, 2_500)
      expect(await store().changeTerms(scope, terms("named"), 3_000)).toBe(false)
    })

    test("can be made at any time", async () => {
      const scope = await startOrders(store())
      await store().saveAnswers(scope, [changeTo(answered(2))], 2_500)
      expect(await store().changeTerms(scope, terms("role"), 3_000)).toBe(true)
    })
  })
})
