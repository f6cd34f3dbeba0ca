/** Backups that the running server makes by itself. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import type { Logger } from "pino"
import type { BackupConfig } from "./config.ts"
import { backUp, manifestOf } from "./store/sqlite-backup.ts"

export interface ScheduledBackups {
  /** When the newest backup was made; `undefined` without any. */
  readonly last: () => number | undefined
  /** Gives up a backup in work, and makes no more. */
  readonly stop: () => Promise<void>
}

const hour = 3_600_000
/** After a failure it is tried again soon: the reason may be gone. */
const afterFailure = hour / 4
/** A start is not held up by a backup that is due. */
const afterStart = 5_000

/** Makes a backup of the database `source` whenever the newest is as old as the settings say, and keeps the newest ones. */
export const scheduleBackups = (source: string, { folder, hours, keep }: BackupConfig, log: Logger): ScheduledBackups => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let inWork: Promise<void> = Promise.resolve()

  const make = async (): Promise<void> => {
    const now = Date.now()
    const file = join(folder, `${prefix}${new Date(now).toISOString().replaceAll(":", "-")}.sqlite`)
    try {
      const { bytes } = await backUp(source, file, { now, goOn: () => !stopped })
      removeOldest(folder, keep)
      log.info({ bytes }, "made a backup")
      plan(hours * hour)
    } catch (error) {
      if (!stopped) log.error({ err: error }, "the backup failed")
      plan(afterFailure)
    }
  }
  const plan = (wait: number): void => {
    if (!stopped) timer = setTimeout(() => (inWork = make()), wait).unref()
  }

  const age = Date.now() - (lastIn(folder) ?? 0)
  // A backup from the future was made under a wrong clock: it says nothing about how old it is.
  plan(Math.max(afterStart, age < 0 ? 0 : hours * hour - age))
  return {
    last: () => lastIn(folder),
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await inWork
    },
  }
}

const prefix = "headwater-"

/** The backups that the server made in the folder, oldest first; a file without its manifest is none. */
const backupsIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith(prefix) && name.endsWith(".sqlite") && existsSync(manifestOf(join(folder, name))))
    .toSorted()
    .map((name) => join(folder, name))

const lastIn = (folder: string): number | undefined => {
  const newest = backupsIn(folder).at(-1)
  if (newest === undefined) return undefined
  const { madeAt } = JSON.parse(readFileSync(manifestOf(newest), "utf8")) as { readonly madeAt: number }
  return madeAt
}

const removeOldest = (folder: string, keep: number): void => {
  for (const file of backupsIn(folder).slice(0, -keep)) {
    rmSync(manifestOf(file), { force: true })
    rmSync(file, { force: true })
  }
}
