import type { Domain, Respondent } from "../assessment/model.ts"
import { note, personReference } from "./audit.ts"
import { deleteEstate } from "./delete-estate.ts"
import { changeOrNot, erase, requireOne } from "./engine.ts"
import type { Engine } from "./engine.ts"
import type { EngagementScope } from "./store.ts"
import { insertMany } from "./statement.ts"
import type { Db, RespondentTable, Tables } from "./tables.ts"

/** Adds the domain after the others, or changes the one with this id. */
export const saveDomain = (engine: Engine, scope: EngagementScope, domain: Domain, now: number): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    const row = { name: domain.name, description: domain.description ?? null }
    const done = await db
      .updateTable("domain")
      .set(row)
      .where("engagement", "=", scope.engagement)
      .where("id", "=", domain.id)
      .executeTakeFirst()
    if (done.numUpdatedRows === 1n) return true
    const position = await nextPosition(db, "domain", scope.engagement)
    await db
      .insertInto("domain")
      .values({ engagement: scope.engagement, id: domain.id, ...row, position })
      .execute()
    return true
  })

/** Removes the domain with all that was said about it, and from the lists of those who are asked about it. */
export const removeDomain = (engine: Engine, scope: EngagementScope, domain: string, now: number): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    const estates = db.selectFrom("estate").select("id").where("engagement", "=", scope.engagement).where("domain", "=", domain)
    for (const { id } of await estates.execute()) await deleteEstate(db, scope.engagement, id)
    const done = await db
      .deleteFrom("domain")
      .where("engagement", "=", scope.engagement)
      .where("id", "=", domain)
      .executeTakeFirst()
    if (done.numDeletedRows !== 1n) return false
    await dropFromLists(db, scope.engagement, domain)
    await note(db, scope.by, { action: "domain.erased", engagement: scope.engagement, subject: domain }, now)
    return true
  })

/** Takes a domain that goes from the lists of those who are asked about it. */
export const dropFromLists = async (db: Db, engagement: string, domain: string): Promise<void> => {
  const people = await db
    .selectFrom("respondent")
    .select(["id", "domains"])
    .where("engagement", "=", engagement)
    .where("domains", "is not", null)
    .execute()
  for (const { id, domains } of people) {
    const list = domainList(domains) ?? []
    if (!list.includes(domain)) continue
    const left = JSON.stringify(list.filter((other) => other !== domain))
    const update = db.updateTable("respondent").set({ domains: left }).where("engagement", "=", engagement).where("id", "=", id)
    requireOne({ numAffectedRows: (await update.executeTakeFirst()).numUpdatedRows })
  }
}

/** Adds the person after the others, or changes the one with this id; false when a domain of theirs is not there. */
export const saveRespondent = (engine: Engine, scope: EngagementScope, respondent: Respondent, now: number): Promise<boolean> =>
  changeOrNot(engine, scope, now, (db) => putRespondent(db, scope.engagement, respondent))

/** The same inside another change. */
export const putRespondent = async (db: Db, engagement: string, respondent: Respondent): Promise<boolean> => {
  if (!(await haveDomains(db, engagement, respondent.domains ?? []))) return false
  const row = personColumns(respondent)
  const done = await db
    .updateTable("respondent")
    .set(row)
    .where("engagement", "=", engagement)
    .where("id", "=", respondent.id)
    .executeTakeFirst()
  if (done.numUpdatedRows === 1n) return true
  const position = await nextPosition(db, "respondent", engagement)
  const added = { engagement, id: respondent.id, ...row, position, submitted_at: null }
  await db.insertInto("respondent").values(added).execute()
  return true
}

/** Adds people after the others; none of them when an id is taken or a domain of theirs is not there. */
export const addRespondents = (
  engine: Engine,
  scope: EngagementScope,
  respondents: readonly Respondent[],
  now: number,
): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    const { engagement } = scope
    if (!(await haveDomains(db, engagement, [...new Set(respondents.flatMap((one) => one.domains ?? []))]))) return false
    const ids = respondents.map((one) => one.id)
    const taken = db.selectFrom("respondent").select("id").where("engagement", "=", engagement).where("id", "in", ids)
    if (ids.length === 0 || (await taken.limit(1).executeTakeFirst())) return false
    const position = await nextPosition(db, "respondent", engagement)
    await insertMany(
      db,
      "respondent",
      respondents.map((one, index) => ({
        engagement,
        id: one.id,
        ...personColumns(one),
        position: position + index,
        submitted_at: null,
      })),
    )
    return true
  })

