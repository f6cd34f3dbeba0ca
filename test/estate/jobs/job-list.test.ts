import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { guessJobTargets, jobTargets } from "../../../src/estate/jobs/job-columns.ts"
import { readJobList } from "../../../src/estate/jobs/job-list.ts"

const read = (text: string, options: Partial<Parameters<typeof readJobList>[1]> = {}) =>
  readJobList(text, { name: "jobs.csv", ...options })

const estateOf = (text: string) => {
  const { estate, problems } = read(text)
  expect(problems).toEqual([])
  if (estate === undefined) throw new Error("no estate")
  return estate
}

describe("a list of jobs", () => {
  test("is linked by the tables that it names", () => {
    const { statements, sources, consumers, origin } = estateOf(
      [
        "Job;Reads;Writes;Schedule;Run time;Rows;Team;Used by",
        "load_orders;raw.orders;dw.orders;*/15 * * * *;3 min;12000;Sales IT;",
        'load_report;"orders; DW.customers";report;daily;01:30:00;;BI;"Controlling; Sales"',
      ].join("\n"),
    )
    expect(origin).toEqual({ kind: "job-list", name: "jobs.csv", passedOver: {} })
    expect(statements).toMatchObject([
      {
        id: "job.load_orders",
        kind: "job",
        writes: ["dw.orders"],
        dependsOn: ["table.raw.orders"],
        owner: "Sales IT",
        measured: { rows: 12_000, runMinutes: 3, everyMinutes: 15 },
      },
      {
        id: "job.load_report",
        dependsOn: ["job.load_orders", "table.dw.customers"],
        measured: { runMinutes: 90, everyMinutes: 1440 },
      },
    ])
    expect(sources.map(({ id, kind }) => [id, kind])).toEqual([
      ["table.raw.orders", "outside"],
      ["table.dw.customers", "outside"],
    ])
    expect(consumers).toEqual([
      { id: "reader.controlling", name: "Controlling", kind: "reader", reads: ["job.load_report"] },
      { id: "reader.sales", name: "Sales", kind: "reader", reads: ["job.load_report"] },
    ])
  })

  test("says of every job that nobody knows its class", () => {
    const [job] = estateOf("name,writes\na,b").statements
    expect(job).toMatchObject({ textSource: "none", verdict: { class: "unknown", stateful: null, readBy: "none" } })
    expect(job?.verdict.because).toContain("A job list holds no SQL")
  })

  test("may come from a spreadsheet, with its columns in any order and other columns between", () => {
    const pasted = "Owner\tColour\tTarget table\tJob name\tAvg duration (min)\nBI\tred\tdw.a\tload a\t4,5\n"
    const [job] = estateOf(pasted).statements
    expect(job).toMatchObject({ name: "load a", writes: ["dw.a"], owner: "BI", measured: { runMinutes: 4.5 } })
  })

  test("may have no headings: then the columns stand in the order of the list", () => {
    expect(estateOf("load,raw.a,dw.a,hourly").statements).toMatchObject([
      { name: "load", reads: ["raw.a"], writes: ["dw.a"], measured: { everyMinutes: 60 } },
    ])
  })

  test("is mapped as chosen, whatever its headings say", () => {
    const mapping = { headings: true, targets: [undefined, "name", "writes"] }
    const { estate } = read("name,target,owner\nx,load,dw.a", { mapping })
    expect(estate?.statements).toMatchObject([{ id: "job.load", writes: ["dw.a"] }])
  })

  test("keeps formulas as texts, with and without a guard", () => {
    const [one, other] = estateOf('name,writes,owner\n=HYPERLINK("x"),a,@SUM(A1)\n\'+1+1,b,\n').statements
    expect(one).toMatchObject({ id: 'job.=HYPERLINK("x")', owner: "@SUM(A1)" })
    expect(other).toMatchObject({ id: "job.+1+1" })
  })

  test("parts names at commas only where nothing else is meant", () => {
    const reads = (cell: string) => read(`name;reads\na;${cell}`)
    expect(reads('"raw.a, raw.b,c"').estate?.statements[0]?.reads).toEqual(["raw.a", "raw.b", "c"])
    expect(reads('"raw.a\nraw b"').estate?.statements[0]?.reads).toEqual(["raw.a", "raw b"])
    expect(reads('"Sales orders, EU"').problems).toEqual([
      {
        path: "jobs.csv, row 2, Reads",
        message: 'Part the names with semicolons: with this comma it could be one or several (it has "Sales orders, EU")',
      },
    ])
  })
})

