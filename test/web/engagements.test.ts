import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { sampleText } from "../fixtures/sample.ts"
import { openSampleStage, wordsOf } from "./sample-stage.ts"
import type { Stage } from "./stage.ts"
import { program } from "../fixtures/program.ts"

let stage: Stage
beforeAll(async () => {
  stage = await openSampleStage()
})
afterAll(() => stage.close())

const homeOf = (location: string): string => location.replace(/\?.*/, "")

describe("engagements", () => {
  test("the list names each with its client and progress", async () => {
    const { text } = await stage.consultant().get("/").expect(200)
    expect(wordsOf(text)).toContain("Meridian Foods · 3 domains · 0 of 13 people submitted · 459 answers")
  })

  test("a new one starts with its domains and says what comes next", async () => {
    const visitor = stage.consultant()
    const form = { title: "Streaming 2027", client: "Northwind", domains: "Payments\nCards & loans\n\nPayments" }
    const made = await visitor.post("/engagements").type("form").send(form).expect(303)
    const { text } = await visitor.get(made.headers["location"] ?? "").expect(200)
    expect(wordsOf(text)).toContain("The engagement is set up. Next, add the people you want to ask.")
    const stored = await stage.store.loadEngagement({
      engagement:
        homeOf(made.headers["location"] ?? "")
          .split("/")
          .at(-1) ?? "",
      by: program,
    })
    expect(stored?.engagement.domains).toEqual([
      { id: "payments", name: "Payments" },
      { id: "cards-loans", name: "Cards & loans" },
    ])
    expect(stored?.engagement.plan.start).toBe("2026-11-30")
  })

  test.each([
    ["Prüfung: 2027/28", "Prufung-2027-28.json"],
    ["移行計画", "headwater.json"],
    ["..", "headwater.json"],
  ])("the file of “%s” is %s", async (title, name) => {
    const visitor = stage.consultant()
    const made = await visitor.post("/engagements").type("form").send({ title, client: "Northwind", domains: "Payments" })
    const file = await visitor.get(`${homeOf(made.headers["location"] ?? "")}/engagement.json`).expect(200)
    expect(file.headers["content-disposition"]).toMatch(new RegExp(`filename="?${name}"?$`))
  })

  test("a form with gaps says which, and keeps what was typed", async () => {
    const { text } = await stage
      .consultant()
      .post("/engagements")
      .type("form")
      .send({ title: "Only a title", client: " " })
      .expect(422)
    expect(text).toContain('value="Only a title"')
    expect(wordsOf(text)).toContain("Enter the client's name")
    expect(wordsOf(text)).toContain("Enter at least one domain, one on each line")
    expect(text).toContain("<title>Error: New engagement")
  })

  test("what it exports can be imported again, and is the same", async () => {
    const visitor = stage.consultant()
    const exported = await visitor.get("/engagements/e1/engagement.json").expect(200)
    expect(exported.headers["content-disposition"]).toContain("attachment")
    const file = JSON.stringify(exported.body)
    const made = await visitor.post("/engagements/import").attach("file", Buffer.from(file), "exported.json").expect(303)
    const again = await visitor.get(`${homeOf(made.headers["location"] ?? "")}/engagement.json`).expect(200)
    expect(again.body).toEqual(exported.body)
  })

  test("a file with problems changes nothing and lists all of them", async () => {
    const before = (await stage.store.listEngagements(program)).length
    const broken = sampleText.replace('"role": "DPE"', '"role": "DPX"').replace('"people": 14', '"people": "14"')
    const { text } = await stage
      .consultant()
      .post("/engagements/import")
      .attach("file", Buffer.from(broken), "broken.json")
      .expect(422)
    expect(wordsOf(text)).toMatch(/\$\.plan\.people /)
    expect(wordsOf(text)).toMatch(/\$\.respondents\[\d+\]\.role /)
    expect(await stage.store.listEngagements(program)).toHaveLength(before)
  })

  test("a file made with another version of the questionnaire says so, whether it fits or not", async () => {
    const visitor = stage.consultant()
    const send = (text: string) => visitor.post("/engagements/import").attach("file", Buffer.from(text), "older.json")
    const older = sampleText.replace(/"version": "[^"]*"/, '"version": "0.9.0"')
    const made = await send(older).expect(303)
    const { text } = await visitor.get(made.headers["location"] ?? "").expect(200)
    expect(wordsOf(text)).toContain("It was made with another edition of the questionnaire; every answer fits")
    const refused = await send(older.replace('"role": "DPE"', '"role": "DPX"')).expect(422)
    expect(wordsOf(refused.text)).toContain("The file was made with version 0.9.0 of the questionnaire")
  })

  test.each([
    ["nothing chosen", "", "Choose an engagement file"],
    ["not JSON", "{", "$"],
    ["a newer format", '{"format":"headwater-engagement/2"}', "newer"],
  ])("an import with %s says what to do", async (_what, content, said) => {
    const { text } = await stage
      .consultant()
      .post("/engagements/import")
      .attach("file", Buffer.from(content), "x.json")
      .expect(422)
    expect(wordsOf(text)).toContain(said)
  })

  test("it is removed only when its title is typed", async () => {
    const visitor = stage.consultant()
    const made = await visitor.post("/engagements").type("form").send({ title: "Short", client: "C", domains: "D" }).expect(303)
    const home = homeOf(made.headers["location"] ?? "")
    await visitor.post(`${home}/remove`).type("form").send({ title: "short" }).expect(422)
    await visitor.get(home).expect(200)
    await visitor.post(`${home}/remove`).type("form").send({ title: "Short" }).expect(303)
    await visitor.get(home).expect(404)
  })
})

