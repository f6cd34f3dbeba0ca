import { describe, expect, test } from "vitest"
import type { Anchor } from "../../../src/assessment/model.ts"
import type { DomainFacts } from "../../../src/estate/products/engagement-facts.ts"
import { statementEfforts } from "../../../src/estate/products/statement-effort.ts"
import { shippedQuestionnaire } from "../../../src/questionnaire-files.ts"
import { found, statement, unread } from "../build-estate.ts"

const questionnaire = await shippedQuestionnaire()
const levels: Readonly<Record<string, Anchor>> = { "SQL-04": 2, "SQL-06": 1, "LEA-05": 2, "OPS-01": 1, "SQL-07": 3 }

function facts(anchors: Readonly<Record<string, Anchor>> = {}, streamingDays?: number): DomainFacts {
  const days = streamingDays === undefined ? {} : { streamingDays }
  return { domain: "d", anchor: (question) => anchors[question], rows: () => [], ...days }
}

const outer = statement("a", [], { verdict: found("join-outer", "keep-last") })
const last = statement("b", [], { verdict: found("keep-last") })
const today = statement("c", [], { verdict: found("run-time") })

describe("effort of a statement", () => {
  test("is that of the worked example of E.3, with its multipliers in words", () => {
    const efforts = statementEfforts(questionnaire, facts(levels), [outer])
    expect(efforts.effortOf(outer)).toEqual({ low: 10.9, expected: 14.6, high: 21.9 })
    expect(efforts.basisOf(outer)).toContain("7 points for factor 4, 0.5 for 1 further stateful construct; ×1.15 ")
    expect(efforts.basisOf(outer)).toMatch(/×1\.3 [^,]+ \(OPS-01 at 1\): ×1\.94 in all; 1 point is 1 person-day \(/)
  })

  test("counts experience and state where state is kept, knowledge of the rule from P3 on", () => {
    const efforts = statementEfforts(questionnaire, facts(levels), [last])
    expect(efforts.basisOf(last)).toContain("OPS-01")
    expect(efforts.basisOf(last)).not.toContain("SQL-06")
    expect(efforts.effortOf(last).expected).toBe(3)
    expect(efforts.basisOf(today)).toContain("SQL-06")
    expect(efforts.basisOf(today)).not.toContain("OPS-01")
    expect(efforts.effortOf(today).expected).toBe(5.2)
  })

  test("says what is not known, and reckons with 1", () => {
    const efforts = statementEfforts(questionnaire, facts(), [outer])
    expect(efforts.effortOf(outer).expected).toBe(7.5)
    expect(efforts.basisOf(outer)).toContain("not known (OPS-01)")
  })

  test("is calibrated by the days of a streaming pipeline and the median of what keeps state", () => {
    const efforts = statementEfforts(questionnaire, facts({}, 10), [statement("p"), last, outer, outer])
    expect(efforts.unit).toBe(1.33)
    expect(efforts.unitBasis).toBe(
      "LEA-04: 10 days for a streaming pipeline, 7.5 points for a typical statement that keeps state",
    )
    expect(efforts.effortOf(outer).expected).toBe(10)
    expect(statementEfforts(questionnaire, facts({}, 400), [outer]).unitBasis).toContain("at most 3")
    expect(statementEfforts(questionnaire, facts({}, 10), [statement("x", [], { verdict: unread })]).unit).toBe(1)
  })

  test("a hand decision goes before the verdict", () => {
    const decided = {
      ...outer,
      decision: { class: "P1" as const, stateful: false, reason: "The right side has one row per key" },
    }
    const efforts = statementEfforts(questionnaire, facts(), [decided])
    expect(efforts.effortOf(decided).expected).toBe(1)
    expect(efforts.basisOf(decided)).toContain("by hand as P1: The right side has one row per key")
  })

  test("of what nobody can read is a wide range with its reason", () => {
    const efforts = statementEfforts(questionnaire, facts(), [])
    expect(efforts.effortOf(statement("x", [], { verdict: unread }))).toEqual({ low: 0.8, expected: 4, high: 18 })
    expect(efforts.basisOf(statement("x", [], { verdict: unread }))).toContain(
      "A macro writes its body; anything from factor 1 to factor 5",
    )
    const code = statement("y", [], { verdict: { ...unread, class: "code", because: "Python" } })
    expect(efforts.effortOf(code)).toEqual({ low: 1.5, expected: 7, high: 18 })
  })
})
