import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { createEstateReader } from "../../../src/estate-reader.ts"
import type { EstateSource } from "../../../src/web/estate/reader.ts"
import { program } from "../../fixtures/program.ts"
import { wordsOf } from "../sample-stage.ts"
import { hidden, openStage, type Stage } from "../stage.ts"

const home = "/engagements/e1/estate"
const scope = { engagement: "e1", by: program }
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

interface Sent {
  readonly fields?: Readonly<Record<string, string>>
  readonly files?: readonly (readonly [field: string, content: string, name: string])[]
}

const send = (kind: string, { fields = {}, files = [] }: Sent, account: "carla" | "otto" | "rita" = "carla") => {
  let request = stage.consultant(account).post(`${home}/import?kind=${kind}`).redirects(0)
  for (const [name, value] of Object.entries({ domain: "orders", ...fields })) request = request.field(name, value)
  for (const [field, content, filename] of files) {
    // Folders in the name go only under this option, which the types do not have.
    const options: { readonly filename: string; readonly filepath: string } = { filename, filepath: filename }
    request = request.attach(field, Buffer.from(content), options)
  }
  return request
}

/** Sends it, and gives the address of the page that shows it. */
const preview = async (kind: string, sent: Sent): Promise<string> => {
  const { headers } = await send(kind, sent).expect(303)
  return headers["location"] ?? ""
}
const take = async (at: string) => {
  const { text } = await stage.consultant().get(at).expect(200)
  return stage
    .consultant()
    .post(at)
    .type("form")
    .send({ action: "take", seen: hidden(text, "seen") })
}
const revision = () => stage.store.revisionOf(scope)
const names = async () => (await stage.store.listEstates(scope)).map(({ name, statements }) => `${name} ${statements}`)

const manifest = (models: Readonly<Record<string, { readonly sql: string; readonly on?: readonly string[] }>>): string =>
  JSON.stringify({
    metadata: {
      dbt_schema_version: "https://schemas.getdbt.com/dbt/manifest/v12.json",
      dbt_version: "1.9.0",
      project_name: "shop",
      adapter_type: "snowflake",
      generated_at: "2026-11-20T08:00:00Z",
    },
    nodes: Object.fromEntries(
      Object.entries(models).map(([name, { sql, on = [] }]) => [
        `model.shop.${name}`,
        {
          unique_id: `model.shop.${name}`,
          resource_type: "model",
          name,
          alias: name,
          database: "db",
          schema: "shop",
          relation_name: `db.shop.${name}`,
          package_name: "shop",
          path: `${name}.sql`,
          original_file_path: `models/${name}.sql`,
          language: "sql",
          raw_code: sql,
          compiled_code: sql,
          config: { materialized: "table", enabled: true },
          depends_on: { macros: [], nodes: on },
          refs: [],
          sources: [],
          tags: [],
          description: "",
          columns: {},
        },
      ]),
    ),
    sources: {},
    exposures: {},
    metrics: {},
    macros: {},
    disabled: {},
    parent_map: {},
    child_map: {},
  })

const first = manifest({
  stg: { sql: "select 1 as id" },
  fct: { sql: "select id, count(*) as n from db.shop.stg group by id", on: ["model.shop.stg"] },
  old: { sql: "select 2 as id" },
})
const second = manifest({
  stg: { sql: "select 1 as id, 2 as other" },
  fct: { sql: "select id, count(*) as n from db.shop.stg group by id", on: ["model.shop.stg"] },
  fresh: { sql: "select * from db.shop.fct", on: ["model.shop.fct"] },
})

