import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { type Browser, hidden, NOON, openStage, type Stage } from "./stage.ts"
import { program } from "../fixtures/program.ts"

const SCOPE = { engagement: "e1", respondent: "petra", by: program }
const SECTION = "/respond/orders/SRC"

let stage: Stage
let petra: Browser
beforeEach(async () => {
  stage = await openStage()
  petra = await stage.respondent("petra")
})
afterEach(() => stage.close())

const stored = async (question: string) => {
  const response = await stage.store.loadResponse(SCOPE)
  return response?.answers.find((answer) => answer.domain === "orders" && answer.question === question)
}
const send = (fields: Record<string, string | string[]>, address = SECTION) => petra.post(address).type("form").send(fields)

const order = (text: string) => [...text.matchAll(/name="SRC-01" value="(\d)"/g)].map((match) => match[1]).join("")

/** What a browser would send of this page as it stands. */
const formOn = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<input type="(?:hidden|radio|checkbox)"[^>]*>/g)].flatMap(([tag]) => {
      const [, name, value] = /name="([^"]+)" value="([^"]*)"/.exec(tag) ?? []
      return name !== undefined && (tag.includes('type="hidden"') || tag.includes(" checked")) ? [[name, value ?? ""]] : []
    }),
  )

/** A window that has the section open; gives what sends its form. */
const openWindow = async () => {
  const { text } = await petra.get(SECTION)
  return (values: Record<string, string>) => {
    const marks = Object.fromEntries(
      ["SRC-01", "SRC-02"].flatMap((id) => [".seen", ".key"].map((part) => [id + part, hidden(text, id + part)])),
    )
    return send({ ...marks, ...values })
  }
}

describe("the page", () => {
  test("has one fieldset for each question, nothing selected, and works without script", async () => {
    const { text } = await petra.get(SECTION).expect(200)
    expect(text.match(/<fieldset class="question"/g)).toHaveLength(4)
    expect(text).not.toContain(" checked")
    expect(text).toContain('<form method="post" action="/respond/orders/SRC" novalidate')
    expect(text).toContain("<title>Sources – Orders – Streaming readiness – Headwater</title>")
    expect(text).not.toMatch(/ required|\*/)
  })

  test("shows levels in their order or reversed, the same way on every visit, and both ways over people", async () => {
    const first = order((await petra.get(SECTION)).text)
    expect(order((await petra.get(SECTION)).text)).toBe(first)
    const people = ["petra", "david"].map(async (id) => order((await (await stage.respondent(id)).get(SECTION)).text))
    expect(["024", "420"]).toEqual(expect.arrayContaining(await Promise.all(people)))
  })

  test("shows one question with its text as heading on request, and goes on to the next", async () => {
    const { text } = await petra.get(`${SECTION}?one=next`).expect(200)
    expect(text.match(/<fieldset class="question"/g)).toHaveLength(1)
    expect(text).toContain("<legend><h1>How do changes leave the source?</h1></legend>")
    const action = /action="([^"]+)"/.exec(text)?.[1]?.replaceAll("&amp;", "&") ?? ""
    const next = await send({ "SRC-01": "2" }, action).expect(303)
    expect(next.headers["location"]).toBe(`${SECTION}?one=SRC-02`)
  })
})

