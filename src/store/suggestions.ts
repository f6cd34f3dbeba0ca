import type { Respondent } from "../assessment/model.ts"
import { findEngagement, isOwnResponse } from "./access.ts"
import { note, personReference } from "./audit.ts"
import { changeOrNot } from "./engine.ts"
import type { Engine } from "./engine.ts"
import type { SuggestionTable } from "./invitation-tables.ts"
import { endLinks } from "./links.ts"
import { haveDomains, putRespondent } from "./people.ts"
import { isClosed } from "./closing.ts"
import type { EngagementScope, NewSuggestion, ResponseScope, Suggestion } from "./store.ts"
import type { Db } from "./tables.ts"

/** Those of the respondent who asks, or all; oldest first. */
export const listSuggestions = (engine: Engine, scope: EngagementScope): Promise<readonly Suggestion[]> =>
  engine.read(async (db) =>
    (await findEngagement(db, scope, "see"))
      ? suggestionsOf(db, scope.engagement, "respondent" in scope.by ? scope.by.respondent : undefined)
      : [],
  )

/** Run it after a look whether the actor may see them. */
export const suggestionsOf = async (db: Db, engagement: string, respondent?: string): Promise<readonly Suggestion[]> => {
  const all = db.selectFrom("suggestion").selectAll().where("engagement", "=", engagement)
  const own = respondent === undefined ? all : all.where("respondent", "=", respondent)
  return (await own.orderBy("made_at").orderBy("id").execute()).map(suggestionOf)
}

export const suggest = (engine: Engine, scope: ResponseScope, suggestion: NewSuggestion, now: number): Promise<boolean> =>
  changeOrNot(
    engine,
    scope,
    now,
    async (db) => {
      const { engagement, respondent, by } = scope
      const { id, section, name, email, note: words } = suggestion
      if (!isOwnResponse(scope) || ("respondent" in by && (await isClosed(db, engagement, now)))) return false
      if (!(await haveDomains(db, engagement, section ? [section.domain] : []))) return false
      await settle(db, { engagement, respondent, section: section ?? null, undecided: true }, "withdrawn", now)
      const place = { domain: section?.domain ?? null, dimension: section?.dimension ?? null }
      const said = { name, email: email ?? null, note: words ?? null }
      const kind = section ? "section" : "instead"
      const row = { engagement, id, respondent, kind, ...place, ...said, made_at: now, decided_at: null, outcome: null } as const
      const added = await db
        .insertInto("suggestion")
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (added.numInsertedOrUpdatedRows !== 1n) return false
      const subject = personReference(engagement, respondent)
      await note(db, by, { action: "colleague.suggested", engagement, subject, detail: { kind } }, now)
      return true
    },
    "answer",
  )

export const withdrawSuggestion = (engine: Engine, scope: ResponseScope, suggestion: string, now: number): Promise<boolean> =>
  changeOrNot(
    engine,
    scope,
    now,
    async (db) => {
      if (!isOwnResponse(scope)) return false
      // A colleague who is asked already goes on being asked; the section is the respondent's again all the same.
      const mine = { engagement: scope.engagement, id: suggestion, respondent: scope.respondent }
      return (await settle(db, mine, "withdrawn", now)) && noted(db, scope, "withdrawn", suggestion, now)
    },
    "answer",
  )

export const acceptSuggestion = (
  engine: Engine,
  scope: EngagementScope,
  suggestion: string,
  colleague: Respondent,
  replaces: boolean,
  now: number,
): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    const { engagement } = scope
    const found = (await suggestionsOf(db, engagement)).find(({ id }) => id === suggestion)
    if (found === undefined || found.decided !== undefined) return false
    if (!(await putRespondent(db, engagement, colleague))) return false
    if (replaces) await endLinks(db, { ...scope, respondent: found.respondent }, now)
    await settle(db, { engagement, id: suggestion }, "added", now)
    return noted(db, scope, "added", suggestion, now)
  })

export const declineSuggestion = (engine: Engine, scope: EngagementScope, suggestion: string, now: number): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    const undecided = { engagement: scope.engagement, id: suggestion, undecided: true }
    return (await settle(db, undecided, "declined", now)) && noted(db, scope, "declined", suggestion, now)
  })

// ---------------------------------------------------------------- pieces

interface Which {
  readonly engagement: string
  readonly id?: string
  readonly respondent?: string
  /** `null` for one in the respondent's own place. */
  readonly section?: NewSuggestion["section"] | null
  readonly undecided?: boolean
}

/** Decides those that this names; false when there is none. */
const settle = async (
  db: Db,
  { engagement, id, respondent, section, undecided }: Which,
  outcome: NonNullable<SuggestionTable["outcome"]>,
  now: number,
): Promise<boolean> => {
  let update = db
    .updateTable("suggestion")
    .set({ decided_at: now, outcome })
    .where("engagement", "=", engagement)
    .where((row) => row.or([row("outcome", "is", null), row("outcome", "=", "added")]))
  if (undecided) update = update.where("outcome", "is", null)
  if (id !== undefined) update = update.where("id", "=", id)
  if (respondent !== undefined) update = update.where("respondent", "=", respondent)
  if (section === null) update = update.where("kind", "=", "instead")
  else if (section) update = update.where("domain", "=", section.domain).where("dimension", "=", section.dimension)
  return (await update.executeTakeFirst()).numUpdatedRows > 0n
}

const noted = async (
  db: Db,
  { engagement, by }: EngagementScope,
  what: NonNullable<SuggestionTable["outcome"]>,
  subject: string,
  now: number,
): Promise<true> => {
  await note(db, by, { action: `suggestion.${what}`, engagement, subject }, now)
  return true
}

const suggestionOf = (row: SuggestionTable): Suggestion => ({
  id: row.id,
  respondent: row.respondent,
  ...(row.domain !== null && row.dimension !== null && { section: { domain: row.domain, dimension: row.dimension } }),
  name: row.name,
  ...(row.email !== null && { email: row.email }),
  ...(row.note !== null && { note: row.note }),
  madeAt: row.made_at,
  ...(row.decided_at !== null && row.outcome !== null && { decided: { at: row.decided_at, outcome: row.outcome } }),
})
