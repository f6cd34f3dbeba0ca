import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { readerMark } from "../../src/web/reader-mark.ts"
import { program } from "../fixtures/program.ts"
import { type Browser, hidden, NOON, openStage, type Stage } from "./stage.ts"

let stage: Stage
let petra: Browser
const scope = { engagement: "e1", by: program }
beforeEach(async () => {
  stage = await openStage()
  petra = await stage.respondent("petra")
})
afterEach(() => stage.close())

const terms = (more: object) => stage.store.changeTerms(scope, { confidentiality: "named", remindOn: [], ...more }, NOON)
const landing = async (respondent: string) => (await stage.visitor().get(`/r/${await stage.issueLink(respondent)}`)).text
const saveAs = (agent: Browser, fields: Record<string, string>) => agent.post("/respond/orders/SRC").type("form").send(fields)

describe("the landing page", () => {
  test("names the consultant and says what is agreed on names", async () => {
    expect(await landing("petra")).toContain("Carla Stage, a consultant who works for Northwind Parcel.")
    expect(await landing("petra")).toContain("The consultants see your name beside your answers.")
    await terms({ confidentiality: "role" })
    const text = await landing("petra")
    expect(text).toContain("The consultants see your role beside your answers, not your name.")
    expect(text).toContain(
      "You are the only data platform engineer who is asked, so your answers can be recognised by your role.",
    )
  })

  test("says the earlier of the two ends", async () => {
    await terms({ closesAt: NOON + 3 * 86_400_000 })
    expect(await landing("petra")).toContain("26 November 2026, 12:00 UTC")
    await terms({ closesAt: NOON + 300 * 86_400_000 })
    expect(await landing("petra")).toContain("23 December 2026, 12:00 UTC")
  })

  test("leads whoever is not the right person to the form for that", async () => {
    const agent = stage.visitor()
    const opened = await agent
      .post(`/r/${await stage.issueLink("anil")}`)
      .type("form")
      .send({ go: "instead" })
      .expect(303)
    expect(opened.headers["location"]).toBe("/respond/instead")
  })
})

describe("once the time is over", () => {
  const close = () => terms({ closesAt: NOON + 1000 })
  beforeEach(async () => {
    await saveAs(petra, { "SRC-01": "4" }).expect(303)
    await close()
    stage.wait(2000)
  })

  test("every page says so, and what was saved stays readable", async () => {
    for (const address of [
      "/respond",
      "/respond/check",
      "/respond/orders/SRC",
      "/respond/instead",
      "/respond/orders/SRC/leave",
    ]) {
      expect((await petra.get(address).expect(303)).headers["location"], address).toBe("/respond/done")
    }
    const { text } = await petra.get("/respond/done").expect(200)
    expect(text).toContain("The time to answer is over")
    expect(text).toContain("By events")
    expect(text).not.toContain("Change my answers")
    expect(await landing("petra")).toContain("The time to answer is over")
  })

  test("what is typed is refused with the reason and kept on the page", async () => {
    const { text } = await saveAs(petra, { "SRC-01": "2", "SRC-01.comment": "too late" }).expect(409)
    expect(text).toContain("The time to answer is over")
    expect(text).toContain("too late")
    const body = { seen: 1, key: "k", fields: { "SRC-01": "2" } }
    const reply = await petra.put("/respond/orders/answers/SRC-01").send(body).expect(409)
    expect(reply.body).toMatchObject({ outcome: "closed", message: expect.stringContaining("The time to answer is over") })
    await petra.post("/respond/submit").type("form").expect(303)
    expect((await stage.store.loadResponse({ ...scope, respondent: "petra" }))?.submittedAt).toBeUndefined()
    await petra.post("/respond/reopen").type("form").expect(409)
  })

  test("the same holds for an archived engagement", async () => {
    await terms({})
    await stage.store.archive({ engagement: "e1", by: { account: "carla" } }, true, NOON)
    expect((await petra.get("/respond").expect(303)).headers["location"]).toBe("/respond/done")
    const body = { seen: 1, key: "k", fields: { "SRC-01": "2" } }
    const reply = await petra.put("/respond/orders/answers/SRC-01").send(body).expect(409)
    expect(reply.body.message).toContain("The time to answer is over")
  })
})

