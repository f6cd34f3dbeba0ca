/** The audit log, for administrators. */
import type { Account, AuditEntry, AuditFilter } from "../store/store.ts"
import { withProof } from "./accounts/proof.ts"
import { type AuditNames, inWords, knownActions, namesIn, whoOf } from "./audit-words.ts"
import { writeCsv } from "./csv.ts"
import { moment } from "./question-view.ts"
import { notFound, page } from "./respond.ts"
import type { AccountVisit, Handler, Tools } from "./visit.ts"

const perPage = 50

/** A page of entries in words, newest first, and whether the chain of the whole log holds. */
export const showAudit: Handler<AccountVisit> = async (visit, on) => {
  const filter = filterOf(visit)
  const number = pageNumber(visit.query["page"])
  const log = await on.store.readAudit(visit.by, { ...filter, offset: (number - 1) * perPage, limit: perPage })
  const verified = await on.store.verifyAudit(visit.by)
  if (log === undefined || verified === undefined) return notFound()
  const { accounts, engagements, names } = await known(visit, on)
  const to = Math.min(log.total, number * perPage)
  return page(
    "audit",
    { title: ["Audit log"], area: "consultant", width: "wide" },
    {
      verified: {
        broken: verified.broken !== undefined,
        text:
          verified.broken === undefined
            ? `${grouped(verified.entries)} ${verified.entries === 1 ? "entry" : "entries"}, unbroken`
            : `Broken at entry ${grouped(verified.broken)}: it is missing, or was changed, or one before it was`,
      },
      fields: filterFields(filter, accounts, engagements),
      filtered: Object.keys(filter).length > 0,
      entries: log.entries.map((entry) => ({ number: entry.number, at: moment(entry.at), text: inWords(entry, names) })),
      shown:
        log.entries.length === 0
          ? "No entry fits"
          : `${grouped((number - 1) * perPage + 1)} to ${grouped(to)} of ${grouped(log.total)}, newest first`,
      newer: number > 1 ? addressOf("/audit", { ...filter, page: String(number - 1) }) : undefined,
      older: to < log.total ? addressOf("/audit", { ...filter, page: String(number + 1) }) : undefined,
      download: addressOf("/audit.csv", filter),
    },
  )
}

/** Every entry that fits, as a table. */
export const downloadAudit: Handler<AccountVisit> = withProof(async (visit, on) => {
  const filter = filterOf(visit)
  await on.store.noteAudit(visit.by, { action: "audit.exported" }, visit.now)
  const entries = await allOf(visit, on, filter)
  if (entries === undefined) return notFound()
  const { names } = await known(visit, on)
  const head = ["Number", "Time (UTC)", "Who", "What", "Action", "Actor", "Engagement", "Subject", "Details"]
  const rows = entries.map((entry) => rowOf(entry, names))
  return {
    reply: "file",
    bytes: new TextEncoder().encode(writeCsv([head, ...rows])),
    type: "text/csv; charset=utf-8",
    name: `audit-log-${visit.today}.csv`,
  }
})

type Filter = Pick<AuditFilter, "action" | "actor" | "engagement">

/** Newest first; read in parts, each by the number of the entries before it. */
const allOf = async (visit: AccountVisit, { store }: Tools, filter: Filter): Promise<readonly AuditEntry[] | undefined> => {
  const all: AuditEntry[] = []
  for (;;) {
    const part = await store.readAudit(visit.by, { ...filter, offset: all.length, limit: 1_000 })
    if (part === undefined) return undefined
    all.push(...part.entries)
    if (part.entries.length === 0 || all.length >= part.total) return all
  }
}

const rowOf = (entry: AuditEntry, names: AuditNames): readonly (string | number)[] => [
  entry.number,
  new Date(entry.at).toISOString(),
  whoOf(entry.actor, names),
  inWords(entry, names),
  entry.action,
  entry.actor,
  entry.engagement ?? "",
  entry.subject ?? "",
  JSON.stringify(entry.detail),
]

const known = async (visit: AccountVisit, { store }: Tools) => {
  const accounts = await store.listAccounts()
  const engagements = await store.listEngagements(visit.by)
  return { accounts, engagements, names: namesIn(accounts, engagements) }
}

const filterOf = ({ query }: AccountVisit): Filter => {
  const given = (name: string): string => (query[name] ?? "").trim().slice(0, 200)
  const [action, account, engagement] = [given("action"), given("account"), given("engagement")]
  return {
    ...(action !== "" && { action }),
    ...(account !== "" && { actor: `account ${account}` }),
    ...(engagement !== "" && { engagement }),
  }
}

const addressOf = (path: string, { actor, ...rest }: Filter & { readonly page?: string }): string => {
  const parameters = { ...rest, ...(actor !== undefined && { account: actor.replace(/^account /, "") }) }
  const query = new URLSearchParams(parameters).toString()
  return query === "" ? path : `${path}?${query}`
}

const filterFields = (
  filter: Filter,
  accounts: readonly Account[],
  engagements: readonly { readonly id: string; readonly title: string }[],
) => {
  const account = filter.actor?.replace(/^account /, "")
  const field = (name: string, label: string, any: string, choices: readonly (readonly [string, string])[], now?: string) => ({
    id: name,
    name,
    label,
    choices: [["", any] as const, ...choices, ...(now === undefined || isAmong(choices, now) ? [] : [[now, now] as const])].map(
      ([value, text]) => ({ value, text, checked: value === (now ?? "") }),
    ),
  })
  const named = accounts.map(({ id, name, email }) => [id, `${name}, ${email}`] as const)
  const titled = engagements.map(({ id, title }) => [id, title] as const)
  const actions = knownActions.map((action) => [action, action] as const)
  return [
    field("action", "What", "Everything", actions, filter.action),
    field("account", "Who", "Everybody", named, account),
    field("engagement", "Where", "Everywhere", titled, filter.engagement),
  ]
}

const isAmong = (choices: readonly (readonly [string, string])[], value: string): boolean =>
  choices.some(([one]) => one === value)

const pageNumber = (text: string | undefined): number => (/^[1-9]\d{0,6}$/.test(text ?? "") ? Number(text) : 1)

/** "1,204". */
const grouped = (number: number): string => number.toLocaleString("en-GB")
