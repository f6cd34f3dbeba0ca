/** Looks a copy of the database over in a thread of its own: for a large one that takes seconds. */
import { createHash } from "node:crypto"
import { createReadStream, statSync } from "node:fs"
import { once } from "node:events"
import { Worker } from "node:worker_threads"
import Database from "better-sqlite3"

export interface Inspection {
  readonly bytes: number
  readonly sha256: string
  /** Newest migration that the copy has; 0 when it has none. */
  readonly schema: number
  readonly rows: Readonly<Record<string, number>>
  /** What is wrong with it. */
  readonly problem?: string
}

/** The copy in `file`, read whole; never the database that is in use. */
export const inspectCopy = async (file: string): Promise<Inspection> => {
  const worker = new Worker(new URL("./copy-inspection-worker.ts", import.meta.url), { workerData: file })
  const [inspection] = (await once(worker, "message")) as [Inspection]
  return inspection
}

/** The same in this thread. */
export const inspectHere = async (file: string): Promise<Inspection> => {
  const hash = createHash("sha256")
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  const read = { bytes: statSync(file).size, sha256: hash.digest("hex") }
  try {
    const copy = new Database(file, { readonly: true, fileMustExist: true })
    try {
      return { ...read, ...soundness(copy), schema: schemaOf(copy), rows: rowsOf(copy) }
    } finally {
      copy.close()
    }
  } catch (error) {
    return { ...read, schema: 0, rows: {}, problem: error instanceof Error ? error.message : String(error) }
  }
}

const soundness = (copy: Database.Database): Pick<Inspection, "problem"> => {
  const integrity = String(copy.pragma("integrity_check", { simple: true }))
  if (integrity !== "ok") return { problem: integrity }
  const broken = copy.pragma("foreign_key_check") as readonly unknown[]
  return broken.length > 0 ? { problem: `${broken.length} rows lack what they refer to` } : {}
}

const tableNames = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"

/** How many rows each table has. */
export const rowsOf = (connection: Database.Database): Readonly<Record<string, number>> => {
  const tables = connection.prepare<[], string>(tableNames).pluck().all()
  const count = (table: string) => connection.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0
  return Object.fromEntries(tables.map((table) => [table, count(table)]))
}

const schemaOf = (copy: Database.Database): number =>
  copy.prepare<[], number | null>("SELECT max(version) FROM migration").pluck().get() ?? 0
