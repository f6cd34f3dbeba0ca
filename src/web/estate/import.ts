import type { Estate } from "../../estate/model.ts"
import { textOfBytes } from "../../estate/files/import-files.ts"
import { readFile } from "node:fs/promises"
import { engagementFrame, type EngagementVisit, gone, inEngagement, mayChange } from "../engagement.ts"
import { typed } from "../forms.ts"
import type { PageProblem } from "../pages.ts"
import { page, redirect, type Reply } from "../respond.ts"
import type { Received, ReceivedFile } from "../uploads.ts"
import type { Tools } from "../visit.ts"
import { DIALECTS, importForm, type ImportKind, kindIn, readCommon } from "./import-form.ts"
import type { EstateSource, JobSource } from "./reader.ts"
import { storableImport } from "./storable.ts"

const largestTable = 1_000_000

export const askForImport = inEngagement((visit) => {
  if (visit.stored.engagement.domains.length === 0) {
    const locals = { home: visit.home, mayChange: mayChange(visit) }
    return page("engagements/no-domain", engagementFrame(visit, "estate", "Import what runs today"), locals)
  }
  return importForm(visit, kindIn(visit.query["kind"]), { form: visit.query, problems: [] })
})

/** Reads what was sent and puts it aside, to be looked at and taken on the next page; whatever is wrong changes nothing. */
export const readImport = inEngagement((visit, on) => visit.receive((received) => readReceived(visit, on, received)))

const readReceived = async (visit: EngagementVisit, on: Tools, received: Received): Promise<Reply> => {
  const { form } = received
  const kind = kindIn(visit.query["kind"])
  const { domain, name, problems } = readCommon(visit, form)
  const given = await sourceOf(kind, name, received)
  if (problems.length > 0 || "problem" in given) {
    return importForm(visit, kind, { form, problems: [...problems, ...("problem" in given ? [given.problem] : [])] })
  }
  const { source } = given
  const reading = await on.estates.read(source)
  const estate = reading.estate ?? (source.kind === "jobs" && reading.table !== undefined ? unread(source.name) : undefined)
  if (estate === undefined) {
    const target = firstField[kind]
    const message = "This cannot be imported. Nothing was changed; below is what to repair"
    return importForm(visit, kind, { form, problems: [{ target, message }], found: reading.problems })
  }
  return putAside(visit, on, { domain, name: name || estate.origin.name, source, estate })
}

const firstField = { dbt: "manifest", sql: "sql", jobs: "table" } as const

/** A list of jobs whose columns are still to be chosen. */
const unread = (name: string): Estate => ({
  format: "headwater-estate/1",
  origin: { kind: "job-list", name, passedOver: {} },
  statements: [],
  sources: [],
  consumers: [],
  notices: [],
})

interface Read {
  readonly domain: string
  readonly name: string
  readonly source: EstateSource
  readonly estate: Estate
}

/** Keeps what was read on the server and leads to the page that shows it. */
export const putAside = async (visit: EngagementVisit, on: Tools, { domain, name, source, estate }: Read): Promise<Reply> => {
  const id = on.newId()
  const wanted = {
    id,
    domain,
    name: name.slice(0, 200).toWellFormed().trim() || "Import",
    estate,
    ...(source.kind === "jobs" && { upload: JSON.stringify(source) }),
  }
  const { engagement, by } = visit.engagementScope
  const kept = await on.store.putEstateAside({ engagement, by }, await storableImport(wanted), visit.now)
  return kept ? redirect(`${visit.home}/estate/import/${id}`) : gone(visit, "The domain is not there any more")
}

type Given = { readonly source: EstateSource } | { readonly problem: PageProblem }

const refusal = (target: string, message: string): Given => ({ problem: { target, message } })

const sourceOf = (kind: ImportKind, name: string, { form, files }: Received): Promise<Given> | Given => {
  const file = (field: string): ReceivedFile | undefined => files.find((one) => one.field === field)
  if (kind === "jobs") return jobsOf(name, typed(form["table"]), file("file"))
  if (kind === "dbt") {
    const [manifest, catalog, runResults] = [file("manifest"), file("catalog"), file("results")]
    if (manifest === undefined) return refusal("manifest", "Choose the project's manifest.json")
    return { source: { kind, manifest, ...(catalog && { catalog }), ...(runResults && { runResults }) } }
  }
  const given = files.filter(({ field }) => field === "sql" || field === "folder")
  if (given.length === 0) return refusal("sql", "Choose at least one file, or a folder")
  const dialect = Object.keys(DIALECTS).find((one) => one === form["dialect"])
  const source = { kind, name: name || topFolder(given) || "SQL files", files: given }
  return { source: { ...source, ...(dialect !== undefined && { dialect }) } }
}

/** The folder that was chosen, where all lie in one. */
const topFolder = (files: readonly ReceivedFile[]): string | undefined => {
  const tops = new Set(files.map(({ name }) => (/[\\/]/.test(name) ? name.split(/[\\/]/)[0] : undefined)))
  return tops.size === 1 ? [...tops][0] : undefined
}

const jobsOf = async (name: string, table: string, file: ReceivedFile | undefined): Promise<Given> => {
  if (file !== undefined && table.trim() !== "")
    return refusal("file", "Paste a table or choose a file, not both: clear one of them")
  if (file === undefined && table.trim() === "") return refusal("table", "Paste the rows of your spreadsheet, or choose a file")
  if ((file?.bytes ?? table.length) > largestTable)
    return refusal(file ? "file" : "table", "At most 1 MB is taken: split the table")
  const text = file === undefined ? table : textOfBytes(await readFile(file.path)).text
  const own = file?.name.split(/[\\/]/).at(-1)
  const source: JobSource = { kind: "jobs", name: name || own || "Jobs", text: text.replaceAll("\0", "\uFFFD").toWellFormed() }
  return { source }
}
