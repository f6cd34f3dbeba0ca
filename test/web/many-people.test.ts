import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { assess } from "../../src/assessment/assess.ts"
import type { Engagement, Questionnaire } from "../../src/assessment/model.ts"
import { heavyFrom, questionWeight } from "../../src/assessment/weight.ts"
import { manyPeople } from "../fixtures/many-people.ts"
import { sampleInput } from "../fixtures/sample.ts"
import { wordsOf } from "./sample-stage.ts"
import { openStage, type Stage } from "./stage.ts"

let stage: Stage
let questionnaire: Questionnaire
let engagement: Engagement
beforeAll(async () => {
  questionnaire = (await sampleInput()).questionnaire
  engagement = manyPeople(questionnaire, { domains: 2 })
  stage = await openStage({ questionnaire, engagement })
})
afterAll(() => stage.close())

const home = "/engagements/e1"
const get = async (path: string) =>
  (
    await stage
      .consultant()
      .get(home + path)
      .expect(200)
  ).text
const listedIn = (html: string): readonly string[] =>
  [...html.matchAll(/<th scope="row"><a href="[^"]+">([A-Z]+-\d+)</g)].map(([, id]) => id ?? "")
const domain = () => assess(questionnaire, engagement).domains[0]

describe("the list of answers", () => {
  test("narrows to what is heavy and sorts by weight, and says what that means", async () => {
    const { heavy, largest } = heavyFrom(questionnaire)
    const text = await get("/answers/d1?show=heavy&sort=weight")
    const weights = listedIn(text).map((id) => questionWeight(questionnaire, id))
    expect(weights).toEqual(weights.toSorted((a, b) => b - a))
    expect(weights.length).toBe(questionnaire.questions.filter(({ id }) => questionWeight(questionnaire, id) >= heavy).length)
    expect(wordsOf(text)).toContain(`Heavy questions weigh ${heavy} or more; the heaviest weighs ${largest}.`)
  })

  test("sorts by how far people are apart", async () => {
    const deviations = new Map(domain()?.consensus.map((one) => [one.question, one.deviation]))
    const sorted = listedIn(await get("/answers/d1?show=disputed&sort=spread")).map((id) => deviations.get(id) ?? 0)
    expect(sorted.length).toBeGreaterThan(10)
    for (const [at, deviation] of sorted.entries()) expect(deviation).toBeGreaterThanOrEqual((sorted[at + 1] ?? 0) - 0.05)
  })

  test("is searched by id and text, and combines with role and filter", async () => {
    expect(listedIn(await get("/answers/d1?find=dqc-03"))).toEqual(["DQC-03"])
    expect(listedIn(await get("/answers/d1?find=NOTICES%20wrong"))).toEqual(["DQC-03"])
    const sponsor = listedIn(await get("/answers/d1?role=ES&show=gate"))
    for (const id of sponsor) {
      const question = questionnaire.questions.find((one) => one.id === id)
      expect([...(question?.primary ?? []), ...(question?.secondary ?? [])]).toContain("ES")
    }
    expect(wordsOf(await get("/answers/d1?find=%3Cscript%3E"))).toContain("No question is in this list")
  })

  test.each(["?show=constructor", "?sort=__proto__", "?role=nobody", "?find=%20", "?show=heavy&sort=x&role=y&page=z"])(
    "%s lists all the same",
    async (query) => {
      expect(listedIn(await get(`/answers/d1${query}`)).length).toBeGreaterThan(0)
    },
  )
})

describe("a question with hundreds of answers", () => {
  const voices = (html: string): number => html.split('<ul class="voices">')[1]?.split("</ul>")[0]?.match(/<li>/g)?.length ?? 0
  const solo = () => domain()?.consensus.find(({ question }) => question === "DQC-03")?.solo ?? []

  test("shows fifty a page, and leads to the others within the listing", async () => {
    const first = await get("/answers/d1/DQC-03?show=disputed&sort=spread")
    expect(solo().length).toBeGreaterThan(100)
    expect(voices(first)).toBe(50)
    const next = /<a href="([^"]+)" rel="next">Next page/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? ""
    expect(next).toBe(`${home}/answers/d1/DQC-03?show=disputed&sort=spread&page=2#said`)
    const second = await get("/answers/d1/DQC-03?show=disputed&sort=spread&page=2")
    expect(wordsOf(second)).toContain(`51 to 100 of ${solo().length}`)
    expect(voices(await get("/answers/d1/DQC-03?page=999"))).toBe(solo().length % 50 || 50)
  })

  test("narrows to a role and a level, as the table of counts does", async () => {
    const kept = solo().filter(({ role, anchor }) => role === "DPO" && anchor === 2).length
    const text = await get("/answers/d1/DQC-03?by=DPO&at=2")
    expect(voices(text)).toBe(kept)
    expect(wordsOf(text)).toContain(`${kept} of ${solo().length} answers. Show all`)
    expect(text).toContain(`aria-label="Data product owner, Level 2: ${kept}"`)
    expect(voices(await get("/answers/d1/DQC-03?at=dont-know"))).toBe(
      Math.min(50, solo().filter(({ status }) => status === "dont-know").length),
    )
    expect(voices(await get("/answers/d1/DQC-03?by=nobody&at=9"))).toBe(50)
  })

  test("names its statistics", async () => {
    const words = wordsOf(await get("/answers/d1/DQC-03"))
    const levels = solo()
      .flatMap(({ anchor }) => anchor ?? [])
      .toSorted((a, b) => a - b)
    expect(words).toContain(`Answered with a level ${levels.length} Don't know`)
    expect(words).toContain(`Median ${levels[Math.ceil(levels.length / 2) - 1]} Middle half (p25–p75)`)
    expect(words).toContain("Agreement (within one level of the median)")
    expect(words).toContain("Polarised:")
  })

  test("leads to the next one of the listing, furthest apart first", async () => {
    const order = listedIn(await get("/answers/d1?show=disputed&sort=spread"))
    const text = await get(`/answers/d1/${order[1]}?show=disputed&sort=spread`)
    expect(/href="[^"]*d1\/([A-Z]+-\d+)\?[^"]*" rel="prev"/.exec(text)?.[1]).toBe(order[0])
    expect(/href="[^"]*d1\/([A-Z]+-\d+)\?[^"]*" rel="next"/.exec(text)?.[1]).toBe(order[2])
  })
})

describe("on paper", () => {
  test("stands every question of the listing, by level and role, without a name", async () => {
    const text = await get("/answers/d1/print?show=disputed&sort=spread")
    const order = listedIn(await get("/answers/d1?show=disputed&sort=spread"))
    expect([...text.matchAll(/<h2 id="([^"]+)"/g)].map(([, id]) => id)).toEqual(order)
    expect(text).not.toMatch(/Person \d/)
    expect(wordsOf(text)).toContain(`Orders: ${order.length} questions (disputed)`)
  })

  test("says so when the list is empty, and is not there for a domain that is not", async () => {
    expect(wordsOf(await get("/answers/d1/print?show=decided"))).toContain("No question is in this list.")
    await stage.consultant().get(`${home}/answers/nowhere/print`).expect(404)
  })
})
