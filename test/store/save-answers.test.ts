import { describe, expect, test } from "vitest"
import type { SaveOutcome } from "../../src/store/store.ts"
import { overEachEngine } from "./engines.ts"
import { answered, changeTo, startOrders } from "./orders.ts"
import { program } from "../fixtures/program.ts"

const gone = { outcome: "closed", because: "gone" }
const submitted = { outcome: "closed", because: "submitted" }

overEachEngine((store) => {
  describe("saving answers", () => {
    test("the first save is revision 1, the next on it 2, and the response shows the last", async () => {
      const scope = await startOrders(store())
      expect(await store().saveAnswers(scope, [changeTo(answered(2))], 2_000)).toEqual([
        { outcome: "saved", revision: 1, savedAt: 2_000 },
      ])
      const full = {
        status: "answered",
        value: ["a", "b"],
        companion: 3,
        comment: "As far as we know",
        evidence: "document",
      } as const
      expect(await store().saveAnswers(scope, [changeTo(full, { seen: 1 })], 3_000)).toEqual([
        { outcome: "saved", revision: 2, savedAt: 3_000 },
      ])
      const response = await store().loadResponse(scope)
      expect(response?.answers).toEqual([{ domain: "orders", question: "SRC-01", revision: 2, savedAt: 3_000, ...full }])
      expect(response?.respondent.name).toBe("Mara Lindqvist")
    })

    test("outcomes come in the order given, and one conflict does not undo its neighbours", async () => {
      const scope = await startOrders(store())
      await store().saveAnswers(scope, [changeTo(answered(0))], 2_000)
      const outcomes = await store().saveAnswers(
        scope,
        [changeTo(answered(4), { question: "SRC-02" }), changeTo(answered(4)), changeTo(answered(2), { domain: "stock" })],
        3_000,
      )
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(["saved", "conflict", "saved"])
      expect(
        (await store().loadResponse(scope))?.answers.map(({ domain, question, value }) => [domain, question, value]),
      ).toEqual([
        ["orders", "SRC-01", 0],
        ["orders", "SRC-02", 4],
        ["stock", "SRC-01", 2],
      ])
    })

    test("what the same page stored without hearing so counts as seen; what another stored does not", async () => {
      const scope = await startOrders(store())
      await store().saveAnswers(scope, [changeTo(answered(2), { key: "lost" })], 2_000)
      const again = changeTo(answered(3), { key: "again", unheard: ["never-came", "lost"] })
      expect(await store().saveAnswers(scope, [again], 3_000)).toEqual([{ outcome: "saved", revision: 2, savedAt: 3_000 }])
      const late = changeTo(answered(4), { key: "late", unheard: ["lost"] })
      expect((await store().saveAnswers(scope, [late], 4_000))[0]?.outcome).toBe("conflict")
      const elsewhere = changeTo(answered(4), { key: "other", question: "SRC-02", unheard: ["again"] })
      await store().saveAnswers(scope, [changeTo(answered(1), { question: "SRC-02", key: "tab" })], 5_000)
      expect((await store().saveAnswers(scope, [elsewhere], 6_000))[0]?.outcome).toBe("conflict")
    })

    test("two tabs: the second is shown what the first saved, and nothing is overwritten", async () => {
      const scope = await startOrders(store())
      await store().saveAnswers(scope, [changeTo(answered(2, "first tab"))], 2_000)
      expect(await store().saveAnswers(scope, [changeTo(answered(4, "second tab"))], 3_000)).toEqual([
        {
          outcome: "conflict",
          current: { domain: "orders", question: "SRC-01", revision: 1, savedAt: 2_000, ...answered(2, "first tab") },
        },
      ])
      expect(await store().answerHistory(scope, "mara", "orders", "SRC-01")).toHaveLength(1)
    })

    test("the same answer from both tabs is no conflict and no second revision", async () => {
      const scope = await startOrders(store())
      await store().saveAnswers(scope, [changeTo({ status: "answered", value: 2, comment: "same" })], 2_000)
      const revision = await store().revisionOf(scope)
      expect(await store().saveAnswers(scope, [changeTo({ comment: "same", value: 2, status: "answered" })], 3_000)).toEqual([
        { outcome: "saved", revision: 1, savedAt: 2_000 },
      ])
      expect(await store().revisionOf(scope)).toBe(revision)
    })

    test("a replayed key gives the stored outcome, also after later saves and after submitting", async () => {
      const scope = await startOrders(store())
      const first = changeTo(answered(2))
      const stored = await store().saveAnswers(scope, [first], 2_000)
      await store().saveAnswers(scope, [changeTo(answered(4), { seen: 1 })], 3_000)
      expect(await store().saveAnswers(scope, [first], 4_000)).toEqual(stored)
      await store().submit(scope, 5_000)
      expect(await store().saveAnswers(scope, [first], 6_000)).toEqual(stored)
      expect((await store().loadResponse(scope))?.answers[0]).toMatchObject({ value: 4, revision: 2 })
    })

    test("a key that comes back with other content is never called saved", async () => {
      const scope = await startOrders(store())
      const first = changeTo(answered(2))
      await store().saveAnswers(scope, [first], 2_000)
      const [outcome] = await store().saveAnswers(scope, [{ ...first, seen: 1, content: answered(4) }], 3_000)
      expect(outcome).toMatchObject({ outcome: "conflict", current: { value: 2 } })
    })

    test("a key belongs to one answer: another question may use it again", async () => {
      const scope = await startOrders(store())
      const changes = [changeTo(answered(2), { key: "k" }), changeTo(answered(4), { key: "k", question: "SRC-02" })]
      expect((await store().saveAnswers(scope, changes, 2_000)).map(({ outcome }) => outcome)).toEqual(["saved", "saved"])
    })

    test("clearing keeps the history, revisions grow on, and a page that shows nothing may answer again", async () => {
      const scope = await startOrders(store())
      await store().saveAnswers(scope, [changeTo(answered(2))], 2_000)
      expect(await store().saveAnswers(scope, [changeTo(undefined, { seen: 1 })], 3_000)).toMatchObject([{ revision: 2 }])
      expect((await store().loadResponse(scope))?.answers).toEqual([])
      expect(await store().saveAnswers(scope, [changeTo(answered(0), { seen: 1 })], 3_500)).toEqual([
        { outcome: "conflict", current: undefined },
      ])
      expect(await store().saveAnswers(scope, [changeTo(answered(4))], 4_000)).toMatchObject([{ outcome: "saved", revision: 3 }])
      expect(await store().answerHistory(scope, "mara", "orders", "SRC-01")).toEqual([
        { revision: 1, at: 2_000, respondent: "mara", content: answered(2) },
        { revision: 2, at: 3_000, respondent: "mara", content: undefined },
        { revision: 3, at: 4_000, respondent: "mara", content: answered(4) },
      ])
    })

    test("a draft is kept word for word for its author and is never part of the engagement", async () => {
      const scope = await startOrders(store())
      const draft = { status: "draft", raw: { "SRC-01": ["7", "x"], "SRC-01.comment": "not finished" } } as const
      await store().saveAnswers(scope, [changeTo(draft)], 2_000)
      expect((await store().loadResponse(scope))?.answers).toMatchObject([draft])
      const stored = await store().loadEngagement(scope)
      expect(stored?.engagement.answers).toEqual([])
      expect((await store().listEngagements(program)).find(({ id }) => id === scope.engagement)?.answers).toBe(0)
    })

    test("50 answers saved at once are all there, each once, and each moved the engagement on", async () => {
      const scope = await startOrders(store())
      const before = (await store().revisionOf(scope)) ?? 0
      const saves = Array.from({ length: 50 }, (_, number) =>
        store().saveAnswers(scope, [changeTo(answered(number % 5), { question: `Q-${number}` })], 2_000 + number),
      )
      const outcomes = (await Promise.all(saves)).flat()
      expect(outcomes.filter(({ outcome }) => outcome === "saved")).toHaveLength(50)
      expect((await store().loadResponse(scope))?.answers).toHaveLength(50)
      expect(await store().revisionOf(scope)).toBe(before + 50)
    })

    test("of 50 saves of one answer at once exactly one is kept and the others learn which", async () => {
      const scope = await startOrders(store())
      const saves = Array.from({ length: 50 }, (_, number) =>
        store().saveAnswers(scope, [changeTo(answered(number % 5, `tab ${number}`))], 2_000),
      )
      const outcomes = (await Promise.all(saves)).flat()
      const winners = outcomes.flatMap((outcome, number) => (outcome.outcome === "saved" ? [number] : []))
      expect(winners).toHaveLength(1)
      const comment = `tab ${winners[0]}`
      expect(outcomes.filter((one) => one.outcome === "conflict" && one.current?.comment === comment)).toHaveLength(49)
    })

    test("one key sent ten times at once is one save with one outcome", async () => {
      const scope = await startOrders(store())
      const change = changeTo(answered(2))
      const outcomes = (await Promise.all(Array.from({ length: 10 }, () => store().saveAnswers(scope, [change], 2_000)))).flat()
      expect(outcomes).toEqual(Array.from({ length: 10 }, () => ({ outcome: "saved", revision: 1, savedAt: 2_000 })))
      expect(await store().answerHistory(scope, "mara", "orders", "SRC-01")).toHaveLength(1)
    })
  })

  test("a response shows its own answers and nobody else's", async () => {
    const scope = await startOrders(store())
    await store().saveAnswers(scope, [changeTo(answered(2))], 2_000)
    await store().saveAnswers({ ...scope, respondent: "jonas" }, [changeTo(answered(4))], 2_000)
    const response = await store().loadResponse({ ...scope, respondent: "jonas" })
    expect(response?.answers.map(({ value }) => value)).toEqual([4])
    expect(response?.stored.engagement.answers.map(({ respondent }) => respondent)).toEqual(["jonas"])
    expect((await store().loadEngagement(scope))?.engagement.answers).toHaveLength(2)
  })

  describe("a response that is closed", () => {
    test("a submitted one takes no more until it is opened again", async () => {
      const scope = await startOrders(store())
      expect(await store().submit(scope, 2_000)).toBe(true)
      expect(await store().submit(scope, 2_500)).toBe(false)
      expect(await store().saveAnswers(scope, [changeTo(answered(2))], 3_000)).toEqual([submitted])
      expect((await store().loadResponse(scope))?.submittedAt).toBe(2_000)
      expect(await store().reopen(scope, 4_000)).toBe(true)
      expect(await store().reopen(scope, 4_500)).toBe(false)
      expect(await store().saveAnswers(scope, [changeTo(answered(2))], 5_000)).toMatchObject([{ outcome: "saved" }])
      expect((await store().loadResponse(scope))?.submittedAt).toBeUndefined()
    })

    test("a revoked link, a removed person, a removed domain and a foreign engagement are all gone", async () => {
      const scope = await startOrders(store())
      const other = await startOrders(store())
      expect(await store().saveAnswers({ ...scope, respondent: "nobody" }, [changeTo(answered(2))], 2_000)).toEqual([gone])
      expect(await store().saveAnswers({ ...scope, engagement: "foreign" }, [changeTo(answered(2))], 2_000)).toEqual([gone])
      await store().removeDomain(scope, "stock", 2_000)
      expect(await store().saveAnswers(scope, [changeTo(answered(2), { domain: "stock" })], 2_000)).toEqual([gone])
      await store().issueLink(scope, `hash of ${scope.engagement}`, 9_000, 2_000)
      await store().revokeLink(scope, 2_500)
      expect(await store().saveAnswers(scope, [changeTo(answered(2))], 3_000)).toEqual([gone])
      await store().removeRespondent(other, "mara", 3_000)
      expect(await store().saveAnswers(other, [changeTo(answered(2))], 4_000)).toEqual([gone])
    })

    test("submitting while saves arrive leaves no save after it", async () => {
      for (let round = 0; round < 10; round += 1) {
        const scope = await startOrders(store())
        const saves: Promise<readonly SaveOutcome[]>[] = []
        for (let number = 0; number < 8; number += 1) {
          if (number === 4)
            saves.push(
              store()
                .submit(scope, 3_000)
                .then(() => []),
            )
          saves.push(store().saveAnswers(scope, [changeTo(answered(2), { question: `Q-${number}` })], 2_000))
        }
        const outcomes = (await Promise.all(saves)).flat()
        const kept = (await store().loadResponse(scope))?.answers.length
        expect(outcomes.filter(({ outcome }) => outcome === "saved")).toHaveLength(kept ?? -1)
        expect(outcomes.filter(({ outcome }) => outcome === "closed")).toEqual(
          Array.from({ length: 8 - (kept ?? 0) }, () => submitted),
        )
      }
    })
  })
})
