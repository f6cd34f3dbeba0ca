import { describe, expect, test } from "vitest"
import { drawContributions } from "../../../src/report/charts/contributions.ts"
import { coverageStep, drawCoverage } from "../../../src/report/charts/coverage.ts"
import { drawGantt } from "../../../src/report/charts/gantt.ts"
import { drawIntervals } from "../../../src/report/charts/intervals.ts"
import { drawNext } from "../../../src/report/charts/next.ts"
import { drawProfile } from "../../../src/report/charts/profile.ts"
import { countedAnswers, drawSpread } from "../../../src/report/charts/spread.ts"
import type { Drawing, Shape } from "../../../src/report/drawing.ts"

const long = "A name that is much longer than the room a chart has for it, whatever its width may be"

const drawings: Record<string, Drawing> = {
  intervals: drawIntervals(
    [
      {
        name: long,
        rows: [
          {
            name: "Speed",
            value: 34,
            raw: 60,
            interval: { low: 28, high: 41 },
            bounds: { low: 0, high: 100 },
            target: 100,
            note: "82 % answered",
          },
          { name: "Ease", note: "not assessable" },
        ],
      },
    ],
    50,
    471,
    "Indices",
  ),
  profile: drawProfile([{ name: long, counts: [1, 0, 12, 3, 2], unknown: 2, note: "gate DQC-05 at 0" }], 471, "Profile"),
  spread: drawSpread(
    [
      {
        id: "DQC-05",
        name: long,
        answers: Array.from({ length: 9 }, () => ({ role: "DPE", level: 1 })),
        agreed: 1,
        decided: true,
      },
    ],
    471,
    "Spread",
  ),
  gantt: drawGantt(
    [
      {
        number: 0,
        name: `Wave 0: ${long}`,
        start: "2027-01-11",
        finish: "2027-03-05",
        bars: [
          { key: "a", name: long, domain: long, start: "2027-01-11", finish: "2027-01-20", finishLate: "2027-03-30", needs: [] },
          {
            key: "b",
            name: "I02",
            domain: "",
            start: "2027-01-21",
            finish: "2027-02-20",
            finishLate: "2027-02-20",
            needs: ["a", "gone"],
          },
        ],
      },
    ],
    { start: "2027-01-11", finish: "2027-03-30" },
    471,
    "Roadmap",
  ),
  contributions: drawContributions(
    [
      { name: long, points: 3.4, missing: 0.3 },
      { name: "none", points: 0, missing: 9 },
    ],
    226,
    "Contributions",
  ),
  next: drawNext(
    [
      { name: long, span: 12.4, why: "unknown", note: long },
      { name: "B", span: 0, why: "disputed", note: "1 min" },
    ],
    471,
    "Next",
  ),
  nothing: drawNext([], 471, "Next"),
  coverage: drawCoverage(
    Array.from({ length: 14 }, (_, at) => `D${at}`),
    Array.from({ length: 20 }, (_, at) => ({
      name: long,
      shares: Array.from({ length: 14 }, (_, to) => (at === to ? undefined : to / 13)),
    })),
    471,
    "Coverage",
  ),
  "coverage of nothing": drawCoverage([], [], 471, "Coverage"),
}

function reach(shape: Shape): { right: number; bottom: number; left: number; top: number } {
  if (shape.shape === "rect") return { left: shape.x, top: shape.y, right: shape.x + shape.width, bottom: shape.y + shape.height }
  if (shape.shape === "circle") return { left: shape.x, top: shape.y, right: shape.x, bottom: shape.y }
  if (shape.shape === "line")
    return {
      left: Math.min(shape.x1, shape.x2),
      top: Math.min(shape.y1, shape.y2),
      right: Math.max(shape.x1, shape.x2),
      bottom: Math.max(shape.y1, shape.y2),
    }
  if (shape.shape === "text") return { left: shape.x, top: shape.y - shape.size, right: shape.x, bottom: shape.y }
  const numbers = shape.d.match(/-?[\d.]+/g)?.map(Number) ?? []
  const [xs, ys] = [numbers.filter((_, index) => index % 2 === 0), numbers.filter((_, index) => index % 2 === 1)]
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) }
}

describe.each(Object.entries(drawings))("%s", (_, drawing) => {
  test("stays inside its own size", () => {
    for (const shape of drawing.shapes) {
      const { left, top, right, bottom } = reach(shape)
      expect(left).toBeGreaterThanOrEqual(-1)
      expect(top).toBeGreaterThanOrEqual(-1)
      expect(right).toBeLessThanOrEqual(drawing.width + 1)
      expect(bottom).toBeLessThanOrEqual(drawing.height + 1)
    }
  })

  test("has only whole figures in its words", () => {
    const words = [drawing.description, ...drawing.shapes.map((shape) => (shape.shape === "text" ? shape.text : ""))].join(" ")
    expect(words).not.toMatch(/\d\.\d/)
  })

  test("prints numbers a reader can parse", () => {
    expect(JSON.stringify(drawing)).not.toMatch(/null|NaN|Infinity/)
  })
})

test("what a chart shows is also said in words", () => {
  expect(drawings["intervals"]?.description).toContain("Speed 34, between 28 and 41, target 100")
  expect(drawings["profile"]?.description).toContain("12 at level 2")
  expect(drawings["spread"]?.description).toContain("agreed 1")
  expect(drawings["gantt"]?.description).toContain("from 2027-01-11 to 2027-01-20")
  expect(drawings["contributions"]?.description).toContain("none: 0 points gained, 9 still to gain")
  expect(drawings["coverage"]?.description).toContain("D0 not asked, D1 8 %")
  expect(drawings["next"]?.description).toContain("unknown: up to 12 points")
})

test.each([
  [0, 0],
  [0.39, 1],
  [0.4, 2],
  [0.59, 2],
  [0.6, 3],
  [0.99, 3],
  [1, 4],
])("a share of %d is shaded in step %i, as the assessment judges it", (share, step) => {
  expect(coverageStep(share)).toBe(step)
})

test("a heat map names its shades by number as well: each cell says its share", () => {
  const words = drawings["coverage"]?.shapes.flatMap((shape) => (shape.shape === "text" ? [shape.text] : []))
  expect(words?.filter((text) => text === "100")).toHaveLength(19)
  expect(words?.filter((text) => text === "–")).toHaveLength(14)
})

test("many answers share a chip for each role and level, few have their own", () => {
  const same = (length: number) => Array.from({ length }, () => ({ role: "DPE", level: 1 }))
  expect(countedAnswers(same(14))).toHaveLength(14)
  expect(countedAnswers([...same(60), { role: "AE", level: 1 }])).toEqual([
    { role: "DPE ×60", level: 1 },
    { role: "AE ×1", level: 1 },
  ])
})
