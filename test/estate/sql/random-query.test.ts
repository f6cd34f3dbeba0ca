import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { readQuery, readTemplate } from "../../../src/estate/sql/read.ts"
import { readFile } from "../../../src/estate/sql/read-file.ts"
import { randomQuery } from "./random-query.ts"

const queries = fc.array(fc.nat(1000), { minLength: 0, maxLength: 300 }).map(randomQuery)
const sorted = (names: Iterable<string>): readonly string[] => [...names].map((name) => name.toLowerCase()).toSorted()

describe("random queries", () => {
  test("are read as they were made", () => {
    fc.assert(
      fc.property(queries, ({ sql, reads, stateful }) => {
        const reading = readQuery(sql)
        expect(sorted(reading.reads)).toEqual(sorted(reads))
        expect(reading.verdict.stateful).toBe(stateful)
        expect(reading.verdict.readBy).toBe("parser")
      }),
      { numRuns: 1500 },
    )
  })

  test("say the same as models and in scripts", () => {
    fc.assert(
      fc.property(queries, queries, (one, other) => {
        expect(readTemplate(one.sql).verdict).toEqual(readQuery(one.sql).verdict)
        const readings = readFile(`insert into a ${one.sql};\ncreate table b as ${other.sql}\n;`)
        expect(readings.map(({ writes }) => writes)).toEqual([["a"], ["b"]])
        expect(readings.map(({ reads }) => sorted(reads))).toEqual([sorted(one.reads), sorted(other.reads)])
        expect(readings.map(({ verdict }) => verdict.stateful)).toEqual([one.stateful, other.stateful])
      }),
      { numRuns: 300 },
    )
  })
})

describe("random texts", () => {
  const parts = fc.constantFrom(
    ..."select from where join on ( ) [ ] , ' \" ` ; -- /* */ {{ }} {% %} with as in union $$ . * = insert group by x".split(" "),
    "\n",
    " ",
  )

  test("always get an answer, with ranges inside the text", () => {
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 80 }), (words) => {
        const text = words.join(" ")
        for (const { verdict } of [readQuery(text), readTemplate(text), ...readFile(text)])
          for (const { start, end, line } of verdict.constructs) {
            expect(start).toBeLessThanOrEqual(end)
            expect(end).toBeLessThanOrEqual(text.length)
            expect(line).toBeGreaterThan(0)
          }
      }),
      { numRuns: 1000 },
    )
  })
})
