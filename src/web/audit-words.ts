/** Entries of the audit log in words: ids become names when they are shown, for the log itself holds none. */
import type { Account, AuditEntry, EngagementSummary } from "../store/store.ts"
import { serverTimeText } from "./server-time.ts"

export interface AuditNames {
  readonly account: (id: string) => string
  readonly engagement: (id: string) => string
}

export const namesIn = (accounts: readonly Account[], engagements: readonly EngagementSummary[]): AuditNames => {
  const account = new Map(accounts.map(({ id, name }) => [id, name]))
  const engagement = new Map(engagements.map(({ id, title }) => [id, title]))
  return {
    account: (id) => account.get(id) ?? `an account that is not there (${id})`,
    engagement: (id) => engagement.get(id) ?? `an engagement that is not there (${id.slice(0, 8)})`,
  }
}

/** "Carla Stage added a link for person-4f2a91 in Streaming readiness". */
export const inWords = (entry: AuditEntry, names: AuditNames): string => {
  const say = Object.hasOwn(WORDS, entry.action) ? WORDS[entry.action] : undefined
  const done = say?.({ ...entry, subject: subjectOf(entry, names) }, names) ?? otherwise(entry, names)
  const place = entry.engagement === undefined || done.whole ? "" : ` in ${names.engagement(entry.engagement)}`
  return `${whoOf(entry.actor, names)} ${done.text}${place}`
}

/** Who did it. */
export const whoOf = (actor: string, names: AuditNames): string => {
  const [kind, id] = [actor.split(" ", 1)[0], actor.slice(actor.indexOf(" ") + 1)]
  if (kind === "account") return names.account(id)
  if (kind === "program") return `The program (${id})`
  return actor === "nobody" ? "Somebody not signed in" : actor
}

const subjectOf = ({ action, subject = "" }: AuditEntry, names: AuditNames): string =>
  subject !== "" && /^(account|member|session|sign-in)\./.test(action) ? names.account(subject) : subject

interface Said {
  readonly text: string
  /** Names the engagement already. */
  readonly whole?: true
}

type Say = (entry: AuditEntry & { readonly subject: string }, names: AuditNames) => Said

const text =
  (words: string): Say =>
  ({ subject }) => ({ text: words.replace("{}", () => subject) })
const engagement =
  (words: string): Say =>
  ({ engagement: id = "" }, names) => ({ text: words.replace("{}", () => names.engagement(id)), whole: true })

const ROLES: Readonly<Record<string, string>> = {
  owner: "an owner",
  editor: "an editor",
  reader: "a reader",
  administrator: "an administrator",
  consultant: "a consultant",
}
const roleOf = (role: unknown): string => ROLES[String(role)] ?? String(role)

