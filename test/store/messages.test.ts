import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import type { Actor, EngagementScope, Store } from "../../src/store/store.ts"
import { program } from "../fixtures/program.ts"
import { overEachEngine } from "./engines.ts"
import { answered, changeTo, orders, startOrders } from "./orders.ts"

const LEASE = 5_000
const DAY = 86_400_000
const until = (now: number): number => now + 30 * DAY

const people = [
  { id: "mara", name: "Mara Lindqvist", role: "AD", email: "mara@example.com" },
  { id: "jonas", name: "Jonas Weber", role: "DPE", email: "jonas@example.com" },
  { id: "nadia", name: "Nadia Silent", role: "DPE" },
]

const start = (store: Store) => startOrders(store, { respondents: people })

const messagesFor = (...ids: readonly string[]) => ids.map((respondent) => ({ id: randomUUID(), respondent }))

const invite = (store: Store, scope: EngagementScope, now: number, ...ids: readonly string[]) =>
  store.putOutMessages(scope, "invitation", messagesFor(...ids), until(now), now)

const claim = (store: Store, now: number, by: Actor = program) =>
  store.claimMessage(by, { tokenHash: randomUUID(), expiresAt: until(now) }, LEASE, now)

/** Sends everything that is due, so that tests on one database do not find each other's messages. */
const drain = async (store: Store, now: number) => {
  const sent: string[] = []
  for (;;) {
    const message = await claim(store, now)
    if (message === undefined) return sent
    if (message === "again") continue
    sent.push(message.respondent)
    await store.settleMessage(program, message, { outcome: "sent" }, now)
  }
}

const claimOne = async (store: Store, now: number) => {
  const message = await claim(store, now)
  if (message === undefined || message === "again") throw new Error("Nothing was claimed.")
  return message
}

