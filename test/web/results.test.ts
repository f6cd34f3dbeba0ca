import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { assess } from "../../src/assessment/assess.ts"
import { createPdfWorker } from "../../src/report/pdf/worker-pool.ts"
import { withoutNames, wordsWithoutNames } from "../../src/web/pseudonyms.ts"
import { keyOf } from "../../src/web/results.ts"
import { openSampleStage, wordsOf } from "./sample-stage.ts"
import { hidden, type Stage } from "./stage.ts"
import { program } from "../fixtures/program.ts"

const pdf = createPdfWorker()
let stage: Stage
beforeAll(async () => {
  stage = await openSampleStage({ replace: { pdf } })
})
afterAll(async () => {
  await pdf.close()
  await stage.close()
})

const home = "/engagements/e1"

const load = async () => {
  const stored = await stage.store.loadEngagement({ engagement: "e1", by: program })
  if (stored === undefined) throw new Error("no engagement")
  return stored
}

describe("answers by question", () => {
  test("the list says what counts, and filters to what is disputed", async () => {
    const { engagement, questionnaire } = await load()
    const [online] = assess(questionnaire, engagement).domains
    const { text } = await stage.consultant().get(`${home}/answers/online?show=disputed`).expect(200)
    const shown = [...text.matchAll(/answers\/online\/([A-Z]+-\d+)\?show=disputed/g)].map(([, id]) => id)
    expect(shown).toEqual(online?.disputed)
  })

  test("an agreed answer counts instead of the median, with rationale and dissent, until it is taken back", async () => {
    const visitor = stage.consultant()
    const path = `${home}/answers/online/DQC-03`
    const form = {
      "DQC-03": "3",
      rationale: "The log shows it.",
      dissent: "Product owners see more.",
      evidence: "document",
      action: "record",
    }
    await visitor.post(path).type("form").send(form).expect(303)
    const { text } = await visitor.get(path).expect(200)
    expect(wordsOf(text)).toContain("Agreed: 3")
    expect(text).toContain("The log shows it.")
    expect((await load()).engagement.decisions).toContainEqual(
      expect.objectContaining({ domain: "online", question: "DQC-03", value: 3, dissent: "Product owners see more." }),
    )
    await visitor
      .post(path)
      .type("form")
      .send({ action: "take-back", seen: hidden(text, "seen") })
      .expect(303)
    expect((await load()).engagement.decisions.some(({ question, domain }) => question === "DQC-03" && domain === "online")).toBe(
      false,
    )
  })

  test("a level can be agreed on for an inventory", async () => {
    const path = `${home}/answers/online/CON-01`
    await stage
      .consultant()
      .post(path)
      .type("form")
      .send({ level: "2", rationale: "Counted by hand.", action: "record" })
      .expect(303)
    expect((await load()).engagement.decisions).toContainEqual(expect.objectContaining({ question: "CON-01", anchor: 2 }))
    const { text } = await stage.consultant().get(path).expect(200)
    await stage
      .consultant()
      .post(path)
      .type("form")
      .send({ action: "take-back", seen: hidden(text, "seen") })
      .expect(303)
  })

  test.each([
    ["no answer", { rationale: "Because" }, "Select the answer you agreed on"],
    ["no reason", { "DQC-03": "2" }, "Say why this answer was agreed"],
    ["an option that does not exist", { "DQC-03": "7", rationale: "Because" }, "DQC-03"],
  ])("a decision with %s is not recorded, and the form keeps what was typed", async (_what, form, said) => {
    const before = (await load()).revision
    const { text } = await stage
      .consultant()
      .post(`${home}/answers/online/DQC-03`)
      .type("form")
      .send({ ...form, action: "record" })
      .expect(422)
    expect(wordsOf(text)).toContain(said)
    if ("rationale" in form) expect(text).toContain(form.rationale)
    expect((await load()).revision).toBe(before)
  })
})

describe("the assessment", () => {
  test("names the position, the target and what to find out next, and the shares add up to the index", async () => {
    const { engagement, questionnaire } = await load()
    const result = assess(questionnaire, engagement)
    const { text } = await stage.consultant().get(`${home}/assessment?domain=finance`).expect(200)
    const finance = result.domains.find(({ domain }) => domain === "finance")
    expect(wordsOf(text)).toContain(`${finance?.name}: ${finance?.position.wording}`)
    for (const { id, name } of questionnaire.scoring.axes.slice(0, 2)) {
      const target = finance?.target.axes?.[id]
      expect(wordsOf(text)).toContain(`${name}: ${target?.target} is enough (${target?.need})`)
      expect(wordsOf(text)).toContain(target?.because.at(-1) ?? "nobody")
    }
    for (const axis of Object.values(finance?.axes ?? {})) {
      expect(wordsOf(text)).toContain(`Together, before gates ${axis.raw?.toFixed(1)}`)
    }
  })

  test("findings show the answers behind them and what cannot be judged", async () => {
    const { engagement, questionnaire } = await load()
    const supply = assess(questionnaire, engagement).domains.find(({ domain }) => domain === "supply")
    const words = wordsOf((await stage.consultant().get(`${home}/findings?domain=supply`).expect(200)).text)
    for (const finding of supply?.findings ?? []) expect(words).toContain(finding.finding)
    for (const rule of supply?.cannotBeJudged ?? []) expect(words).toContain(rule.name)
    expect(supply?.cannotBeJudged.length).toBeGreaterThan(0)
  })
})