const WORDS: Readonly<Record<string, Say>> = {
  "engagement.added": engagement("set up {}"),
  "engagement.archived": engagement("archived {}"),
  "engagement.restored": engagement("restored {} from the archive"),
  "engagement.erased": engagement("erased {} for good"),
  "engagement.exported": ({ engagement: id = "", detail }, names) => ({
    text: `exported ${names.engagement(id)} as a file, ${detail["names"] === false ? "without names" : "with names"}`,
    whole: true,
  }),
  "engagement.duplicated": ({ engagement: id = "", detail }, names) => ({
    text: `took ${names.engagement(id)} as the template of ${names.engagement(String(detail["as"]))}`,
    whole: true,
  }),
  "engagement.questionnaire": ({ engagement: id = "", detail }, names) => ({
    text: `moved ${names.engagement(id)} to version ${String(detail["version"])} of the questionnaire`,
    whole: true,
  }),
  "engagement.terms": ({ detail }) => ({
    text: `promised that answers are seen ${detail["confidentiality"] === "role" ? "by role only" : "with names"} and taken ${
      typeof detail["closesAt"] === "number" ? `until ${serverTimeText(detail["closesAt"])}` : "without a closing date"
    }`,
  }),
  "domain.erased": text("erased the domain {}"),
  "estate.imported": ({ detail }) => ({
    text: `imported ${String(detail["statements"])} statements into the estate${detail["again"] === true ? ", in the place of an earlier import" : ""}`,
  }),
  "estate.removed": () => ({ text: "removed an import from the estate" }),
  "estate.classified": ({ detail }) => ({ text: `classified a statement of the estate by hand, as ${String(detail["class"])}` }),
  "estate.unclassified": () => ({ text: "took back the class of a statement of the estate" }),
  "person.erased": text("erased {} with all answers"),
  "member.saved": ({ subject, detail }) => ({ text: `made ${subject} ${roleOf(detail["role"])}` }),
  "member.removed": text("took {} off the members"),
  "link.issued": text("made a new link for {}"),
  "link.added": text("added a link for {}"),
  "link.expiry": ({ subject, detail }) => ({
    text: `moved the last day of the links of ${subject} to ${serverTimeText(Number(detail["expiresAt"]))}`,
  }),
  "links.exported": ({ detail }) => ({
    text: `took ${String(detail["people"])} links out, ${detail["form"] === "csv" ? "as a file" : "as sheets to print"}`,
  }),
  "invitations.put-out": ({ detail }) => ({ text: `sent ${String(detail["people"])} invitations by e-mail` }),
  "reminders.put-out": ({ detail }) => ({ text: `sent ${String(detail["people"])} reminders by e-mail` }),
  "reminders.declined": text("noted that {} wants no reminders"),
  "reminders.wanted": text("noted that {} wants reminders again"),
  "link.revoked": text("revoked the links of {}"),
  "answers.submitted": text("submitted the answers of {}"),
  "answers.reopened": text("opened the answers of {} again"),
  "account.added": ({ subject, detail }) => ({ text: `added the account of ${subject}, as ${roleOf(detail["role"])}` }),
  "account.changed": ({ subject, detail }) => ({ text: `changed the account of ${subject}, now ${roleOf(detail["role"])}` }),
  "account.disabled": text("disabled the account of {}"),
  "account.enabled": text("enabled the account of {} again"),
  "account.password": text("set the password of {}"),
  "account.password-link": text("made a link for {} to set a password"),
  "account.second-factor": ({ subject, detail }) => ({
    text: `${detail["on"] === true ? "turned on" : "removed"} the second factor of ${subject}`,
  }),
  "account.recovery-codes": text("made new recovery codes for {}"),
  "account.recovery-code-used": text("signed in with a recovery code of {}"),
  "account.identity-linked": text("linked {} with single sign-on"),
  "account.identity-unlinked": text("took single sign-on off {}"),
  "session.opened": () => ({ text: "signed in" }),
  "session.ended": ({ detail }) => ({
    text:
      typeof detail["sessions"] === "number" && detail["sessions"] > 1 ? `ended ${detail["sessions"]} sign-ins` : "signed out",
  }),
  "sign-in.failed": ({ subject }) => ({ text: `failed to sign in${subject === "" ? "" : ` as ${subject}`}` }),
  "sign-in.code-failed": ({ subject }) => ({ text: `gave a wrong code${subject === "" ? "" : ` for ${subject}`}` }),
  "sign-in.confirm-failed": () => ({ text: "failed to confirm who they are" }),
  "access.refused": ({ detail }) => ({ text: `was refused: ${String(detail["permission"])}` }),
  "audit.exported": () => ({ text: "downloaded the audit log" }),
}

/** Kinds of entries that have no sentence of their own. */
const otherwise = ({ action, subject, detail }: AuditEntry, names: AuditNames): Said => {
  const about = subject === undefined ? "" : `: ${subjectOf({ action, subject } as AuditEntry, names)}`
  const more = Object.entries(detail).map(([name, value]) => `${name} ${String(value)}`)
  return { text: `${action}${about}${more.length > 0 ? ` (${more.join(", ")})` : ""}` }
}

/** Kinds of entries to choose from. */
export const knownActions: readonly string[] = Object.keys(WORDS)
