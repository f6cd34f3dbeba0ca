import { expect, test } from "vitest"
import { plannedEstate } from "../../src/report/planned-estate.ts"
import { writeReport } from "../../src/report/report.ts"
import { sources, statements } from "../fixtures/estate.ts"
import { sampleInput } from "../fixtures/sample.ts"

test("without an import there is no estate", async () => {
  const { questionnaire, engagement, assessment } = await sampleInput()
  expect(plannedEstate(questionnaire, engagement, assessment, [])).toBeUndefined()
})

test("an import becomes what the report takes: planned, with an effort for every statement", async () => {
  const input = await sampleInput()
  const { questionnaire, engagement, assessment } = input
  const estate = plannedEstate(questionnaire, engagement, assessment, [
    {
      domain: "supply",
      estate: {
        format: "headwater-estate/1",
        origin: { kind: "dbt-manifest", name: "meridian", passedOver: {} },
        statements,
        sources,
        consumers: [],
        notices: [],
      },
    },
  ])
  expect(estate?.origins.map(({ domain, origin }) => [domain, origin.name])).toEqual([["supply", "meridian"]])
  expect([...(estate?.efforts.keys() ?? [])].toSorted()).toEqual(statements.map(({ id }) => id).toSorted())
  expect(JSON.stringify(writeReport({ ...input, ...(estate && { estate }) }))).toContain("build in this order")
})
