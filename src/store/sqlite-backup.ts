import { closeSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs"
import { dirname } from "node:path"
import Database from "better-sqlite3"
import { privateFile } from "./sqlite-folder.ts"

/**
 * Writes a whole copy of the database behind `connection` to `file`, which appears only after the copy is on disk and was checked.
 * Throws, and leaves no file, when the copy is not sound.
 */
export const backUp = (connection: Database.Database, file: string): void => {
  const unfinished = `${file}.unfinished`
  rmSync(unfinished, { force: true })
  privateFile(unfinished)
  try {
    connection.prepare("VACUUM INTO ?").run(unfinished)
    requireSound(unfinished)
    toDisk(unfinished)
    renameSync(unfinished, file)
    toDisk(dirname(file))
  } finally {
    rmSync(unfinished, { force: true })
  }
}

const requireSound = (file: string): void => {
  const copy = new Database(file, { readonly: true })
  try {
    const integrity = copy.pragma("integrity_check", { simple: true })
    const broken = copy.pragma("foreign_key_check") as readonly unknown[]
    if (integrity !== "ok" || broken.length > 0)
      throw new Error(`The copy of the database in ${file} is not sound: ${String(integrity)}.`)
  } finally {
    copy.close()
  }
}

const toDisk = (path: string): void => {
  // Windows cannot sync a folder, and needs not.
  if (process.platform === "win32") return
  const handle = openSync(path, "r")
  fsyncSync(handle)
  closeSync(handle)
}
