import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, onTestFinished, test } from "vitest"
import { createEstateReader } from "../src/estate-reader.ts"
import type { LineLimits } from "../src/threads/line.ts"
import { folderWith } from "./commands/running.ts"

const reader = (limits: Partial<LineLimits> = {}) => {
  const created = createEstateReader(limits)
  onTestFinished(() => created.close())
  return created
}

/** An upload: each file lies under a number and is called as the sender calls it. */
const uploaded = (files: Readonly<Record<string, string | Uint8Array>>) => {
  const folder = folderWith()
  return Object.entries(files).map(([name, content], at) => {
    const path = join(folder, String(at))
    writeFileSync(path, content)
    return { name, path }
  })
}

const project = (models: number) =>
  JSON.stringify({
    metadata: { dbt_schema_version: "https://schemas.getdbt.com/dbt/manifest/v12.json", project_name: "shop" },
    nodes: Object.fromEntries(
      Array.from({ length: models }, (_, at) => [
        `model.shop.m${at}`,
        {
          unique_id: `model.shop.m${at}`,
          resource_type: "model",
          name: `m${at}`,
          compiled_code: "select 1 from x",
          depends_on: { nodes: at === 0 ? [] : [`model.shop.m${at - 1}`] },
        },
      ]),
    ),
  })

describe("imports of the web", () => {
  test("are read from the files of an upload, under their own names", async () => {
    const files = uploaded({
      "etl\\a.sql": "INSERT INTO a SELECT 1 FROM raw.x",
      "etl/b.sql": Buffer.from("INSERT INTO b SELECT 'ü' FROM a", "latin1"),
    })
    const { estate, problems } = await reader().read({ kind: "sql", name: "etl", dialect: "spark", files })
    expect(problems).toEqual([])
    expect(estate?.origin).toMatchObject({ name: "etl", dialect: "spark" })
    expect(estate?.statements.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ["etl/a.sql#1", ["table.raw.x"]],
      ["etl/b.sql#1", ["etl/a.sql#1"]],
    ])
    expect(estate?.notices.map(({ place }) => place)).toEqual(["etl/b.sql"])
  })

  test("are read from a manifest, and from a list of jobs with its columns", async () => {
    const read = reader()
    const [manifest] = uploaded({ "manifest.json": project(3) })
    if (manifest === undefined) throw new Error("no file")
    expect((await read.read({ kind: "dbt", manifest })).estate?.statements).toHaveLength(3)
    const text = "name,interval\na,sometimes\nb,hourly\n"
    const jobs = await read.read({ kind: "jobs", name: "jobs", text })
    expect(jobs).toMatchObject({ badRows: 1, table: { headings: true, targets: ["name", "interval"] } })
    expect(jobs.estate).toBeUndefined()
    const taken = await read.read({ kind: "jobs", name: "jobs", text, leaveOut: true })
    expect(taken.estate?.statements.map(({ name }) => name)).toEqual(["b"])
  })

  test.each([
    ["paths that leave the folder", { "../../a.sql": "SELECT 1 FROM a" }, "leaves it"],
    ["nothing", {}, "holds none"],
  ])("are refused in plain words: %s", async (_what, files, message) => {
    const { estate, problems } = await reader().read({ kind: "sql", name: "etl", files: uploaded(files) })
    expect(estate).toBeUndefined()
    expect(problems[0]?.message).toContain(message)
  })

  test("that are too many at once are refused in plain words", async () => {
    const read = reader({ waiting: 1 })
    const files = uploaded({ "a.sql": "SELECT 1 FROM a" })
    const all = await Promise.all([1, 2, 3].map(() => read.read({ kind: "sql", name: "etl", files })))
    expect(all.map(({ problems }) => problems.map(({ message }) => message))).toEqual([
      [],
      [],
      ["Several imports are being read right now. Try again in a minute."],
    ])
  })

  test("that take too long are given up, and the next one is read", async () => {
    const files = uploaded({ "a.sql": "INSERT INTO a SELECT 1 FROM b;\n".repeat(1_000_000) })
    const hasty = reader({ milliseconds: 300 })
    const { problems } = await hasty.read({ kind: "sql", name: "etl", files })
    expect(problems[0]?.message).toContain("took longer than")
  })

  test("are read without the one text that takes too long, which is listed with its place", async () => {
    const files = uploaded({
      "a.sql": "INSERT INTO a SELECT 1 FROM x",
      "slow.sql": "INSERT INTO s SELECT 1 FROM b;\n".repeat(1_000_000),
      "b.sql": "INSERT INTO b SELECT 1 FROM a",
    })
    const { estate, problems } = await reader({ stepMilliseconds: 1000 }).read({ kind: "sql", name: "etl", files })
    expect(problems).toEqual([])
    expect(estate?.statements.map(({ id, verdict }) => [id, verdict.class])).toEqual([
      ["a.sql#1", "P1"],
      ["slow.sql#1", "unknown"],
      ["b.sql#1", "P1"],
    ])
    expect(estate?.statements[1]?.verdict.because).toContain("took too long")
  })

  test("that need more memory than there may be are refused in plain words", async () => {
    const [manifest] = uploaded({ "manifest.json": project(20_000) })
    if (manifest === undefined) throw new Error("no file")
    const { problems } = await reader({ megabytes: 16 }).read({ kind: "dbt", manifest })
    expect(problems[0]?.message).toContain("memory ran out")
  })
})
