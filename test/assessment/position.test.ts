import { describe, expect, test } from "vitest"
import { placeOnMatrix } from "../../src/assessment/position.ts"
import type { AxisScore } from "../../src/assessment/scoring.ts"
import { layOutSheet } from "../../src/assessment/sheet.ts"
import { workedQuestionnaire } from "../fixtures/worked-example.ts"

const sheet = layOutSheet(workedQuestionnaire)
const enough = { people: 5, roles: 3 }

function axis(id: string, capped: number | undefined, more: Partial<AxisScore> = {}): AxisScore {
  const value = capped === undefined ? {} : { raw: capped, capped }
  return {
    axis: id,
    name: id === "TTI" ? "Speed of insight" : "Data integrity",
    ...value,
    gates: [],
    coverage: 1,
    notApplicable: 0,
    standing: "assessed",
    parts: [],
    contributions: [],
    unknown: [],
    ...more,
  }
}

const axes = (speed: AxisScore, integrity: AxisScore): AxisScore[] => [speed, integrity, axis("RDY", 10)]
const etl = axes(axis("TTI", 30), axis("DI", 70))
const place = (shares: Record<string, number>, scores = etl) => placeOnMatrix(sheet, scores, shares, enough)

test("the statement is the wording, unless too little is answered to place the domain", () => {
  expect(place({ etl: 1 }).statement).toBe("in ETL")
  const thin = axes(axis("TTI", 30, { coverage: 0.2, standing: "not assessable" }), axis("DI", 70))
  expect(place({ etl: 1 }, thin)).toMatchObject({
    wording: "in ETL",
    statement: "not to be placed yet: too little is answered",
    placed: false,
  })
})

describe("the words of C.6", () => {
  test.each([
    [1, "in ETL"],
    [0.9, "in ETL"],
    [0.8999, "probably ETL, possibly Hand coding"],
    [0.7, "probably ETL, possibly Hand coding"],
    [0.6999, "on the border of ETL and Hand coding: plan must hold for both"],
  ])("share %d: %s", (share, wording) => {
    expect(place({ etl: share, "hand-coding": 1 - share, lakehouse: 0, streaming: 0 }).wording).toBe(wording)
  })

  test("the likeliest comes first, even where the point lies elsewhere", () => {
    expect(place({ etl: 0.4, streaming: 0.6 }).wording).toBe("on the border of Data streaming and ETL: plan must hold for both")
  })

  test("equal shares fall to the quadrant of the point", () => {
    expect(place({ etl: 0.5, "hand-coding": 0.5 }).wording).toBe("on the border of ETL and Hand coding: plan must hold for both")
  })

  test("without an index there is no quadrant", () => {
    const position = place({}, axes(axis("TTI", undefined, { coverage: 0, standing: "not assessable" }), axis("DI", 70)))
    expect(position.quadrant).toBeUndefined()
    expect(position.wording).toBe("cannot be placed yet: an axis of the matrix has no answers")
    expect(position.placed).toBe(false)
  })
})

describe("whether it is a placement", () => {
  const shares = { etl: 1 }

  test("two people in two roles and both axes assessed", () => {
    expect(place(shares)).toMatchObject({ quadrant: "etl", placed: true, caveats: [] })
    expect(placeOnMatrix(sheet, etl, shares, { people: 2, roles: 2 }).placed).toBe(true)
  })

  test.each([
    [{ people: 1, roles: 1 }, "so far 1 person in 1 role answered"],
    [{ people: 3, roles: 1 }, "so far 3 people in 1 role answered"],
    [{ people: 0, roles: 0 }, "so far no people in no roles answered"],
  ])("%o is not enough", (answered, words) => {
    const position = placeOnMatrix(sheet, etl, shares, answered)
    expect(position.placed).toBe(false)
    expect(position.caveats.join(" ")).toContain(words)
  })

  test("few people make the interval too narrow, and that is said", () => {
    expect(placeOnMatrix(sheet, etl, shares, { people: 3, roles: 2 })).toMatchObject({
      placed: true,
      caveats: [expect.stringContaining("too narrow")],
    })
  })

  test.each([
    [
      { coverage: 0.556, standing: "indicative" as const },
      "Speed of insight is indicative: 55 % of its weight is answered, and a placement takes 60 %.",
    ],
    [
      { coverage: 0.8, standing: "indicative" as const },
      "Speed of insight is indicative: fewer than half of the questions that can cap it are answered.",
    ],
    [
      { coverage: 0.2, standing: "not assessable" as const },
      "Speed of insight is not assessable: 20 % of its weight is answered, and it takes 40 % to say anything.",
    ],
    [
      { notApplicable: 0.151, standing: "not assessable" as const },
      "Speed of insight is not assessable: 16 % of its weight is called not applicable, and more than 15 % blocks a placement.",
    ],
  ])("%o", (more, caveat) => {
    const position = place(shares, axes(axis("TTI", 30, more), axis("DI", 70)))
    expect(position.placed).toBe(false)
    expect(position.caveats).toEqual([caveat])
  })
})
