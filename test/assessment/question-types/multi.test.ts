import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { multi } from "../../../src/assessment/question-types/multi.ts"
import { miniQuestion } from "../../fixtures/questions.ts"

const question = miniQuestion("DQC-02", "multi")
const ids = question.options.map((option) => option.id)

test.each([
  [[], 0],
  [["validity"], 1],
  [["validity", "uniqueness"], 2],
  [["validity", "uniqueness", "timeliness"], 3],
  [["completeness", "uniqueness", "timeliness"], 4],
  [ids, 4],
])("%j is level %i", (ticks, anchor) => {
  expect(multi.anchorOf(question, ticks)).toBe(anchor)
})

test("without bands there is no level", () => {
  const { bands: _bands, ...unscored } = question
  expect(multi.anchorOf(unscored, ["validity"])).toBeUndefined()
})

test("every choice has a level", () => {
  fc.assert(
    fc.property(fc.subarray(ids), (ticks) => {
      expect([0, 1, 2, 3, 4]).toContain(multi.anchorOf(question, ticks))
    }),
  )
})

test("ticks are shown in the order of the questionnaire, and none in its own words", () => {
  expect(multi.describe(question, ["timeliness", "completeness"])).toBe("Completeness; Timeliness")
  expect(multi.describe(question, [])).toBe("None of these")
})

test.each([
  ["validity", 'Give a list of option ids for DQC-02, for example ["completeness"]'],
  [[1], 'Give a list of option ids for DQC-02, for example ["completeness"]'],
  [["age"], 'Choose from the options completeness, uniqueness, timeliness, validity: "age" is not one of them'],
  [["validity", "validity"], 'Name each option once: "validity" is there twice'],
])("%j is refused", (value, message) => {
  expect(multi.problemWith(question, value)).toBe(message)
})

describe("a form", () => {
  test("keeps ticks in the order of the questionnaire", () => {
    expect(multi.readForm(question, { "DQC-02": ["validity", "completeness"] }).content).toEqual({
      status: "answered",
      value: ["completeness", "validity"],
    })
  })

  test("reads a single tick", () => {
    expect(multi.readForm(question, { "DQC-02": "timeliness" }).content?.value).toEqual(["timeliness"])
  })

  test("reads none of these as an answer", () => {
    expect(multi.readForm(question, { "DQC-02": "none" }).content).toEqual({ status: "answered", value: [] })
  })

  test.each([
    [["none", "validity"], 'Select "None of these" or the answers that apply, not both'],
    [["validity", "age"], "Select from the answers shown"],
  ])("with %j is refused", (sent, message) => {
    expect(multi.readForm(question, { "DQC-02": sent })).toEqual({ problems: [{ field: "DQC-02", message }], empty: false })
  })

  test("without a tick is empty", () => {
    expect(multi.readForm(question, {}).empty).toBe(true)
  })
})