describe("saving", () => {
  test("keeps every kind of answer and goes on to the next open section", async () => {
    const next = await send({
      "SRC-01": "4",
      "SRC-01.comment": "  since spring\r\n",
      "SRC-01.evidence": "observed",
      "SRC-02": "dont-know",
      "SRC-03": ["kafka", "flink"],
      "SRC-04": "not-applicable",
      "SRC-04.reason": "We have no sources of our own",
    }).expect(303)
    expect(next.headers["location"]).toBe("/respond/orders/USE")
    expect(await stored("SRC-01")).toMatchObject({
      status: "answered",
      value: 4,
      comment: "since spring",
      evidence: "observed",
      savedAt: NOON,
    })
    expect(await stored("SRC-02")).toMatchObject({ status: "dont-know" })
    expect(await stored("SRC-03")).toMatchObject({ value: ["kafka", "flink"] })
    expect(await stored("SRC-04")).toMatchObject({ status: "not-applicable", reason: "We have no sources of our own" })
  })

  test("writes only what was changed, and a repeat writes nothing", async () => {
    const { text } = await petra.get(SECTION)
    const fields = { "SRC-01": "4", "SRC-01.seen": hidden(text, "SRC-01.seen"), "SRC-01.key": hidden(text, "SRC-01.key") }
    await send(fields).expect(303)
    await send(fields).expect(303)
    await send({ ...fields, "SRC-01.seen": "1", "SRC-01.key": "another" }).expect(303)
    expect(await stage.store.answerHistory(SCOPE, "petra", "orders", "SRC-01")).toHaveLength(1)
  })

  test("comes back later with everything stored, readable or not", async () => {
    const next = await send({ "SRC-01": "4", "SRC-03": ["none", "kafka"], action: "later" }).expect(303)
    expect(next.headers["location"]).toBe("/respond")
    expect(await stored("SRC-03")).toMatchObject({ status: "draft", raw: { "SRC-03": ["none", "kafka"] } })
    expect((await petra.get("/respond")).text).toContain("There is a problem")
    const { text } = await petra.get(SECTION).expect(200)
    expect(text).toContain("Select &quot;None of these&quot; or the answers that apply, not both")
    expect(text).toMatch(/value="kafka" checked/)
  })

  test("goes back to the check when the change was asked for there", async () => {
    const next = await send({ "SRC-01": "4", return: "check" }).expect(303)
    expect(next.headers["location"]).toBe("/respond/check")
  })

  test("asks first what a change has opened", async () => {
    await send({ "SRC-01": "0" }).expect(303)
    expect((await petra.get(SECTION)).text).toContain("There are no events.")
    const next = await send({ "SRC-01": "4", "SRC-01.seen": "1", return: "check" }).expect(303)
    expect(next.headers["location"]).toBe(`${SECTION}#SRC-02`)
  })
})

