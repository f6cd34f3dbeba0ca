import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, test } from "vitest"
import type { EstateResult } from "../../src/estate/estate-result.ts"
import { shortFile } from "../fixtures/short-file.ts"
import { folderWith, headwater } from "./running.ts"

/** A folder with files in folders, gone after the test. */
const treeWith = (files: Readonly<Record<string, string | Uint8Array>>): string => {
  const root = folderWith()
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return root
}

const resultOf = async (argv: readonly string[], input = ""): Promise<EstateResult> => {
  const { code, out, err } = await headwater(["estate", ...argv, "--json"], input)
  expect(err).toBe("")
  expect(code).toBe(0)
  return JSON.parse(out) as EstateResult
}

const manifest = JSON.stringify({
  metadata: {
    dbt_schema_version: "https://schemas.getdbt.com/dbt/manifest/v12.json",
    project_name: "shop",
    adapter_type: "spark",
  },
  nodes: {
    "model.shop.orders": {
      unique_id: "model.shop.orders",
      resource_type: "model",
      name: "orders",
      package_name: "shop",
      schema: "dw",
      alias: "orders",
      original_file_path: "models\\orders.sql",
      raw_code: "select * from {{ source('raw', 'orders') }}",
      compiled_code: "select o.* from raw.orders o left anti join raw.blocked b on b.id = o.id",
      depends_on: { nodes: ["source.shop.raw.orders"] },
      config: { materialized: "table" },
    },
  },
  sources: {
    "source.shop.raw.orders": {
      unique_id: "source.shop.raw.orders",
      resource_type: "source",
      name: "orders",
      source_name: "raw",
      schema: "raw",
    },
  },
})

