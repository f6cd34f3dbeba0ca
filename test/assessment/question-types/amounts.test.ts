import * as fc from "fast-check"
import { expect, test } from "vitest"
import { durationText, readDuration, readNumber } from "../../../src/assessment/question-types/amounts.ts"
import { cleanText } from "../../../src/assessment/text.ts"

test.each([
  ["15 min", 15],
  ["15min", 15],
  ["4 h", 240],
  ["1 d", 1440],
  ["30 s", 0.5],
  ["2 w", 20_160],
  ["1 h 30 min", 90],
  ["1h30min", 90],
  ["1,5 Hours", 90],
  ["2 days", 2880],
  ["0 min", 0],
  ["1 000 h", 60_000],
])("%s is %d minutes", (typed, minutes) => {
  expect(readDuration(typed)).toBe(minutes)
})

test.each(["", "15", "min", "15 parsecs", "-1 h", "1 h 30", "h 1", "1,234 h", "1 h; 2 h"])("%j is no duration", (typed) => {
  expect(readDuration(typed)).toBeUndefined()
})

test.each([
  [0, "0 min"],
  [0.5, "30 s"],
  [90, "90 min"],
  [240, "4 h"],
  [1440, "1 d"],
  [10_080, "1 w"],
  [14_400, "10 d"],
])("%d minutes are shown as %s", (minutes, shown) => {
  expect(durationText(minutes)).toBe(shown)
})

test("a duration is read as it is shown", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (seconds) => {
      expect(readDuration(durationText(seconds / 60))).toBe(seconds / 60)
    }),
  )
})

test("hostile input of 100 KB is refused at once", () => {
  const started = process.cpuUsage().user
  for (const piece of ["1 ", "1a ", "1,", " ", "1.1", "\u2009", "min", "1 000 "]) {
    const hostile = piece.repeat(Math.ceil(100_000 / piece.length))
    expect(readDuration(hostile)).toBeUndefined()
    expect(readNumber(hostile)).toEqual({ problem: "not a number" })
    const blank = hostile.trim() === ""
    expect(cleanText(hostile)).toEqual(
      blank ? { text: "" } : { problem: expect.stringMatching(/^Shorten the text to 10.000 characters/) },
    )
  }
  expect(process.cpuUsage().user - started).toBeLessThan(500_000)
})
