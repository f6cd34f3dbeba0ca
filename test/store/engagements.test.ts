import { randomUUID } from "node:crypto"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Answer } from "../../src/assessment/model.ts"
import { UnstorableText } from "../../src/store/store.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"
import { overEachEngine } from "./engines.ts"
import { answered, changeTo, orders, startOrders } from "./orders.ts"
import { anyEngagement } from "./random-content.ts"
import { program } from "../fixtures/program.ts"

overEachEngine((store) => {
  describe("an engagement", () => {
    test("comes back from the store as it went in, whatever is in it", async () => {
      await fc.assert(
        fc.asyncProperty(anyEngagement, async (engagement) => {
          const id = randomUUID()
          await store().addEngagement({ engagement: id, by: program }, engagement, smallQuestionnaire, 1_000)
          const stored = await store().loadEngagement({ engagement: id, by: program })
          expect(stored?.engagement).toEqual(engagement)
          expect(stored?.questionnaire).toEqual(smallQuestionnaire)
          await store().removeEngagement({ engagement: id, by: program }, 1_000)
        }),
        { numRuns: 60 },
      )
    })

    test("of many answers is added whole, each with its first revision", async () => {
      const respondents = Array.from({ length: 60 }, (_, at) => ({ id: `p${at}`, name: `Person ${at}`, role: "AD" }))
      const answers = respondents.flatMap(({ id }) =>
        orders.domains.flatMap((domain) =>
          smallQuestionnaire.questions.map((question, at): Answer => ({
            respondent: id,
            domain: domain.id,
            question: question.id,
            status: "answered",
            value: at,
          })),
        ),
      )
      const scope = await startOrders(store(), { respondents, answers })
      expect((await store().loadEngagement(scope))?.engagement.answers).toEqual(answers)
      expect(await store().answerHistory(scope, "p59", "stock", "USE-02")).toEqual([
        {
          revision: 1,
          at: 1_000,
          respondent: "p59",
          content: { status: "answered", value: smallQuestionnaire.questions.length - 1 },
        },
      ])
      const [saved] = await store().saveAnswers({ ...scope, respondent: "p59" }, [changeTo(answered(4), { seen: 1 })], 2_000)
      expect(saved).toMatchObject({ outcome: "saved", revision: 2 })
    })

    test("that does not hold together, or whose id is taken, is refused and leaves nothing behind", async () => {
      const scope = await startOrders(store())
      const strange: Answer = { respondent: "nobody", domain: "orders", question: "SRC-01", status: "dont-know" }
      const before = await store().listEngagements(program)
      const id = randomUUID()
      await expect(
        store().addEngagement({ engagement: id, by: program }, { ...orders, answers: [strange] }, smallQuestionnaire, 2_000),
      ).rejects.toThrow(/foreign key/i)
      await expect(store().addEngagement(scope, orders, smallQuestionnaire, 2_000)).rejects.toThrow(/unique/i)
      expect(await store().listEngagements(program)).toEqual(before)
    })

    test("is listed with its counts, newest first", async () => {
      const scope = await startOrders(store())
      const later = randomUUID()
      await store().addEngagement({ engagement: later, by: program }, { ...orders, title: "Later" }, smallQuestionnaire, 5_000)
      await store().saveAnswers(scope, [changeTo(answered(2)), changeTo({ status: "dont-know" }, { question: "SRC-02" })], 2_000)
      await store().saveAnswers(scope, [changeTo(undefined, { seen: 1 })], 3_000)
      await store().submit(scope, 4_000)
      const list = (await store().listEngagements(program)).filter(({ id }) => id === scope.engagement || id === later)
      const common = { archivedAt: null, client: orders.client, domains: 2, respondents: 2 }
      expect(list).toEqual([
        { id: later, title: "Later", createdAt: 5_000, submitted: 0, answers: 0, ...common },
        { id: scope.engagement, title: orders.title, createdAt: 1_000, submitted: 1, answers: 1, ...common },
      ])
    })

    test("moves its revision on with each change to anything in it, and with nothing else", async () => {
      const scope = await startOrders(store())
      const steps: (() => Promise<unknown>)[] = [
        () => store().changeDetails(scope, { title: "New", client: "C", plan: { ...orders.plan, people: 7 } }, 2_000),
        () => store().saveDomain(scope, { id: "billing", name: "Billing" }, 2_000),
        () => store().saveRespondent(scope, { id: "ines", name: "Inês", role: "AD" }, 2_000),
        () => store().issueLink(scope, scope.engagement, 9_000, 2_000),
        () => store().openSession(scope.engagement, randomUUID(), 9_000, 2_000),
        () => store().saveAnswers(scope, [changeTo(answered(2)), changeTo(answered(4), { question: "SRC-02" })], 2_000),
        () => store().saveRow(scope, "orders", "SRC-04", { id: "r", name: "SAP" }, 0, 2_000),
        () => store().submit(scope, 2_000),
        () => store().changeQuestionnaire(scope, { ...smallQuestionnaire, version: "2", hash: "two" }, 2_000),
      ]
      for (const [done, step] of steps.entries()) {
        await step()
        expect(await store().revisionOf(scope)).toBe(done + 2)
      }
      await store().saveAnswers(scope, [changeTo(answered(0))], 3_000)
      await store().removeDomain(scope, "moon", 3_000)
      await store().readLink(scope.engagement, 3_000)
      expect(await store().revisionOf(scope)).toBe(steps.length + 1)
      expect((await store().loadEngagement(scope))?.engagement).toMatchObject({ title: "New", plan: { people: 7 } })
    })

    test("is read as it was at one moment, while others save", async () => {
      const scope = await startOrders(store())
      const work = Array.from({ length: 40 }, async (_, at) => {
        await store().saveAnswers(
          scope,
          [changeTo(answered(2), { domain: at % 2 ? "orders" : "stock", question: `Q-${at}` })],
          2_000,
        )
        const response = await store().loadResponse(scope)
        return [response?.stored.revision, response?.answers.length]
      })
      for (const [revision, answers] of await Promise.all(work)) expect(answers).toBe((revision ?? 0) - 1)
    })

    test("keeps its questionnaire frozen until it is moved; what the new one does not ask comes back with the old", async () => {
      const scope = await startOrders(store())
      await store().saveAnswers(scope, [changeTo(answered(2)), changeTo(answered(4), { question: "SRC-02" })], 2_000)
      const shorter = { ...smallQuestionnaire, hash: "shorter", questions: smallQuestionnaire.questions.slice(1) }
      expect(await store().changeQuestionnaire(scope, shorter, 3_000)).toBe(true)
      const stored = await store().loadEngagement(scope)
      expect(stored?.questionnaire.questions).toHaveLength(shorter.questions.length)
      expect(stored?.engagement.questionnaire.hash).toBe("shorter")
      expect(stored?.engagement.answers.map(({ question }) => question)).toEqual(["SRC-02"])
      await store().changeQuestionnaire(scope, smallQuestionnaire, 4_000)
      expect((await store().loadEngagement(scope))?.engagement.answers).toHaveLength(2)
    })

    test("that is removed is gone with all of it; a foreign one is missing", async () => {
      const scope = await startOrders(store())
      await store().saveAnswers(scope, [changeTo(answered(2))], 2_000)
      expect(await store().removeEngagement(scope, 2_000)).toBe(true)
      expect(await store().removeEngagement(scope, 2_000)).toBe(false)
      expect(await store().loadEngagement(scope)).toBeUndefined()
      expect(await store().revisionOf(scope)).toBeUndefined()
      expect(await store().changeDetails(scope, { title: "", client: "", plan: orders.plan }, 2_000)).toBe(false)
      expect(await store().changeQuestionnaire(scope, smallQuestionnaire, 2_000)).toBe(false)
      expect(await store().answerHistory(scope, "mara", "orders", "SRC-01")).toEqual([])
    })
  })

  describe("text that no database keeps", () => {
    test.each([
      ["NUL", "before\0after", "NUL"],
      ["half a surrogate pair", "before\ud83dafter", "surrogate"],
    ])("%s is refused with its place, and nothing is written", async (_, comment, named) => {
      const scope = await startOrders(store())
      const before = await store().revisionOf(scope)
      const refused = store().saveAnswers(scope, [changeTo(answered(2)), changeTo(answered(2, comment))], 2_000)
      await expect(refused).rejects.toThrow(UnstorableText)
      await expect(refused).rejects.toThrow("content.comment")
      await expect(refused).rejects.toThrow(named)
      await expect(store().saveDomain(scope, { id: "x", name: comment }, 2_000)).rejects.toThrow(UnstorableText)
      await expect(store().loadEngagement({ engagement: comment, by: program })).rejects.toThrow(UnstorableText)
      expect(await store().revisionOf(scope)).toBe(before)
    })
  })

  test("the probe reads and writes", async () => {
    await expect(store().probe(2_000)).resolves.toBeUndefined()
  })
})