describe("bad input is named at its question, and nothing typed is lost", () => {
  const long = "x".repeat(100_000)
  const cases: readonly [string, Record<string, string | string[]>, string, string][] = [
    ["an unknown option", { "SRC-01": "3" }, "Select one of the answers shown", "SRC-01"],
    ["an unknown tick", { "SRC-03": "excel" }, "Select from the answers shown", "SRC-03"],
    ["a list where one answer is expected", { "SRC-01": ["0", "4"] }, "Select one answer only", "SRC-01"],
    ["two comments", { "SRC-01": "4", "SRC-01.comment": ["a", "b"] }, "Enter one comment: 2 were sent", "SRC-01.comment"],
    [
      "a comment that is far too long",
      { "SRC-01": "4", "SRC-01.comment": long },
      "Shorten the text to 10,000 characters or fewer; it has 100,000",
      "SRC-01.comment",
    ],
    ["a NUL", { "SRC-01": "4", "SRC-01.comment": "a\u0000b" }, "Remove the NUL character at position 2", "SRC-01.comment"],
    [
      "not applicable without a reason",
      { "SRC-01": "not-applicable" },
      "Enter why the question is not applicable",
      "SRC-01.reason",
    ],
    ["a comment without an answer", { "SRC-01.comment": "well" }, "Give an answer to go with your comment", "SRC-01"],
  ]
  test.each(cases)("%s", async (_name, fields, message, target) => {
    const { text } = await send({ ...fields, "SRC-02": "4" }).expect(422)
    const shown = message.replaceAll('"', "&quot;")
    expect(text).toContain(`<title>Error: Sources`)
    expect(text).toMatch(new RegExp(`<a href="#${target.replaceAll(".", "\\.")}">${shown}`))
    expect(text).toContain(`id="${target}"`)
    expect((await stored("SRC-02"))?.value).toBe(4)
    const draft = await stored(target.slice(0, 6))
    expect(draft?.status).toBe("draft")
    for (const value of Object.values(fields).flat())
      expect(JSON.stringify(draft?.raw)).toContain(value.replaceAll("\u0000", "\uFFFD"))
    const cleaned = JSON.stringify(draft?.raw).includes("\uFFFD")
    expect((await petra.get(SECTION)).text).toContain(cleaned ? "Look at this answer once more" : shown)
  })

  test("a field of no question", async () => {
    const { text } = await send({ "SRC-01": "4", "ZZZ-99": "1", "USE-01": "7" }).expect(422)
    expect(text).toContain("“ZZZ-99” belongs to no question of this section and was not saved")
    expect((await stored("SRC-01"))?.value).toBe(4)
    expect(await stored("USE-01")).toBeUndefined()
  })

  test("an answer to a question that falls away is kept, said not to count, and counts again later", async () => {
    await send({ "SRC-01": "0", "SRC-02": "4" }).expect(303)
    expect((await stored("SRC-02"))?.value).toBe(4)
    expect((await petra.get(SECTION)).text).toContain("Your answer is kept, and does not count")
  })

  test("an answer that counts again is on the page that comes back for something else", async () => {
    await send({ "SRC-01": "4", "SRC-02": "4" }).expect(303)
    await send({ "SRC-01": "0", "SRC-01.seen": "1" }).expect(303)
    const { text } = await send({ "SRC-01": "2", "SRC-01.seen": "2", "SRC-03": ["none", "kafka"] }).expect(422)
    expect(formOn(text)).toMatchObject({ "SRC-02": "4", "SRC-02.seen": "1" })
  })

  test("a figure out of band, and a figure with a word", async () => {
    const use = "/respond/orders/USE"
    expect((await send({ "USE-01": "900" }, use).expect(422)).text).toContain("Enter a number from 0 to 400 (days)")
    expect((await send({ "USE-01": ["12", "dont-know"], "USE-01.seen": "1" }, use).expect(422)).text).toContain('value="12"')
    expect((await send({ "USE-01": "1,200", "USE-01.seen": "2" }, use).expect(422)).text).toContain(
      "Enter 1,200 as 1200 or as 1.200",
    )
  })

  test("a section that does not exist keeps what was typed on the page", async () => {
    const { text } = await send({ "SRC-01.comment": "do not lose me" }, "/respond/orders/NOPE").expect(404)
    expect(text).toContain("do not lose me")
  })
})

