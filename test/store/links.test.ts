import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import { overEachEngine } from "./engines.ts"
import type { ResponseScope } from "../../src/store/store.ts"
import { startOrders } from "./orders.ts"

/** What a link of that person opens. */
const own = ({ engagement, respondent }: ResponseScope): ResponseScope => ({ engagement, respondent, by: { respondent } })

overEachEngine((store) => {
  describe("a personal link", () => {
    test("opens one response, as often as its owner likes, and says when it was used last", async () => {
      const scope = await startOrders(store())
      const [token, session, second] = [randomUUID(), randomUUID(), randomUUID()]
      expect(await store().issueLink(scope, token, 9_000, 2_000)).toBe(true)
      expect(await store().readLink(token, 3_000)).toEqual({ scope: own(scope), expired: false })
      expect((await store().loadEngagement(scope))?.responses[0]?.link).toEqual({ issuedAt: 2_000, expiresAt: 9_000 })
      expect(await store().openSession(token, session, 8_000, 3_000)).toEqual(own(scope))
      expect(await store().openSession(token, second, 8_000, 4_000)).toEqual(own(scope))
      expect(await store().readSession(session, 5_000)).toEqual(own(scope))
      expect((await store().loadEngagement(scope))?.responses[0]?.link?.lastUsedAt).toBe(4_000)
    })

    test("reading it changes nothing", async () => {
      const scope = await startOrders(store())
      const token = randomUUID()
      await store().issueLink(scope, token, 9_000, 2_000)
      const before = await store().loadEngagement(scope)
      await store().readLink(token, 3_000)
      await store().readLink(token, 99_000)
      expect(await store().loadEngagement(scope)).toEqual(before)
    })

    test("that has expired says so and opens nothing", async () => {
      const scope = await startOrders(store())
      const [token, session] = [randomUUID(), randomUUID()]
      await store().issueLink(scope, token, 9_000, 2_000)
      expect(await store().readLink(token, 9_000)).toEqual({ scope: own(scope), expired: true })
      expect(await store().openSession(token, session, 20_000, 9_000)).toBeUndefined()
      expect(await store().readSession(session, 9_000)).toBeUndefined()
    })

    test("that was revoked looks like one that never was, and its sessions end", async () => {
      const scope = await startOrders(store())
      const [token, session] = [randomUUID(), randomUUID()]
      await store().issueLink(scope, token, 9_000, 2_000)
      await store().openSession(token, session, 8_000, 3_000)
      expect(await store().revokeLink(scope, 4_000)).toBe(true)
      expect(await store().revokeLink(scope, 4_500)).toBe(false)
      expect(await store().readLink(token, 5_000)).toEqual(await store().readLink("never issued", 5_000))
      expect(await store().openSession(token, randomUUID(), 8_000, 5_000)).toBeUndefined()
      expect(await store().readSession(session, 5_000)).toBeUndefined()
      expect((await store().loadEngagement(scope))?.responses[0]?.link?.revokedAt).toBe(4_000)
    })

    test("issued again replaces the earlier one and ends what that opened", async () => {
      const scope = await startOrders(store())
      const [old, session, fresh] = [randomUUID(), randomUUID(), randomUUID()]
      await store().issueLink(scope, old, 9_000, 2_000)
      await store().openSession(old, session, 8_000, 3_000)
      expect(await store().issueLink(scope, fresh, 19_000, 4_000)).toBe(true)
      expect(await store().readLink(old, 5_000)).toBeUndefined()
      expect(await store().readSession(session, 5_000)).toBeUndefined()
      expect(await store().readLink(fresh, 5_000)).toEqual({ scope: own(scope), expired: false })
    })

    test("goes with its person, and there is none for somebody who is not there", async () => {
      const scope = await startOrders(store())
      const [token, session] = [randomUUID(), randomUUID()]
      expect(await store().issueLink({ ...scope, respondent: "nobody" }, token, 9_000, 2_000)).toBe(false)
      expect(await store().issueLink({ ...scope, engagement: "foreign" }, token, 9_000, 2_000)).toBe(false)
      await store().issueLink(scope, token, 9_000, 2_000)
      await store().openSession(token, session, 8_000, 3_000)
      expect(await store().removeRespondent(scope, "mara", 4_000)).toBe(true)
      expect(await store().readLink(token, 5_000)).toBeUndefined()
      expect(await store().readSession(session, 5_000)).toBeUndefined()
    })

    test("revoked while sessions open leaves none of them alive", async () => {
      for (let round = 0; round < 10; round += 1) {
        const scope = await startOrders(store())
        const token = randomUUID()
        const sessions = [randomUUID(), randomUUID(), randomUUID()]
        await store().issueLink(scope, token, 9_000, 2_000)
        const opening = sessions.map((session) => store().openSession(token, session, 8_000, 3_000))
        await Promise.all([...opening, store().revokeLink(scope, 3_000)])
        expect(await Promise.all(sessions.map((session) => store().readSession(session, 4_000)))).toEqual(
          sessions.map(() => undefined),
        )
      }
    })
  })

  describe("a session", () => {
    test("ends at its time, or when it is ended", async () => {
      const scope = await startOrders(store())
      const [token, first, second] = [randomUUID(), randomUUID(), randomUUID()]
      await store().issueLink(scope, token, 9_000, 2_000)
      await store().openSession(token, first, 5_000, 3_000)
      await store().openSession(token, second, 8_000, 3_000)
      expect(await store().readSession(first, 5_000)).toBeUndefined()
      expect(await store().readSession(second, 5_000)).toEqual(own(scope))
      await store().endSession(second)
      expect(await store().readSession(second, 5_000)).toBeUndefined()
    })
  })
})
