import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { addWorkingDays, beginsOn, endsOn, laterOf, mondayAfter, nextWorkingDay } from "../../src/assessment/calendar.ts"

const days = fc
  .date({ min: new Date("2020-01-01T00:00:00Z"), max: new Date("2040-12-31T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const weekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay()

test.each([
  ["2027-01-04", "2027-01-04"],
  ["2027-01-09", "2027-01-11"],
  ["2027-01-10", "2027-01-11"],
])("work that may start on %s starts on %s", (date, first) => {
  expect(nextWorkingDay(date)).toBe(first)
})

test.each([
  ["2027-01-03", "2027-01-04"],
  ["2027-01-04", "2027-01-11"],
  ["2028-02-26", "2028-02-28"],
])("the Monday after %s is %s", (date, monday) => {
  expect(mondayAfter(date)).toBe(monday)
})

test.each([
  ["2027-01-04", 0, "2027-01-04"],
  ["2027-01-04", 4, "2027-01-08"],
  ["2027-01-04", 5, "2027-01-11"],
  ["2027-01-07", 2, "2027-01-11"],
  ["2027-01-09", 1, "2027-01-12"],
  ["2027-12-31", 1, "2028-01-03"],
])("%s and %i working days is %s", (date, count, then) => {
  expect(addWorkingDays(date, count)).toBe(then)
})

test("daylight saving and leap days move nothing", () => {
  expect(addWorkingDays("2027-03-26", 1)).toBe("2027-03-29")
  expect(addWorkingDays("2028-02-28", 1)).toBe("2028-02-29")
})

describe("fractions of weeks", () => {
  test("a week ends on the Friday, half a week on the Wednesday, the next begins on the Monday", () => {
    expect([endsOn("2027-01-04", 1), endsOn("2027-01-04", 0.5)]).toEqual(["2027-01-08", "2027-01-06"])
    expect([beginsOn("2027-01-04", 1), beginsOn("2027-01-04", 0.5)]).toEqual(["2027-01-11", "2027-01-06"])
  })

  test("binary dust is no day", () => {
    expect(endsOn("2027-01-04", 0.1 + 0.2 + 0.7)).toBe("2027-01-08")
  })

  test("what starts never ends before, and later is never earlier", () => {
    fc.assert(
      fc.property(
        days,
        fc.double({ min: 0, max: 200, noNaN: true }),
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        (date, from, length) => {
          expect(endsOn(date, from + length) >= beginsOn(date, from)).toBe(true)
          expect(endsOn(date, from + length) >= endsOn(date, from)).toBe(true)
          expect([1, 2, 3, 4, 5]).toContain(weekday(endsOn(date, from + length)))
        },
      ),
    )
  })
})

test("working days add up", () => {
  fc.assert(
    fc.property(days, fc.nat(300), fc.nat(300), (date, one, other) => {
      expect(addWorkingDays(addWorkingDays(date, one), other)).toBe(addWorkingDays(date, one + other))
    }),
  )
})

test("the later of two dates", () => {
  expect([laterOf("2027-01-04", "2027-02-01"), laterOf("2027-02-01", "2027-01-04")]).toEqual(["2027-02-01", "2027-02-01"])
})
