import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { program } from "../fixtures/program.ts"
import { openSampleStage, wordsOf } from "./sample-stage.ts"
import { hidden, type Stage } from "./stage.ts"

const people = "/engagements/e1/people"

let stage: Stage
beforeAll(async () => {
  stage = await openSampleStage()
})
afterAll(() => stage.close())

const send = (fields: Readonly<Record<string, string>>) => {
  const request = stage.consultant().post(`${people}/paste`)
  for (const [name, value] of Object.entries(fields)) void request.field(name, value)
  return request
}
const respondents = async () =>
  (await stage.store.loadEngagement({ engagement: "e1", by: program }))?.engagement.respondents ?? []

const mixed = [
  "Role,E-mail,Name,Domains,Phone",
  'data platform engineer,anna@example.org,Anna Berg,"Online shop; finance",1',
  "data platfrom engineer,ben@example.org,Ben Okri,,2",
  "AE,cleo(at)example.org,Cleo,,3",
  "dm,dora@example.org,,Moon,4",
  "GL,ANNA@example.org,Emil,all,5",
  "AE,petra.vogel@meridian-foods.example,Petra Again,,6",
  "AE,fred@example.org,Fred,,7",
].join("\r\n")

describe("a list of people", () => {
  test("shows each bad row with its reason and adds nobody", async () => {
    const before = await respondents()
    const { text } = await send({ list: mixed, action: "check" }).expect(422)
    const words = wordsOf(text)
    for (const said of [
      "5 rows need your attention, 2 are right. Nothing is added yet.",
      "Not used: Phone.",
      "There is no role “data platfrom engineer”; did you mean &quot;data platform engineer&quot;?",
      "“cleo(at)example.org” is no e-mail address",
      "The name is missing. There is no domain “Moon”",
      "The same e-mail address as in line 2",
      "Petra Vogel is there already with this e-mail address",
    ])
      expect(words).toContain(said)
    await send({ list: mixed, action: "add" }).expect(422)
    await send({ list: mixed, action: "add-others", seen: "none" }).expect(422)
    expect(await respondents()).toEqual(before)
  })

  test("adds the others when its bad rows, as shown, are left out on purpose", async () => {
    const { text } = await send({ list: mixed, action: "check" })
    const seen = hidden(text, "seen")
    // Another row has gone bad since: what is left out was not shown.
    const changed = mixed.replace("AE,fred@example.org", "XX,fred@example.org")
    await send({ list: changed, action: "add-others", seen }).expect(422)
    const done = await send({ list: mixed, action: "add-others", seen }).expect(303)
    expect(done.headers["location"]).toBe(`${people}?done=people-added&number=2`)
    const added = (await respondents()).slice(-2)
    expect(added).toEqual([
      { id: "anna-berg", name: "Anna Berg", role: "DPE", email: "anna@example.org", domains: ["online", "finance"] },
      { id: "fred", name: "Fred", role: "AE", email: "fred@example.org" },
    ])
    expect(wordsOf((await stage.consultant().get(done.headers["location"] ?? "")).text)).toContain("2 people are added.")
  })

  test("is read by position, with tabs, without heads, and from a file of a western spreadsheet", async () => {
    const request = stage.consultant().post(`${people}/paste`).field("action", "add").field("list", "")
    const file = Buffer.from("Zoë Müller;zoe@example.org;DPO;Finance and settlement\r\nÅsa;;es\r\n", "latin1")
    await request.attach("file", file, "people.csv").expect(303)
    await send({ list: "Kim Park\tkim@example.org\tDM\tonline, supply\nKim Park\t\tDM", action: "add" }).expect(303)
    expect((await respondents()).slice(-4)).toEqual([
      { id: "zoe-muller", name: "Zoë Müller", role: "DPO", email: "zoe@example.org", domains: ["finance"] },
      { id: "asa", name: "Åsa", role: "ES" },
      { id: "kim-park", name: "Kim Park", role: "DM", email: "kim@example.org", domains: ["online", "supply"] },
      { id: "kim-park-2", name: "Kim Park", role: "DM" },
    ])
  })

  test.each([
    ["nothing", "", "Paste a list, or choose a CSV file"],
    ["blank lines", "  \n \n", "Paste a list, or choose a CSV file"],
    ["heads alone", "Name,E-mail,Role", "Give at least one row below the heads"],
    ["no text", "a\0b", "Give a list as text"],
    ["too many rows", "x,,AE\n".repeat(1001), "Give at most 1000 rows at once"],
  ])("that cannot be read says what to do: %s", async (_what, list, said) => {
    const { text } = await send({ list, action: "add" }).expect(422)
    expect(wordsOf(text)).toContain(said)
    expect(text).toContain('href="#list"')
  })

  test("of nonsense is a page of problems, never an error of ours", async () => {
    for (const list of [
      '"never closed',
      '"a","b',
      "=1+1;@x;+2;-3",
      "<script>alert(1)</script>,x,y,z",
      "\ufeff\ufeff,,,\n,,,x",
      '""""\n"""',
    ]) {
      const { status, text } = await send({ list, action: "add" })
      expect([list, status]).toEqual([list, 422])
      expect(text).not.toContain("<script>alert")
    }
  })
})
