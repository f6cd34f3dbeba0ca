import { describe, expect, test } from "vitest"
import {
  count,
  dateText,
  duration,
  grouped,
  intervalText,
  longDate,
  monthsText,
  sentence,
  series,
  shorten,
  someOf,
} from "../../src/report/wording.ts"

describe("wording", () => {
  test.each([
    [dateText("2027-01-04"), "4 Jan 2027"],
    [longDate("2026-11-22"), "22 November 2026"],
    [dateText("soon"), "soon"],
    [monthsText("2027-01-04", "2027-03-01"), "Jan–Mar 2027"],
    [monthsText("2026-11-04", "2027-02-01"), "Nov 2026–Feb 2027"],
    [monthsText("2027-01-04", "2027-01-30"), "Jan 2027"],
    [intervalText({ low: 27.6, high: 41.2 }), "28–41"],
    [intervalText({ low: 40.1, high: 40.3 }), "40"],
    [count(1, "question"), "1 question"],
    [count(3, "question is", "questions are"), "3 questions are"],
    [series(["a", "b", "c"]), "a, b and c"],
    [series([]), ""],
    [someOf(["a", "b", "c", "d"], 2), "a, b and 2 more"],
    [sentence("done "), "done."],
    [sentence("really?"), "really?"],
    [shorten("one two three four", 11), "one two…"],
    [grouped("3100000"), "3\u00a0100\u00a0000"],
    [grouped("2024"), "2024"],
  ])("%s", (said, expected) => {
    expect(said).toBe(expected)
  })

  test.each([
    [0.5, "30\u00a0s"],
    [15, "15\u00a0min"],
    [390, "6\u00a0h 30\u00a0min"],
    [1140, "19\u00a0h"],
    [10080, "7\u00a0d"],
  ])("%d minutes in words", (minutes, words) => {
    expect(duration(minutes)).toBe(words)
  })
})
