import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { NumberQuestion } from "../../../src/assessment/model.ts"
import { number, problemWithCompanion } from "../../../src/assessment/question-types/number.ts"
import { miniQuestion } from "../../fixtures/questions.ts"

const detect = miniQuestion("DQC-04", "number")
const days = miniQuestion("LEA-04", "number")
const share: NumberQuestion = { ...days, id: "PRD-02", unit: "%", min: 0, max: 100, whole: true }
const asks = "Enter a number from 0 to 10000 (hours), for example 3500"
const asksInWords = `${asks}, or "not-recorded" (Incidents are not recorded)`
const asksToSelect = `${asks}, or select "Incidents are not recorded"`

test.each([
  [0, 4],
  [0.99, 4],
  [1, 3],
  [23.9, 3],
  [24, 2],
  [168, 2],
  [168.1, 1],
  [10_000, 1],
  ["not-recorded", 0],
])("%j is level %i", (value, anchor) => {
  expect(number.problemWith(detect, value)).toBeUndefined()
  expect(number.anchorOf(detect, value)).toBe(anchor)
})

test("figures are shown with their unit, words as words", () => {
  expect(number.describe(detect, 35.5)).toBe("35.5 hours")
  expect(number.describe(detect, "not-recorded")).toBe("Incidents are not recorded")
})

test.each([[-1], [10_001], [Number.NaN], [Infinity]])("%j is refused", (value) => {
  expect(number.problemWith(detect, value)).toBe(asks)
})

test.each([["12"], ["unrecorded"], [[1]], [null]])("%j is refused with the answers in words", (value) => {
  expect(number.problemWith(detect, value)).toBe(asksInWords)
})

test("every answer in words is named", () => {
  const special = [...detect.special!, { id: "nobody-knows", text: "Nobody knows", anchor: 0 as const }]
  expect(number.problemWith({ ...detect, special }, "soon")).toBe(`${asksInWords}, or "nobody-knows" (Nobody knows)`)
})

test("the message names kind, limits and unit, with an example that fits", () => {
  expect(number.problemWith(share, 1.5)).toBe("Enter a whole number from 0 to 100 (%), for example 35")
  const limits = fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }), fc.boolean())
  fc.assert(
    fc.property(limits, ([min, range, whole]) => {
      const question = { ...share, min, max: min + range, whole }
      const example = Number(number.problemWith(question, "x")?.split("example ")[1])
      expect(number.problemWith(question, example)).toBeUndefined()
    }),
  )
})

const read = (sent: unknown, question = detect) => number.readForm(question, { [question.id]: sent })

describe("a form", () => {
  test.each([
    ["35", 35],
    [" 35,5 ", 35.5],
    ["35.5", 35.5],
    ["0,125", 0.125],
    ["1\u2009234,5", 1234.5],
    ["1\u202F234", 1234],
    ["9 999", 9999],
    ["35 hours", 35],
    ["not-recorded", "not-recorded"],
    [["", "not-recorded"], "not-recorded"],
  ])("reads %j", (sent, value) => {
    expect(read(sent)).toEqual({ content: { status: "answered", value }, problems: [], empty: false })
  })

  test("reads a figure with its sign", () => {
    expect(read("35 %", share).content?.value).toBe(35)
    expect(read("35%", share).content?.value).toBe(35)
  })

  test.each([
    ["soon", asksToSelect],
    ["-1", asks],
    ["10001", asks],
    ["1e3", asksToSelect],
    ["0x10", asksToSelect],
    ["1.234,5", asksToSelect],
    ["1,234", "Enter 1,234 as 1234 or as 1.234, so that it cannot be misread"],
    [["35", "36"], "Enter one number: 2 were sent"],
    [["35", "not-recorded"], 'Enter a number or select "Incidents are not recorded", not both'],
    ["9".repeat(100_000), asksToSelect],
  ])("refuses %j", (sent, message) => {
    expect(read(sent)).toEqual({ problems: [{ field: "DQC-04", message }], empty: false })
  })

  test("every figure can be typed as it is shown", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 10_000, noNaN: true }), (value) => {
        const shown = number.describe(detect, Math.round(value * 1000) / 1000)
        expect(read(shown).content?.value).toBe(Math.round(value * 1000) / 1000)
      }),
    )
  })
})

const readBoth = (fields: Readonly<Record<string, unknown>>) => number.readForm(days, fields)

describe("the second figure", () => {
  test("is kept beside the first", () => {
    expect(readBoth({ "LEA-04": "12", "LEA-04.companion": "4,5" }).content).toEqual({
      status: "answered",
      value: 12,
      companion: 4.5,
    })
  })

  test("is kept when the first is not known", () => {
    expect(readBoth({ "LEA-04": ["", "dont-know"], "LEA-04.companion": "4" }).content).toEqual({
      status: "dont-know",
      companion: 4,
    })
  })

  test("alone asks for the first", () => {
    expect(readBoth({ "LEA-04.companion": "4" })).toEqual({
      problems: [{ field: "LEA-04", message: `Enter a number from 0 to 400 (days), for example 140, or select "I don't know"` }],
      empty: false,
    })
  })

  test("is refused outside the limits, by its own name", () => {
    expect(readBoth({ "LEA-04": "12", "LEA-04.companion": "many" })).toEqual({
      problems: [
        {
          field: "LEA-04.companion",
          message: "Days for a streaming pipeline: Enter a number from 0 to 400 (days), for example 140",
        },
      ],
      empty: false,
    })
    expect(problemWithCompanion(days, 401)).toBe("Enter a number from 0 to 400 (days), for example 140")
    expect(problemWithCompanion(days, 400)).toBeUndefined()
    expect(problemWithCompanion(detect, 1)).toBe("DQC-04 has no second figure: leave it out")
  })
})
