/**
 * The ledger: what was ended for good, in files beside the database and beside its backups. A backup is older than what was ended after it;
 * restoring it ends that again. Only additions, each on disk before the change that it tells of is acknowledged.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from "node:fs"
import { dirname } from "node:path"
import { type Ending, type EndingAction, endingActions } from "./endings.ts"
import type { Engine } from "./engine.ts"
import { toDisk } from "./sqlite-backup.ts"
import type { Db } from "./tables.ts"

export const ledgerName = "headwater.ledger"

export interface Ledger {
  /** Adds what the audit log has and the files have not; gives why that could not be done, when it could not. */
  follow(): Promise<Error | undefined>
}

/** The ledger in `files`; the first is the one beside the database, from which a missing one is made. */
export const openLedger = (read: Engine["read"], files: readonly string[]): Ledger => {
  let last: Promise<Error | undefined> = Promise.resolve(undefined)
  const follow = async (): Promise<Error | undefined> => {
    try {
      for (const file of files) await bringUpToDate(read, file, files[0] ?? file)
      return undefined
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }
  return { follow: () => (last = last.then(follow)) }
}

const bringUpToDate = async (read: Engine["read"], file: string, first: string): Promise<void> => {
  const there = readLedger(file)
  const end = there.at(-1)
  const isOurs = end !== undefined && (await read((db) => isInAudit(db, end)))
  if (isOurs) return append(file, await read((db) => endingsAfter(db, end.number)))
  const whole = file === first ? await read((db) => endingsAfter(db, 0)) : readLedger(first)
  if (whole.length === 0 && existsSync(file)) return
  // Another database's, as after a restore: it may be the only one of its kind, so it is kept.
  if (there.length > 0) renameSync(file, `${file}.before-${there.at(-1)?.number ?? 0}-${process.pid}`)
  writeLedger(file, whole)
}

const isInAudit = async (db: Db, { number, hash }: Pick<Ending, "number" | "hash">): Promise<boolean> =>
  (await db.selectFrom("audit").select("number").where("number", "=", number).where("hash", "=", hash).executeTakeFirst()) !==
  undefined

const endingsAfter = async (db: Db, number: number): Promise<readonly Ending[]> => {
  const rows = await db
    .selectFrom("audit")
    .select(["number", "hash", "at", "action", "engagement", "subject", "detail"])
    .where("number", ">", number)
    .where("action", "in", endingActions)
    .orderBy("number")
    .execute()
  return rows.map((row) => ({
    ...row,
    action: row.action as EndingAction,
    detail: JSON.parse(row.detail) as Ending["detail"],
  }))
}

/** The endings that the database does not know of: they came after the state that it is in. */
export const unknownTo = async (db: Db, endings: readonly Ending[]): Promise<readonly Ending[]> => {
  const unknown: Ending[] = []
  for (const ending of endings) if (!(await isInAudit(db, ending))) unknown.push(ending)
  return unknown
}

/** What the file has, in its order; nothing when there is no file. A last line that was cut off in the middle does not count. */
export const readLedger = (file: string): readonly Ending[] =>
  existsSync(file) ? wholeLines(readFileSync(file, "utf8")).map((line) => JSON.parse(line) as Ending) : []

const wholeLines = (text: string): readonly string[] =>
  text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .slice(0, -1)

/** Writes the file whole or not at all. */
export const writeLedger = (file: string, endings: readonly Ending[]): void => {
  const unfinished = `${file}.unfinished`
  writeFileSync(unfinished, textOf(endings), { mode: 0o600 })
  toDisk(unfinished)
  renameSync(unfinished, file)
  toDisk(dirname(file))
}

const append = (file: string, endings: readonly Ending[]): void => {
  if (endings.length === 0) return
  const text = readFileSync(file, "utf8")
  if (!text.endsWith("\n")) writeLedger(file, readLedger(file))
  const handle = openSync(file, "a", 0o600)
  try {
    writeSync(handle, textOf(endings))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

const textOf = (endings: readonly Ending[]): string => endings.map((ending) => `${JSON.stringify(ending)}\n`).join("")