/**
 * Erases the person: their answers with every earlier state, comments, links, sessions and what was mailed. Rows of shared lists stay, with
 * nothing that says who wrote them; the audit log keeps that somebody was erased, under a reference that no longer leads to anybody.
 */
export const removeRespondent = (engine: Engine, scope: EngagementScope, respondent: string, now: number): Promise<boolean> =>
  erase(engine, removePerson(engine, scope, respondent, now))

const removePerson = (engine: Engine, scope: EngagementScope, respondent: string, now: number): Promise<boolean> =>
  changeOrNot(
    engine,
    scope,
    now,
    async (db) => {
      const { engagement } = scope
      const person = await db
        .deleteFrom("respondent")
        .where("engagement", "=", engagement)
        .where("id", "=", respondent)
        .returning(["name", "email"])
        .executeTakeFirst()
      if (person === undefined) return false
      await forgetSuggested(db, engagement, person)
      await forgetAuthor(db, engagement, respondent)
      await note(db, scope.by, { action: "person.erased", engagement, subject: personReference(engagement, respondent) }, now)
      return true
    },
    "erase",
  )

/** Somebody else may have named the person as a colleague to ask. */
const forgetSuggested = async (
  db: Db,
  engagement: string,
  { name, email }: Pick<RespondentTable, "name" | "email">,
): Promise<void> => {
  const suggestions = await db
    .selectFrom("suggestion")
    .select(["id", "name", "email"])
    .where("engagement", "=", engagement)
    .execute()
  const isSame = (one: string | null, other: string | null): boolean =>
    one !== null && other !== null && one.trim().toLowerCase() === other.trim().toLowerCase()
  for (const one of suggestions) {
    if (!isSame(one.name, name) && !isSame(one.email, email)) continue
    await db.deleteFrom("suggestion").where("engagement", "=", engagement).where("id", "=", one.id).execute()
  }
}

/** Takes the person out of what the lists remember of who wrote or was asked to write a row. */
export const forgetAuthor = async (db: Db, engagement: string, respondent: string): Promise<void> => {
  await db
    .updateTable("inventory_row")
    .set({ owner: null })
    .where("engagement", "=", engagement)
    .where("owner", "=", respondent)
    .execute()
  for (const column of ["owner", "respondent"] as const) {
    await db
      .updateTable("inventory_row_revision")
      .set({ [column]: null })
      .where("engagement", "=", engagement)
      .where(column, "=", respondent)
      .execute()
  }
}

/** What a respondent's row says of the person. */
export const personColumns = ({
  name,
  role,
  email,
  domains,
}: Respondent): Pick<RespondentTable, "name" | "role" | "email" | "domains"> => ({
  name,
  role,
  email: email ?? null,
  domains: domains ? JSON.stringify(domains) : null,
})

/** The ids in a respondent's `domains`; `undefined` for all. */
export const domainList = (text: string | null): readonly string[] | undefined =>
  text === null ? undefined : (JSON.parse(text) as readonly string[])

/** Whether the engagement has every one of these domains. */
export const haveDomains = async (db: Db, engagement: string, domains: readonly string[]): Promise<boolean> => {
  if (domains.length === 0) return true
  const found = await db
    .selectFrom("domain")
    .select("id")
    .where("engagement", "=", engagement)
    .where("id", "in", domains)
    .execute()
  return found.length === new Set(domains).size
}

/** The place after the last, in a list of the engagement. */
export const nextPosition = async (db: Db, table: "domain" | "respondent" | "override_", engagement: string): Promise<number> => {
  const last = await db
    .selectFrom(table as keyof Pick<Tables, "domain">)
    .select("position")
    .where("engagement", "=", engagement)
    .orderBy("position", "desc")
    .limit(1)
    .executeTakeFirst()
  return (last?.position ?? 0) + 1
}