describe("a list of jobs that is not right", () => {
  test("has every problem by row and column, and no estate", () => {
    const { estate, problems, rows } = read("name,interval,run time,rows\na,sometimes,12:30,many\n,hourly,,\nA,,,\n")
    expect(estate).toBeUndefined()
    expect(problems.map(({ path }) => path)).toEqual([
      "jobs.csv, row 2, Runs every",
      "jobs.csv, row 2, Run time",
      "jobs.csv, row 2, Rows per run",
      "jobs.csv, row 3, Name",
      "jobs.csv, row 4, Name",
    ])
    expect(problems[0]?.message).toContain("a cron expression")
    expect(problems[4]?.message).toContain("row 2 has the same")
    expect(rows.map(({ number }) => number)).toEqual([2, 3, 4])
  })

  test("is taken without the rows that are left out on purpose, and says so", () => {
    const text = "name,interval\na,sometimes\nb,hourly\n"
    for (const leaveOut of [[2], "all with problems"] as const) {
      const { estate, problems } = read(text, { leaveOut })
      expect(problems).toEqual([])
      expect(estate?.statements.map(({ name }) => name)).toEqual(["b"])
      expect(estate?.origin.passedOver).toEqual({ "row with problems": 1 })
      expect(estate?.notices).toEqual([{ place: "jobs.csv, row 2", message: "Left out: it has problems" }])
    }
    expect(read("name,interval\na,sometimes\n", { leaveOut: [2] }).problems[0]?.message).toContain("at least one job")
  })

  test.each([
    ["nothing", "", "empty"],
    ["headings only", "name,writes\n", "headings only"],
    ["an open quote", 'name,writes\n"a,b\n', "never closed"],
    ["a workbook", "PK\u0003\u0004\0\0", "as text"],
    ["too many columns", `${"name,".repeat(70)}\n${"a,".repeat(70)}`, "at most 60 columns"],
    ["no column of names", "owner,interval\na,daily\n", 'which column holds "Name"'],
  ])("%s", (_what, text, message) => {
    const { estate, problems } = read(text)
    expect(estate).toBeUndefined()
    expect(problems.map((each) => each.message).join("\n")).toContain(message)
  })

  test("in its mapping", () => {
    const { problems } = read("a,b,c\nd,e,f", { mapping: { targets: ["name", "name", "nonsense"] } })
    expect(problems.map(({ message }) => message)).toEqual([
      'There is no column "nonsense" that a job could have',
      'Choose another column for one of them: "Name" is taken twice',
    ])
  })

  test("gives problems and never throws, whatever the text", () => {
    const unit = fc.constantFrom("name", "reads", ",", ";", "\t", "\n", '"', "'", "=", "*", "a", "1", " ", "\0", "\uD800", "ü")
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
        const { estate, problems } = read(text)
        expect(estate === undefined).toBe(problems.length > 0)
      }),
    )
  })
})

describe("the proposal for a column", () => {
  test("is its own label", () => {
    expect(guessJobTargets(jobTargets.map(({ label }) => label))).toEqual(jobTargets.map(({ id }) => id))
  })

  test.each([
    ["dag_id,schedule_interval,owner", ["name", "interval", "owner"]],
    ["Source,Target,Job", ["reads", "writes", "name"]],
    ["jobName,sourceTables,targetTables,cronExpression", ["name", "reads", "writes", "interval"]],
    ["Task,Input,Output,Elapsed (s),Records,Consumers,Query", ["name", "reads", "writes", "runTime", "rows", "reader", "sql"]],
    ["Colour,Row id", [undefined, undefined]],
  ])("%s", (headings, targets) => {
    expect(guessJobTargets(headings.split(","))).toEqual(targets)
  })
})
