/** Reads imports away from the thread that answers requests; started by estate-reader.ts. */
import { readFile } from "node:fs/promises"
import { readManifest } from "./estate/dbt/manifest.ts"
import { type ImportFile, textOfBytes } from "./estate/files/import-files.ts"
import { readJobList } from "./estate/jobs/job-list.ts"
import type { Notice } from "./estate/model.ts"
import { readSqlFiles } from "./estate/files/sql-files.ts"
import { answerJobs } from "./threads/answer-jobs.ts"
import type { EstateReading, EstateSource, JobSource, SourceFile } from "./web/estate/reader.ts"

/** What is read, without the texts that took too long the last time. */
export interface EstateJob {
  readonly source: EstateSource
  /** Texts by their file or id. */
  readonly tooSlow: readonly string[]
}

answerJobs((job, begin) => read(job as EstateJob, begin))

async function read({ source, tooSlow }: EstateJob, begin: (step: string) => void): Promise<EstateReading> {
  const slow = new Set(tooSlow)
  const mayRead = (place: string): boolean => {
    begin(place)
    return !slow.has(place)
  }
  if (source.kind === "jobs") return readJobs(source)
  if (source.kind === "dbt") return readProject(source, mayRead)
  const { files, notices } = await textsOf(source.files)
  const { name, dialect } = source
  const reading = readSqlFiles(files, { name, mayRead, ...(dialect !== undefined && { dialect }) })
  return reading.estate === undefined
    ? reading
    : { ...reading, estate: { ...reading.estate, notices: [...notices, ...reading.estate.notices] } }
}

type DbtSource = Extract<EstateSource, { readonly kind: "dbt" }>

async function readProject(source: DbtSource, mayRead: (place: string) => boolean): Promise<EstateReading> {
  const textOf = async (file: SourceFile | undefined) => file && (await textAt(file)).text
  const [catalog, runResults] = [await textOf(source.catalog), await textOf(source.runResults)]
  return readManifest((await textAt(source.manifest)).text, {
    mayRead,
    ...(catalog !== undefined && { catalog }),
    ...(runResults !== undefined && { runResults }),
  })
}

function readJobs({ text, name, mapping, leaveOut = false }: JobSource): EstateReading {
  const { rows, ...reading } = readJobList(text, {
    name,
    ...(mapping !== undefined && { mapping }),
    ...(leaveOut && { leaveOut: "all with problems" }),
  })
  return { ...reading, badRows: rows.filter(({ problems }) => problems.length > 0).length }
}

async function textsOf(
  files: readonly SourceFile[],
): Promise<{ readonly files: readonly ImportFile[]; readonly notices: readonly Notice[] }> {
  const texts: ImportFile[] = []
  const notices: Notice[] = []
  for (const file of files) {
    const { text, notice } = await textAt(file)
    texts.push({ path: file.name, text })
    if (notice !== undefined) notices.push({ place: file.name, message: notice })
  }
  return { files: texts, notices }
}

const textAt = async ({ path }: SourceFile) => textOfBytes(await readFile(path))
