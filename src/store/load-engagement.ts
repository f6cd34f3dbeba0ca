import type { Domain, Engagement, Inventory, PlanSettings, Questionnaire, Respondent } from "../assessment/model.ts"
import { decisionOf, fileAnswer, overrideOf, rowOf } from "./content.ts"
import { domainList } from "./people.ts"
import type { InvitationTable } from "./invitation-tables.ts"
import type { ResponseState, StoredEngagement, Terms } from "./store.ts"
import type { AnswerTable, Db, EngagementTable, RespondentTable } from "./tables.ts"

/**
 * The engagement as the file has it, in the file's order: people, domains and questions as listed; with all people and their answers, or
 * with one `respondent` alone, without what consultants decided. Run it in one transaction, after a look whether the actor may read it.
 */
export const readEngagement = async (db: Db, id: string, respondent?: string): Promise<StoredEngagement> => {
  const alone = respondent !== undefined
  const head = await db.selectFrom("engagement").selectAll().where("id", "=", id).executeTakeFirstOrThrow()
  const questionnaire = await readQuestionnaire(db, head.questionnaire_hash)
  const domains = (await listOf(db, "domain", id)).map(domainOf)
  const people = await readPeople(db, id, respondent)
  const answers = await readAnswers(db, id, respondent)
  const invitations = await readInvitations(db, id, respondent)
  const invitationOf = new Map(invitations.map((one) => [one.respondent, one]))
  const respondents = people.map(respondentOf)
  const engagement: Engagement = {
    format: "headwater-engagement/1",
    title: head.title,
    client: head.client,
    questionnaire: { id: questionnaire.id, version: questionnaire.version, hash: questionnaire.hash },
    plan: JSON.parse(head.plan) as PlanSettings,
    domains,
    respondents,
    ...(await readSaid(db, id, answers, placesOf(respondents), placesOf(domains), placesOf(questionnaire.questions), alone)),
    overrides: alone ? [] : (await listOf(db, "override_", id)).map(overrideOf),
  }
  return {
    id,
    createdAt: head.created_at,
    ...(head.archived_at !== null && { archivedAt: head.archived_at }),
    terms: termsOf(head),
    revision: head.revision,
    engagement,
    questionnaire,
    responses: people.map((person) => responseState(person, invitationOf.get(person.id))),
  }
}

/** Everybody who is asked, in the file's order, without their addresses. */
export const readAsked = async (db: Db, id: string): Promise<readonly Respondent[]> =>
  (await readPeople(db, id, undefined)).map((row) => respondentOf({ ...row, email: null }))

const termsOf = ({ confidentiality, closes_at, remind_on }: EngagementTable): Terms => ({
  confidentiality,
  ...(closes_at !== null && { closesAt: closes_at }),
  remindOn: JSON.parse(remind_on) as readonly string[],
})

const readQuestionnaire = async (db: Db, hash: string): Promise<Questionnaire> => {
  const known = parsed.get(hash)
  if (known) return known
  const row = await db.selectFrom("questionnaire").select("doc").where("hash", "=", hash).executeTakeFirstOrThrow()
  const questionnaire = JSON.parse(row.doc) as Questionnaire
  if (parsed.size >= 20) parsed.clear()
  parsed.set(hash, questionnaire)
  return questionnaire
}

/** Frozen questionnaires by their hash, which never means another one. */
const parsed = new Map<string, Questionnaire>()

type Places = ReadonlyMap<string, number>

const placesOf = (list: readonly { readonly id: string }[]): Places => new Map(list.map(({ id }, index) => [id, index]))

/**
 * Answers, inventories and decisions. What was said on questions that the frozen questionnaire does not have stays in the store and
 * comes back with a questionnaire that has them.
 */
const readSaid = async (
  db: Db,
  id: string,
  answers: readonly GivenAnswer[],
  people: Places,
  domains: Places,
  questions: Places,
  alone: boolean,
): Promise<Pick<Engagement, "answers" | "inventories" | "decisions">> => {
  const decisions = await readDecisions(db, id, alone)
  const byPlace = (one: Said, other: Said): number =>
    place(people, one.respondent) - place(people, other.respondent) ||
    place(domains, one.domain) - place(domains, other.domain) ||
    place(questions, one.question) - place(questions, other.question)
  const isAsked = ({ question }: Said): boolean => questions.has(question)
  return {
    answers: answers
      .filter(isAsked)
      .sort(byPlace)
      .flatMap((row) => fileAnswer(row) ?? []),
    inventories: (await readInventories(db, id)).filter(isAsked).sort(byPlace),
    decisions: decisions.filter(isAsked).sort(byPlace).map(decisionOf),
  }
}