describe("the receipt", () => {
  test("can be opened again until the end, and submitting again gives another time", async () => {
    await saveAs(petra, { "SRC-01": "4" }).expect(303)
    await petra.post("/respond/submit").type("form").expect(303)
    expect((await petra.get("/respond/done")).text).toContain("Change my answers")
    expect((await petra.post("/respond/reopen").type("form").expect(303)).headers["location"]).toBe("/respond?done=reopened")
    expect((await petra.get("/respond?done=reopened").expect(200)).text).toContain("Your answers are open again")
    await saveAs(petra, { "SRC-01": "2", "SRC-01.seen": "1" }).expect(303)
    stage.wait(60_000)
    await petra.post("/respond/submit").type("form").expect(303)
    expect((await petra.get("/respond/done")).text).toContain("23 November 2026, 12:01 UTC")
  })

  test("is a PDF, too, with each answer and the time at which the server had it", async () => {
    let report: unknown
    const site = await openStage({
      replace: { pdf: { render: async (one) => ((report = one), new Uint8Array([37, 80, 68, 70])) } },
    })
    const agent = await site.respondent("petra")
    await agent.get("/respond/receipt.pdf").expect(303)
    await saveAs(agent, { "SRC-01": "4", "SRC-01.comment": "since spring", "SRC-01.links": "https://wiki.example/x" }).expect(303)
    await agent.post("/respond/submit").type("form").expect(303)
    const file = await agent.get("/respond/receipt.pdf").expect(200)
    await site.close()
    expect(file.headers["content-type"]).toBe("application/pdf")
    const text = JSON.stringify(report)
    for (const part of ["Petra Vogel", "By events", "since spring", "https://wiki.example/x", "23 November 2026, 12:00 UTC"]) {
      expect(text).toContain(part)
    }
  })
})

describe("a section left to a colleague", () => {
  const leave = (fields: object) => petra.post("/respond/orders/SRC/leave").type("form").send(fields)

  test("says to whom, is not counted, and can be taken back with what was answered", async () => {
    await saveAs(petra, { "SRC-01": "4" }).expect(303)
    const before = /You have (\d+) questions left/.exec((await petra.get("/respond")).text)?.[1]
    expect((await leave({ name: "Ana Silva", note: "She runs the feeds" }).expect(303)).headers["location"]).toBe(
      "/respond?done=left",
    )
    const { text } = await petra.get("/respond")
    expect(text).toContain("Left to Ana Silva")
    expect(Number(/You have (\d+) questions left/.exec(text)?.[1])).toBe(Number(before) - 3)
    expect((await petra.get("/respond/orders/SRC")).text).toMatch(
      /You have left this section to Ana Silva[\s\S]*value="4" checked/,
    )
    await petra.post("/respond/orders/SRC/take-back").type("form").expect(303)
    expect((await petra.get("/respond")).text).toContain(`You have ${before} questions left`)
  })

  test("is offered to those who are asked too, where names are no secret", async () => {
    expect((await petra.get("/respond/orders/SRC/leave").expect(200)).text).toContain("Anil Rao")
    await leave({ colleague: "anil", name: "" }).expect(303)
    expect((await petra.get("/respond")).text).toContain("Left to Anil Rao")
    await terms({ confidentiality: "role" })
    expect((await petra.get("/respond/orders/SRC/leave").expect(200)).text).not.toContain("Anil Rao")
  })

  test("needs a name, and keeps what was typed", async () => {
    const { text } = await leave({ email: "nonsense", note: "kept words" }).expect(422)
    expect(text).toContain("Enter an e-mail address")
    expect(text).toContain("kept words")
    expect((await leave({}).expect(422)).text).toContain("Select a colleague, or enter the name of somebody else")
    await petra.post("/respond/orders/NONE/leave").type("form").send({ name: "x" }).expect(404)
  })
})