describe("estate --json", () => {
  test("gives each statement with its class, state, constructs and text, and the graph", async () => {
    const { format, origin, statements, sources, graph, cycles } = await resultOf(["-"], manifest)
    expect(format).toBe("headwater-estate-result/1")
    expect(origin).toEqual({ kind: "dbt-manifest", name: "shop", schemaVersion: "v12", dialect: "spark" })
    expect(statements).toEqual([
      {
        id: "model.shop.orders",
        name: "orders",
        kind: "model",
        file: "models/orders.sql",
        line: null,
        materialized: "table",
        writes: ["dw.orders"],
        reads: ["raw.orders", "raw.blocked"],
        dependsOn: ["source.shop.raw.orders"],
        class: "P4",
        stateful: true,
        factor: 4,
        constructs: expect.arrayContaining([
          {
            construct: "anti-join",
            line: 1,
            start: expect.any(Number) as number,
            end: expect.any(Number) as number,
            reason: expect.stringContaining("blocked") as string,
          },
        ]) as unknown,
        textSource: "compiled",
        readBy: "parser",
        differences: [{ kind: "hard-coded", relation: "raw.blocked" }],
        because: null,
      },
    ])
    expect(sources.map(({ id }) => id)).toEqual(["source.shop.raw.orders"])
    expect(graph).toEqual({
      nodes: [
        { id: "model.shop.orders", kind: "model" },
        { id: "source.shop.raw.orders", kind: "source" },
      ],
      edges: [{ from: "source.shop.raw.orders", to: "model.shop.orders" }],
    })
    expect(cycles).toEqual([])
  })

  test("walks a folder, without its hidden folders and links, and without following them out of it", async () => {
    const root = treeWith({
      "b/two.sql": "INSERT INTO c SELECT 1 FROM a",
      "b/deep/er/three.HQL": "INSERT INTO d SELECT 1 FROM c",
      "one.sql": "INSERT INTO a SELECT 1 FROM raw.x",
      ".git/hidden.sql": "INSERT INTO h SELECT 1 FROM raw.x",
      "node_modules/p/m.sql": "INSERT INTO m SELECT 1 FROM raw.x",
      "notes.txt": "INSERT INTO n SELECT 1 FROM raw.x",
      "latin.sql": Buffer.from("INSERT INTO e SELECT 'ü' FROM d", "latin1"),
    })
    const outside = treeWith({ "secret.sql": "INSERT INTO s SELECT 1 FROM raw.x" })
    symlinkSync(outside, join(root, "link"))
    symlinkSync(join(outside, "secret.sql"), join(root, "link.sql"))
    symlinkSync(root, join(root, "b/round"))
    const { statements, notices } = await resultOf([root])
    expect(statements.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ["latin.sql#1", ["b/deep/er/three.HQL#1"]],
      ["one.sql#1", ["table.raw.x"]],
      ["b/two.sql#1", ["one.sql#1"]],
      ["b/deep/er/three.HQL#1", ["b/two.sql#1"]],
    ])
    expect(notices.map(({ place }) => place).toSorted()).toEqual(["b/round", "latin.sql", "link", "link.sql"])
  })

  test("reads single files together, and what stands on standard input", async () => {
    const root = treeWith({ "a.sql": "INSERT INTO a SELECT 1 FROM x", "b.sql": "INSERT INTO b SELECT 1 FROM a" })
    const both = await resultOf([join(root, "a.sql"), join(root, "b.sql")])
    expect(both.statements.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ["a.sql#1", ["table.x"]],
      ["b.sql#1", ["a.sql#1"]],
    ])
    const typed = await resultOf(["-", "--dialect", "Spark"], "SELECT 1 FROM x")
    expect(typed.origin).toEqual({ kind: "sql-files", name: "standard input", dialect: "spark" })
    expect(typed.statements.map(({ id }) => id)).toEqual(["standard input#1"])
  })

  test("links a manifest, scripts and a list of jobs with each other", async () => {
    const root = treeWith({
      "manifest.json": manifest,
      "sql/export.sql": "INSERT INTO out.orders SELECT id FROM dw.orders",
      "jobs.csv": "name,reads,writes,interval\nsend,out.orders,,hourly\nland,,raw.orders,*/5 * * * *\n",
    })
    const argv = [join(root, "manifest.json"), join(root, "sql"), "--jobs", join(root, "jobs.csv")]
    const { origin, statements, sources } = await resultOf(argv)
    expect(origin.name).toBe("shop + sql + jobs.csv")
    expect(statements.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ["model.shop.orders", ["job.land"]],
      ["export.sql#1", ["model.shop.orders"]],
      ["job.send", ["export.sql#1"]],
      ["job.land", []],
    ])
    expect(sources).toEqual([])
  })

  test("takes dbt's target folder for its manifest, and says of a project's folder where it is", async () => {
    const target = treeWith({ "manifest.json": manifest, "compiled/shop/models/orders.sql": "select 1 from x" })
    expect((await resultOf([target])).origin.kind).toBe("dbt-manifest")
    const project = treeWith({
      "dbt_project.yml": "name: shop",
      "target/manifest.json": manifest,
      "models/orders.sql": "select * from {{ source('raw', 'orders') }}",
    })
    const { origin, notices } = await resultOf([project])
    expect(origin.kind).toBe("sql-files")
    expect(notices.map(({ place }) => place)).toEqual(["target/manifest.json"])
  })

  test("adds a plan with the answers of an engagement", async () => {
    const root = treeWith({ "e.json": shortFile, "manifest.json": manifest })
    const { plan } = (await resultOf([join(root, "manifest.json"), "--plan", join(root, "e.json")])) as unknown as {
      plan: { products: readonly { sinks: readonly string[] }[] }
    }
    expect(plan.products.map(({ sinks }) => sinks)).toEqual([["model.shop.orders"]])
  })

  test("gives the same bytes each time", async () => {
    const [one, other] = await Promise.all([1, 2].map(() => headwater(["estate", "-", "--json"], manifest)))
    expect(one?.out).toBe(other?.out)
  })

  test("tells problems as JSON too", async () => {
    const { code, out } = await headwater(["estate", "-", "--json"], '{ "lockfileVersion": 3 }')
    expect(code).toBe(3)
    expect(JSON.parse(out)).toMatchObject({
      format: "headwater-problems/1",
      problems: [{ path: "standard input, $.metadata.dbt_schema_version" }],
    })
  })
})

