import { describe, expect, test } from "vitest"
import { readQuery } from "../../../src/estate/sql/read.ts"
import { queryFiles, samplesOf } from "./texts.ts"

const sorted = (names: readonly string[]): readonly string[] => names.map((name) => name.toLowerCase()).toSorted()

describe.each(queryFiles)("%s", (file) => {
  test.each(samplesOf(file))("$place: $sql", ({ sql, reads, writes, stateful, has, not, key }) => {
    const reading = readQuery(sql)
    const found = reading.verdict.constructs.map(({ construct }) => construct)
    expect({ reads: sorted(reading.reads), writes: sorted(reading.writes), stateful: reading.verdict.stateful }).toEqual({
      reads: sorted(reads),
      writes: sorted(writes),
      stateful: stateful ?? null,
    })
    expect(found).toEqual(expect.arrayContaining([...has]))
    expect(found.filter((construct) => not.includes(construct))).toEqual([])
    if (key !== undefined) expect(reading.key).toEqual(key)
  })
})

describe("places", () => {
  const text = "select a\nfrom t\nleft join u -- from x\n  on t.id = u.id\ngroup by a"
  const { verdict } = readQuery(text)

  test("each construct stands where its range says", () => {
    const shown = verdict.constructs.map(({ construct, start, end, line }) => [construct, text.slice(start, end), line])
    expect(shown).toEqual([
      ["projection", "a", 1],
      ["join-outer", "left join u -- from x\n  on t.id = u.id", 3],
      ["group-by", "group by a", 5],
    ])
  })

  test("the class is that of the highest factor, further state is counted", () => {
    expect(verdict).toMatchObject({ class: "P4", factor: 4, stateful: true, furtherStateful: 1, output: "changelog" })
  })
})

describe("texts without a query", () => {
  test.each(["", "  \n", "-- only a comment", "/* open", ";", ";;;"])("%j is unknown", (text) => {
    expect(readQuery(text).verdict).toMatchObject({ class: "unknown", stateful: null })
  })
})

describe("broken texts", () => {
  test("are never called portable", () => {
    for (const text of ["select (a from t", "select a) from t", "select 'a from t", "select `a from t"]) {
      expect(readQuery(text).verdict.class).toBe("unknown")
      expect(readQuery(text).verdict.because).toMatch(/cannot be understood/)
    }
  })

  test("that name what keeps state say so, read by their words", () => {
    const reading = readQuery("select count(* from orders o join items i on o.id = i.id group by 1")
    expect(reading.reads).toEqual(["orders", "items"])
    expect(reading.verdict).toMatchObject({ stateful: true, readBy: "scanner" })
  })
})

describe("common tables", () => {
  const reads = (sql: string): readonly string[] => readQuery(sql).reads

  test("shadow tables from where they stand on", () => {
    expect(reads("with a as (select * from a) select * from a")).toEqual(["a"])
    expect(reads("with a as (select * from b), b as (select * from a) select * from b")).toEqual(["b"])
    expect(reads("with recursive a as (select 1 union all select * from a) select * from a")).toEqual([])
  })

  test("are seen by queries inside, and not outside of their query", () => {
    expect(reads("with a as (select * from t) select * from (select * from (select * from a) x) y")).toEqual(["t"])
    expect(reads("select * from (with a as (select * from t) select * from a) x join a on true")).toEqual(["t", "a"])
    expect(reads("with o as (with i as (select * from t) select * from i) select * from i")).toEqual(["t", "i"])
  })

  test("never shadow a qualified name", () => {
    expect(reads("with orders as (select * from raw.orders) select * from orders")).toEqual(["raw.orders"])
  })

  test("keep their names whatever the case and the quotes", () => {
    expect(reads('with "Orders" as (select * from t) select * from orders')).toEqual(["t"])
  })
})