describe("a dbt project", () => {
  test("is shown before anything is kept, then taken", async () => {
    const before = await revision()
    const at = await preview("dbt", { files: [["manifest", first, "manifest.json"]] })
    expect([await revision(), await names()]).toEqual([before, []])
    const words = wordsOf((await stage.consultant().get(at).expect(200)).text)
    expect(words).toContain("shop of Orders: 3 statements")
    expect(words).toContain("Nothing is kept yet")
    expect(words).not.toContain("What is different")
    const done = await take(at)
    expect([done.status, done.headers["location"]]).toEqual([303, `${home}?done=estate-imported`])
    expect(await names()).toEqual(["shop 3"])
    await stage.consultant().get(at).expect(404)
  })

  test("imported again, it shows what came, went and changed, and keeps classes set by hand", async () => {
    const [head] = await stage.store.listEstates(scope)
    const byHand = { class: "P3", stateful: true, reason: "Late rows" } as const
    await stage.store.decideStatement(scope, head?.id ?? "", "model.shop.stg", byHand, 1)
    await stage.store.decideStatement(scope, head?.id ?? "", "model.shop.old", byHand, 1)
    const at = await preview("dbt", { files: [["manifest", second, "manifest.json"]] })
    const words = wordsOf((await stage.consultant().get(at).expect(200)).text)
    expect(words).toContain("1 statement is as before")
    expect(words).toContain("1 statement came fresh")
    expect(words).toContain("1 statement went old")
    expect(words).toContain("1 statement changed stg : another text")
    expect(words).toContain("Look again at those whose text has changed: stg")
    expect(words).toContain("Set by hand and not in this import: old")
    expect((await take(at)).status).toBe(303)
    const [now] = await stage.store.listEstates(scope)
    const stored = await stage.store.loadEstate(scope, now?.id ?? "")
    expect(stored?.decisions.get("model.shop.stg")).toMatchObject({ ...byHand, outdated: true })
  })

  test("is not taken over what somebody else imported meanwhile", async () => {
    const at = await preview("dbt", { files: [["manifest", first, "manifest.json"]] })
    const { text } = await stage.consultant().get(at).expect(200)
    const [head] = await stage.store.listEstates(scope)
    const stored = await stage.store.loadEstate(scope, head?.id ?? "")
    if (stored === undefined) throw new Error("nothing is stored")
    await stage.store.saveEstate(scope, { ...stored, id: "quicker" }, 9)
    const form = { action: "take", seen: hidden(text, "seen") }
    const again = await stage.consultant().post(at).type("form").send(form).expect(409)
    expect(wordsOf(again.text)).toContain("Somebody else imported the same meanwhile")
    expect(hidden(again.text, "seen")).toBe("quicker")
    await stage.consultant().post(at).type("form").send({ action: "drop" }).expect(303)
    await stage.consultant().get(at).expect(404)
    expect((await stage.store.listEstates(scope)).map(({ id }) => id)).toEqual(["quicker"])
  })

  test.each([
    ["nothing", "", "manifest.json"],
    ["an empty object", "{}", "manifest.json"],
    ["wrong JSON", '{"nodes": {', "manifest.json"],
    [
      "a catalog instead",
      '{"metadata":{"dbt_schema_version":"https://schemas.getdbt.com/dbt/catalog/v1.json"},"nodes":{},"sources":{}}',
      "catalog.json",
    ],
    ["another tool's file", '{"format":"headwater-engagement/1"}', "x.json"],
    ["deep nesting", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, "manifest.json"],
    ["bytes", "\u0000\u0001\u0002", "manifest.json"],
    ["a name that objects have", '{"__proto__":{"a":1},"nodes":{"constructor":{}}}', "manifest.json"],
  ])("with %s says what to do, and changes nothing", async (_what, content, name) => {
    const before = await revision()
    const { text } = await send("dbt", { files: [["manifest", content, name]] }).expect(422)
    expect(wordsOf(text)).toContain("Nothing was changed")
    expect(wordsOf(text)).toContain("What to repair")
    expect(await revision()).toBe(before)
  })

  test("needs a file and a domain, and keeps the name that was typed", async () => {
    const { text } = await send("dbt", { fields: { domain: "moon", name: "My project" } }).expect(422)
    const words = wordsOf(text)
    expect(words).toContain("Choose the domain that this belongs to")
    expect(words).toContain("Choose the project's manifest.json")
    expect(text).toContain('value="My project"')
  })
})