describe("settings and domains", () => {
  test("settings are kept, and each wrong one is named", async () => {
    const visitor = stage.consultant()
    const form = {
      title: "T",
      client: "C",
      start: "2027-02-01",
      people: "6",
      daysPerWeek: "4,5",
      teams: "2",
      horizon: "6",
      toil: "35",
      platform: "self-run",
    }
    await visitor.post("/engagements/e1/settings").type("form").send(form).expect(303)
    const stored = await stage.store.loadEngagement({ engagement: "e1", by: program })
    expect(stored?.engagement.plan).toEqual({
      start: "2027-02-01",
      people: 6,
      daysPerWeek: 4.5,
      teams: 2,
      horizon: 6,
      toil: 0.35,
      platform: "self-run",
    })
    const wrong = { ...form, start: "soon", people: "many", horizon: "99" }
    const { text } = await visitor.post("/engagements/e1/settings").type("form").send(wrong).expect(422)
    expect(wordsOf(text)).toContain("Enter how many people work on the migration, for example 6")
    expect(wordsOf(text)).toContain("Give a date, for example &quot;2027-01-04&quot;")
    expect(wordsOf(text)).toContain("Enter how many waves to plan, from 1 to 20")
    expect(text).toContain('value="many"')
  })

  test("a domain is added, renamed under the same id, and removed with its answers", async () => {
    const visitor = stage.consultant()
    await visitor.post("/engagements/e1/domains/new").type("form").send({ name: "New" }).expect(303)
    await visitor.post("/engagements/e1/domains/new-2").type("form").send({ name: "Newer" }).expect(303)
    await visitor.post("/engagements/e1/domains/supply/remove").type("form").send({}).expect(303)
    const stored = await stage.store.loadEngagement({ engagement: "e1", by: program })
    expect(stored?.engagement.domains.map(({ id, name }) => `${id} ${name}`)).toEqual([
      "online Online shop",
      "finance Finance and settlement",
      "new-2 Newer",
    ])
    expect(stored?.engagement.answers.some(({ domain }) => domain === "supply")).toBe(false)
  })
})
