import { cleanText } from "../../assessment/text.ts"
import { engagementFrame, type EngagementVisit } from "../engagement.ts"
import { errorOf } from "../fields.ts"
import { typed } from "../forms.ts"
import type { PageProblem } from "../pages.ts"
import { withQuery } from "../paging.ts"
import { page, type Reply } from "../respond.ts"
import { largestUpload } from "../uploads.ts"
import type { Fields } from "../visit.ts"
import type { EstateReading } from "./reader.ts"

export const KINDS = { dbt: "A dbt project", sql: "SQL files", jobs: "A list of jobs" } as const
export type ImportKind = keyof typeof KINDS

export const DIALECTS = {
  spark: "Spark or Databricks",
  hive: "Hive",
  snowflake: "Snowflake",
  bigquery: "BigQuery",
  postgres: "PostgreSQL",
  trino: "Trino",
  flink: "Flink",
} as const

const problemsShown = 50

export const kindIn = (text: string | undefined): ImportKind =>
  text !== undefined && Object.hasOwn(KINDS, text) ? (text as ImportKind) : "dbt"

interface Shown {
  readonly form: Fields
  readonly problems: readonly PageProblem[]
  /** What is wrong inside of the files. */
  readonly found?: EstateReading["problems"]
}

/** The form to send an import, with what was wrong with the last one. */
export const importForm = (visit: EngagementVisit, kind: ImportKind, { form, problems, found = [] }: Shown): Reply => {
  const back = { href: `${visit.home}/estate`, text: "Estate" }
  const { domains } = visit.stored.engagement
  const common = { domain: typed(form["domain"]), name: typed(form["name"]) }
  const error = (field: string) => errorOf(problems, field)
  return page(
    "estate/import",
    engagementFrame(visit, "estate", "Import what runs today", { width: "page", problems, back }),
    {
      home: visit.home,
      kind,
      kinds: Object.entries(KINDS).map(([id, text]) => ({
        href: withQuery(`${visit.home}/estate/import`, { kind: id, ...common }),
        text,
        current: id === kind,
      })),
      action: withQuery(`${visit.home}/estate/import`, { kind }),
      most: `${Math.round(largestUpload / 1_000_000)} MB`,
      found: found.slice(0, problemsShown),
      more: found.length > problemsShown ? `And ${found.length - problemsShown} more.` : "",
      domain: {
        id: "domain",
        name: "domain",
        label: "Domain",
        error: error("domain"),
        choices: [
          ...(domains.length === 1 ? [] : [{ value: "", text: "Choose", checked: common.domain === "" }]),
          ...domains.map(({ id, name }) => ({ value: id, text: name, checked: id === common.domain })),
        ],
      },
      name: {
        id: "name",
        name: "name",
        label: "Name",
        hint: "An import of the same domain and name takes the place of the earlier one. Without a name it gets the project's or the file's",
        optional: true,
        value: common.name,
        width: "medium",
        error: error("name"),
      },
      dialect: {
        id: "dialect",
        name: "dialect",
        label: "Dialect",
        optional: true,
        choices: [["", "Several, or not known"] as const, ...Object.entries(DIALECTS)].map(([value, text]) => ({
          value,
          text,
          checked: typed(form["dialect"]) === value,
        })),
      },
      table: {
        id: "table",
        name: "table",
        label: "Rows of your spreadsheet",
        hint: "Select the cells with their headings, copy, and paste them here",
        value: typed(form["table"]),
        rows: 8,
        error: error("table"),
      },
      files: filesOf(kind, error),
    },
    { status: problems.length > 0 ? 422 : 200 },
  )
}

const FILES: Readonly<Record<ImportKind, readonly (readonly [id: string, label: string, hint: string, accept: string])[]>> = {
  dbt: [
    [
      "manifest",
      "manifest.json",
      "From the target folder, after dbt compile or dbt build: then it holds the compiled SQL",
      ".json",
    ],
    ["catalog", "catalog.json (optional)", "From dbt docs generate: adds row counts", ".json"],
    ["results", "run_results.json (optional)", "From the last dbt run or dbt build: adds run times", ".json"],
  ],
  sql: [
    ["sql", "SQL files", "One or several; each may hold several statements", ".sql,.hql,.ddl,.txt,.yml,.yaml,.py,.csv"],
    ["folder", "Or a folder", "With everything below it; a dbt project without a manifest is one as well", ""],
  ],
  jobs: [["file", "A CSV file", "CSV, TSV or TXT, up to 1 MB", ".csv,.tsv,.txt,text/csv,text/plain"]],
}

const filesOf = (kind: ImportKind, error: (field: string) => string | undefined) =>
  FILES[kind].map(([id, label, hint, accept]) => ({
    id,
    label,
    hint,
    accept,
    error: error(id),
    several: id === "sql" || id === "folder",
    folder: id === "folder",
  }))

/** Domain and name of an import as the form says them. */
export const readCommon = (
  visit: EngagementVisit,
  form: Fields,
): { readonly domain: string; readonly name: string; readonly problems: readonly PageProblem[] } => {
  const problems: PageProblem[] = []
  const domain = visit.stored.engagement.domains.find(({ id }) => id === typed(form["domain"]))?.id
  if (domain === undefined) problems.push({ target: "domain", message: "Choose the domain that this belongs to" })
  const read = cleanText(typed(form["name"]))
  const name = "text" in read ? read.text.replaceAll(/\s+/g, " ") : ""
  if ("problem" in read) problems.push({ target: "name", message: read.problem })
  if (name.length > 200) problems.push({ target: "name", message: "Shorten the name to 200 characters or fewer" })
  return { domain: domain ?? "", name, problems }
}