describe("SQL files", () => {
  test("are taken together, with names and folders as they are", async () => {
    const files = [
      [
        "sql",
        "insert into mart.a select x, count(*) from raw.t group by x;\ncreate view mart.b as select * from mart.a;",
        "etl/a.sql",
      ],
      ["sql", "insert overwrite table mart.c select * from mart.b", "etl\\c.hql"],
    ] as const
    const at = await preview("sql", { fields: { dialect: "spark" }, files })
    const { text } = await stage.consultant().get(at).expect(200)
    expect(wordsOf(text)).toContain("etl of Orders: 3 statements, 1 source")
    expect((await take(at)).status).toBe(303)
    const page = (await stage.consultant().get(`${home}?from=&find=etl`).expect(200)).text
    expect(wordsOf(page)).toContain("etl/c.hql")
  })

  test.each([
    ["a path that leaves the folder", [["sql", "select 1", "../../etc/passwd.sql"]]],
    ["an absolute path", [["sql", "select 1", "/etc/x.sql"]]],
    [
      "the same file twice",
      [
        ["sql", "insert into a select 1", "a.sql"],
        ["sql", "insert into a select 1", "a.sql"],
      ],
    ],
    ["nothing that moves data", [["sql", "-- only words", "a.sql"]]],
    ["no file", []],
  ] as const)("with %s are refused as a whole", async (_what, files) => {
    const before = await revision()
    await send("sql", { files }).expect(422)
    expect(await revision()).toBe(before)
  })

  test("what looks like markup, templates or a bomb is text", async () => {
    const hostile = [
      "insert into \"<img src=x onerror=alert(1)>\" select '{{ 7*7 }}', '${env:HOME}', '<%= 1 %>' from \"</script>\"",
      `insert into b select ${"(".repeat(5_000)}1${")".repeat(5_000)}`,
      `insert into c select '${"a".repeat(50_000)}' rlike '(a+)+$'`,
    ].join(";\n")
    const at = await preview("sql", { fields: { name: "odd" }, files: [["sql", hostile, "<b>odd.sql"]] })
    expect((await take(at)).status).toBe(303)
    const page = (await stage.consultant().get(`${home}?find=odd`).expect(200)).text
    expect(page).not.toContain("<img src=x")
    expect(page).not.toContain("<b>odd")
    expect(page).toContain("&lt;b&gt;odd.sql")
  })
})

