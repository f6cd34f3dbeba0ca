import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { openSampleStage, wordsOf } from "./sample-stage.ts"
import { hidden, type Stage } from "./stage.ts"
import { program } from "../fixtures/program.ts"

const home = "/engagements/e1"
const question = `${home}/answers/online/DQC-03`

let stage: Stage
beforeAll(async () => {
  stage = await openSampleStage()
})
afterAll(() => stage.close())

const post = (path: string, form: object | string) => stage.consultant().post(path).type("form").send(form)
const revision = () => stage.store.revisionOf({ engagement: "e1", by: program })

describe("addresses", () => {
  test.each([
    "/engagements/nowhere",
    "/engagements/nowhere/plan",
    `${home}/answers/nowhere`,
    `${home}/answers/online/NOPE-01`,
    `${home}/answers/online/__proto__`,
    `${home}/plan/I999`,
    `${home}/plan/I17?domain=nowhere`,
    `${home}/people/nobody`,
    `${home}/domains/nowhere`,
    `${home}/tables/online/DQC-03`,
  ])("%s does not exist", async (path) => {
    const { text } = await stage.consultant().get(path).expect(404)
    expect(text).toContain("<h1>")
  })

  test.each([
    "assessment?domain=nowhere",
    "findings?domain=nowhere&severity=worst",
    "answers/online?show=__proto__&role=nobody",
    "?done=__proto__",
  ])("%s falls back to what there is", async (path) => {
    await stage.consultant().get(`${home}/${path}`.replace("/?", "?")).expect(200)
  })
})

describe("what is typed is checked and kept", () => {
  const long = `begin ${"x".repeat(100_000)} end`

  test("a rationale of 100,000 characters", async () => {
    const before = await revision()
    const { text } = await post(question, { "DQC-03": "2", rationale: long, action: "record" }).expect(422)
    expect(wordsOf(text)).toContain("Shorten the text to 10,000 characters or fewer; it has 100,010")
    expect(text).toContain(long)
    expect(await revision()).toBe(before)
  })

  test("a reason of 100,000 characters, and one with NUL", async () => {
    const { text } = await post(`${home}/plan/I10`, { change: "drop", reason: long, action: "record" }).expect(422)
    expect(text).toContain(long)
    const nul = await post(`${home}/plan/I10`, { change: "drop", reason: "a\0b", action: "record" }).expect(422)
    expect(wordsOf(nul.text)).toContain("Remove the NUL character at position 2")
  })

  test.each([
    ["/engagements", { title: "a\0b", client: "C", domains: "D" }, "NUL"],
    ["/engagements", { title: "T", client: "C", domains: "a\0b" }, "NUL"],
    [`${home}/people/new`, { name: "a\0b", role: "DPE", domains: "online" }, "NUL"],
    [`${home}/people/new`, { name: "A", role: "a\0b", domains: "online" }, "Select one of the roles"],
    [`${home}/people/new`, { name: "A", role: "DPE", email: "a\0@b.example", domains: "online" }, "NUL"],
    [`${home}/settings`, { title: "a\0b", client: "C" }, "NUL"],
    [`${home}/domains/new`, { name: "a\0b" }, "NUL"],
    [question, { "DQC-03": "2\0", rationale: "x", action: "record" }, "Select one of the answers shown"],
    [question, { "DQC-03": "2", rationale: "a\0b", action: "record" }, "NUL"],
  ])("NUL in a field of %s", async (path, form, said) => {
    const { text } = await post(path, form).expect(422)
    expect(wordsOf(text)).toContain(said)
  })

  test.each([
    ["/engagements", "title=One&title=Two&client=C&domains=D", "Enter this once: it was sent 2 times", "One; Two"],
    [`${home}/people/new`, "name=One&name=Two&role=DPE&domains=online", "Enter this once: it was sent 2 times", "One; Two"],
    [question, "DQC-03=2&rationale=One&rationale=Two&action=record", "Enter this once: it was sent 2 times", "One; Two"],
    [question, "DQC-03=2&DQC-03=3&rationale=One&action=record", "Select one answer only", "One"],
    [`${home}/plan/I10`, "change=drop&reason=One&reason=Two&action=record", "Enter this once: it was sent 2 times", "One; Two"],
  ])("a field of %s that came several times", async (path, form, said, kept) => {
    const { text } = await post(path, form).expect(422)
    expect(wordsOf(text)).toContain(said)
    expect(text).toContain(kept)
  })
})

describe("what was removed meanwhile", () => {
  test("an agreed answer for a removed domain is refused with what was typed", async () => {
    await post(`${home}/domains/new`, { name: "Short lived" }).expect(303)
    await post(`${home}/domains/short-lived/remove`, {}).expect(303)
    const form = { "DQC-03": "2", rationale: "Much thought went into this.", action: "record" }
    const { text } = await post(`${home}/answers/short-lived/DQC-03`, form).expect(404)
    expect(text).toContain("Much thought went into this.")
  })

  test("an override in a removed domain is refused, has no effect, and can be taken back", async () => {
    await post(`${home}/domains/new`, { name: "Short lived" }).expect(303)
    const path = `${home}/plan/I17?domain=short-lived`
    await post(path, { change: "move", wave: "3", reason: "Later.", action: "record" }).expect(303)
    await post(`${home}/domains/short-lived/remove`, {}).expect(303)
    const refused = await post(path, { change: "drop", reason: "Typed for nothing.", action: "record" }).expect(404)
    expect(refused.text).toContain("Typed for nothing.")
    const { text } = await stage.consultant().get(`${home}/plan`).expect(200)
    const left = (await stage.store.loadEngagement({ engagement: "e1", by: program }))?.engagement.overrides ?? []
    if (left.some(({ domain }) => domain === "short-lived")) {
      const seen =
        /short-lived"><input type="hidden" name="what" value="move"><input type="hidden" name="seen" value="(\w+)"/.exec(
          text,
        )?.[1]
      await post(path, { action: "take-back", what: "move", seen }).expect(303)
    }
    const after = (await stage.store.loadEngagement({ engagement: "e1", by: program }))?.engagement.overrides ?? []
    expect(after.some(({ domain }) => domain === "short-lived")).toBe(false)
  })

  test("a person who was removed cannot be changed, and what was typed is shown", async () => {
    const { text } = await post(`${home}/people/nobody`, { name: "Nobody Jones", role: "DPE", domains: "online" }).expect(404)
    expect(text).toContain("Nobody Jones")
  })
})

describe("files", () => {
  const upload = (bytes: Buffer, name: string) => stage.consultant().post("/engagements/import").attach("file", bytes, name)

  test("a PDF is told apart from an engagement file", async () => {
    const { text } = await upload(Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "latin1"), "plan.pdf").expect(422)
    expect(wordsOf(text)).toContain("plan.pdf")
    expect(wordsOf(text)).toContain("is no engagement file")
  })

  test("a file of 20 MB is read to its end, a larger one is refused", async () => {
    const padding = (size: number) => Buffer.from(`{"format":"headwater-engagement/1","x":"${"y".repeat(size)}"}`)
    const { text } = await upload(padding(19_900_000), "big.json").expect(422)
    expect(wordsOf(text)).toContain("$")
    expect(text.length).toBeLessThan(200_000)
    const refused = await upload(padding(20_100_000), "bigger.json").expect(413)
    expect(wordsOf(refused.text)).toContain("20 MB")
  })
})

test("a decision whose form shows nothing yet needs no version, one that replaces another does", async () => {
  const path = `${home}/answers/finance/DQC-02`
  const shown = await stage.consultant().get(path).expect(200)
  expect(hidden(shown.text, "seen")).toBe("none")
})
