import * as fc from "fast-check"
import { expect, test } from "vitest"
import { checkBands, checkCounts } from "../../../src/assessment/checks/bands.ts"
import type { Band, CountBand } from "../../../src/assessment/model.ts"
import { holds } from "../../../src/assessment/question-types/bands.ts"
import { multi } from "../../../src/assessment/question-types/multi.ts"
import { miniQuestion } from "../../fixtures/questions.ts"

const limit = fc.integer({ min: -2, max: 12 })
const start = fc.oneof(fc.constant({}), fc.record({ from: limit }), fc.record({ above: limit }))
const end = fc.oneof(fc.constant({}), fc.record({ to: limit }), fc.record({ below: limit }))
const band = fc.tuple(start, end).map(([from, to]): Band => Object.assign({ anchor: 0 as const, text: "" }, from, to))
const bands = fc.array(band, { minLength: 1, maxLength: 4 })

/** Whole numbers and a place between each two: all that limits at whole numbers can tell apart. */
const places = (whole: boolean): readonly number[] => Array.from({ length: whole ? 11 : 21 }, (_, at) => (whole ? at : at / 2))

test.each([true, false])(
  "bands pass exactly when each number is in one of them and none is empty (whole numbers: %s)",
  (whole) => {
    fc.assert(
      fc.property(bands, (given) => {
        const once = places(whole).every((value) => given.filter((each) => holds(each, value)).length === 1)
        const filled = given.every((each) => places(whole).some((value) => holds(each, value)))
        expect(checkBands(given, { min: 0, max: 10, whole }, []).length === 0).toBe(once && filled)
      }),
      { numRuns: 2000 },
    )
  },
)

test("any cut through the numbers passes", () => {
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(cuts, (given) => {
      const at = given.toSorted((a, b) => a - b)
      const cut = [...at, undefined].map((below, n): Band => {
        const from = at[n - 1]
        return Object.assign({ anchor: 0 as const, text: "" }, from !== undefined && { from }, below !== undefined && { below })
      })
      expect(checkBands(cut, { min: 0, max: 100, whole: false }, [])).toEqual([])
    }),
  )
})

test("counts pass exactly when every choice has a level and every band is used", () => {
  const question = miniQuestion("DQC-02", "multi")
  const ids = question.options.map((option) => option.id)
  const choices = Array.from({ length: 16 }, (_, bits) => ids.filter((_id, at) => (bits >> at) % 2 === 1))
  const count = fc.integer({ min: 0, max: 5 })
  const including = fc.option(fc.subarray(ids, { minLength: 1, maxLength: 2 }), { nil: undefined })
  const counted = fc.tuple(count, fc.option(count, { nil: undefined }), including)
  fc.assert(
    fc.property(fc.array(counted, { minLength: 1, maxLength: 4 }), (given) => {
      // The place of a band stands in for its level, so that the answer says which band matched.
      const list = given.map(([from, to, including], at): CountBand => ({
        anchor: at as CountBand["anchor"],
        from,
        text: "",
        ...(to !== undefined && { to }),
        ...(including && { including }),
      }))
      const asked = { ...question, bands: list }
      const matched = new Set(choices.map((ticks) => multi.anchorOf(asked, ticks)))
      const used = list.every((each) => matched.has(each.anchor))
      expect(checkCounts(asked, []).length === 0).toBe(used && !matched.has(undefined))
    }),
    { numRuns: 1000 },
  )
})
