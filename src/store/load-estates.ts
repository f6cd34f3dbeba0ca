/** Reading imports of what runs today: heads, whole imports without texts, single texts. */
import type { Consumer, Estate, HandDecision, NodeId, Notice, Origin, OriginKind, Source, Statement } from "../estate/model.ts"
import { findEngagement } from "./access.ts"
import type { Engine } from "./engine.ts"
import { statementKey } from "./insert-estate.ts"
import type { EngagementScope, EstateHead, StatementDecision, StoredEstate } from "./store.ts"
import type { Db, Tables } from "./tables.ts"
import { findWaiting } from "./waiting-estates.ts"

export const listEstates = (engine: Engine, scope: EngagementScope): Promise<readonly EstateHead[]> =>
  engine.read(async (db) => {
    if (!(await findEngagement(db, scope, "read"))) return []
    const rows = await db
      .selectFrom("estate")
      .select(["id", "domain", "name", "kind", "imported_at", "account", "revision", "statements"])
      .where("engagement", "=", scope.engagement)
      .where("state", "=", "taken")
      .orderBy("imported_at")
      .orderBy("id")
      .execute()
    return rows.map(headOf)
  })

export const loadEstate = (engine: Engine, scope: EngagementScope, estate: string): Promise<StoredEstate | undefined> =>
  engine.read(async (db) => {
    if (!(await findEngagement(db, scope, "read"))) return undefined
    const row = await rowOf(db, scope.engagement, estate)
    return row?.state === "taken" ? readEstate(db, row) : undefined
  })

export const loadWaitingEstate = (engine: Engine, scope: EngagementScope, estate: string): Promise<StoredEstate | undefined> =>
  engine.read(async (db) => {
    if (!(await findEngagement(db, scope, "change")) || !(await findWaiting(db, scope, estate))) return undefined
    const row = await rowOf(db, scope.engagement, estate)
    return row && readEstate(db, row)
  })

const rowOf = (db: Db, engagement: string, estate: string): Promise<Tables["estate"] | undefined> =>
  db.selectFrom("estate").selectAll().where("engagement", "=", engagement).where("id", "=", estate).executeTakeFirst()

export const loadStatementText = (
  engine: Engine,
  scope: EngagementScope,
  estate: string,
  statement: NodeId,
): Promise<string | undefined> =>
  engine.read(async (db) => {
    if (!(await findEngagement(db, scope, "read"))) return undefined
    const found = await db
      .selectFrom("estate_text")
      .select("content")
      .where("engagement", "=", scope.engagement)
      .where("estate", "=", estate)
      .where("key", "=", statementKey(statement))
      .executeTakeFirst()
    return found?.content
  })

const readEstate = async (db: Db, row: Tables["estate"]): Promise<StoredEstate> => {
  const place = { engagement: row.engagement, estate: row.id }
  const rows = await db
    .selectFrom("estate_statement")
    .select(["key", "text_hash", "facts"])
    .where((one) => one.and({ ...place }))
    .orderBy("position")
    .execute()
  const decided = await db
    .selectFrom("estate_decision")
    .selectAll()
    .where((one) => one.and({ ...place }))
    .execute()
  return { ...headOf(row), ...(row.upload !== null && { upload: row.upload }), ...assemble(row, rows, decided) }
}

type StatementRow = Pick<Tables["estate_statement"], "key" | "text_hash" | "facts">

const assemble = (
  row: Tables["estate"],
  rows: readonly StatementRow[],
  decided: readonly Tables["estate_decision"][],
): Pick<StoredEstate, "estate" | "decisions" | "textHashes"> => {
  const byKey = new Map(decided.map((one) => [one.key, one]))
  const decisions = new Map<NodeId, StatementDecision>()
  const textHashes = new Map<NodeId, string>()
  const statements = rows.map(({ key, text_hash, facts }): Statement => {
    const statement = JSON.parse(facts) as Statement
    if (text_hash !== null) textHashes.set(statement.id, text_hash)
    const found = byKey.get(key)
    if (found === undefined) return statement
    const decision = decisionOf(found, text_hash)
    decisions.set(statement.id, decision)
    const { class: set, stateful, reason, time } = decision
    return { ...statement, decision: { class: set, stateful, reason, time } }
  })
  return { estate: estateOf(row, statements), decisions, textHashes }
}

const decisionOf = (row: Tables["estate_decision"], textHash: string | null): StatementDecision => ({
  ...(JSON.parse(row.content) as HandDecision),
  time: new Date(row.decided_at).toISOString(),
  ...(row.account !== null && { by: row.account }),
  outdated: row.text_hash !== textHash,
})

const estateOf = (row: Tables["estate"], statements: readonly Statement[]): Estate => ({
  format: "headwater-estate/1",
  origin: JSON.parse(row.origin) as Origin,
  statements,
  sources: JSON.parse(row.sources) as readonly Source[],
  consumers: JSON.parse(row.consumers) as readonly Consumer[],
  notices: JSON.parse(row.notices) as readonly Notice[],
})

type Head = Pick<Tables["estate"], "id" | "domain" | "name" | "kind" | "imported_at" | "account" | "revision" | "statements">

const headOf = ({ id, domain, name, kind, imported_at, account, revision, statements }: Head): EstateHead => ({
  id,
  domain,
  name,
  kind: kind as OriginKind,
  importedAt: imported_at,
  ...(account !== null && { by: account }),
  revision,
  statements,
})
