import type { Db } from "./tables.ts"

/** Whether the time to answer is over. */
export const isClosed = async (db: Db, engagement: string, now: number): Promise<boolean> => {
  const found = await db.selectFrom("engagement").select("closes_at").where("id", "=", engagement).executeTakeFirst()
  return found !== undefined && found.closes_at !== null && found.closes_at <= now
}
