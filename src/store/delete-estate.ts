import { breathe } from "./statement.ts"
import type { Db } from "./tables.ts"

const textsAtOnce = 200

/**
 * Removes an import with its statements, texts and decisions; in parts, because what is erased is overwritten: tens of megabytes in one
 * statement would hold up the whole program.
 */
export const deleteEstate = async (db: Db, engagement: string, estate: string): Promise<void> => {
  for (;;) {
    const texts = db.selectFrom("estate_text").select("key").where("engagement", "=", engagement).where("estate", "=", estate)
    const last = (await texts.orderBy("key").limit(textsAtOnce).execute()).at(-1)
    if (last === undefined) break
    await db
      .deleteFrom("estate_text")
      .where("engagement", "=", engagement)
      .where("estate", "=", estate)
      .where("key", "<=", last.key)
      .execute()
    await breathe()
  }
  await db.deleteFrom("estate").where("engagement", "=", engagement).where("id", "=", estate).execute()
}
