import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { z } from "zod"
import { note } from "./audit.ts"
import { inspectCopy } from "./copy-inspection.ts"
import { type Ending, endAgain } from "./endings.ts"
import { StoreRefused } from "./errors.ts"
import { ledgerName, readLedger, unknownTo, writeLedger } from "./ledger.ts"
import { migrate, migrations } from "./migrations/migrate.ts"
import { type Manifest, manifestOf, toDisk } from "./sqlite-backup.ts"
import { connectSqlite, kyselyOver, type SqliteConnections } from "./sqlite-connections.ts"
import { databaseName, prepareFolder, privateFile } from "./sqlite-folder.ts"
import { lockFolder } from "./sqlite-lock.ts"
import type { Db } from "./tables.ts"

export interface RestoreOptions {
  /** The data folder: without a database. */
  readonly folder: string
  readonly backup: string
  /** Ledgers to read besides those in the folder and beside the backup. */
  readonly ledgers: readonly string[]
  /** Also when no ledger is found: then nothing is known of what was erased or revoked after the backup. */
  readonly withoutLedger: boolean
  readonly now: number
}

export interface Restored {
  readonly manifest: Manifest
  /** Endings that came after the backup and were carried out again. */
  readonly ended: number
}

const manifestSchema = z.strictObject({
  format: z.literal("headwater-backup/1"),
  madeAt: z.int(),
  schema: z.int().min(1),
  bytes: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  rows: z.record(z.string(), z.int().min(0)),
})

/**
 * Puts a backup into a folder without a database. The copy becomes the database only once it was found to be what the manifest says, was
 * brought to this program's schema, and everything that was ended after the backup has ended in it too. Nobody is signed in afterwards.
 * Throws `StoreRefused`, and leaves no database, when anything is wrong.
 */
export const restoreSqlite = async (options: RestoreOptions): Promise<Restored> => {
  const { folder, backup, now } = options
  const manifest = readManifest(backup)
  prepareFolder(folder)
  const unlock = lockFolder(folder, now)
  const file = join(folder, databaseName)
  const unfinished = `${file}.unfinished`
  try {
    if (existsSync(file))
      throw new StoreRefused(`The data folder ${folder} has a database. Move it away, or name another folder.`)
    const endings = endingsFor(options, manifest)
    clear(file)
    clear(unfinished)
    privateFile(unfinished)
    copyFileSync(backup, unfinished)
    await requireWhatManifestSays(unfinished, manifest, backup)
    const { ledger, ended } = await finish(unfinished, endings, now)
    writeLedger(join(folder, ledgerName), ledger)
    toDisk(unfinished)
    renameSync(unfinished, file)
    toDisk(folder)
    return { manifest, ended }
  } finally {
    clear(unfinished)
    unlock()
  }
}

/** Leftovers of another database would be taken for this one's. */
const clear = (file: string): void => {
  for (const name of file.endsWith(".unfinished") ? [file, `${file}-wal`, `${file}-shm`] : [`${file}-wal`, `${file}-shm`])
    rmSync(name, { force: true })
}

const readManifest = (backup: string): Manifest => {
  const file = manifestOf(backup)
  if (!existsSync(backup)) throw new StoreRefused(`There is no file ${backup}. Check its name and folder.`)
  if (!existsSync(file))
    throw new StoreRefused(`${backup} lacks its manifest ${file}. Without it nobody can tell whether the backup is whole.`)
  const read = manifestSchema.safeParse(jsonIn(file))
  if (!read.success) throw new StoreRefused(`The manifest ${file} is damaged. Use another backup.`)
  if (read.data.schema > migrations.length) {
    throw new StoreRefused(
      `${backup} has schema ${read.data.schema} and this program knows ${migrations.length}: a newer program made it. Use that one.`,
    )
  }
  return read.data
}

const jsonIn = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, "utf8"))
  } catch {
    return undefined
  }
}

const requireWhatManifestSays = async (copy: string, manifest: Manifest, backup: string): Promise<void> => {
  const found = await inspectCopy(copy)
  const tables = Object.keys({ ...manifest.rows, ...found.rows })
  const isSame =
    found.problem === undefined &&
    found.bytes === manifest.bytes &&
    found.sha256 === manifest.sha256 &&
    found.schema === manifest.schema &&
    tables.every((table) => found.rows[table] === manifest.rows[table])
  if (!isSame) throw new StoreRefused(`${backup} is damaged: it is not what its manifest says. Use another backup.`)
}

const endingsFor = ({ folder, backup, ledgers, withoutLedger }: RestoreOptions, manifest: Manifest): readonly Ending[] => {
  const missing = ledgers.find((file) => !existsSync(file))
  if (missing !== undefined) throw new StoreRefused(`There is no ledger ${missing}. Check its name and folder.`)
  const current = [join(folder, ledgerName), join(dirname(backup), ledgerName), ...ledgers].filter((file) => existsSync(file))
  const earlier = [folder, dirname(backup)].flatMap(earlierLedgers)
  if (current.length + earlier.length === 0 && !withoutLedger) {
    throw new StoreRefused(
      `There is no ${ledgerName} in ${folder} or beside the backup: people erased and links revoked since the backup would come back. Name the ledger with --ledger, or say --without-ledger.`,
    )
  }
  // Those of databases that were replaced since tell of this backup's future only where they are newer than it.
  const all = [...current.flatMap(readLedger), ...earlier.flatMap(readLedger).filter(({ at }) => at > manifest.madeAt)]
  return [
    ...new Map(all.map((ending) => [`${ending.number} ${ending.hash} ${ending.subject} ${ending.action}`, ending])).values(),
  ]
}

const earlierLedgers = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder).flatMap((name) => (name.startsWith(`${ledgerName}.before-`) ? [join(folder, name)] : []))
    : []

interface Finished {
  readonly ended: number
  /** The ledger that goes with the restored database. */
  readonly ledger: readonly Ending[]
}

/** Brings the copy to this program's schema, and to what had ended. */
const finish = async (file: string, endings: readonly Ending[], now: number): Promise<Finished> => {
  const connections = connectSqlite(file)
  const db = kyselyOver(connections.writer)
  try {
    await migrate(db, "sqlite", now)
    connections.writer.exec("BEGIN IMMEDIATE")
    const finished = await endEverything(db, endings, now)
    connections.writer.exec("COMMIT")
    return finished
  } finally {
    closeForGood(connections)
  }
}

const endEverything = async (db: Db, endings: readonly Ending[], now: number): Promise<Finished> => {
  for (const table of ["respondent_session", "account_session", "account_token", "sign_on"] as const)
    await db.deleteFrom(table).execute()
  const later = await unknownTo(db, endings)
  let ended = 0
  for (const ending of later.toSorted((one, other) => one.at - other.at || one.number - other.number))
    if (await endAgain(db, ending)) ended += 1
  await note(db, { program: "restore" }, { action: "database.restored", detail: { endings: later.length, ended } }, now)
  const last = db.selectFrom("audit").select(["number", "hash"]).orderBy("number", "desc").limit(1)
  const restoring = await last.executeTakeFirstOrThrow()
  // From here on they are part of the restoring: another backup that has its entry has them too.
  const isLater = new Set(later)
  const ledger = [...endings.filter((one) => !isLater.has(one)), ...later.map((one) => ({ ...one, ...restoring }))]
  return { ended, ledger: ledger.toSorted((one, other) => one.number - other.number) }
}

const closeForGood = ({ writer, reader }: SqliteConnections): void => {
  reader.close()
  writer.pragma("wal_checkpoint(TRUNCATE)")
  writer.pragma("journal_mode=DELETE")
  writer.close()
}