overEachEngine((store) => {
  describe("messages", () => {
    test("are put out for those who should get one, once, and say why for the others", async () => {
      const scope = await start(store())
      expect(await invite(store(), scope, 2_000, "mara", "nadia", "nobody", "mara")).toEqual([
        { respondent: "mara" },
        { respondent: "nadia", withheld: "no-address" },
        { respondent: "nobody", withheld: "gone" },
      ])
      expect(await invite(store(), scope, 2_500, "mara")).toEqual([{ respondent: "mara", withheld: "recent" }])
      expect(await store().listMessages(scope)).toMatchObject([{ respondent: "mara", kind: "invitation", state: "waiting" }])
      expect((await store().loadEngagement(scope))?.responses[0]?.link).toMatchObject({
        issuedAt: 2_000,
        expiresAt: until(2_000),
      })
      expect(await drain(store(), 3_000)).toEqual(["mara"])
      expect(await store().listMessages(scope, "mara")).toMatchObject([{ state: "sent", sentAt: 3_000, tries: 1 }])
      expect(await store().listMessages(scope, "jonas")).toEqual([])
      // Ten minutes later it is a message of its own.
      expect(await invite(store(), scope, 2_000 + 600_001, "mara")).toEqual([{ respondent: "mara" }])
      await drain(store(), 700_000)
    })

    test("two clicks at once are one message", async () => {
      const scope = await start(store())
      const clicks = await Promise.all([1, 2, 3].map(() => invite(store(), scope, 2_000, "mara")))
      expect(clicks.filter((judged) => judged?.[0]?.withheld === undefined)).toHaveLength(1)
      expect(await drain(store(), 3_000)).toEqual(["mara"])
    })

    test("are looked at without putting any out", async () => {
      const scope = await start(store())
      expect(await store().addressees(scope, "reminder", ["mara"], 2_000)).toEqual([
        { respondent: "mara", withheld: "not-invited" },
      ])
      expect(await store().addressees(scope, "invitation", ["mara"], 2_000)).toEqual([{ respondent: "mara" }])
      expect(await store().listMessages(scope)).toEqual([])
    })

    test("are nothing for strangers and respondents", async () => {
      const scope = await start(store())
      await invite(store(), scope, 2_000, "mara")
      for (const by of [{ account: "stranger" }, { respondent: "mara" }]) {
        const foreign = { engagement: scope.engagement, by }
        expect(await invite(store(), foreign, 2_000, "jonas")).toBeUndefined()
        expect(await store().addressees(foreign, "invitation", ["jonas"], 2_000)).toBeUndefined()
        expect(await store().listMessages(foreign)).toEqual([])
        expect(await claim(store(), 3_000, by)).toBeUndefined()
        expect(await store().putOutReminders(by, "2026-03-09", randomUUID, until(0), 3_000)).toBe(0)
      }
      expect(await drain(store(), 3_000)).toEqual(["mara"])
    })

    test("are two hundred invitations a day and no more", async () => {
      const many = Array.from({ length: 203 }, (_, index) => ({
        id: `p${index}`,
        name: `Person ${index}`,
        role: "AD",
        email: `p${index}@example.com`,
      }))
      const scope = await startOrders(store(), { respondents: many })
      const judged = (await invite(store(), scope, 2_000, ...many.map(({ id }) => id))) ?? []
      expect(judged.filter(({ withheld }) => withheld === undefined)).toHaveLength(200)
      expect(judged.slice(200).map(({ withheld }) => withheld)).toEqual(["limit", "limit", "limit"])
      expect(await invite(store(), scope, 3_000, "p201")).toEqual([{ respondent: "p201", withheld: "limit" }])
      expect(await invite(store(), scope, 2_001 + DAY, "p201")).toEqual([{ respondent: "p201" }])
      await store().removeEngagement(scope, 4_000)
      expect(await drain(store(), 2_002 + DAY)).toEqual([])
    })
  })

  describe("a claim", () => {
    test("goes to one of many who ask at once, and each message to somebody", async () => {
      const scope = await startOrders(store(), {
        respondents: Array.from({ length: 20 }, (_, index) => ({
          id: `p${index}`,
          name: `Person ${index}`,
          role: "AD",
          email: `p${index}@example.com`,
        })),
      })
      await invite(store(), scope, 2_000, ...Array.from({ length: 20 }, (_, index) => `p${index}`))
      const workers = await Promise.all([1, 2, 3, 4].map(() => drain(store(), 3_000)))
      expect(workers.flat().sort()).toEqual(Array.from({ length: 20 }, (_, index) => `p${index}`).sort())
    })

    test("holds until its lease ends; then somebody else has the message, and the late one cannot settle it", async () => {
      const scope = await start(store())
      await invite(store(), scope, 2_000, "mara")
      const first = await claimOne(store(), 3_000)
      expect(first).toMatchObject({ respondent: "mara", name: "Mara Lindqvist", email: "mara@example.com", tries: 1 })
      expect(await claim(store(), 3_000 + LEASE - 1)).toBeUndefined()
      const second = await claimOne(store(), 3_000 + LEASE)
      expect(second).toMatchObject({ id: first.id, tries: 2 })
      expect(await store().settleMessage(program, first, { outcome: "undeliverable", problem: "late" }, 9_000)).toBe(false)
      expect(await store().settleMessage(program, second, { outcome: "sent" }, 9_000)).toBe(true)
      expect(await store().listMessages(scope)).toMatchObject([{ state: "sent", tries: 2 }])
    })

    test("makes a link that works beside the earlier ones", async () => {
      const scope = await start(store())
      const [handed, mailed] = [randomUUID(), randomUUID()]
      await store().issueLink(scope, handed, 9_000, 1_500)
      await invite(store(), scope, 2_000, "mara")
      await store().claimMessage(program, { tokenHash: mailed, expiresAt: until(3_000) }, LEASE, 3_000)
      for (const token of [handed, mailed]) expect(await store().readLink(token, 10_000)).toMatchObject({ expired: false })
      await drain(store(), 20_000)
    })

    test("is tried again when it may be, and a fault of the server does not count", async () => {
      const scope = await start(store())
      await invite(store(), scope, 2_000, "mara")
      const away = { outcome: "waiting", dueAt: 10_000, problem: "The mail server does not answer", counts: false } as const
      await store().settleMessage(program, await claimOne(store(), 3_000), away, 3_000)
      expect(await store().listMessages(scope)).toMatchObject([{ state: "waiting", tries: 0, problem: away.problem }])
      expect(await claim(store(), 9_999)).toBeUndefined()
      await store().settleMessage(program, await claimOne(store(), 10_000), { ...away, counts: true, dueAt: 20_000 }, 10_000)
      expect(await claimOne(store(), 20_000)).toMatchObject({ tries: 2 })
      const refused = { outcome: "undeliverable", problem: "550 5.1.1 No such user" } as const
      const [message] = await store().listMessages(scope)
      await store().settleMessage(program, { ...scope, id: message?.id ?? "", tries: 2 }, refused, 20_001)
      expect(await store().listMessages(scope)).toMatchObject([{ state: "undeliverable", problem: refused.problem }])
      expect(await claim(store(), 90_000_000)).toBeUndefined()
      // The address may be right by now.
      expect(await invite(store(), scope, 21_000, "mara")).toEqual([{ respondent: "mara" }])
      await drain(store(), 22_000)
    })

    const whatStopsIt: Readonly<Record<string, (store: Store, scope: Awaited<ReturnType<typeof start>>) => Promise<unknown>>> = {
      submitted: (store, scope) => store.submit(scope, 2_500),
      revoked: (store, scope) => store.revokeLink(scope, 2_500),
      unsubscribed: (store, scope) => store.stopReminders(scope, true, 2_500),
      closed: (store, scope) => store.changeTerms(scope, { confidentiality: "named", closesAt: 2_600, remindOn: [] }, 2_500),
      "no-address": (store, scope) => store.saveRespondent(scope, { id: "mara", name: "Mara", role: "AD" }, 2_500),
    }
    test.each(Object.keys(whatStopsIt))("is not given when the person meanwhile is: %s", async (because) => {
      const scope = await start(store())
      await invite(store(), scope, 2_000, "mara")
      await whatStopsIt[because]?.(store(), scope)
      expect(await claim(store(), 3_000)).toBe("again")
      expect(await claim(store(), 3_000)).toBeUndefined()
      expect(await store().listMessages(scope)).toMatchObject([{ state: "withheld", problem: because }])
      expect(await invite(store(), scope, 4_000, "mara")).toEqual([{ respondent: "mara", withheld: because }])
    })

    test("is not given in an archived engagement, nor for somebody who is erased", async () => {
      const scope = await start(store())
      await invite(store(), scope, 2_000, "mara", "jonas")
      await store().removeRespondent(scope, "jonas", 2_200)
      await store().archive(scope, true, 2_500)
      expect(await drain(store(), 3_000)).toEqual([])
      expect(await store().listMessages(scope)).toMatchObject([{ respondent: "mara", state: "withheld", problem: "closed" }])
      expect(await invite(store(), scope, 4_000, "mara")).toBeUndefined()
    })

    test("says who asked: the account that did, or an owner when that one is gone", async () => {
      const [owner, editor] = [randomUUID(), randomUUID()]
      for (const id of [owner, editor]) {
        await store().addAccount(program, { id, name: `Account ${id}`, email: `${id}@example.com`, role: "consultant" }, 1_000)
      }
      const scope = await start(store())
      await store().saveMember(scope, owner, "owner", 1_100)
      await store().saveMember(scope, editor, "editor", 1_200)
      await invite(store(), { engagement: scope.engagement, by: { account: editor } }, 2_000, "mara", "jonas")
      const first = await claimOne(store(), 3_000)
      expect(first.asker?.email).toBe(`${editor}@example.com`)
      await store().disableAccount(program, editor, true, 3_000)
      expect((await claimOne(store(), 3_000)).asker?.email).toBe(`${owner}@example.com`)
      await drain(store(), 99_000)
    })
  })

  describe("reminders of chosen days", () => {
    const onDays = (store: Store, scope: EngagementScope, ...remindOn: readonly string[]) =>
      store.changeTerms(scope, { confidentiality: "named", remindOn }, 1_500)
    const remind = (store: Store, day: string, now: number) => store.putOutReminders(program, day, randomUUID, until(now), now)

    test("go out once for each day, to those who were invited and have not submitted", async () => {
      const scope = await startOrders(store(), {
        respondents: [...people, { id: "sven", name: "Sven", role: "AD", email: "sven@example.com" }],
      })
      await onDays(store(), scope, "2026-03-09", "2026-03-16")
      await invite(store(), scope, 2_000, "mara", "jonas")
      await drain(store(), 2_500)
      await store().saveAnswers(scope, [changeTo(answered(2))], 2_600)
      await store().submit({ ...scope, respondent: "jonas" }, 2_700)
      const rounds = await Promise.all([1, 2, 3].map(() => remind(store(), "2026-03-09", 10_000)))
      expect(rounds.reduce((sum, one) => sum + one)).toBe(1)
      expect(await drain(store(), 11_000)).toEqual(["mara"])
      expect(await remind(store(), "2026-03-10", DAY)).toBe(0)
      await store().stopReminders({ ...scope, by: { respondent: "mara" } }, true, DAY)
      expect(await remind(store(), "2026-03-16", 7 * DAY)).toBe(0)
      expect(await drain(store(), 8 * DAY)).toEqual([])
    })

    test("spare those who were reminded by hand the same morning, and archived or closed engagements", async () => {
      const scope = await start(store())
      await onDays(store(), scope, "2026-04-06")
      await invite(store(), scope, 2_000, "mara", "jonas")
      await drain(store(), 2_500)
      expect(await store().putOutMessages(scope, "reminder", messagesFor("mara"), until(3_000), 3_000)).toEqual([
        { respondent: "mara" },
      ])
      await drain(store(), 3_500)
      const archived = await start(store())
      await invite(store(), archived, 2_000, "mara")
      await drain(store(), 2_500)
      await onDays(store(), archived, "2026-04-06")
      await store().archive(archived, true, 3_000)
      const closed = await start(store())
      await invite(store(), closed, 2_000, "mara")
      await drain(store(), 2_500)
      await store().changeTerms(closed, { confidentiality: "named", closesAt: 3_000, remindOn: ["2026-04-06"] }, 2_600)
      expect(await remind(store(), "2026-04-06", 4_000)).toBe(1)
      expect(await drain(store(), 5_000)).toEqual(["jonas"])
    })

    test("are declined and wanted again by the person, in the audit log without a name", async () => {
      const scope = await start(store())
      await store().issueLink(scope, randomUUID(), until(0), 2_000)
      const mara = { ...scope, by: { respondent: "mara" } }
      expect(await store().stopReminders({ ...scope, by: { respondent: "jonas" } }, true, 3_000)).toBe(false)
      expect(await store().stopReminders(mara, true, 3_000)).toBe(true)
      expect(await store().stopReminders(mara, true, 3_100)).toBe(false)
      expect((await store().loadEngagement(scope))?.responses[0]?.link?.unsubscribedAt).toBe(3_000)
      expect(await store().stopReminders(mara, false, 3_200)).toBe(true)
      const entries = (await store().readAudit(program, { engagement: scope.engagement, offset: 0, limit: 10 }))?.entries ?? []
      expect(entries.slice(0, 2).map(({ action }) => action)).toEqual(["reminders.wanted", "reminders.declined"])
      expect(JSON.stringify(entries)).not.toContain("mara")
    })
  })

  test("the end of an invitation can be moved, and every link follows", async () => {
    const scope = await startOrders(store(), { respondents: orders.respondents })
    const token = randomUUID()
    expect(await store().changeExpiry(scope, 20_000, 1_500)).toBe(false)
    await store().issueLink(scope, token, 9_000, 2_000)
    expect(await store().changeExpiry(scope, 20_000, 3_000)).toBe(true)
    expect(await store().readLink(token, 15_000)).toMatchObject({ expired: false })
    await store().revokeLink(scope, 4_000)
    expect(await store().changeExpiry(scope, 30_000, 5_000)).toBe(false)
  })
})
