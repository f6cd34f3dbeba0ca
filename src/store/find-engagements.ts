import { sql } from "kysely"
import { mayRead } from "./access.ts"
import type { Engine } from "./engine.ts"
import type { Actor, EngagementPage, EngagementSearch, EngagementSummary } from "./store.ts"
import type { Db } from "./tables.ts"

/** One page of the engagements that the actor reaches, and how many there are of each kind that have the words. */
export const findEngagements = (engine: Engine, by: Actor, search: EngagementSearch): Promise<EngagementPage> =>
  engine.read(async (db) => {
    const ids = (await inOrder(db, by, search).limit(search.limit).offset(search.offset).execute()).map(({ id }) => id)
    const found = new Map((await summaries(db, ids)).map((one) => [one.id, one]))
    const counts = await matching(db, by, search.words)
      .select([
        sql<number>`count(*) FILTER (WHERE e.archived_at IS NULL)`.as("active"),
        sql<number>`count(*) FILTER (WHERE e.archived_at IS NOT NULL)`.as("archived"),
      ])
      .executeTakeFirstOrThrow()
    return { ...counts, engagements: ids.flatMap((id) => found.get(id) ?? []) }
  })

/** Those that the actor reaches and whose title or client has every word, whatever the case. */
const matching = (db: Db, by: Actor, words: readonly string[]) =>
  words.reduce(
    (query, word) =>
      query.where(sql<boolean>`lower(e.title || ' ' || e.client) LIKE lower(${`%${literally(word)}%`}) ESCAPE '!'`),
    db.selectFrom("engagement as e").where(mayRead(by)),
  )

const literally = (word: string): string => word.replaceAll(/[!%_]/g, (sign) => `!${sign}`)

const inOrder = (db: Db, by: Actor, { words, archived, sort }: EngagementSearch) => {
  const query = matching(db, by, words)
    .select("e.id")
    .where("e.archived_at", archived ? "is not" : "is", null)
  if (sort === "newest") return query.orderBy("e.created_at", "desc").orderBy("e.id")
  return query
    .orderBy(sql`lower(${sql.ref(`e.${sort}`)})`)
    .orderBy("e.created_at", "desc")
    .orderBy("e.id")
}

/** What lists say of engagements, with their counts; narrowed and ordered by who asks for it. */
export const summariesOf = (db: Db) =>
  db
    .selectFrom("engagement as e")
    .select(["e.id", "e.title", "e.client", "e.created_at as createdAt", "e.archived_at as archivedAt"])
    .select([
      sql<number>`(SELECT count(*) FROM domain d WHERE d.engagement = e.id)`.as("domains"),
      sql<number>`(SELECT count(*) FROM respondent r WHERE r.engagement = e.id)`.as("respondents"),
      sql<number>`(SELECT count(r.submitted_at) FROM respondent r WHERE r.engagement = e.id)`.as("submitted"),
      sql<number>`(SELECT count(*) FROM answer a WHERE a.engagement = e.id AND a.status NOT IN ('draft', 'cleared'))`.as(
        "answers",
      ),
    ])

/** The summaries of these engagements, in any order. */
const summaries = async (db: Db, ids: readonly string[]): Promise<readonly EngagementSummary[]> =>
  ids.length === 0 ? [] : summariesOf(db).where("e.id", "in", ids).execute()
