import { expect, test } from "vitest"
import { readQuery } from "../../../src/estate/sql/read.ts"
import { factsOf } from "./polyglot.ts"
import { queryFiles, samplesOf } from "./texts.ts"

const names: Readonly<Record<string, string>> = { ansi: "generic", flink: "generic" }
const compared = queryFiles
  .flatMap(samplesOf)
  .filter(({ isApart }) => !isApart)
  .map((sample) => ({ ...sample, facts: factsOf(sample.sql, names[sample.dialect] ?? sample.dialect) }))
  .filter(({ facts }) => facts !== undefined)

test("the other parser takes nearly all of the texts", () => {
  expect(compared.length).toBeGreaterThan(180)
})

test.each(compared)("it says the same of $place: $sql", ({ sql, facts }) => {
  const { reads, verdict } = readQuery(sql)
  expect({ reads: reads.map((name) => name.toLowerCase()).toSorted(), stateful: verdict.stateful }).toEqual({
    reads: facts?.reads,
    stateful: facts?.stateful,
  })
})
