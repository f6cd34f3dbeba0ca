/** Opens the store that the configuration names; only here is it known which engines there are. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { exitCode, Refusal } from "./commands/command.ts"
import type { Config } from "./config.ts"
import { StoreBusy, StoreFull, StoreRefused } from "./store/errors.ts"
import type { Store } from "./store/store.ts"

/** The store, and whether it was empty before. Throws a `Refusal` that says what to do when it cannot be opened. */
export async function openStore(
  config: Config,
  now: number,
  onLostConnection: (error: Error) => void,
  onLedgerBehind: (error: Error) => void = () => undefined,
): Promise<{ readonly store: Store; readonly isNew: boolean }> {
  try {
    if (config.databaseUrl === undefined) {
      const isNew = !existsSync(join(config.dataFolder, "headwater.sqlite"))
      const { openSqlite } = await import("./store/sqlite.ts")
      return {
        store: await openSqlite({
          folder: config.dataFolder,
          now,
          onLedgerBehind,
          ...(config.backup && { backupFolder: config.backup.folder }),
        }),
        isNew,
      }
    }
    const { openPostgres } = await import("./store/postgres.ts")
    const store = await openPostgres({ url: config.databaseUrl, now, onLostConnection })
    return { store, isNew: (await store.listEngagements({ program: "start" })).length === 0 }
  } catch (error) {
    throw refused(error, config.databaseUrl)
  }
}

function refused(error: unknown, url: string | undefined): unknown {
  const refusal = (message: string): Refusal => new Refusal(exitCode.start, message, { cause: error })
  if (error instanceof StoreRefused || error instanceof StoreFull) return refusal(error.message)
  if (url === undefined) {
    if (error instanceof StoreBusy) return refusal("The database is busy. Stop the program that uses it and start again.")
    return error
  }
  // Without the password that the address may hold.
  const place = URL.canParse(url) ? `${new URL(url).host}${new URL(url).pathname}` : "the address of DATABASE_URL"
  if (error instanceof StoreBusy) return refusal(`The database at ${place} does not answer. Start it, or check DATABASE_URL.`)
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  return typeof code === "string" ? refusal(`The database at ${place} refuses: ${String(message)}. Check DATABASE_URL.`) : error
}
