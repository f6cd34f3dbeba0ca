import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { overlap, placeLabels } from "../../src/report/labels.ts"

const frame = { x: 0, y: 0, width: 400, height: 340 }
const wish = fc.record({
  x: fc.integer({ min: 0, max: 400 }),
  y: fc.integer({ min: 0, max: 340 }),
  width: fc.integer({ min: 10, max: 110 }),
  height: fc.constantFrom(10, 12),
  clear: fc.constantFrom(0, 7, 9),
})

describe("labels", () => {
  test("never overlap each other or an obstacle, and stay in the frame", () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 24 }), fc.array(wish, { maxLength: 8 }), (wishes, others) => {
        const obstacles = others.map(({ x, y }) => ({ x: x - 7, y: y - 7, width: 14, height: 14 }))
        const places = placeLabels(wishes, frame, obstacles, [{ x: 100, y: 0, width: 2, height: 340 }])
        const placed = places.filter((place) => place !== undefined)
        placed.forEach((place, index) => {
          expect(place.x).toBeGreaterThanOrEqual(0)
          expect(place.x + place.width).toBeLessThanOrEqual(400)
          expect(place.y + place.height).toBeLessThanOrEqual(340)
          for (const other of [...placed.slice(index + 1), ...obstacles]) expect(overlap(place, other)).toBe(false)
        })
      }),
    )
  })

  test("finds a place for every label while there is room", () => {
    const crowd = Array.from({ length: 20 }, () => ({ x: 200, y: 170, width: 90, height: 12, clear: 7 }))
    expect(placeLabels(crowd, frame, []).filter(Boolean)).toHaveLength(20)
  })

  test("leads a line from a label that had to move away", () => {
    const [near, far] = placeLabels(
      [
        { x: 10, y: 10, width: 60, height: 12, clear: 7 },
        { x: 10, y: 10, width: 60, height: 12, clear: 7 },
      ],
      frame,
      [{ x: 0, y: 20, width: 200, height: 60 }],
    )
    expect(near?.leader).toBeUndefined()
    expect(far?.leader).toMatchObject({ x1: 10, y1: 10 })
  })

  test("keeps clear of soft obstacles while there is room nearby", () => {
    const soft = [{ x: 105, y: 90, width: 60, height: 20 }]
    const [place] = placeLabels([{ x: 100, y: 100, width: 50, height: 12, clear: 7 }], frame, [], soft)
    expect(soft.some((box) => place && overlap(place, box))).toBe(false)
  })

  test("gives up on a label when the frame is full", () => {
    expect(placeLabels([{ x: 5, y: 5, width: 50, height: 12, clear: 7 }], { x: 0, y: 0, width: 20, height: 20 }, [])).toEqual([
      undefined,
    ])
  })
})
