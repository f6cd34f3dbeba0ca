import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import Database from "better-sqlite3"
import { type Inspection, inspectCopy, rowsOf } from "./copy-inspection.ts"
import { privateFile } from "./sqlite-folder.ts"

/** What is known of a backup, in a file beside it; without that it is no backup. */
export interface Manifest extends Pick<Inspection, "bytes" | "sha256" | "schema" | "rows"> {
  readonly format: "headwater-backup/1"
  readonly madeAt: number
}

/** Where the manifest of the backup `file` is. */
export const manifestOf = (file: string): string => `${file}.json`

export interface BackupOptions {
  readonly now: number
  /** Asked between parts of the copy; false gives the backup up. */
  readonly goOn?: () => boolean
}

/**
 * Writes a whole copy of the database `source` to `file`, with its manifest. The copy is read through a connection of its own that holds
 * one state of the database, so that saving goes on meanwhile, in this process or another. `file` appears only after the copy is on disk
 * and was found sound; the manifest comes last. Throws, and leaves neither, when anything is wrong.
 */
export const backUp = async (source: string, file: string, { now, goOn = () => true }: BackupOptions): Promise<Manifest> => {
  const unfinished = `${file}.unfinished`
  remove(unfinished)
  privateFile(unfinished)
  try {
    const rows = await copyOneState(source, unfinished, goOn)
    toDisk(unfinished)
    const copy = await inspectCopy(unfinished)
    requireSame(copy, rows, file)
    const { bytes, sha256, schema } = copy
    const manifest: Manifest = { format: "headwater-backup/1", madeAt: now, schema, bytes, sha256, rows }
    rmSync(manifestOf(file), { force: true })
    renameSync(unfinished, file)
    writeManifest(manifestOf(file), manifest)
    return manifest
  } finally {
    remove(unfinished)
  }
}

/** Copies some hundred pages at a time; gives the number of rows of each table in the state that was copied. */
const copyOneState = async (source: string, target: string, goOn: () => boolean): Promise<Inspection["rows"]> => {
  const reader = new Database(source, { readonly: true, timeout: 50 })
  try {
    // A transaction that has read keeps its state of the database until it ends; the copy is made of that one.
    reader.exec("BEGIN; SELECT count(*) FROM sqlite_schema")
    await reader.backup(target, {
      progress: () => {
        if (!goOn()) throw new Error("The backup was given up.")
        return 250
      },
    })
    return rowsOf(reader)
  } finally {
    reader.close()
    plainJournal(target)
  }
}

/** One file without companions: the copy says of itself that it has a write-ahead log, and nobody writes to it. */
const plainJournal = (file: string): void => {
  const copy = new Database(file)
  try {
    copy.pragma("journal_mode=DELETE")
  } finally {
    copy.close()
  }
}

const requireSame = (copy: Inspection, rows: Inspection["rows"], file: string): void => {
  if (copy.problem !== undefined) throw new Error(`The copy of the database for ${file} is not sound: ${copy.problem}.`)
  const different = Object.keys({ ...rows, ...copy.rows }).filter((table) => rows[table] !== copy.rows[table])
  if (different.length > 0) throw new Error(`The copy of the database for ${file} differs in ${different.join(", ")}.`)
}

const writeManifest = (file: string, manifest: Manifest): void => {
  const unfinished = `${file}.unfinished`
  writeFileSync(unfinished, `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600 })
  toDisk(unfinished)
  renameSync(unfinished, file)
  toDisk(dirname(file))
}

const remove = (file: string): void => {
  for (const name of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) rmSync(name, { force: true })
}

/** Returns when the file, or a folder's list of files, is on the disk itself. */
export const toDisk = (path: string): void => {
  // Windows cannot sync a folder, and needs not.
  if (process.platform === "win32") return
  const handle = openSync(path, "r")
  fsyncSync(handle)
  closeSync(handle)
}
