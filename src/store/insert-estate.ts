/** Writing an import: its head, a row for each statement, and a row for each text. */
import { createHash } from "node:crypto"
import type { NodeId } from "../estate/model.ts"
import { breathe, insertMany } from "./statement.ts"
import type { Actor, EngagementScope, EstateImport } from "./store.ts"
import type { Db, Tables } from "./tables.ts"

/** Characters in one statement to the database: a text may have megabytes, and a statement has a time limit. */
const largestInsert = 2_000_000
const mostRowsPerInsert = 200
/** Statements that are written out before others get their turn. */
const statementsAtOnce = 400

/** Adds the import as one that waits. */
export const insertEstate = async (db: Db, scope: EngagementScope, wanted: EstateImport, now: number): Promise<void> => {
  await insertHead(db, scope, wanted, now)
  for (const part of statementParts(scope.engagement, wanted)) {
    await insertPart(db, part)
    await breathe()
  }
}

/** Adds the import without its statements. */
export const insertHead = async (db: Db, scope: EngagementScope, wanted: EstateImport, now: number): Promise<void> => {
  const { id, domain, name, estate, upload } = wanted
  const { origin, sources, consumers, notices, statements } = estate
  await db
    .insertInto("estate")
    .values({
      engagement: scope.engagement,
      id,
      domain,
      name,
      state: "waiting",
      kind: origin.kind,
      imported_at: now,
      account: accountOf(scope.by),
      revision: 1,
      statements: statements.length,
      origin: JSON.stringify(origin),
      sources: JSON.stringify(sources),
      consumers: JSON.stringify(consumers),
      notices: JSON.stringify(notices),
      upload: upload ?? null,
    })
    .execute()
}

/** Some hundred statements as rows. */
export interface StatementPart {
  readonly rows: readonly Tables["estate_statement"][]
  readonly texts: readonly Tables["estate_text"][]
}

/** All statements of an import, part by part; those of one id share the first one's text. */
export function* statementParts(engagement: string, { id, estate: { statements } }: EstateImport): Generator<StatementPart> {
  const place = { engagement, estate: id }
  const known = new Set<string>()
  for (let from = 0; from < statements.length; from += statementsAtOnce) {
    const rows: Tables["estate_statement"][] = []
    const texts: Tables["estate_text"][] = []
    for (const [at, { text, decision: _, ...facts }] of statements.slice(from, from + statementsAtOnce).entries()) {
      const key = statementKey(facts.id)
      const hash = text === undefined ? null : sha256(text)
      rows.push({ ...place, position: from + at, key, text_hash: hash, facts: JSON.stringify(facts) })
      if (text !== undefined && !known.has(key)) texts.push({ ...place, key, content: text })
      known.add(key)
    }
    yield { rows, texts }
  }
}

/** Adds a part of the statements to an import that is there. */
export const insertPart = async (db: Db, { rows, texts }: StatementPart): Promise<void> => {
  for (const part of inParts(rows, ({ facts }) => facts.length)) await insertMany(db, "estate_statement", part)
  for (const part of inParts(texts, ({ content }) => content.length)) await insertMany(db, "estate_text", part)
}

/** Rows in groups of bounded size; a row that is larger by itself has a group of its own. */
const inParts = <T>(rows: readonly T[], sizeOf: (row: T) => number): readonly (readonly T[])[] => {
  const parts: T[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const row of rows) {
    size += sizeOf(row)
    const last = parts.at(-1)
    if (last === undefined || last.length === mostRowsPerInsert || size > largestInsert) {
      parts.push([row])
      size = sizeOf(row)
    } else last.push(row)
  }
  return parts
}

/** Where a statement's text and decision are found; ids may be longer than a key may be. */
export const statementKey = (statement: NodeId): string => sha256(statement)

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex")

/** Id of the account that acts; null for the program. */
export const accountOf = (by: Actor): string | null => ("account" in by ? by.account : null)
