/** What became of every row: states are added and never changed; only who is erased is taken out of them. */
import { rowOf } from "../content.ts"
import { findEngagement } from "../access.ts"
import type { Engine } from "../engine.ts"
import { insertMany } from "../statement.ts"
import type { Actor, EngagementScope, RowRevision } from "../store.ts"
import type { Db, Tables } from "../tables.ts"
import type { Place } from "./place.ts"

/** The part of a row's state that its history keeps; `content` null for a row that is removed. */
export type RowState = Pick<Tables["inventory_row_revision"], "id" | "position" | "content" | "owner" | "filled_at">

/** Keeps the new states of rows. Run it in the transaction of the change, under a revision of the list that is used for nothing else. */
export const remember = (
  db: Db,
  place: Place,
  by: Actor | undefined,
  states: readonly RowState[],
  revision: number,
  now: number,
): Promise<void> => {
  const who = {
    account: by !== undefined && "account" in by ? by.account : null,
    respondent: by !== undefined && "respondent" in by ? by.respondent : null,
  }
  return insertMany(
    db,
    "inventory_row_revision",
    states.map(({ id, position, content, owner, filled_at }) => ({
      ...place,
      id,
      revision,
      position,
      content,
      owner,
      filled_at,
      saved_at: now,
      ...who,
    })),
  )
}

export const rowHistory = (
  engine: Engine,
  scope: EngagementScope,
  domain: string,
  question: string,
  row: string,
): Promise<readonly RowRevision[]> =>
  engine.read(async (db) => {
    if ("respondent" in scope.by || !(await findEngagement(db, scope, "see"))) return []
    const states = await statesOf(db, { engagement: scope.engagement, domain, question }, row).orderBy("revision").execute()
    return states.map(({ revision, saved_at, position, content, owner, account, respondent }) => ({
      revision,
      at: saved_at,
      position,
      row: content === null ? undefined : rowOf(content),
      ...(owner !== null && { owner }),
      by: { ...(account !== null && { account }), ...(respondent !== null && { respondent }) },
    }))
  })

/** The states of one row, in no order. */
export const statesOf = (db: Db, place: Place, row: string) =>
  db
    .selectFrom("inventory_row_revision")
    .selectAll()
    .where((one) => one.and({ ...place, id: row }))
