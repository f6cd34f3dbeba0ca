import { existsSync } from "node:fs"
import { join } from "node:path"
import { databaseName } from "../store/sqlite-folder.ts"
import { StoreBusy, StoreFull, StoreRefused, StoreUnwritable } from "../store/errors.ts"
import { exitCode, Refusal } from "./command.ts"

/** The folder of the embedded database. Throws a `Refusal` when PostgreSQL is used: its own tools make its backups. */
export async function dataFolder(): Promise<string> {
  const { readConfig } = await import("../config.ts")
  const read = readConfig()
  if ("problems" in read) throw new Refusal(exitCode.usage, read.problems.join("\n"))
  if (read.config.databaseUrl === undefined) return read.config.dataFolder
  throw new Refusal(
    exitCode.usage,
    "DATABASE_URL is set: use pg_dump and pg_restore for that database. This command is for the embedded one.",
  )
}

/** The database's file in the folder. Throws a `Refusal` when there is none. */
export function databaseIn(folder: string): string {
  const file = join(folder, databaseName)
  if (existsSync(file)) return file
  throw new Refusal(exitCode.file, `There is no database in ${folder}. Set DATA_DIR to the folder that the server uses.`)
}

/** A failure of the store as a message, where it says what to do. */
export function storeFailure(error: unknown): unknown {
  if (error instanceof StoreFull) return new Refusal(exitCode.file, "The disk is full. Free some space and try again.")
  const isKnown = [StoreRefused, StoreBusy, StoreUnwritable].some((kind) => error instanceof kind)
  if (isKnown && error instanceof Error) return new Refusal(exitCode.file, error.message, { cause: error })
  const { code } = error as NodeJS.ErrnoException
  return code === "ENOSPC" || code === "SQLITE_FULL"
    ? new Refusal(exitCode.file, "The disk is full. Free some space and try again.", { cause: error })
    : error
}