describe("a list of jobs", () => {
  const table = "Job;Reads;Writes;Runs every;Reader\nload orders;raw.o;dw.o;1 h;Board\nsum orders;dw.o;dw.s;1 d;=1+1\n"

  test("is read by its headings, can be mapped otherwise, and is taken", async () => {
    const at = await preview("jobs", { fields: { name: "Cron", table } })
    const { text } = await stage.consultant().get(at).expect(200)
    expect(wordsOf(text)).toContain("Cron of Orders: 2 statements")
    const mapping = {
      action: "columns",
      headings: "yes",
      "column-0": "name",
      "column-1": "",
      "column-2": "writes",
      "column-3": "interval",
    }
    const again = await stage.consultant().post(at).type("form").send(mapping).expect(303)
    const next = again.headers["location"] ?? ""
    expect(next).not.toBe(at)
    expect(wordsOf((await stage.consultant().get(next).expect(200)).text)).toContain("2 statements, 0 sources, 0 consumers")
    await stage.consultant().get(at).expect(404)
    expect((await take(next)).status).toBe(303)
    expect(await names()).toContain("Cron 2")
  })

  test("keeps how it was mapped while it cannot be read again", async () => {
    let busy = false
    const reader = createEstateReader()
    const problems = [{ path: "", message: "Several imports are being read right now." }]
    const estates = { read: (source: EstateSource) => (busy ? Promise.resolve({ problems }) : reader.read(source)) }
    const site = await openStage({ replace: { estates } })
    const sent = site.consultant().post(`${home}/import?kind=jobs`).field("domain", "orders").field("table", table)
    const at = (await sent.redirects(0).expect(303)).headers["location"] ?? ""
    busy = true
    const mapping = { action: "columns", headings: "yes", "column-0": "", "column-1": "name" }
    const { text } = await site.consultant().post(at).type("form").send(mapping).expect(503)
    expect(wordsOf(text)).toContain("Several imports are being read right now.")
    busy = false
    expect(wordsOf((await site.consultant().get(at).expect(200)).text)).toContain("2 statements")
    await site.close()
    await reader.close()
  })

  test("whose columns nobody knows waits until they are chosen", async () => {
    const at = await preview("jobs", { fields: { name: "Odd", table: "aa;bb\none;two\nthree;four\n" } })
    const { text } = await stage.consultant().get(at).expect(200)
    expect(text).toContain('name="column-0"')
    const mapping = { action: "columns", headings: "yes", "column-0": "", "column-1": "" }
    const refused = await stage.consultant().post(at).type("form").send(mapping).expect(303)
    const empty = refused.headers["location"] ?? ""
    const shown = await stage.consultant().get(empty).expect(200)
    expect(wordsOf(shown.text)).toContain("every job needs one")
    expect(shown.text).not.toContain('value="take"')
    await stage.consultant().post(empty).type("form").send({ action: "take", seen: "" }).expect(422)
    const right = { ...mapping, "column-0": "name" }
    const { headers } = await stage.consultant().post(empty).type("form").send(right).expect(303)
    expect((await take(headers["location"] ?? "")).status).toBe(303)
    expect(await names()).toContain("Odd 2")
  })

  test.each([
    ["nothing", { table: "" }, "Paste the rows of your spreadsheet"],
    ["too much", { table: "x".repeat(1_050_000) }, "At most 1 MB is taken"],
  ])("%s is refused", async (_what, fields, said) => {
    expect(wordsOf((await send("jobs", { fields }).expect(422)).text)).toContain(said)
  })

  test("comes as a file as well, and not as both", async () => {
    const file = ["file", table, "jobs.csv"] as const
    expect(wordsOf((await send("jobs", { fields: { table }, files: [file] }).expect(422)).text)).toContain("not both")
    const at = await preview("jobs", { files: [file] })
    expect(wordsOf((await stage.consultant().get(at).expect(200)).text)).toContain("jobs.csv of Orders")
  })
})

describe("who may not", () => {
  test("is refused before anything is read, and sees no import that waits for others", async () => {
    await stage.store.saveMember({ engagement: "e1", by: { account: "carla" } }, "rita", "reader", 5)
    const at = await preview("dbt", { files: [["manifest", first, "manifest.json"]] })
    await send("dbt", { files: [["manifest", first, "manifest.json"]] }, "rita").expect(403)
    await send("dbt", { files: [["manifest", first, "manifest.json"]] }, "otto").expect(404)
    await stage.store.saveMember({ engagement: "e1", by: { account: "carla" } }, "otto", "editor", 6)
    await stage.consultant("otto").get(at).expect(404)
    await stage.consultant("otto").post(at).type("form").send({ action: "take", seen: "" }).expect(404)
  })

  test("more than 150 MB is refused with a plain message", async () => {
    const { status, text } = await stage
      .consultant()
      .post(`${home}/import?kind=dbt`)
      .set("Content-Type", "multipart/form-data; boundary=b")
      .set("Content-Length", "200000000")
      .send("--b")
      .ok(() => true)
      .timeout(5_000)
      .catch((error: { response?: { status: number; text: string } }) => error.response ?? { status: 0, text: "" })
    expect([status, wordsOf(text)]).toEqual([413, expect.stringContaining("An import may have 150 MB in all")])
  })

  test("an archived engagement takes none", async () => {
    await stage.store.archive(scope, true, 7)
    await send("dbt", { files: [["manifest", first, "manifest.json"]] }).expect(409)
    await stage.store.archive(scope, false, 8)
  })
})