/** Respondents do not see what was agreed. */
const readDecisions = async (db: Db, id: string, alone: boolean) =>
  alone ? [] : db.selectFrom("decision").selectAll().where("engagement", "=", id).execute()

type GivenAnswer = Omit<AnswerTable, "engagement" | "revision">

const readPeople = (db: Db, engagement: string, respondent: string | undefined): Promise<RespondentTable[]> => {
  const all = db.selectFrom("respondent").selectAll().where("engagement", "=", engagement).orderBy("position")
  return (respondent === undefined ? all : all.where("id", "=", respondent)).execute()
}

const readInvitations = (db: Db, engagement: string, respondent: string | undefined): Promise<InvitationTable[]> => {
  const all = db.selectFrom("invitation").selectAll().where("engagement", "=", engagement)
  return (respondent === undefined ? all : all.where("respondent", "=", respondent)).execute()
}

const readAnswers = (db: Db, engagement: string, respondent: string | undefined): Promise<GivenAnswer[]> => {
  const all = db
    .selectFrom("answer")
    .select(["respondent", "domain", "question", "status", "content", "saved_at"])
    .where("engagement", "=", engagement)
  return (respondent === undefined ? all : all.where("respondent", "=", respondent)).execute()
}

interface Said {
  readonly respondent?: string
  readonly domain: string
  readonly question: string
}

const place = (places: Places, id: string | undefined): number => (id === undefined ? 0 : (places.get(id) ?? 0))

const readInventories = async (db: Db, id: string): Promise<readonly Inventory[] & Inventory[]> => {
  const inventories = await db.selectFrom("inventory").selectAll().where("engagement", "=", id).execute()
  const rows = await db
    .selectFrom("inventory_row")
    .selectAll()
    .where("engagement", "=", id)
    .orderBy("position")
    .orderBy("id")
    .execute()
  const byInventory = Map.groupBy(rows, ({ domain, question }) => JSON.stringify([domain, question]))
  return inventories.flatMap(({ domain, question, evidence, stated_none }) => {
    const own = byInventory.get(JSON.stringify([domain, question])) ?? []
    if (own.length === 0 && stated_none === 0) return []
    const grade = evidence === null ? {} : { evidence: evidence as NonNullable<Inventory["evidence"]> }
    return [{ domain, question, rows: own.map(({ content }) => rowOf(content)), ...grade }]
  })
}

const listOf = <T extends "domain" | "override_">(db: Db, table: T, engagement: string) =>
  db
    .selectFrom(table as "domain")
    .selectAll()
    .where("engagement", "=", engagement)
    .orderBy("position")
    .execute() as Promise<unknown> as Promise<import("./tables.ts").Tables[T][]>

const domainOf = ({ id, name, description }: { id: string; name: string; description: string | null }): Domain => ({
  id,
  name,
  ...(description === null ? {} : { description }),
})

const respondentOf = ({ id, name, role, email, domains }: RespondentTable): Respondent => {
  const list = domainList(domains)
  return { id, name, role, ...(email === null ? {} : { email }), ...(list ? { domains: list } : {}) }
}

const responseState = (person: RespondentTable, link: InvitationTable | undefined): ResponseState => ({
  respondent: person.id,
  ...(person.submitted_at === null ? {} : { submittedAt: person.submitted_at }),
  ...(link ? { link: linkState(link) } : {}),
})

const linkState = (link: InvitationTable): NonNullable<ResponseState["link"]> => ({
  issuedAt: link.issued_at,
  expiresAt: link.expires_at,
  ...(link.revoked_at === null ? {} : { revokedAt: link.revoked_at }),
  ...(link.last_used_at === null ? {} : { lastUsedAt: link.last_used_at }),
  ...(link.unsubscribed_at === null ? {} : { unsubscribedAt: link.unsubscribed_at }),
})
