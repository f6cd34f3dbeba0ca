/** Classes that somebody sets by hand. */
import type { HandDecision, NodeId } from "../estate/model.ts"
import { note } from "./audit.ts"
import { changeOrNot } from "./engine.ts"
import type { Engine } from "./engine.ts"
import { accountOf, statementKey } from "./insert-estate.ts"
import type { EngagementScope } from "./store.ts"
import type { Db } from "./tables.ts"

/** Keeps the decision in the place of an earlier one, with the text that it was made on, or takes it back. */
export const decideStatement = (
  engine: Engine,
  scope: EngagementScope,
  estate: string,
  statement: NodeId,
  decision: HandDecision | undefined,
  now: number,
): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    const place = { engagement: scope.engagement, estate, key: statementKey(statement) }
    const done = await (decision === undefined ? takeBack(db, place) : put(db, scope, place, decision, now))
    if (!done) return false
    await db
      .updateTable("estate")
      .set((row) => ({ revision: row("revision", "+", 1) }))
      .where("engagement", "=", scope.engagement)
      .where("id", "=", estate)
      .execute()
    const detail = { statement: place.key.slice(0, 10), ...(decision !== undefined && { class: decision.class }) }
    const action = decision === undefined ? "estate.unclassified" : "estate.classified"
    await note(db, scope.by, { action, engagement: scope.engagement, subject: estate, detail }, now)
    return true
  })

interface StatementPlace {
  readonly engagement: string
  readonly estate: string
  readonly key: string
}

const put = async (
  db: Db,
  { by }: EngagementScope,
  place: StatementPlace,
  { class: set, stateful, reason }: HandDecision,
  now: number,
): Promise<boolean> => {
  const found = await db
    .selectFrom("estate_statement as s")
    .innerJoin("estate as e", (on) => on.onRef("e.engagement", "=", "s.engagement").onRef("e.id", "=", "s.estate"))
    .select("s.text_hash")
    .where("s.engagement", "=", place.engagement)
    .where("s.estate", "=", place.estate)
    .where("s.key", "=", place.key)
    .where("e.state", "=", "taken")
    .executeTakeFirst()
  if (found === undefined) return false
  const values = {
    content: JSON.stringify({ class: set, stateful, reason }),
    text_hash: found.text_hash,
    account: accountOf(by),
    decided_at: now,
  }
  await db
    .insertInto("estate_decision")
    .values({ ...place, ...values })
    .onConflict((conflict) => conflict.columns(["engagement", "estate", "key"]).doUpdateSet(values))
    .execute()
  return true
}

const takeBack = async (db: Db, place: StatementPlace): Promise<boolean> => {
  const done = await db
    .deleteFrom("estate_decision")
    .where((one) => one.and({ ...place }))
    .executeTakeFirst()
  return done.numDeletedRows === 1n
}
