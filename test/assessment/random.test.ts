import { expect, test } from "vitest"
import { seededRandom } from "../../src/assessment/random.ts"

const first = (random: () => number, count = 5): number[] => Array.from({ length: count }, random)

test("the same seed and names give the same numbers, others give others", () => {
  expect(first(seededRandom(7, "a", "b"))).toEqual(first(seededRandom(7, "a", "b")))
  const others = [
    seededRandom(8, "a", "b"),
    seededRandom(7, "b", "a"),
    seededRandom(7, "ab"),
    seededRandom(7, "a"),
    seededRandom(0, "a", "b"),
  ]
  const starts = [seededRandom(7, "a", "b"), ...others].map((random) => first(random).join())
  expect(new Set(starts).size).toBe(starts.length)
})

test("numbers are spread evenly over [0, 1), also across neighbouring seeds", () => {
  const inFifths = [0, 0, 0, 0, 0]
  for (let seed = 0; seed < 500; seed++)
    for (const number of first(seededRandom(seed, "spread"), 40)) {
      expect(number).toBeGreaterThanOrEqual(0)
      expect(number).toBeLessThan(1)
      inFifths[Math.floor(number * 5)]! += 1
    }
  for (const count of inFifths) expect(Math.abs(count - 4000)).toBeLessThan(250)
})

test("the first number of neighbouring streams is spread too", () => {
  const firsts = Array.from({ length: 4000 }, (_, at) => seededRandom(1, `PRD-${at}`)())
  const mean = firsts.reduce((sum, each) => sum + each, 0) / firsts.length
  expect(mean).toBeGreaterThan(0.47)
  expect(mean).toBeLessThan(0.53)
})