describe("the consultant", () => {
  const carla = () => stage.consultant("carla")
  const suggestionHref = async () => {
    const { text } = await carla().get("/engagements/e1/suggestions").expect(200)
    return /href="(\/engagements\/e1\/suggestions\/[^"]+)"/.exec(text)?.[1] ?? ""
  }

  test("adds the colleague as they think fit, and may end the link of who suggested them", async () => {
    await petra.post("/respond/instead").type("form").send({ name: "Ana Silva", email: "ana@example.com" }).expect(303)
    expect((await petra.get("/respond")).text).toContain("You suggested to ask Ana Silva instead of you.")
    expect((await carla().get("/engagements/e1/people")).text).toContain("1 colleague is suggested")
    const href = await suggestionHref()
    const { text } = await carla().get(href).expect(200)
    expect(text).toContain('value="ana@example.com"')
    await carla()
      .post(href)
      .type("form")
      .send({ action: "add", name: "", role: "AD", domains: ["orders"] })
      .expect(422)
    const form = { action: "add", name: "Ana Silva", role: "AD", domains: ["orders"], replaces: "yes" }
    await carla().post(href).type("form").send(form).expect(303)
    await carla().post(href).type("form").send(form).expect(303)
    const stored = await stage.store.loadEngagement(scope)
    expect(stored?.engagement.respondents.filter(({ name }) => name === "Ana Silva")).toEqual([
      { id: "ana-silva", name: "Ana Silva", role: "AD", domains: ["orders"] },
    ])
    await petra.get("/respond").expect(403)
    expect((await carla().get("/engagements/e1/suggestions")).text).toContain("Asked")
  })

  test("asks somebody who is asked already about one more domain, not twice", async () => {
    await petra.post("/respond/orders/SRC/leave").type("form").send({ colleague: "anil" }).expect(303)
    const href = await suggestionHref()
    expect((await carla().get(href)).text).toContain("Somebody of this name or address is asked already.")
    await carla()
      .post(href)
      .type("form")
      .send({ action: "add", name: "Anil Rao", role: "AE", domains: ["orders"] })
      .expect(303)
    const stored = await stage.store.loadEngagement(scope)
    expect(stored?.engagement.respondents.filter(({ name }) => name === "Anil Rao")).toHaveLength(1)
    expect((await petra.get("/respond")).text).toContain("Left to Anil Rao")
  })

  test("declines, and the respondent reads it", async () => {
    await petra.post("/respond/orders/SRC/leave").type("form").send({ name: "Ana Silva" }).expect(303)
    await carla()
      .post(await suggestionHref())
      .type("form")
      .send({ action: "decline" })
      .expect(303)
    expect((await petra.get("/respond")).text).toContain("The consultant asks you to answer this yourself, not Ana Silva")
  })

  test("of another engagement finds nothing", async () => {
    await petra.post("/respond/instead").type("form").send({ name: "Ana Silva" }).expect(303)
    const href = await suggestionHref()
    await stage.consultant("otto").get("/engagements/e1/suggestions").expect(404)
    await stage.consultant("otto").post(href).type("form").send({ action: "decline" }).expect(404)
  })
})

test("I don't know may say who knows; links are shown to the consultant, and only safe ones are taken", async () => {
  await saveAs(petra, {
    "SRC-01": "dont-know",
    "SRC-01.reason": "Ana knows",
    "SRC-01.links": "https://wiki.example/feeds\nmailto:ana@example.com",
  }).expect(303)
  const { text } = await stage.consultant().get("/engagements/e1/answers/orders/SRC-01").expect(200)
  expect(text).toContain("Doesn&#39;t know: Ana knows")
  expect(text).toContain('<a href="https://wiki.example/feeds" rel="noreferrer">')
  expect((await petra.get("/respond/check")).text).toContain("I don&#39;t know: Ana knows")
  const wrong = await saveAs(petra, { "SRC-01": "4", "SRC-01.seen": "1", "SRC-01.links": "javascript:alert(1)" }).expect(422)
  expect(wrong.text).toContain("Enter addresses that begin with https:// or mailto:")
  expect(wrong.text).toContain("javascript:alert(1)</textarea>")
})

describe("a page that was opened with another person's link", () => {
  test("saves nothing into the answers of whoever uses the browser now", async () => {
    const { text } = await petra.get("/respond/orders/SRC").expect(200)
    const mark = hidden(text, "for")
    expect(mark).toBe(readerMark({ engagement: "e1", respondent: "petra" }))
    await petra
      .post(`/r/${await stage.issueLink("anil")}`)
      .type("form")
      .expect(303)
    const refused = await saveAs(petra, { for: mark, "SRC-01": "4", "SRC-01.comment": "mine" }).expect(403)
    expect(refused.text).toContain("another personal link")
    expect(refused.text).toContain("mine")
    const body = { seen: 0, key: "k", for: mark, fields: { "SRC-01": "4" } }
    expect((await petra.put("/respond/orders/answers/SRC-01").send(body).expect(403)).body.outcome).toBe("other-person")
    expect((await stage.store.loadResponse({ ...scope, respondent: "anil" }))?.answers).toEqual([])
  })
})

test("a respondent's page links to at most 10 KB of script and 20 KB of style, and to nothing elsewhere", async () => {
  for (const address of ["/respond", "/respond/orders/SRC", "/respond/check", "/respond/instead"]) {
    const { text } = await petra.get(address).expect(200)
    const linked = [...text.matchAll(/(?:<script src|<link rel="stylesheet" href)="([^"]+)"/g)].map((found) => found[1] ?? "")
    const size = (ending: string): number =>
      linked
        .filter((file) => file.endsWith(ending))
        .reduce((sum, file) => sum + gzipSync(readFileSync(join("public", file.split("/").at(-1) ?? ""))).length, 0)
    expect(
      linked.every((file) => file.startsWith("/assets/")),
      address,
    ).toBe(true)
    expect(size(".js"), address).toBeLessThanOrEqual(10 * 1024)
    expect(size(".css"), address).toBeLessThanOrEqual(20 * 1024)
    expect(size(".css"), address).toBeGreaterThan(1000)
  }
})
