import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Estate } from "../../../src/estate/model.ts"
import { readSqlFiles } from "../../../src/estate/files/sql-files.ts"

const read = (files: Readonly<Record<string, string>>) =>
  readSqlFiles(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    { name: "etl" },
  )

const estateOf = (files: Readonly<Record<string, string>>): Estate => {
  const { estate, problems } = read(files)
  expect(problems).toEqual([])
  if (estate === undefined) throw new Error("no estate")
  return estate
}

const edgesOf = ({ statements }: Estate) => Object.fromEntries(statements.map(({ id, dependsOn }) => [id, dependsOn]))

describe("a folder of scripts", () => {
  test("gives a statement for each that moves data, by its place in its file, and counts the others", () => {
    const { statements, origin } = estateOf({
      "load.sql":
        "SET x = 1;\nCREATE TABLE a (id int);\n\nINSERT INTO a\nSELECT id FROM raw.b;\nCREATE VIEW c AS SELECT * FROM a;",
    })
    expect(statements.map(({ id, name, line, text }) => ({ id, name, line, text }))).toEqual([
      { id: "load.sql#3", name: "a", line: 4, text: "INSERT INTO a\nSELECT id FROM raw.b" },
      { id: "load.sql#4", name: "c", line: 6, text: "CREATE VIEW c AS SELECT * FROM a" },
    ])
    expect(origin).toEqual({ kind: "sql-files", name: "etl", passedOver: { setting: 1, "table definition": 1 } })
  })

  test("is linked by the names of tables, across files, whatever their case, quotes and schema", () => {
    const estate = estateOf({
      "a.sql": 'INSERT INTO "DW"."Orders" SELECT id FROM raw.orders',
      "b.sql": "INSERT INTO dw.orders SELECT id FROM `old`.`orders`",
      "c.sql": "CREATE TABLE report AS SELECT count(*) FROM prod.dw.orders",
      "d.sql": "SELECT * FROM report",
    })
    expect(edgesOf(estate)).toEqual({
      "a.sql#1": ["table.raw.orders"],
      "b.sql#1": ["table.old.orders"],
      "c.sql#1": ["a.sql#1", "b.sql#1"],
      "d.sql#1": ["c.sql#1"],
    })
    expect(estate.sources.map(({ id, kind, system }) => [id, kind, system])).toEqual([
      ["table.raw.orders", "outside", "raw"],
      ["table.old.orders", "outside", "old"],
    ])
    expect(estate.statements[3]).toMatchObject({ name: "d.sql", writes: [] })
  })

  test("keeps parameters in names, and links by them", () => {
    const estate = estateOf({
      "a.sql": "INSERT INTO ${db}.orders SELECT id FROM ${src.db}.orders",
      "b.sql": "INSERT INTO ${DB}.report SELECT id FROM ${db}.orders",
    })
    expect(estate.statements[0]).toMatchObject({ writes: ["${db}.orders"], reads: ["${src.db}.orders"] })
    expect(edgesOf(estate)["b.sql#1"]).toEqual(["a.sql#1"])
  })

  test("keeps temporary tables of one name apart by their files", () => {
    const script = (from: string, to: string) =>
      `CREATE TEMPORARY TABLE tmp AS SELECT id FROM ${from};\nINSERT INTO ${to} SELECT id FROM tmp`
    expect(edgesOf(estateOf({ "a.sql": script("raw.a", "dw.a"), "b.sql": script("raw.b", "dw.b") }))).toEqual({
      "a.sql#1": ["table.raw.a"],
      "a.sql#2": ["a.sql#1"],
      "b.sql#1": ["table.raw.b"],
      "b.sql#2": ["b.sql#1"],
    })
  })

  test("follows a temporary table into another file where only one has it", () => {
    const estate = estateOf({
      "a.sql": "CREATE TEMP TABLE tmp AS SELECT id FROM raw.a",
      "b.sql": "INSERT INTO dw.b SELECT id FROM tmp",
    })
    expect(edgesOf(estate)["b.sql#1"]).toEqual(["a.sql#1"])
  })

  test("calls a table that it defines and does not fill a source", () => {
    const { sources } = estateOf({ "a.sql": "CREATE EXTERNAL TABLE raw.a (id int);\nINSERT INTO b SELECT id FROM raw.a, raw.c" })
    expect(sources.map(({ id, kind }) => [id, kind])).toEqual([
      ["table.raw.a", "source"],
      ["table.raw.c", "outside"],
    ])
  })

  test("is read alike with Windows paths, line ends and a byte order mark", () => {
    const script = "INSERT INTO a\nSELECT 1 FROM b;\nINSERT INTO c\nSELECT 1 FROM a"
    const plain = estateOf({ "etl/load.sql": script })
    const windows = estateOf({ "etl\\load.sql": `\uFEFF${script.replaceAll("\n", "\r\n")}` })
    const withoutTexts = (estate: Estate) =>
      estate.statements.map(({ id, file, line, dependsOn, verdict }) => ({ id, file, line, dependsOn, class: verdict.class }))
    expect(withoutTexts(windows)).toEqual(withoutTexts(plain))
  })

  test("may hold what a scheduler fills in: names keep it, and what a macro writes is not guessed", () => {
    const { statements } = estateOf({
      "a.sql": [
        "{# one; two #}{% set days = 1 %}",
        "DELETE FROM {{ params.db }}.a WHERE day = '{{ ds }}';",
        "INSERT INTO {{ params.db }}.a SELECT id FROM `{{ project }}.raw.b_{{ ds }}`;",
        "INSERT INTO c SELECT {{ cents('x') }} FROM d;",
        "INSERT INTO e {% for x in xs %}SELECT {{ x }} FROM f{% if not loop.last %} UNION {% endif %}{% endfor %};",
        "INSERT INTO g SELECT id FROM h",
      ].join("\n"),
    })
    expect(statements.map(({ writes, reads, verdict }) => [writes, reads, verdict.class, verdict.stateful])).toEqual([
      [["{{ params.db }}.a"], [], "P3", true],
      [["{{ params.db }}.a"], ["{{project}}.raw.b_{{ds}}"], "P1", false],
      [["c"], ["d"], "unknown", null],
      [["e"], ["f"], "P2", true],
      [["g"], ["h"], "P1", false],
    ])
    expect(statements[1]).toMatchObject({ line: 3, dependsOn: ["table.{{project}}.raw.b_{{ds}}"] })
  })

  test("reads a table emptied and filled again as reloaded", () => {
    const { statements } = estateOf({ "a.sql": "TRUNCATE TABLE a;\nINSERT INTO a SELECT id FROM b" })
    expect(statements[0]?.verdict.constructs.map(({ construct }) => construct)).toContain("overwrite")
  })
})