test("estate for people is a screen or two: classes, what is hard, what nobody knows, circles and cones", async () => {
  const root = treeWith({
    "dbt_project.yml": "name: shop",
    "models/a.sql": "select a.id from {{ ref('b') }} b left join {{ source('raw', 'a') }} a on a.id = b.id",
    "models/b.sql": "select id from {{ ref('a') }}",
    "models/c.sql": "{{ some_macro() }}",
    "models/d.sql": "select id from {{ ref('b') }} join lake.x using (id)",
    "macros/m.sql": "{% macro some_macro() %}{% endmacro %}",
  })
  const { code, out } = await headwater(["estate", root])
  expect(code).toBe(0)
  expect(out).toContain("4 statements, 1 source, 0 consumers")
  expect(out).toContain("Passed over: macro 1")
  expect(out).toMatch(/P4 +2 +50 % {2}redesign, stateful/)
  expect(out).toContain("P4 a (models/a.sql): LEFT/RIGHT/FULL OUTER equality join")
  expect(out).toContain("c (models/c.sql): Needs compiled SQL")
  expect(out).toMatch(/Circles\n {2}1\. .*a, b; cut/)
  expect(out).toContain("d: 3 statements, 1 source")
  expect(out).toContain("d (models/d.sql) reads lake.x, which its lineage does not have")
})

describe("estate refuses", () => {
  test.each([
    ["nothing", [], 2, "Name what to read: headwater estate PATH…. See headwater estate --help.\n"],
    ["a path that is not there", ["none"], 4, "There is no file or folder none. Check its name.\n"],
    ["standard input twice", ["-", "-"], 2, '"-" can be read once only. See headwater estate --help.\n'],
    ["a domain without a plan", ["-", "--domain", "x"], 2, "--domain goes with --plan. See headwater estate --help.\n"],
    [
      "a catalog without a manifest",
      ["-", "--catalog", "x.json"],
      2,
      "--catalog goes with dbt's manifest.json. Name it too: target/manifest.json.\n",
    ],
    [
      "an unknown dialect",
      ["-", "--dialect", "cobol"],
      2,
      '--dialect needs one of spark, hive, snowflake, bigquery, postgres, redshift, trino, flink, databricks; "cobol" is none. See headwater estate --help.\n',
    ],
  ])("%s", async (_what, argv, code, message) => {
    expect(await headwater(["estate", ...argv], "SELECT 1 FROM a")).toMatchObject({ code, err: message, out: "" })
  })

  test.each([
    ["an empty manifest", "a.json", "{}", "target/manifest.json"],
    ["a truncated manifest", "a.json", manifest.slice(0, 300), "cut off"],
    ["an empty folder", "x/readme.md", "# Hello", "holds none"],
    ["a list of jobs with problems", "jobs.csv", "name,interval\na,sometimes\n", "row 2, Runs every"],
  ])("%s, with what to do", async (_what, file, content, message) => {
    const root = treeWith({ [file]: content })
    const { code, out, err } = await headwater(["estate", file.includes("/") ? root : join(root, file)])
    expect([code, out]).toEqual([3, ""])
    expect(err).toContain(message)
    expect(err).toMatch(/1 problem\. Nothing was imported\.\n$/)
  })

  test("a file of more than 200 MB", async () => {
    const file = join(treeWith({ "manifest.json": "" }), "manifest.json")
    truncateSync(file, 200_000_001)
    expect(await headwater(["estate", file])).toMatchObject({
      code: 4,
      err: `${file} is too large: it has 201 MB, and 200 MB is the most.\n`,
    })
  })

  test("an unknown domain of the plan", async () => {
    const root = treeWith({ "e.json": shortFile })
    const { code, err } = await headwater(
      ["estate", "-", "--plan", join(root, "e.json"), "--domain", "nowhere"],
      "SELECT 1 FROM a",
    )
    expect(code).toBe(2)
    expect(err).toContain("--domain needs one of")
  })

  test("an engagement with problems, before anything is read", async () => {
    const root = treeWith({ "e.json": "{" })
    const { code, err } = await headwater(["estate", "-", "--plan", join(root, "e.json")], "SELECT 1 FROM a")
    expect(code).toBe(3)
    expect(err).toContain("e.json has 1 problem. Nothing was computed.")
  })
})
