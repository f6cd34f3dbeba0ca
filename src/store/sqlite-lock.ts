import { hostname } from "node:os"
import { join } from "node:path"
import Database from "better-sqlite3"
import { StoreRefused } from "./errors.ts"
import { privateFile } from "./sqlite-folder.ts"

/**
 * Makes this process the only one in `folder`; returns the release. The lock is one of the kernel's, taken through SQLite on a file of
 * its own: it ends with the process however that ends, so there is no stale lock to detect. The file says who holds it.
 */
export const lockFolder = (folder: string, now: number): (() => void) => {
  const file = join(folder, "headwater.lock")
  privateFile(file)
  const lock = new Database(file, { timeout: 0 })
  try {
    lock.exec(
      "BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS holder (pid INTEGER, host TEXT, since INTEGER) STRICT; DELETE FROM holder",
    )
    lock.prepare("INSERT INTO holder VALUES (?, ?, ?)").run(process.pid, hostname(), now)
    // The name must be committed for others to read it; a reserved lock then lets them read and keeps them from taking it.
    lock.exec("COMMIT; BEGIN IMMEDIATE")
  } catch (error) {
    const holder = holderOf(lock)
    lock.close()
    if ((error as { code?: string }).code !== "SQLITE_BUSY") throw error
    throw new StoreRefused(
      `Another process uses the data folder ${folder}${holder}. Stop it first, or give this one a folder of its own.`,
      { cause: error },
    )
  }
  return () => {
    lock.close()
  }
}

const holderOf = (lock: Database.Database): string => {
  try {
    const holder = lock.prepare<[], { pid: number; host: string }>("SELECT pid, host FROM holder").get()
    return holder ? ` (process ${holder.pid} on ${holder.host})` : ""
  } catch {
    return ""
  }
}
