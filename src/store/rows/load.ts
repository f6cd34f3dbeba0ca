import { rowOf } from "../content.ts"
import { findEngagement } from "../access.ts"
import type { Engine } from "../engine.ts"
import type { EngagementScope, StoredRow } from "../store.ts"
import type { Tables } from "../tables.ts"
import { mayReadLists, rowsAt } from "./place.ts"

export const loadRows = (
  engine: Engine,
  scope: EngagementScope,
  domain: string,
  question: string,
): Promise<readonly StoredRow[]> =>
  engine.read(async (db) => {
    if (!(await findEngagement(db, scope, "see")) || !(await mayReadLists(db, scope, domain))) return []
    const place = { engagement: scope.engagement, domain, question }
    return (await rowsAt(db, place).select(columns).orderBy("position").orderBy("id").execute()).map(storedRow)
  })

export const loadRow = (
  engine: Engine,
  scope: EngagementScope,
  domain: string,
  question: string,
  row: string,
): Promise<StoredRow | undefined> =>
  engine.read(async (db) => {
    if (!(await findEngagement(db, scope, "see")) || !(await mayReadLists(db, scope, domain))) return undefined
    const place = { engagement: scope.engagement, domain, question }
    const found = await rowsAt(db, place).select(columns).where("id", "=", row).executeTakeFirst()
    return found && storedRow(found)
  })

const columns = ["content", "revision", "saved_at", "owner", "filled_at"] as const

const storedRow = (row: Pick<Tables["inventory_row"], (typeof columns)[number]>): StoredRow => ({
  row: rowOf(row.content),
  revision: row.revision,
  savedAt: row.saved_at,
  ...(row.owner !== null && { owner: row.owner }),
  waiting: row.owner !== null && row.filled_at === null,
})
