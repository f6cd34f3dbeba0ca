import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { type StatementReading, readFile } from "../../../src/estate/sql/read-file.ts"

const scripts = readFileSync(join(import.meta.dirname, "texts", "scripts.txt"), "utf8")
  .split(/^--# /m)
  .slice(1)
  .map((part) => {
    const [name = "", ...lines] = part.split("\n")
    const isExpected = (line: string): boolean => line.startsWith("--= ")
    return {
      name,
      expected: lines.filter(isExpected).map((line) => line.slice(4)),
      sql: lines.filter((line) => !isExpected(line)).join("\n"),
    }
  })

const shown = ({ kind, reads, writes, verdict }: StatementReading): string => {
  if (kind !== "data") return kind
  const state = verdict.stateful === null ? "unknown" : verdict.stateful ? "stateful" : "stateless"
  const list = (word: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${word} ${names.toSorted().join(", ")}`]
  return ["data", ...list("reads", reads), ...list("writes", writes), state].join("; ")
}

test.each(scripts)("$name", ({ sql, expected }) => {
  expect(readFile(sql).map(shown)).toEqual(expected)
})

describe("places", () => {
  const text = "-- head\nuse x;\n\ninsert into a select 1 from b;\nselect distinct c\nfrom d\nunion select e from f"
  const readings = readFile(text)

  test("each statement has its range and line in the file", () => {
    expect(readings.map(({ start, end, line }) => [text.slice(start, end).split("\n")[0], line])).toEqual([
      ["use x", 2],
      ["insert into a select 1 from b", 4],
      ["select distinct c", 5],
    ])
  })

  test("constructs have theirs in the statement", () => {
    const last = readings[2]
    const own = text.slice(last?.start, last?.end)
    const places = last?.verdict.constructs.map(({ construct, start, end, line }) => [construct, own.slice(start, end), line])
    expect(places).toContainEqual(["distinct", "distinct", 1])
    expect(places).toContainEqual(["distinct", "union", 3])
  })
})

describe("a table that is emptied before it is loaded", () => {
  const constructs = (text: string): readonly string[] =>
    readFile(text).flatMap(({ verdict }) => verdict.constructs.map(({ construct }) => construct))

  test.each(["truncate table t", "truncate t", "delete from t"])("%s", (first) => {
    expect(constructs(`${first}; insert into t select * from s`)).toContain("overwrite")
  })

  test.each(["truncate table u", "delete from t where x = 1", "select 1 from t"])("is another than after: %s", (first) => {
    expect(constructs(`${first}; insert into t select * from s`)).not.toContain("overwrite")
  })
})

describe("definitions in the same file", () => {
  const tables = `
    CREATE TABLE users (id BIGINT, name STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'upsert-kafka');
    CREATE TABLE plain (id BIGINT, name STRING) WITH ('connector' = 'kafka');
    CREATE TABLE by_name (who STRING, n BIGINT, PRIMARY KEY (who) NOT ENFORCED) WITH ('connector' = 'jdbc');
    CREATE TABLE left_side (id BIGINT PRIMARY KEY NOT ENFORCED) WITH ('connector' = 'fluss');
    CREATE TABLE right_side (id BIGINT PRIMARY KEY NOT ENFORCED) WITH ('connector' = 'fluss');`
  const constructs = (statement: string): readonly string[] =>
    readFile(`${tables}\n${statement}`)
      .at(-1)
      ?.verdict.constructs.map(({ construct }) => construct) ?? []

  test("name the feeds that have only the new state of a row", () => {
    expect(constructs("INSERT INTO x SELECT id FROM users")).toContain("upsert-input")
    expect(constructs("INSERT INTO x SELECT id FROM plain")).not.toContain("upsert-input")
  })

  test("compare the sink's key with the groups by place", () => {
    const into = "INSERT INTO by_name SELECT"
    expect(constructs(`${into} name, COUNT(*) FROM plain GROUP BY name`)).not.toContain("sink-key")
    expect(constructs(`${into} MAX(name), COUNT(*) FROM plain GROUP BY id`)).toContain("sink-key")
    expect(constructs(`${into} name, id FROM plain GROUP BY name, id`)).toContain("sink-key")
    expect(constructs(`${into} p.name, COUNT(*) FROM plain p GROUP BY 1`)).not.toContain("sink-key")
  })

  test("show where both sides of a join have an index", () => {
    expect(constructs("INSERT INTO x SELECT l.id FROM left_side l JOIN right_side r ON l.id = r.id")).toContain("join-delta")
    expect(constructs("INSERT INTO x SELECT l.id FROM left_side l JOIN plain r ON l.id = r.id")).not.toContain("join-delta")
  })
})

describe("what cannot be understood", () => {
  test.each([
    ["select ((((;", "data"],
    ["insert ((;", "data"],
    ["create table t (id int);", "definition"],
    ["%sh ls;", "setting"],
  ])("%s is %s", (text, kind) => {
    expect(readFile(text).map((statement) => statement.kind)).toEqual([kind])
  })
})
