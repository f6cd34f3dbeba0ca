import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { assess } from "../../src/assessment/assess.ts"
import { coverDimensions } from "../../src/assessment/coverage.ts"
import type { Engagement, Questionnaire } from "../../src/assessment/model.ts"
import { manyPeople } from "../fixtures/many-people.ts"
import { program } from "../fixtures/program.ts"
import { sampleInput } from "../fixtures/sample.ts"
import { wordsOf } from "./sample-stage.ts"
import { NOON, openStage, type Stage } from "./stage.ts"

let stage: Stage
let questionnaire: Questionnaire
let engagement: Engagement
beforeAll(async () => {
  questionnaire = (await sampleInput()).questionnaire
  const many = manyPeople(questionnaire, { people: 60, domains: 20 })
  const late = [
    { id: "late", name: "Lena Late", role: "DM", domains: ["d1"] },
    { id: "new", name: "Nora New", role: "DM", domains: ["d2"] },
  ]
  engagement = { ...many, respondents: [...many.respondents, ...late] }
  stage = await openStage({ questionnaire, engagement })
  await stage.issueLink("late")
  await stage.store.submit({ engagement: "e1", respondent: "p1", by: program }, NOON)
})
afterAll(() => stage.close())

const home = "/engagements/e1"
const get = async (path = "") =>
  (
    await stage
      .consultant()
      .get(home + path)
      .expect(200)
  ).text

describe("the overview of 20 domains", () => {
  test("has a heat map of coverage whose cells say their share and open the answers behind", async () => {
    const html = await get()
    const cells = [...html.matchAll(/<a class="cover-(\d)" href="([^"]+)" title="([^"]+)">(\d+)</g)]
    const expected = assess(questionnaire, engagement).domains.flatMap((domain) =>
      coverDimensions(questionnaire, domain.consensus).map((one) => ({ domain: domain.domain, ...one })),
    )
    expect(cells.map(([, , , , share]) => Number(share))).toEqual(expected.map(({ share }) => Math.round((share ?? 0) * 100)))
    expect(cells[15]?.[2]).toBe(`${home}/answers/d2#LEA`)
    expect(cells[15]?.[3]).toBe(`${expected[15]?.name}: ${expected[15]?.answered} of ${expected[15]?.asked} questions answered`)
  })

  test("says how far the matrix is indicative, and draws it so", async () => {
    const html = await get()
    const { domains } = assess(questionnaire, engagement)
    expect(wordsOf(html)).toMatch(/Indicative: \d+ % of the weight on the matrix is answered\./)
    expect(domains.some(({ position }) => !position.placed)).toBe(true)
    expect(html).toContain("stroke-dasharray")
    expect(wordsOf(html)).toContain("Hollow dot in a dashed box: indicative only.")
  })

  test("counts people by state, role and domain, and leads to them", async () => {
    const html = await get()
    expect(wordsOf(html)).toMatch(/Who is where 1 not invited 1 invited 59 begun 1 submitted/)
    expect(html).toContain(`href="${home}/people?state=invited"`)
    expect(html).toContain(`href="${home}/people?state=not-invited&amp;role=DM"`)
    expect(html).toContain(`href="${home}/people?state=submitted&amp;domain=d1"`)
  })

  test("names the roles nobody stands for in a domain", async () => {
    const asked = engagement.respondents.filter(({ domains }) => domains?.includes("d1"))
    const missing = questionnaire.roles.filter(({ id }) => !asked.some(({ role }) => role === id)).map(({ name }) => name)
    expect(missing.length).toBeGreaterThan(0)
    expect(wordsOf(await get())).toContain(missing.join(", "))
  })

  test("lists the first of what to find out next, and all of it on pages of its own", async () => {
    const { next } = assess(questionnaire, engagement)
    const overview = await get()
    expect(wordsOf(overview)).toContain(`See all, with the ${next.length - 8} that could move less`)
    const all = wordsOf(await get("/next"))
    expect(all).toContain(`1 to 50 of ${next.length}`)
    const kept = next.filter(({ domain, why }) => domain === "d3" && why === "disputed")
    expect(wordsOf(await get("/next?domain=d3&why=disputed"))).toContain(`${kept.length} questions, about`)
    for (const query of ["?domain=nowhere", "?why=x", "?page=-4", "?page=9999"])
      expect(await get(`/next${query}`)).toContain("What to find out next</h1>")
  })
})

test("a result with pseudonyms is kept apart from the one without", async () => {
  await stage.store.saveMember({ engagement: "e1", by: program }, "rita", "reader", NOON)
  const owner = await get("/answers/d1/DQC-03")
  const reader = (await stage.consultant("rita").get(`${home}/answers/d1/DQC-03`).expect(200)).text
  expect(owner).toMatch(/Person \d/)
  expect(reader).not.toMatch(/Person \d/)
  const ids = (text: string): boolean => /"respondent": "p\d+"/.test(text)
  const asked = await stage.consultant().get(`${home}/result.json`).expect(200)
  const read = await stage.consultant("rita").get(`${home}/result.json`).expect(200)
  expect(ids(JSON.stringify(asked.body, null, 1))).toBe(true)
  expect(ids(JSON.stringify(read.body, null, 1))).toBe(false)
})
