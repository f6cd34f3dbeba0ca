import { describe, expect, test } from "vitest"
import type { DomainScores } from "../../src/assessment/domain.ts"
import { scoreDomain } from "../../src/assessment/domain.ts"
import type { Answer } from "../../src/assessment/model.ts"
import { scoreOrganisation } from "../../src/assessment/organisation.ts"
import { anEngagement, cast, said } from "../fixtures/engagements.ts"
import { buildQuestionnaire, single } from "../fixtures/build-questionnaire.ts"

const questionnaire = buildQuestionnaire([
  [single("A-1"), { TTI: 1 }],
  [single("A-2"), { DI: 1 }],
])

function domain(id: string, speed?: number, integrity?: number): DomainScores {
  const answers: Answer[] = [
    ...(speed === undefined ? [] : [said(cast.platformEngineer, "A-1", speed, { domain: id })]),
    ...(integrity === undefined ? [] : [said(cast.platformEngineer, "A-2", integrity, { domain: id })]),
  ]
  return scoreDomain(questionnaire, anEngagement(questionnaire, { domains: [{ id, name: id.toUpperCase() }], answers }), id, {
    seed: 1,
    draws: 10,
  })
}

describe("the organisation", () => {
  test("is a spread; the middle is a figure that a domain really has, the lower one of two", () => {
    const { axes } = scoreOrganisation(questionnaire, [domain("a", 4, 1), domain("b", 0, 2), domain("c", 1, 3), domain("d", 2)])
    expect(axes["TTI"]).toEqual({ low: 0, middle: 25, high: 100 })
    expect(axes["DI"]).toEqual({ low: 25, middle: 50, high: 75 })
    expect(axes["RDY"]).toBeUndefined()
  })

  test("lists the domains of every quadrant, and those not placed yet", () => {
    const { quadrants, wording } = scoreOrganisation(questionnaire, [
      domain("a", 4, 0),
      domain("b", 4, 0),
      domain("c", 0, 4),
      domain("d"),
    ])
    expect(quadrants).toEqual({ "hand-coding": [], etl: ["c"], lakehouse: ["a", "b"], streaming: [] })
    expect(wording).toBe(
      "The domains stand in 2 quadrants (ETL: C; Lakehouse/ELT: A, B). An average would describe none of them, so the plan goes domain by domain. Not placed yet: D.",
    )
  })

  test("of one quadrant, or of none, says just that", () => {
    expect(scoreOrganisation(questionnaire, [domain("a", 0, 0)]).wording).toBe("Hand coding: A.")
    expect(scoreOrganisation(questionnaire, [domain("a")]).wording).toBe("No domain can be placed yet. Not placed yet: A.")
    expect(scoreOrganisation(questionnaire, []).wording).toBe("No domain can be placed yet.")
  })
})
