/** Compares a database, as it was left behind, with the ledger. */
import Database from "better-sqlite3"
import { type Ledger, place } from "./kill9-ledger.ts"

export interface Found {
  /** Acknowledged and not there, or there otherwise than acknowledged. */
  readonly lost: readonly string[]
  /** There twice. */
  readonly doubled: readonly string[]
  /** The database itself is not sound. */
  readonly unsound: readonly string[]
}

interface Revision {
  readonly respondent: string
  readonly domain: string
  readonly question: string
  readonly revision: number
  readonly key: string
  readonly content: string
}

/** Opens `file` (recovering it as the next start would) and looks for everything that was acknowledged. */
export const compare = (file: string, ledger: Ledger): Found => {
  const database = new Database(file)
  try {
    const answers = checkAnswers(database, ledger)
    const rows = checkRows(database, ledger)
    return {
      lost: [...answers.lost, ...rows.lost, ...lostSubmissions(database, ledger)],
      doubled: [...answers.doubled, ...rows.doubled],
      unsound: unsoundness(database),
    }
  } finally {
    database.close()
  }
}

/** What SQLite itself finds wrong with the file. */
export const unsoundness = (database: Database.Database): readonly string[] => [
  ...(database.pragma("integrity_check") as { integrity_check: string }[])
    .map((line) => line.integrity_check)
    .filter((text) => text !== "ok"),
  ...(database.pragma("foreign_key_check") as unknown[]).map((line) => `foreign key: ${JSON.stringify(line)}`),
]

const checkAnswers = (database: Database.Database, { answers }: Ledger): Pick<Found, "lost" | "doubled"> => {
  const columns = "respondent, domain, question, revision, content"
  const stored = new Map<string, Revision[]>()
  const revisions = database.prepare<[], Revision>(`SELECT ${columns}, key FROM answer_revision ORDER BY revision`).all()
  for (const one of revisions) {
    const at = place(one.respondent, one.domain, one.question)
    const list = stored.get(at)
    if (list) list.push(one)
    else stored.set(at, [one])
  }
  const lost: string[] = []
  const doubled: string[] = []
  for (const [at, sent] of answers) {
    const there = stored.get(at) ?? []
    const byKey = new Map(there.map((one) => [one.key, one]))
    for (const { key, text, acknowledged } of sent) {
      const one = byKey.get(key)
      if (acknowledged !== undefined && (one?.revision !== acknowledged || !one.content.includes(`"${text}"`)))
        lost.push(`${at}: revision ${acknowledged} is ${one?.content ?? "not there"}`)
    }
    if (byKey.size !== there.length || there.length > sent.length) doubled.push(`${at}: ${there.length} of ${sent.length}`)
    if (there.some((one, index) => one.revision !== index + 1)) doubled.push(`${at}: revisions have a gap`)
  }
  for (const one of database.prepare<[], Revision>(`SELECT ${columns} FROM answer`).all()) {
    const at = place(one.respondent, one.domain, one.question)
    const last = stored.get(at)?.at(-1)
    if (last?.revision !== one.revision || last.content !== one.content) lost.push(`${at}: answer and history differ`)
  }
  return { lost, doubled }
}

const checkRows = (database: Database.Database, { rows }: Ledger): Pick<Found, "lost" | "doubled"> => {
  const stored = database.prepare<[], { id: string; content: string }>("SELECT id, content FROM inventory_row").all()
  const byId = new Map(stored.map(({ id, content }) => [id, (JSON.parse(content) as { name?: string }).name]))
  const names = stored.map(({ id }) => byId.get(id))
  return {
    lost: [...rows]
      .filter(([id, row]) => row.acknowledged && byId.get(id) !== row.name)
      .map(([id, row]) => `row ${id}, ${row.name}`),
    doubled: names.filter((name, at) => names.indexOf(name) !== at).map((name) => `row ${name}`),
  }
}

const lostSubmissions = (database: Database.Database, { submitted }: Ledger): readonly string[] => {
  const open = database.prepare<[], { id: string }>("SELECT id FROM respondent WHERE submitted_at IS NULL").all()
  return open.filter(({ id }) => submitted.has(id)).map(({ id }) => `submission of ${id}`)
}
