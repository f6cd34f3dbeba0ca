import type { Engine } from "./engine.ts"

/** Buckets that are over by now are dropped once in so many counts, so that the table stays small. */
const sweepEvery = 200
let counts = 0

/**
 * Counts an attempt and says how long to wait, in milliseconds; 0 when it may be made. The count is one statement: attempts side by side
 * cannot slip through between a look and a write.
 */
export const countAttempt = (engine: Engine, bucket: string, limit: number, window: number, now: number): Promise<number> =>
  engine.write(async (db) => {
    counts += 1
    if (counts % sweepEvery === 0)
      await db
        .deleteFrom("attempt")
        .where("since", "<=", now - 24 * 60 * 60 * 1000)
        .execute()
    const { count, since } = await db
      .insertInto("attempt")
      .values({ bucket, count: 1, since: now })
      .onConflict((conflict) =>
        conflict.column("bucket").doUpdateSet((row) => ({
          count: row
            .case()
            .when("attempt.since", "<=", now - window)
            .then(1)
            .else(row("attempt.count", "+", 1))
            .end(),
          since: row
            .case()
            .when("attempt.since", "<=", now - window)
            .then(now)
            .else(row.ref("attempt.since"))
            .end(),
        })),
      )
      .returning(["count", "since"])
      .executeTakeFirstOrThrow()
    return count <= limit ? 0 : Math.max(1, since + window - now)
  })

export const forgetAttempts = (engine: Engine, bucket: string): Promise<void> =>
  engine.write(async (db) => {
    await db.deleteFrom("attempt").where("bucket", "=", bucket).execute()
  })