describe("a dbt folder without a manifest", () => {
  const shop = {
    "dbt_project.yml": "name: shop\n",
    "models/stg_orders.sql": "select id, status from {{ source('raw', 'orders') }}",
    "models/marts/Orders.sql":
      "{{ config(materialized='table', alias='fct_orders', tags=['daily'], unique_key='id') }}\nselect o.id from {{ ref('stg_orders') }} o join {{ ref('countries') }} c on c.id = o.id join {{ ref('shared', 'currencies') }} k on k.id = o.id join {{ ref('nowhere') }} n on n.id = o.id",
    "seeds/countries.csv": "",
    "snapshots/history.sql":
      "{% snapshot orders_history %}\n{{ config(unique_key='id') }}\nselect * from {{ source('raw', 'orders') }}\n{% endsnapshot %}\n\n{% snapshot other_history %}\nselect * from {{ ref('Orders') }}\n{% endsnapshot %}",
    "macros/money.sql": "{% macro money(x) %} {{ x }} / 100 {% endmacro %}",
    "tests/no_negative.sql": "select * from {{ ref('Orders') }} where id < 0",
    "analyses/look.sql": "select 1",
    "dbt_packages/utils/models/x.sql": "select 1",
    "target/run/shop/models/stg_orders.sql": "create view stg_orders as select 1",
  }

  test("is read as dbt would: models, snapshots and seeds, linked by ref() and source()", () => {
    const estate = estateOf(shop)
    expect(edgesOf(estate)).toEqual({
      "model.shop.stg_orders": ["source.raw.orders"],
      "model.shop.Orders": ["model.shop.stg_orders", "seed.shop.countries", "model.shared.currencies", "table.nowhere"],
      "snapshot.shop.orders_history": ["source.raw.orders"],
      "snapshot.shop.other_history": ["model.shop.Orders"],
    })
    expect(estate.sources).toEqual(
      [
        { id: "seed.shop.countries", name: "countries", kind: "seed" },
        { id: "source.raw.orders", name: "raw.orders", kind: "source", system: "raw" },
        { id: "model.shared.currencies", name: "currencies", kind: "outside" },
        { id: "table.nowhere", name: "nowhere", kind: "outside" },
      ].toSorted(
        (one, other) =>
          estate.sources.findIndex(({ id }) => id === one.id) - estate.sources.findIndex(({ id }) => id === other.id),
      ),
    )
    expect(estate.origin.passedOver).toEqual({ macro: 1, test: 1, analysis: 1, "installed package": 1, "dbt's own output": 1 })
  })

  test("takes from config() what is written there", () => {
    expect(estateOf(shop).statements.find(({ name }) => name === "Orders")).toMatchObject({
      kind: "model",
      file: "models/marts/Orders.sql",
      materialized: "table",
      writes: ["fct_orders"],
      tags: ["daily"],
      key: ["id"],
      textSource: "raw",
      differences: [],
    })
  })

  test("says that a snapshot keeps history", () => {
    const [first, second] = estateOf(shop).statements.filter(({ kind }) => kind === "snapshot")
    expect(first).toMatchObject({ line: 1, materialized: "snapshot", verdict: { class: "P4", stateful: true } })
    expect(second).toMatchObject({ line: 6, writes: ["other_history"] })
    expect(first?.verdict.constructs.map(({ construct }) => construct)).toContain("type-2")
  })

  test("never guesses what a macro writes", () => {
    const { statements } = estateOf({ ...shop, "models/days.sql": "{{ dbt_utils.date_spine(datepart='day') }}" })
    expect(statements.find(({ name }) => name === "days")).toMatchObject({
      textSource: "none",
      verdict: { class: "unknown", stateful: null, because: expect.stringContaining("compiled SQL") as string },
    })
  })

  test("flags tables that the text names itself, without making edges of them", () => {
    const { statements } = estateOf({ "models/a.sql": "select 1 from {{ ref('b') }} join lake.c using (id)" })
    expect(statements[0]).toMatchObject({
      dependsOn: ["table.b"],
      differences: [{ kind: "hard-coded", relation: "lake.c" }],
    })
  })

  test("links a model without any reference, and scripts beside the models, by names", () => {
    const estate = estateOf({
      "dbt_project.yml": "name: shop",
      "models/a.sql": "select * from lake.raw_orders",
      "scripts/load.sql": "insert into lake.raw_orders select 1 from landing.orders",
      "scripts/export.sql": "insert into out.orders select * from analytics.a",
    })
    expect(edgesOf(estate)).toEqual({
      "model.shop.a": ["scripts/load.sql#1"],
      "scripts/load.sql#1": ["table.landing.orders"],
      "scripts/export.sql#1": ["model.shop.a"],
    })
  })

  test("counts models that are switched off, and takes Python models as code", () => {
    const estate = estateOf({
      "dbt_project.yml": "name: shop",
      "models/off.sql": "{{ config(enabled=false) }} select 1",
      "models/score.py":
        "def model(dbt, session):\n    return dbt.ref('orders').join(dbt.source('raw', 'x'), dbt.ref('shared', 'y'))",
      "models/helper.py": "def tidy(): pass",
    })
    expect(estate.origin.passedOver).toEqual({ disabled: 1 })
    expect(edgesOf(estate)).toEqual({ "model.shop.score": ["table.orders", "model.shared.y", "source.raw.x"] })
    expect(estate.statements[0]?.verdict).toMatchObject({ class: "code", stateful: null })
  })

  test("resolves a reference in its own project first, then in the only other one that has it", () => {
    const project = (name: string) => ({ [`${name}/dbt_project.yml`]: `name: ${name}` })
    const estate = estateOf({
      ...project("one"),
      ...project("two"),
      ...project("three"),
      "one/models/a.sql": "select 1 from raw.x",
      "two/models/a.sql": "select 1 from raw.x",
      "two/models/b.sql": "select * from {{ ref('a') }}",
      "three/models/c.sql": "select * from {{ ref('b') }} join {{ ref('a') }} using (id) join {{ ref('one', 'a') }} using (id)",
    })
    expect(edgesOf(estate)).toMatchObject({
      "model.two.b": ["model.two.a"],
      "model.three.c": ["model.two.b", "table.a", "model.one.a"],
    })
  })

  test("keeps two files of one name apart, and says so", () => {
    const { statements, notices } = estateOf({
      "dbt_project.yml": "name: p",
      "models/x/a.sql": "select 1 from raw.x",
      "models/y/a.sql": "select 1 from raw.y",
    })
    expect(statements.map(({ id }) => id)).toEqual(["model.p.a", "model.p.a#2"])
    expect(notices).toMatchObject([{ place: "models/y/a.sql" }])
  })
})

