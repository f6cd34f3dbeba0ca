import { expect, test } from "vitest"
import { guessTargets, looksLikeHeadings, targetsInOrder } from "../../../src/assessment/lists/mapping.ts"
import type { TableQuestion } from "../../../src/assessment/model.ts"
import { smallQuestionnaire } from "../../fixtures/small-questionnaire.ts"

const base = smallQuestionnaire.questions.find(({ id }) => id === "SRC-04") as TableQuestion
const text = (id: string, label: string) => ({ id, label, type: "text", required: false }) as const
const jobs: TableQuestion = {
  ...base,
  item: "job",
  columns: [
    { ...text("name", "Name"), required: true },
    text("interval", "Runs every"),
    text("rows", "Rows per run"),
    text("requiredAge", "Required age"),
    text("actualAge", "Actual age"),
  ],
}

test("headings are known by label, id, synonym and part, whatever their case and signs", () => {
  expect(guessTargets(jobs, ["NAME", "runs-every", "rows", "Required Age (h)", "actualAge"])).toEqual([
    "name",
    "interval",
    "rows",
    "requiredAge",
    "actualAge",
  ])
  expect(guessTargets(jobs, ["Job", "Schedule", "Row count", "SLA", "Latency", "Colour", ""])).toEqual([
    "name",
    "interval",
    "rows",
    "requiredAge",
    "actualAge",
    undefined,
    undefined,
  ])
})

test("each column is guessed once, and the surest guess wins", () => {
  expect(guessTargets(jobs, ["Job", "Name", "Title"])).toEqual([undefined, "name", undefined])
  expect(guessTargets(jobs, ["Row id", "Row version", "id", "Version"])).toEqual(["@id", "@version", undefined, undefined])
})

test("a first row of values is no row of headings", () => {
  expect(looksLikeHeadings(jobs, ["Job", "Schedule"])).toBe(true)
  expect(looksLikeHeadings(jobs, ["Runs every"])).toBe(true)
  expect(looksLikeHeadings(jobs, ["Nightly load", "1 d"])).toBe(false)
  expect(targetsInOrder(jobs, 7)).toEqual(["name", "interval", "rows", "requiredAge", "actualAge", undefined, undefined])
})
