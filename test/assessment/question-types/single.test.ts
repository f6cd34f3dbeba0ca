import { describe, expect, test } from "vitest"
import { single } from "../../../src/assessment/question-types/single.ts"
import { miniQuestion } from "../../fixtures/questions.ts"

const question = miniQuestion("CLN-01", "single")

test("the value is the level of an option", () => {
  expect(single.anchorOf(question, 3)).toBe(3)
  expect(single.describe(question, 3)).toBe("At ingestion before anything is shared")
  expect(single.problemWith(question, 3)).toBeUndefined()
})

test.each([[7], [-1], [1.5], ["3"], [[3]], [null], [undefined], [Number.NaN]])("%j is no level", (value) => {
  expect(single.problemWith(question, value)).toBe("Choose one of the levels 0, 1, 2, 3, 4 of CLN-01")
})

describe("a form", () => {
  test.each(["0", "1", "2", "3", "4"])("with %s", (sent) => {
    expect(single.readForm(question, { "CLN-01": sent })).toEqual({
      content: { status: "answered", value: Number(sent) },
      problems: [],
      empty: false,
    })
  })

  test.each([
    ["5", "Select one of the answers shown"],
    ["2.0", "Select one of the answers shown"],
    [["1", "2"], "Select one answer only"],
    [{ a: 1 }, "Answer this question again: what was sent is not text"],
  ])("with %j is refused", (sent, message) => {
    expect(single.readForm(question, { "CLN-01": sent })).toEqual({ problems: [{ field: "CLN-01", message }], empty: false })
  })

  test("with the same answer twice is one answer", () => {
    expect(single.readForm(question, { "CLN-01": ["2", "2"] }).content?.value).toBe(2)
  })
})