describe("bad input", () => {
  test.each([
    ["an empty folder", {}, "holds none"],
    ["a folder without SQL", { "readme.md": "# Hello" }, "none of these 1 files does"],
    ["definitions only", { "a.sql": "CREATE TABLE a (id int); SET x = 1" }, "1 × table definition, 1 × setting"],
    ["an empty file", { "a.sql": "" }, "none of these"],
    ["a path that leaves the folder", { "../a.sql": "select 1" }, "leaves it"],
    ["an absolute path", { "/a.sql": "select 1" }, "absolute"],
  ])("%s is a plain message", (_what, files, message) => {
    const { estate, problems } = read(files)
    expect(estate).toBeUndefined()
    expect(problems.map((each) => each.message).join("\n")).toContain(message)
  })

  test("template escapes are text: nothing of them runs", () => {
    const escapes = [
      "{{ range.constructor('globalThis.escaped = true')() }}",
      "{{ ''.constructor.constructor('globalThis.escaped = true')() }}",
      "{% set x = self.__init__.__globals__ %}{{ x }}",
      "{% for i in range(1000000000) %}{{ i }}{% endfor %}",
    ]
    for (const [at, escape] of escapes.entries()) {
      const { statements } = estateOf({ [`models/m${at}.sql`]: `${escape} select * from {{ ref('a') }}` })
      expect(statements).toHaveLength(1)
    }
    expect("escaped" in globalThis).toBe(false)
  })

  test.each([
    ["nested brackets", `select ${"(".repeat(100_000)}1${")".repeat(100_000)} from a`],
    ["an open comment", `select 1 from a /* ${"*".repeat(200_000)}`],
    ["open quotes", `insert into a select ${"'".repeat(100_001)} from b`],
    ["signs that are almost a template", `select * from {{ ref('a') }} ${"{% ".repeat(50_000)}`],
    ["a long name", `insert into ${"a.".repeat(100_000)}b select 1 from c`],
    ["spaces", `insert into a select 1 ${" ".repeat(300_000)} from b ${"\n".repeat(100_000)}`],
    ["letters before a call that never comes", `{{ ${"ref ".repeat(50_000)} ${"a".repeat(100_000)}! }} select 1`],
    ["dashes", `${"-".repeat(200_000)}\nselect 1 from a`],
    ["snapshots that never end", "{% snapshot a %}".repeat(20_000)],
  ])("%s of a hundred thousand signs are read in no more time than others", { timeout: 10_000 }, (_what, text) => {
    for (const path of ["a.sql", "models/a.sql"]) {
      const { estate, problems } = read({ [path]: text })
      expect(estate === undefined).toBe(problems.length > 0)
    }
  })

  test("a file of thousands of statements is read in no more time than thousands of files", { timeout: 20_000 }, () => {
    const { statements } = estateOf({ "a.sql": "INSERT INTO a SELECT 1\nFROM b;\n".repeat(50_000) })
    expect(statements).toHaveLength(50_000)
    expect(statements.at(-1)).toMatchObject({ line: 99_999, verdict: { constructs: [{ line: 1 }] } })
  })

  test("any files give an estate whose every edge leads somewhere, or problems", () => {
    const piece = fc.constantFrom(
      "select",
      "*",
      " from ",
      "a",
      "b.c",
      "insert into ",
      ";",
      "{{ ref('a') }}",
      "{{",
      "}}",
      "(",
      ")",
      "'",
      "--",
      "\n",
      "with x as (",
      "{% snapshot s %}",
      "{% endsnapshot %}",
      "union all ",
      "\0",
      "\uD800",
      "${p}",
      ", ",
      "join ",
      "create table ",
      " as ",
    )
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""))
    const path = fc.constantFrom(
      "a.sql",
      "b.sql",
      "models/a.sql",
      "models/b.sql",
      "snapshots/s.sql",
      "seeds/a.csv",
      "models/p.py",
      "dbt_project.yml",
    )
    fc.assert(
      fc.property(fc.dictionary(path, text), (files) => {
        const { estate, problems } = read(files)
        expect(estate === undefined).toBe(problems.length > 0)
        if (estate === undefined) return
        const ids = [...estate.statements, ...estate.sources].map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const { id, kind, dependsOn, text: own = "", verdict } of estate.statements) {
          expect(dependsOn).not.toContain(id)
          expect(ids).toEqual(expect.arrayContaining([...dependsOn]))
          for (const { start, end, line } of verdict.constructs) {
            expect(0 <= start && start <= end && end <= own.length).toBe(true)
            if (kind === "statement") expect(line).toBe(own.slice(0, start).split("\n").length)
          }
        }
      }),
      { numRuns: 500 },
    )
  })
})
