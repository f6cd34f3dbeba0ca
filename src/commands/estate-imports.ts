import { existsSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import type { FileProblem } from "../assessment/json-text.ts"
import { readManifest } from "../estate/dbt/manifest.ts"
import { inputKindOf } from "../estate/estate-input.ts"
import { type EstateReading, type ImportFile, textOfBytes } from "../estate/files/import-files.ts"
import { readJobList } from "../estate/jobs/job-list.ts"
import { joinEstates } from "../estate/join.ts"
import type { Estate, Notice } from "../estate/model.ts"
import { readSqlFiles, type SqlFilesOptions } from "../estate/files/sql-files.ts"
import { isFolder, nameOf, readFolder, readText, UnreadableFile } from "../estate-files.ts"
import { exitCode, type Given, type Io, Refusal } from "./command.ts"

/** Reads everything that the command names, as one estate; or every problem with its file. Throws a `Refusal` for unreadable files. */
export async function readImports(given: Given, io: Io): Promise<EstateReading> {
  try {
    return joined(await readEach(given, io))
  } catch (error) {
    if (error instanceof UnreadableFile) throw new Refusal(exitCode.file, error.message, { cause: error })
    throw error
  }
}

/** Options that go with a manifest only. */
const besideManifest = ["catalog", "run-results"] as const

/** One reading for each manifest, folder and list, and one for all SQL files that are named one by one. */
async function readEach(given: Given, io: Io): Promise<readonly EstateReading[]> {
  const readings: EstateReading[] = []
  const loose: ImportFile[] = []
  const notices: Notice[] = []
  for (const path of given.operands) {
    if (path !== "-" && (await isFolder(path))) {
      readings.push(await folderReading(path, given))
      continue
    }
    const { text, notice } = path === "-" ? textOfBytes(await io.input()) : await readText(path)
    const name = path === "-" ? "standard input" : nameOf(path)
    if (notice !== undefined) notices.push({ place: name, message: notice })
    const kind = inputKindOf(text, path === "-" ? undefined : path)
    if (kind === "manifest") readings.push(named(await manifestReading(text, given), name))
    if (kind === "jobs") readings.push(readJobList(text, { name }))
    if (kind === "sql") loose.push({ path: name, text })
  }
  if (loose.length > 0) readings.push(withNotices(readSqlFiles(loose, looseOptions(given, loose)), notices))
  const hasManifest = readings.some(({ estate, problems }) =>
    estate === undefined ? problems.length > 0 : estate.origin.kind === "dbt-manifest",
  )
  const unused = besideManifest.find((option) => given.text(option) !== undefined && !hasManifest)
  if (unused !== undefined)
    throw new Refusal(exitCode.usage, `--${unused} goes with dbt's manifest.json. Name it too: target/manifest.json.`)
  const jobs = given.text("jobs")
  if (jobs !== undefined) readings.push(readJobList((await readText(jobs)).text, { name: nameOf(jobs) }))
  return readings
}

/** dbt's target folder is read by its manifest; of every other folder the SQL files are read. */
async function folderReading(path: string, given: Given): Promise<EstateReading> {
  const manifest = await manifestIn(path)
  if (manifest !== undefined) return named(await manifestReading(manifest, given), "manifest.json")
  const { files, notices } = await readFolder(path)
  const hint = (await manifestIn(join(path, "target"))) === undefined ? [] : [compiledIsThere]
  return withNotices(readSqlFiles(files, { name: nameOf(resolve(path)), ...dialectOf(given) }), [...notices, ...hint])
}

const compiledIsThere: Notice = {
  place: "target/manifest.json",
  message: "Name this file instead of the folder to read the compiled SQL, which says more",
}

/** The text of a folder's manifest.json when it is one of dbt. */
async function manifestIn(folder: string): Promise<string | undefined> {
  const file = join(folder, "manifest.json")
  if (!existsSync(file)) return undefined
  const { text } = await readText(file)
  return text.includes('"dbt_schema_version"') ? text : undefined
}

async function manifestReading(text: string, given: Given): Promise<EstateReading> {
  const [catalog, runResults] = [given.text("catalog"), given.text("run-results")]
  return readManifest(text, {
    ...(catalog !== undefined && { catalog: (await readText(catalog)).text }),
    ...(runResults !== undefined && { runResults: (await readText(runResults)).text }),
    ...dialectOf(given),
  })
}

/** Files that are named one by one are called by their name, and their dbt project by the folder of the first one. */
function looseOptions(given: Given, loose: readonly ImportFile[]): SqlFilesOptions {
  const [first] = given.operands
  const folder = first === undefined || first === "-" ? "" : nameOf(dirname(resolve(first)))
  const name = loose.length === 1 ? (loose[0]?.path ?? "") : `${loose.length} files`
  return { name, ...(folder !== "" && { project: folder }), ...dialectOf(given) }
}

const dialectOf = (given: Given): { readonly dialect?: string } => {
  const dialect = given.text("dialect")?.toLowerCase()
  return dialect === undefined ? {} : { dialect }
}

/** Notices of the reading of bytes belong to the estate like its own. */
function withNotices(reading: EstateReading, more: readonly Notice[]): EstateReading {
  const { estate, problems } = reading
  const notices = [...more, ...reading.notices]
  return { ...(estate !== undefined && { estate: { ...estate, notices } }), problems, notices }
}

/** Problems of a JSON file say where in the file; which file it is stands before. */
const named = ({ problems, ...reading }: EstateReading, file: string): EstateReading => ({
  ...reading,
  problems: problems.map(({ path, message }): FileProblem => ({ path: `${file}, ${path}`, message })),
})

function joined(readings: readonly EstateReading[]): EstateReading {
  const problems = readings.flatMap((each) => each.problems)
  const estates = readings.flatMap((each): readonly Estate[] => (each.estate === undefined ? [] : [each.estate]))
  const [first, ...others] = estates
  if (problems.length > 0 || first === undefined) return { problems, notices: readings.flatMap((each) => each.notices) }
  const estate = joinEstates(first, others)
  return { estate, problems, notices: estate.notices }
}