describe("two windows", () => {
  test("the second save of an answer shows both and lets the person choose", async () => {
    const [one, two] = [await openWindow(), await openWindow()]
    await one({ "SRC-01": "4" }).expect(303)
    const { text } = await two({ "SRC-01": "2", "SRC-01.comment": "mine" }).expect(409)
    expect(text).toContain('Keep the saved answer: <span class="as-typed">By events</span>')
    expect(text).toContain("By capture – “mine”")
    expect(text).not.toMatch(/name="SRC-01\.keep"[^>]* checked/)
    expect((await stored("SRC-01"))?.value).toBe(4)
    const marks = { "SRC-01.conflict": "1", "SRC-01.seen": hidden(text, "SRC-01.seen"), "SRC-01.key": hidden(text, "SRC-01.key") }
    await send({ ...marks, "SRC-01": "2" }).expect(409)
    expect((await stored("SRC-01"))?.value).toBe(4)
    await send({ ...marks, "SRC-01": "2", "SRC-01.keep": "theirs" }).expect(303)
    expect((await stored("SRC-01"))?.value).toBe(4)
    await send({ ...marks, "SRC-01": "2", "SRC-01.keep": "mine" }).expect(303)
    expect(await stored("SRC-01")).toMatchObject({ value: 2, revision: 2 })
  })

  test("an answer that this window did not change is no conflict and is not put back", async () => {
    await send({ "SRC-01": "0" }).expect(303)
    const { text } = await petra.get(SECTION)
    await send({ "SRC-01": "4", "SRC-01.seen": "1", "SRC-01.key": "other" }).expect(303)
    await send({ "SRC-01": "0", "SRC-01.seen": "1", "SRC-01.key": hidden(text, "SRC-01.key"), "SRC-03": "kafka" }).expect(303)
    expect((await stored("SRC-01"))?.value).toBe(4)
    expect((await stored("SRC-03"))?.value).toEqual(["kafka"])
  })

  test("a page sent back for one conflict shows the other answers as they are stored, and does not put them back", async () => {
    await send({ "SRC-01": "4", "SRC-02": "0" }).expect(303)
    const [one, two] = [await openWindow(), await openWindow()]
    await one({ "SRC-01": "2", "SRC-02": "4" }).expect(303)
    const { text } = await two({ "SRC-01": "4", "SRC-01.comment": "mine", "SRC-02": "0" }).expect(409)
    expect(formOn(text)).toMatchObject({ "SRC-01": "4", "SRC-02": "4", "SRC-02.seen": "2" })
    await send({ ...formOn(text), "SRC-01.comment": "mine", "SRC-01.keep": "mine" }).expect(303)
    expect(await stored("SRC-01")).toMatchObject({ value: 4, comment: "mine", revision: 3 })
    expect(await stored("SRC-02")).toMatchObject({ value: 4, revision: 2 })
  })

  test("the saved answer that was chosen stands on the page that comes back for something else", async () => {
    const [one, two] = [await openWindow(), await openWindow()]
    await one({ "SRC-01": "4" }).expect(303)
    const conflict = formOn((await two({ "SRC-01": "2" }).expect(409)).text)
    expect(conflict).toMatchObject({ "SRC-01": "2", "SRC-01.seen": "1" })
    const wrong = { "SRC-03": ["none", "kafka"] }
    const { text } = await send({ ...conflict, "SRC-01.keep": "theirs", ...wrong }).expect(422)
    expect(formOn(text)).toMatchObject({ "SRC-01": "4", "SRC-01.seen": "1" })
    await send({ ...formOn(text), "SRC-03": "kafka" }).expect(303)
    expect(await stored("SRC-01")).toMatchObject({ value: 4, revision: 1 })
  })

  test("a conflict is asked about also when its question falls away with the same save", async () => {
    await send({ "SRC-01": "4", "SRC-02": "0" }).expect(303)
    const [one, two] = [await openWindow(), await openWindow()]
    await one({ "SRC-01": "4", "SRC-02": "4" }).expect(303)
    const { text } = await two({ "SRC-01": "0", "SRC-02": "dont-know" }).expect(409)
    const undecided = await send(formOn(text)).expect(409)
    expect(await stored("SRC-02")).toMatchObject({ value: 4, revision: 2 })
    await send({ ...formOn(undecided.text), "SRC-02.keep": "mine" }).expect(303)
    expect(await stored("SRC-02")).toMatchObject({ status: "dont-know", revision: 3 })
    expect(await stored("SRC-01")).toMatchObject({ value: 0, revision: 2 })
  })

  test("a draft put right in another window is not asked about again", async () => {
    const use = "/respond/orders/USE"
    const typed = { "USE-01": "900", "USE-01.reason": "who knows", "USE-01.comment": "about" }
    const { text } = await send(typed, use).expect(422)
    const marks = { "USE-01.seen": "1", "USE-01.key": hidden(text, "USE-01.key") }
    await send({ ...typed, ...marks }, use).expect(422)
    await send({ "USE-01": "20", "USE-01.seen": "1", "USE-01.key": "other" }, use).expect(303)
    await send({ ...typed, ...marks }, use).expect(303)
    expect(await stored("USE-01")).toMatchObject({ value: 20, revision: 2 })
  })

  test("the same answer twice is no conflict", async () => {
    const [one, two] = [await openWindow(), await openWindow()]
    await one({ "SRC-01": "4" }).expect(303)
    await two({ "SRC-01": "4" }).expect(303)
  })
})
