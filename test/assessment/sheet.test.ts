import { describe, expect, test } from "vitest"
import type { Anchor } from "../../src/assessment/model.ts"
import { byAxisId, cappedIndices, layOutSheet, levelsOf, onGrid, quadrantOf } from "../../src/assessment/sheet.ts"
import { workedQuestionnaire } from "../fixtures/worked-example.ts"

const sheet = layOutSheet(workedQuestionnaire)

/** Levels in the order of the worked questionnaire: CLN-01, DQC-03, DQC-05, CON-03. */
const levels = (...anchors: (Anchor | undefined)[]) => levelsOf(anchors.map((anchor) => (anchor === undefined ? {} : { anchor })))
const indices = (...anchors: (Anchor | undefined)[]) => cappedIndices(sheet, levels(...anchors))

describe("capped indices", () => {
  test("are those of C.11, and absent where nothing is answered", () => {
    const worked = byAxisId(sheet, indices(1, 2, 1, undefined))
    expect(worked).toEqual({ DI: onGrid(100 / 3) })
  })

  test("take other weights, and caps that move with the limit", () => {
    const high = levels(0, 4, 4, 4)
    expect(cappedIndices(sheet, high)[1]).toBe(49)
    expect(cappedIndices(sheet, high, undefined, -5)[1]).toBe(44)
    const weights = sheet.axes.map((axis) => axis.weights.map((weight, at) => (at === 0 ? 100 * weight : weight)))
    expect(cappedIndices(sheet, high, weights)[1]).toBeCloseTo((100 * 8) / 308, 9)
  })

  test("reach exactly 0, 50 and 100", () => {
    expect(indices(0, 0, 0, 0).slice(0, 2)).toEqual([0, 0])
    expect(indices(2, 2, 2, 2).slice(0, 2)).toEqual([50, 50])
    expect(indices(4, 4, 4, 4).slice(0, 2)).toEqual([100, 100])
  })
})

describe("quadrants", () => {
  test("a value at the limit is high", () => {
    expect(quadrantOf(sheet, [50, 50, undefined])).toBe("streaming")
    expect(quadrantOf(sheet, [50, 49.999, undefined])).toBe("lakehouse")
    expect(quadrantOf(sheet, [49.999, 50, undefined])).toBe("etl")
    expect(quadrantOf(sheet, [0, 0, undefined])).toBe("hand-coding")
    expect(quadrantOf(sheet, [52, 52, undefined], 55)).toBe("hand-coding")
  })

  test("need both axes", () => {
    expect(quadrantOf(sheet, [undefined, 50, 50])).toBeUndefined()
  })
})