describe("the plan", () => {
  test("a change is recorded with its reason, obeyed, and can be taken back", async () => {
    const visitor = stage.consultant()
    const { engagement, questionnaire } = await load()
    const first = assess(questionnaire, engagement).plan.waves[0]?.items.find(
      ({ id, domain }) => domain !== undefined && id !== "I44",
    )
    const path = `${home}/plan/${first?.id}?domain=${first?.domain}`
    await visitor.post(path).type("form").send({ change: "drop", reason: "The group does it.", action: "record" }).expect(303)
    const after = await load()
    expect(after.engagement.overrides).toContainEqual(
      expect.objectContaining({ initiative: first?.id, domain: first?.domain, action: "drop", reason: "The group does it." }),
    )
    const { plan } = assess(after.questionnaire, after.engagement)
    expect(plan.waves.flatMap(({ items }) => items).some(({ id, domain }) => id === first?.id && domain === first?.domain)).toBe(
      false,
    )
    expect(wordsOf((await visitor.get(`${home}/plan`).expect(200)).text)).toContain("The group does it.")
    const shown = await visitor.get(path).expect(200)
    const taken = /name="what" value="drop"><input type="hidden" name="seen" value="(\w+)"/.exec(shown.text)?.[1]
    await visitor.post(path).type("form").send({ action: "take-back", what: "drop", seen: taken }).expect(303)
    expect((await load()).engagement.overrides).toEqual(engagement.overrides)
  })

  test.each([
    ["no choice", { reason: "x" }, "Select what the plan should do with it"],
    ["no wave", { change: "move", reason: "x" }, "Enter the number of a wave, 0 or more"],
    ["a range upside down", { change: "effort", low: "9", high: "3", reason: "x" }, "Enter a higher number than the lower one"],
    ["no reason", { change: "drop" }, "Say why: the plan shows your reason"],
  ])("a change with %s says what to do", async (_what, form, said) => {
    const { text } = await stage
      .consultant()
      .post(`${home}/plan/I10`)
      .type("form")
      .send({ ...form, action: "record" })
      .expect(422)
    expect(wordsOf(text)).toContain(said)
  })
})

test("what is computed without names in people's words is kept apart from the same revision with them", async () => {
  const stored = await stage.store.loadEngagement({ engagement: "e1", by: program })
  if (stored === undefined) throw new Error("no engagement")
  const byRole = withoutNames(stored)
  const keys = [stored, byRole, wordsWithoutNames(byRole, stored)].map(keyOf)
  expect(new Set(keys).size).toBe(3)
})

describe("the report", () => {
  test("is a page, a PDF on A4 and Letter, and a JSON result", async () => {
    const visitor = stage.consultant()
    expect((await visitor.get(`${home}/report`).expect(200)).text).toContain("Meridian Foods")
    for (const paper of ["", "?paper=letter"]) {
      const pdf = await visitor
        .get(`${home}/report.pdf${paper}`)
        .buffer(true)
        .expect(200)
        .expect("Content-Type", "application/pdf")
      expect((pdf.body as Buffer).subarray(0, 5).toString()).toBe("%PDF-")
      expect(pdf.headers["content-disposition"]).toContain(".pdf")
      await visitor
        .get(`${home}/report.pdf${paper}`)
        .set("If-None-Match", pdf.headers["etag"] ?? "")
        .expect(304)
    }
    const { body } = await visitor.get(`${home}/result.json`).expect(200)
    expect(body).toMatchObject({ format: "headwater-result/1" })
  })

  test("is dated by the day where the program runs, as on the command line", async () => {
    // 12:00 in UTC is the next day already on Kiritimati.
    const site = await openSampleStage({
      replace: { dayOf: (time) => new Date(time + 14 * 3_600_000).toISOString().slice(0, 10) },
    })
    const { text } = await site.consultant().get(`${home}/report`).expect(200)
    await site.close()
    expect(text).toContain("24 November 2026")
    expect(text).not.toContain("23 November 2026")
  })
})
