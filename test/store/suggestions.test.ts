import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import { program } from "../fixtures/program.ts"
import { overEachEngine } from "./engines.ts"
import { answered, changeTo, startOrders } from "./orders.ts"

const section = { domain: "orders", dimension: "SRC" }

overEachEngine((store) => {
  const begin = async () => {
    const consultant = await startOrders(store())
    const mara = { ...consultant, by: { respondent: "mara" } }
    const jonas = { ...consultant, respondent: "jonas", by: { respondent: "jonas" } }
    return { consultant, mara, jonas }
  }
  const actionsOf = async (engagement: string) =>
    ((await store().readAudit(program, { engagement, offset: 0, limit: 20 }))?.entries ?? []).map(({ action }) => action)

  describe("a suggested colleague", () => {
    test("is seen by who named them and by the consultant, and by no other respondent", async () => {
      const { consultant, mara, jonas } = await begin()
      const made = { id: randomUUID(), section, name: "Ana Silva", email: "ana@example.com", note: "She runs the feeds" }
      expect(await store().suggest(mara, made, 2_000)).toBe(true)
      const seen = [{ ...made, respondent: "mara", madeAt: 2_000 }]
      expect(await store().listSuggestions(mara)).toEqual(seen)
      expect(await store().listSuggestions(consultant)).toEqual(seen)
      expect(await store().listSuggestions(jonas)).toEqual([])
      expect((await store().loadResponse(mara))?.suggestions).toEqual(seen)
      expect(await store().listSuggestions({ ...mara, engagement: "foreign" })).toEqual([])
      expect(await store().suggest({ ...jonas, respondent: "mara" }, { id: randomUUID(), name: "Eve" }, 2_000)).toBe(false)
      expect(JSON.stringify(await store().readAudit(program, { engagement: mara.engagement, offset: 0, limit: 20 }))).not.toMatch(
        /Ana|mara/,
      )
      expect(await actionsOf(mara.engagement)).toContain("colleague.suggested")
    })

    test("takes the place of the one named before, and can be taken back once", async () => {
      const { mara, jonas } = await begin()
      const [first, second, other] = [randomUUID(), randomUUID(), randomUUID()]
      await store().suggest(mara, { id: first, section, name: "Ana" }, 2_000)
      await store().suggest(mara, { id: other, name: "Ida" }, 2_500)
      await store().suggest(mara, { id: second, section, name: "Ben" }, 3_000)
      const outcomes = (await store().listSuggestions(mara)).map(({ name, decided }) => [name, decided?.outcome])
      expect(outcomes).toEqual([
        ["Ana", "withdrawn"],
        ["Ida", undefined],
        ["Ben", undefined],
      ])
      expect(await store().withdrawSuggestion(jonas, second, 4_000)).toBe(false)
      expect(await store().withdrawSuggestion(mara, second, 4_000)).toBe(true)
      expect(await store().withdrawSuggestion(mara, second, 5_000)).toBe(false)
    })

    test("is added with what the consultant made of them, and the link of the other ends", async () => {
      const { consultant, mara } = await begin()
      const [id, token] = [randomUUID(), randomUUID()]
      await store().issueLink(consultant, token, 9_000, 1_500)
      await store().suggest(mara, { id, name: "Ana" }, 2_000)
      const ana = { id: "ana", name: "Ana Silva", role: "AD", domains: ["orders"] }
      expect(await store().acceptSuggestion(mara, id, ana, true, 3_000)).toBe(false)
      expect(await store().acceptSuggestion(consultant, id, { ...ana, domains: ["elsewhere"] }, true, 3_000)).toBe(false)
      expect(await store().acceptSuggestion(consultant, id, ana, true, 3_000)).toBe(true)
      expect(await store().acceptSuggestion(consultant, id, ana, true, 4_000)).toBe(false)
      const loaded = await store().loadEngagement(consultant)
      expect(loaded?.engagement.respondents.at(-1)).toEqual(ana)
      expect(await store().readLink(token, 3_500)).toBeUndefined()
      expect((await store().listSuggestions(consultant))[0]?.decided).toEqual({ at: 3_000, outcome: "added" })
      expect(await actionsOf(consultant.engagement)).toEqual(expect.arrayContaining(["suggestion.added", "link.revoked"]))
    })

    test("that is declined stays listed, and what was answered stays", async () => {
      const { consultant, mara } = await begin()
      const id = randomUUID()
      await store().saveAnswers(mara, [changeTo(answered(2))], 1_500)
      await store().suggest(mara, { id, section, name: "Ana" }, 2_000)
      expect(await store().declineSuggestion(mara, id, 3_000)).toBe(false)
      expect(await store().declineSuggestion(consultant, id, 3_000)).toBe(true)
      expect(await store().declineSuggestion(consultant, id, 4_000)).toBe(false)
      expect((await store().loadResponse(mara))?.answers).toHaveLength(1)
    })

    test("goes with who named them, and none is taken once the engagement has closed", async () => {
      const { consultant, mara, jonas } = await begin()
      await store().suggest(mara, { id: randomUUID(), section, name: "Ana" }, 2_000)
      expect(await store().suggest(mara, { id: randomUUID(), section: { domain: "none", dimension: "SRC" }, name: "A" }, 2)).toBe(
        false,
      )
      await store().removeRespondent(consultant, "mara", 3_000)
      expect(await store().listSuggestions(consultant)).toEqual([])
      await store().changeTerms(consultant, { confidentiality: "named", closesAt: 5_000, remindOn: [] }, 4_000)
      expect(await store().suggest(jonas, { id: randomUUID(), name: "Ana" }, 6_000)).toBe(false)
    })
  })

  test("respondents read the names of the owners of their own engagement only", async () => {
    const { mara } = await begin()
    const engagement = randomUUID()
    const olga = { id: randomUUID(), name: "Olga Owner", email: `${randomUUID()}@example.com`, role: "consultant" } as const
    await store().addAccount({ program: "test" }, olga, 1)
    const loaded = await store().loadEngagement({ ...mara, by: { program: "test" } })
    if (loaded === undefined) throw new Error("not there")
    await store().addEngagement({ engagement, by: { account: olga.id } }, loaded.engagement, loaded.questionnaire, 1)
    expect(await store().ownersOf({ engagement, by: { respondent: "mara" } })).toEqual(["Olga Owner"])
    expect(await store().ownersOf({ engagement, by: { respondent: "stranger" } })).toEqual([])
    expect(await store().ownersOf(mara)).toEqual([])
  })

  test("links and reasons come back as they were given", async () => {
    const { mara } = await begin()
    const content = { status: "dont-know", reason: "Ask Ana", links: ["https://wiki.example/feeds"] } as const
    await store().saveAnswers(mara, [changeTo(content)], 2_000)
    expect((await store().loadResponse(mara))?.answers[0]).toMatchObject(content)
    expect((await store().loadEngagement({ ...mara, by: { program: "test" } }))?.engagement.answers[0]).toMatchObject(content)
  })
})
