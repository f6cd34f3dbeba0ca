import type { FileProblem } from "../assessment/json-text.ts"
import type { Estate, EstatePlan, Notice } from "../estate/model.ts"
import { wrong } from "./arguments.ts"
import { type Command, exitCode, type Given, type Io } from "./command.ts"
import type { Input } from "./input.ts"
import { inputOptions } from "./input-options.ts"

const dialects = ["spark", "hive", "snowflake", "bigquery", "postgres", "redshift", "trino", "flink", "databricks"]

/** Options that say how to plan. */
const planOptions: Command["options"] = {
  domain: { type: "string", value: "ID", help: "domain of the engagement that it belongs to; its first one when absent" },
  ...inputOptions,
}

/** `headwater estate PATH…`: what runs today, classified, for people or as JSON. */
export const estate: Command = {
  name: "estate",
  summary: "read the jobs and SQL that run today, and classify each statement",
  operands: "PATH…",
  operandCount: [0, 1000],
  options: {
    json: { type: "boolean", help: "print every statement and the graph as JSON" },
    catalog: { type: "string", value: "FILE", help: "dbt's catalog.json: adds row counts to a manifest" },
    "run-results": { type: "string", value: "FILE", help: "dbt's run_results.json: adds run times to a manifest" },
    dialect: { type: "string", value: "NAME", help: `what the SQL is written for: ${dialects.join(", ")}` },
    jobs: { type: "string", value: "FILE", help: "a table of jobs of any scheduler: CSV, or rows copied from a spreadsheet" },
    plan: { type: "string", value: "ENGAGEMENT", help: "plan its products too, with the answers of this engagement file" },
    ...planOptions,
  },
  notes:
    'PATH is dbt\'s target/manifest.json, a SQL file, a folder with SQL files or dbt models in it, or "-" for standard input.\n' +
    "SQL is read, never run, and Jinja is never executed. Links and hidden folders are passed over.",
  run,
}

async function run(given: Given, io: Io): Promise<number> {
  check(given)
  const planFile = given.text("plan")
  const input = planFile === undefined ? undefined : await readPlanInput(planFile, given, io)
  if (typeof input === "number") return input
  const { readImports } = await import("./estate-imports.ts")
  const { estate: read, problems, notices } = await readImports(given, io)
  if (read === undefined) return tellProblems(problems, notices, given, io)
  const plan = input && (await planOf(read, input, given))
  if (given.has("json")) {
    const { estateResultOf } = await import("../estate/estate-result.ts")
    io.out(`${JSON.stringify({ ...estateResultOf(read), ...(plan && { plan }) }, undefined, 2)}\n`)
  } else {
    const { estateSummary } = await import("./estate-summary.ts")
    const { planSummary } = await import("./estate-plan-summary.ts")
    io.out(`${estateSummary(read)}${plan ? planSummary(plan) : ""}`)
  }
  return exitCode.ok
}

function check(given: Given): void {
  if (given.operands.length === 0 && given.text("jobs") === undefined) {
    throw wrong(estate, `Name what to read: headwater estate ${estate.operands}.`)
  }
  if ([...given.operands, given.text("plan")].filter((path) => path === "-").length > 1) {
    throw wrong(estate, '"-" can be read once only.')
  }
  const dialect = given.text("dialect")
  if (dialect !== undefined && !dialects.includes(dialect.toLowerCase())) {
    throw wrong(estate, `--dialect needs one of ${dialects.join(", ")}; "${dialect}" is none.`)
  }
  const lonely = Object.keys(planOptions).find((option) => given.text(option) !== undefined && given.text("plan") === undefined)
  if (lonely !== undefined) throw wrong(estate, `--${lonely} goes with --plan.`)
}

function tellProblems(problems: readonly FileProblem[], notices: readonly Notice[], given: Given, io: Io): number {
  if (given.has("json")) {
    io.out(`${JSON.stringify({ format: "headwater-problems/1", problems, notices }, undefined, 2)}\n`)
  }
  for (const { path, message } of problems) io.err(`${path}: ${message}\n`)
  io.err(`${problems.length === 1 ? "1 problem" : `${problems.length} problems`}. Nothing was imported.\n`)
  return exitCode.problems
}

/** The engagement to plan with, or the exit code where it has problems. */
async function readPlanInput(file: string, given: Given, io: Io): Promise<Input | number> {
  const { printProblems, readInput } = await import("./input.ts")
  const input = await readInput(estate, given, io, file)
  if (!("problems" in input)) return input
  if (given.has("json")) io.out(`${JSON.stringify({ format: "headwater-problems/1", ...input }, undefined, 2)}\n`)
  printProblems(file, input, io)
  return exitCode.problems
}

async function planOf(read: Estate, { questionnaire, engagement, options }: Input, given: Given): Promise<EstatePlan> {
  const known = engagement.domains.map(({ id }) => id)
  const domain = given.text("domain") ?? known[0] ?? "all"
  if (given.text("domain") !== undefined && !known.includes(domain)) {
    throw wrong(estate, `--domain needs one of ${known.join(", ")}; "${domain}" is none.`)
  }
  const { assess } = await import("../assessment/assess.ts")
  const { planEstate } = await import("../estate/plan/plan-estate.ts")
  return planEstate(questionnaire, engagement, assess(questionnaire, engagement, options), [{ domain, estate: read }])
}
