/** Who may touch an engagement: the one place that says so, as part of the SQL that looks the engagement up. */
import { type ExpressionBuilder, sql } from "kysely"
import { statement } from "./statement.ts"
import type { Actor, EngagementScope, MemberRole, ResponseScope } from "./store.ts"
import type { Db, Tables } from "./tables.ts"

/**
 * `read` anything of the engagement, `change` it, `erase` somebody from it, `own` it (share, archive, erase it), or only answer: `see` and
 * `answer` are also open to a respondent of the engagement.
 */
export type Need = "read" | "change" | "erase" | "own" | "see" | "answer"

const members: Readonly<Record<Need, readonly MemberRole[]>> = {
  read: ["owner", "editor", "reader"],
  see: ["owner", "editor"],
  answer: ["owner", "editor"],
  change: ["owner", "editor"],
  erase: ["owner", "editor"],
  own: ["owner"],
}

/** What an archived engagement still takes. */
const whileArchived: ReadonlySet<Need> = new Set(["read", "see", "erase", "own"])

export interface FoundEngagement {
  readonly revision: number
  readonly created_at: number
  readonly closes_at: number | null
  readonly archived_at: number | null
}

interface Wanted {
  readonly engagement: string
  readonly actor: string
}

/** The engagement's head, when it is there and the actor may do that with it; `hold` locks its row until the transaction ends. */
export const findEngagement = async (
  db: Db,
  { engagement, by }: EngagementScope,
  need: Need,
  hold = false,
): Promise<FoundEngagement | undefined> => {
  const [found] = (await lookUp(kindOf(by), need, hold)(db, { engagement, actor: idOf(by) })).rows
  if (found === undefined || found.archived_at === null || whileArchived.has(need)) return found
  return undefined
}

/** False for a respondent who reaches for somebody else's answers. */
export const isOwnResponse = ({ by, respondent }: ResponseScope): boolean => !("respondent" in by) || by.respondent === respondent

type Kind = "account" | "respondent" | "program"

const kindOf = (by: Actor): Kind => ("account" in by ? "account" : "respondent" in by ? "respondent" : "program")
const idOf = (by: Actor): string => ("account" in by ? by.account : "respondent" in by ? by.respondent : by.program)

const known = new Map<string, ReturnType<typeof lookUpFor>>()

/** Saves look an engagement up each time, so each kind of look-up is built once. */
const lookUp = (kind: Kind, need: Need, hold: boolean): ReturnType<typeof lookUpFor> => {
  const name = `${kind} ${need} ${hold}`
  const found = known.get(name) ?? lookUpFor(kind, need, hold)
  known.set(name, found)
  return found
}

const lookUpFor = (kind: Kind, need: Need, hold: boolean) =>
  statement<Wanted, FoundEngagement>((db, value) => {
    const query = db
      .selectFrom("engagement as e")
      .select(["e.revision", "e.created_at", "e.closes_at", "e.archived_at"])
      .where("e.id", "=", value("engagement"))
      .where((row) => reaches(row as never, kind, need, value("actor")))
    return hold ? query.forNoKeyUpdate() : query
  })

type Row = ExpressionBuilder<Tables & { e: Tables["engagement"] }, "e">

const reaches = (row: Row, kind: Kind, need: Need, actor: string) => {
  if (kind === "program") return sql<boolean>`${actor} <> ''`
  if (kind === "respondent") return need === "see" || need === "answer" ? isRespondent(row, actor) : sql<boolean>`${actor} = ''`
  return row.exists(accountReaching(row, need, actor))
}

const isRespondent = (row: Row, actor: string) =>
  row.exists(row.selectFrom("respondent as r").select("r.id").whereRef("r.engagement", "=", "e.id").where("r.id", "=", actor))

/**
 * The account itself, when it is a member with a role that suffices, or an administrator. An account that may only read does no more
 * than that, whatever its memberships say: the two are changed by different people, perhaps at the same moment.
 */
const accountReaching = (row: Row, need: Need, actor: string) =>
  row
    .selectFrom("account as a")
    .leftJoin("membership as m", (on) => on.onRef("m.account", "=", "a.id").onRef("m.engagement", "=", "e.id"))
    .select("a.id")
    .where("a.id", "=", actor)
    .where("a.disabled_at", "is", null)
    .where("a.role", "in", need === "read" ? ["administrator", "consultant", "reader"] : ["administrator", "consultant"])
    .where((one) => one.or([one("a.role", "=", "administrator"), one("m.role", "in", members[need])]))

/** The same condition for lists of engagements: those whose `e` the actor may read. */
export const mayRead =
  (by: Actor) =>
  (row: unknown): ReturnType<typeof reaches> =>
    reaches(row as Row, kindOf(by), "read", idOf(by))
