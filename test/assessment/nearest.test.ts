import { expect, test } from "vitest"
import { didYouMean, nearest } from "../../src/assessment/nearest.ts"

test.each([
  ["titel", "title"],
  ["TITLE", "title"],
  ["respondent", "respondents"],
  ["PRD-1", "PRD-01"],
  ["dontknow", "dont-know"],
])("%s was meant to be %s", (word, meant) => {
  expect(nearest(word, ["title", "respondents", "PRD-01", "dont-know", "answers"])).toBe(meant)
})

test("nothing is guessed for what is near nothing, or for a novel", () => {
  expect(nearest("zzz", ["title"])).toBeUndefined()
  expect(nearest("x".repeat(101), ["x".repeat(101)])).toBeUndefined()
  expect(didYouMean("zzz", ["title"])).toBe("")
  expect(didYouMean("titel", ["title"])).toBe('; did you mean "title"?')
})
