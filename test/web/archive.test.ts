import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { program } from "../fixtures/program.ts"
import { wordsOf } from "./sample-stage.ts"
import { type AccountName, NOON, openStage, type Stage } from "./stage.ts"

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const home = "/engagements/e1"
const post = (path: string, form: object = {}, by: AccountName = "carla") =>
  stage.consultant(by).post(`${home}/${path}`).type("form").send(form)
const stored = () => stage.store.loadEngagement({ engagement: "e1", by: program })

describe("an archived engagement", () => {
  beforeEach(async () => {
    await post("archive").expect(303)
  })

  test.each(["", "/people", "/answers", "/assessment", "/findings", "/plan", "/report", "/settings", "/members", "/terms"])(
    "says so on %s",
    async (path) => {
      const { text } = await stage.consultant().get(`${home}${path}`).redirects(1).expect(200)
      expect(wordsOf(text)).toContain("This engagement was archived on 23 November 2026")
    },
  )

  test.each([
    ["settings", { title: "New", client: "C" }],
    ["terms", { confidentiality: "role" }],
    ["domains/new", { name: "New domain" }],
    ["people/new", { name: "New person", role: "DM", domains: "orders" }],
    ["people/petra", { name: "Petra Else", role: "DM", domains: "orders" }],
    ["people/petra/link", {}],
    ["answers/orders/SRC-01", { rationale: "because" }],
  ])("refuses %s, and keeps what was typed on the page", async (path, form) => {
    const before = await stored()
    const { text } = await post(path, form).expect(409)
    expect(wordsOf(text)).toContain("This engagement is archived")
    expect(wordsOf(text)).toContain("Nothing was changed")
    const typed = Object.values(form)[0]
    if (typed !== undefined) expect(text).toContain(typed)
    expect(await stored()).toEqual(before)
  })

  test("is restored by an owner and takes changes again", async () => {
    expect(wordsOf((await stage.consultant().get(`${home}/settings`)).text)).toContain("Restore the engagement")
    await post("restore").expect(303)
    await post("domains/new", { name: "Billing too" }).expect(303)
    expect(wordsOf((await stage.consultant().get(home)).text)).not.toContain("archived")
  })

  test("archiving and restoring twice is the same as once", async () => {
    await post("archive").expect(303)
    await post("restore").expect(303)
    await post("restore").expect(303)
    expect((await stored())?.archivedAt).toBeUndefined()
  })

  test("a respondent reads their answers and changes none", async () => {
    await post("restore").expect(303)
    const petra = await stage.respondent("petra")
    await post("archive").expect(303)
    expect((await petra.get("/respond").expect(303)).headers["location"]).toBe("/respond/done")
    await petra.get("/respond/done").expect(200)
    const [saved] = await stage.store.saveAnswers(
      { engagement: "e1", respondent: "petra", by: { respondent: "petra" } },
      [{ domain: "orders", question: "SRC-01", seen: 0, key: "k", content: { status: "answered", value: 2 } }],
      NOON,
    )
    expect(saved?.outcome).toBe("closed")
  })

  test("still loses a person, a link, a member, and itself", async () => {
    await post("people/petra/remove").expect(303)
    expect((await stored())?.engagement.respondents.some(({ id }) => id === "petra")).toBe(false)
    await post("members", { email: "otto@example.com", role: "reader" }).expect(303)
    await post("members/otto/remove").expect(303)
    await post("duplicate", { title: "Again", client: "C" }).expect(303)
    await post("remove", { title: "Streaming readiness" }).expect(303)
    expect(await stored()).toBeUndefined()
  })
})

test.each<[AccountName, "editor" | "reader" | undefined, number]>([
  ["otto", undefined, 404],
  ["otto", "editor", 403],
  ["rita", "reader", 403],
  ["ada", undefined, 303],
])("%s as %s gets %i for archiving, restoring and erasing", async (account, role, status) => {
  if (role !== undefined) await stage.store.saveMember({ engagement: "e1", by: program }, account, role, NOON)
  await post("archive", {}, account).expect(status)
  await post("restore", {}, account).expect(status)
  await post("remove", { title: "Streaming readiness" }, account).expect(status)
  expect((await stored()) === undefined).toBe(account === "ada")
})

describe("erasing", () => {
  test("says what goes, what stays and why, and asks for the title", async () => {
    const words = wordsOf((await stage.consultant().get(`${home}/remove`).expect(200)).text)
    for (const said of ["What is erased", "7 people with addresses", "What stays, and why", "Lines of the audit log", "Backups"])
      expect(words).toContain(said)
    const wrong = await post("remove", { title: "streaming" }).expect(422)
    expect(wordsOf(wrong.text)).toContain("Type the title exactly: Streaming readiness")
    expect((await stored())?.engagement.title).toBe("Streaming readiness")
    await post("remove", { title: " Streaming readiness " }).expect(303)
    expect(await stored()).toBeUndefined()
  })

  test("a person says the same, and is gone from every page", async () => {
    const words = wordsOf((await stage.consultant().get(`${home}/people/petra/remove`).expect(200)).text)
    for (const said of ["name, e-mail address and role of Petra Vogel", "Nothing says any more who wrote them", "Backups"])
      expect(words).toContain(said)
    await post("people/petra/remove").expect(303)
    expect((await stage.consultant().get(`${home}/people`)).text).not.toContain("Petra")
    await post("people/petra/remove").expect(404)
  })

  test("an engagement takes a fresh proof; so does the whole file", async () => {
    stage.wait(25 * 60_000)
    await stage.consultant().get(home).expect(200)
    stage.wait(10 * 60_000)
    await post("remove", { title: "Streaming readiness" }).expect(403)
    await stage.consultant().get(`${home}/engagement.json`).expect(303)
    expect((await stored())?.engagement.title).toBe("Streaming readiness")
  })
})
