import { describe, expect, test } from "vitest"
import { scoreDomain, splitByDomain } from "../../src/assessment/domain.ts"
import { anEngagement, billing, cast, orders, said } from "../fixtures/engagements.ts"
import { buildQuestionnaire, single } from "../fixtures/build-questionnaire.ts"
import { workedAnswers, workedQuestionnaire } from "../fixtures/worked-example.ts"

const options = { seed: 1, draws: 100 }

describe("the worked example of C.11 as a whole", () => {
  const scores = scoreDomain(
    workedQuestionnaire,
    anEngagement(workedQuestionnaire, { answers: workedAnswers }),
    orders.id,
    options,
  )

  test("counts those who answered, by the roles of the questionnaire", () => {
    expect(scores).toMatchObject({ domain: "orders", name: "Orders", respondents: 3, roles: ["DPE", "AE", "ES"] })
  })

  test("lists what is disputed and unknown", () => {
    expect(scores.disputed).toEqual(["DQC-05"])
    expect(scores.unknown).toEqual(["CON-03"])
  })

  test("ranges over leaving each of the three out", () => {
    // Without A: DQC-05 3, CLN-01 1, DQC-03 2. Without B: 1, 2, 3. Without C: 1, 1, 2.
    const without = [(100 * (3 * 3 + 3 + 6)) / 36, (100 * (3 + 6 + 9)) / 36, (100 * (3 + 3 + 6)) / 36]
    expect(scores.axes["DI"]?.leaveOneOut?.low).toBeCloseTo(Math.min(...without), 10)
    expect(scores.axes["DI"]?.leaveOneOut?.high).toBeCloseTo(Math.max(...without), 10)
    expect(scores.axes["TTI"]).not.toHaveProperty("leaveOneOut")
  })

  test("has no place while an axis has no answers", () => {
    expect(scores.position).toMatchObject({ placed: false, shares: {} })
    expect(scores.position).not.toHaveProperty("quadrant")
  })
})

test("variants name roles, never persons", () => {
  const questionnaire = buildQuestionnaire([
    [single("A-1"), { TTI: 1 }],
    [single("A-2"), { DI: 1 }],
  ])
  const second = { ...cast.platformEngineer, id: "second", name: "Second Engineer" }
  const people = [cast.platformEngineer, second, cast.sponsor]
  const answers = people.flatMap((who) => [said(who, "A-1", 2), said(who, "A-2", 2)])
  const { sensitivity } = scoreDomain(
    questionnaire,
    anEngagement(questionnaire, { respondents: people, answers }),
    orders.id,
    options,
  )
  const names = sensitivity.variants.map((each) => each.name)
  expect(names).toEqual(
    expect.arrayContaining([
      "without one data platform engineer (1 of 2)",
      "without one data platform engineer (2 of 2)",
      "without one executive sponsor (1 of 1)",
    ]),
  )
  expect(names.join(" ")).not.toMatch(/Petra|Second|Edward/)
})

test("with one respondent nobody can be left out", () => {
  const answers = workedAnswers.filter((each) => each.respondent === cast.analyticsEngineer.id)
  const { axes } = scoreDomain(workedQuestionnaire, anEngagement(workedQuestionnaire, { answers }), orders.id, options)
  expect(axes["DI"]).not.toHaveProperty("leaveOneOut")
})

test("splitting gives every domain its own and loses nothing that belongs to one", () => {
  const answers = [...workedAnswers, said(cast.sponsor, "DQC-03", 1, { domain: billing.id })]
  const whole = anEngagement(workedQuestionnaire, { answers })
  const shares = splitByDomain(whole)
  expect([...shares.keys()]).toEqual(["orders", "billing"])
  expect(shares.get("orders")?.answers).toEqual(workedAnswers)
  expect(shares.get("billing")?.answers).toEqual([answers.at(-1)])
  for (const [domain, share] of shares)
    expect(scoreDomain(workedQuestionnaire, share, domain, options)).toEqual(
      scoreDomain(workedQuestionnaire, whole, domain, options),
    )
})
