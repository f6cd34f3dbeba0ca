import { beforeAll, expect, test } from "vitest"
import { writeEngagementFile } from "../../src/assessment/engagement.ts"
import type { Engagement, Questionnaire } from "../../src/assessment/model.ts"
import type { Assessment } from "../../src/assessment/result.ts"
import { sampleInput, sampleText } from "../fixtures/sample.ts"

let questionnaire: Questionnaire
let engagement: Engagement
let assessment: Assessment

beforeAll(async () => {
  ;({ questionnaire, engagement, assessment } = await sampleInput())
})

test("is written as the program itself would export it", () => {
  expect(writeEngagementFile(engagement)).toBe(sampleText)
})

test("shows three domains in three quadrants, one of them near a border", () => {
  expect(assessment.domains.map(({ domain, position }) => [domain, position.quadrant, position.placed])).toEqual([
    ["online", "lakehouse", true],
    ["finance", "etl", true],
    ["supply", "hand-coding", true],
  ])
  expect(assessment.domains[0]?.position.wording).toMatch(/^probably /)
})

test("every role speaks, and the people of each domain disagree", () => {
  expect(new Set(engagement.respondents.map(({ role }) => role)).size).toBe(questionnaire.roles.length)
  expect(assessment.domains.every(({ disputed }) => disputed.length > 0)).toBe(true)
  const rules = assessment.domains.map(({ findings }) => findings.map(({ rule }) => rule))
  expect(rules.map((each) => each.includes("R51"))).toEqual([true, false, true])
})

test("every domain has all seven inventories, with evidence of its own", () => {
  const tables = questionnaire.questions.filter(({ type }) => type === "table").map(({ id }) => id)
  const filled = engagement.inventories.filter(({ rows }) => rows.length >= 4)
  expect(filled.map(({ domain, question }) => `${domain} ${question}`).toSorted()).toEqual(
    engagement.domains.flatMap(({ id }) => tables.map((table) => `${id} ${table}`)).toSorted(),
  )
})

test("knows all states an answer can have", () => {
  const states = new Set(assessment.domains.flatMap(({ consensus }) => consensus.map(({ state }) => state)))
  expect([...states].toSorted()).toEqual(["answered", "decided", "dont-know", "not-applicable", "skipped", "unanswered"])
  const grades = new Set(engagement.answers.map(({ evidence }) => evidence ?? "claim"))
  expect(grades).toEqual(new Set(["claim", "document", "observed", "measured"]))
})

test("consumers that products name are listed, and some product rightly stays in batch in each domain", () => {
  for (const { id } of engagement.domains) {
    const rowsOf = (question: string) =>
      engagement.inventories.find((each) => each.domain === id && each.question === question)?.rows ?? []
    const listed = new Set(rowsOf("CON-01").map(({ name }) => String(name)))
    const named = rowsOf("DOM-05").flatMap(({ consumers }) => (typeof consumers === "string" ? consumers.split("; ") : []))
    expect(named.filter((name) => !listed.has(name))).toEqual([])
    expect(assessment.plan.keepInBatch.some(({ domain }) => domain === id)).toBe(true)
  }
})

test("the plan begins with groundwork and a pilot, honours every override and moves no domain back", () => {
  expect(assessment.plan.waves.slice(0, 2).map(({ name }) => name)).toEqual([
    "Wave 0: groundwork",
    "Wave 1: pilot in Stores and supply",
  ])
  const heard = new Set([
    ...assessment.plan.ranked.filter(({ overridden }) => overridden !== undefined).map(({ id }) => id),
    ...assessment.plan.dropped.map(({ id }) => id),
  ])
  expect(engagement.overrides.map(({ initiative }) => initiative).filter((id) => !heard.has(id))).toEqual([])
  for (const { stops } of assessment.plan.trajectory) {
    const integrity = stops.map(({ indices }) => indices["DI"] ?? 0)
    expect(integrity).toEqual(integrity.toSorted((one, other) => one - other))
  }
})
