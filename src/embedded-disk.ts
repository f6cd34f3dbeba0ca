/** The disk that the embedded database is on. */
import { join } from "node:path"
import type { Logger } from "pino"
import type { Config } from "./config.ts"
import type { ScheduledBackups } from "./scheduled-backups.ts"

/** What the program looks after where the database is a file of its own; nothing where a database server does. */
export interface Disk {
  readonly freeBytes?: () => number
  readonly backups?: ScheduledBackups
}

/** Looks at the room that there is, and makes backups where the settings ask for them. */
export async function embeddedDisk({ databaseUrl, dataFolder, backup }: Config, log: Logger): Promise<Disk> {
  if (databaseUrl !== undefined) return {}
  const { databaseName, freeBytesOf } = await import("./store/sqlite-folder.ts")
  const freeBytes = (): number => freeBytesOf(dataFolder)
  if (backup === undefined) return { freeBytes }
  const { scheduleBackups } = await import("./scheduled-backups.ts")
  return { freeBytes, backups: scheduleBackups(join(dataFolder, databaseName), backup, log) }
}
