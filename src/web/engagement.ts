import type { Domain, Question } from "../assessment/model.ts"
import { type EngagementScope, StoreBusy, type StoredEngagement } from "../store/store.ts"
import { keptFields } from "./links.ts"
import type { Frame } from "./pages.ts"
import { notFound, type Problem, type Reply } from "./respond.ts"
import { unnamerOf, withoutNames, wordsWithoutNames } from "./pseudonyms.ts"
import type { AccountVisit, Handler, Tools, Visit } from "./visit.ts"
import { dateText } from "./words.ts"

/** The consultant's visit to one engagement. */
export interface EngagementVisit extends AccountVisit {
  readonly stored: StoredEngagement
  readonly engagementScope: EngagementScope
  /** Address of the engagement's overview, without a slash at the end. */
  readonly home: string
  /** Puts a role in the place of every full name: for somebody who may only read, else absent. */
  readonly unnamed?: (text: string) => string
}

type Handling<R> = (visit: EngagementVisit, on: Tools) => Promise<R> | R

/** What an archived engagement takes as well: without this, a form that is sent to one changes nothing. */
interface Lasting {
  readonly whileArchived?: true
}

/** Loads the engagement of the address as this visitor may see it, or answers that the page does not exist. */
export const inEngagement = (handle: Handling<Reply>, lasting: Lasting = {}): Handler<AccountVisit> =>
  loaded(handle, asSeenBy, lasting)

/** The same with everybody's name: for the people's pages, which say who is asked and not who said what. */
export const amongPeople = (handle: Handling<Reply>, lasting: Lasting = {}): Handler<AccountVisit> =>
  loaded(handle, (stored) => stored, lasting)

const loaded =
  (
    handle: Handling<Reply>,
    shown: typeof asSeenBy,
    { whileArchived = false }: { readonly whileArchived?: boolean },
  ): Handler<AccountVisit> =>
  async (visit, on) => {
    const engagementScope = scopeOf(visit)
    const stored = await on.store.loadEngagement(engagementScope)
    if (stored === undefined) return gone(visit)
    if (stored.archivedAt !== undefined && visit.method === "POST" && !whileArchived) return putAway(visit, stored)
    const seen = { stored: shown(stored, visit), ...(visit.standing === "reader" && { unnamed: unnamerOf(stored) }) }
    return handle({ ...visit, ...seen, engagementScope, home: homeOf(stored.id) }, on)
  }

/** Names stay away from readers, and from everybody where respondents were promised that only their role is seen. */
const asSeenBy = (stored: StoredEngagement, { standing }: AccountVisit): StoredEngagement =>
  standing === "reader"
    ? wordsWithoutNames(withoutNames(stored), stored)
    : stored.terms.confidentiality === "role"
      ? withoutNames(stored)
      : stored

/**
 * A page computed from the engagement and nothing else but `by`. A browser that holds it as it stands is told so before
 * anything is loaded or computed; a page that says what was just done is not kept.
 */
export const computedPage =
  (handle: Handling<Reply>, by: (visit: Visit) => string = () => ""): Handler<AccountVisit> =>
  async (visit, on) => {
    if (visit.query["done"] !== undefined) return inEngagement(handle)(visit, on)
    const revision = await on.store.revisionOf(scopeOf(visit))
    if (revision === undefined) return gone(visit)
    const { account } = visit.session
    const viewer = [account.id, account.role, visit.standing].join("-")
    const tag = [revision, on.questionnaire.hash.slice(0, 12), on.release, viewer, by(visit)].join(".")
    if (visit.holds(tag)) return { reply: "unchanged", tag }
    const reply = await inEngagement(handle)(visit, on)
    return reply.reply === "page" && reply.status === undefined ? { ...reply, tag } : reply
  }

/**
 * A change of what was read: made at the revision that was read, or not at all. `again` says that somebody else was
 * quicker; the engagement is then read and looked at once more.
 */
export const changeInEngagement = (handle: Handling<Reply | "again">): Handler<AccountVisit> => changed(handle, asSeenBy)

/** The same with everybody's name. */
export const changeAmongPeople = (handle: Handling<Reply | "again">): Handler<AccountVisit> => changed(handle, (stored) => stored)

const changed =
  (handle: Handling<Reply | "again">, shown: typeof asSeenBy): Handler<AccountVisit> =>
  async (visit, on) => {
    for (let turn = 0; turn < 10; turn += 1) {
      const stored = await on.store.loadEngagement(scopeOf(visit))
      if (stored === undefined) return gone(visit)
      if (stored.archivedAt !== undefined && visit.method === "POST") return putAway(visit, stored)
      const engagementScope = { ...scopeOf(visit), revision: stored.revision }
      const reply = await handle({ ...visit, stored: shown(stored, visit), engagementScope, home: homeOf(stored.id) }, on)
      if (reply !== "again") return reply
    }
    throw new StoreBusy("The engagement changes faster than this change can be made.")
  }

const scopeOf = (visit: AccountVisit): EngagementScope => ({ engagement: visit.params["engagement"] ?? "", by: visit.by })

/** A page that is not there (any more); what was typed into it stays, to be copied. */
export const gone = (visit: Visit, what?: string): Problem => ({
  ...notFound(),
  ...(what !== undefined && { heading: what, text: ["Nothing was changed. It was removed, or the address is wrong."] }),
  kept: keptFields({ ...visit.form, seen: "", what: "" }),
})

/** A change that comes to an engagement after it was archived; what was typed stays, to be copied. */
const putAway = (visit: Visit, { id }: StoredEngagement): Problem => ({
  reply: "problem",
  status: 409,
  heading: "This engagement is archived",
  text: ["Nothing was changed: it can be read and erased. One of its owners can restore it in the settings."],
  link: { href: `${homeOf(id)}/settings`, text: "Settings" },
  kept: keptFields({ ...visit.form, seen: "", what: "" }),
})

export const homeOf = (id: string): string => `/engagements/${encodeURIComponent(id)}`

export type Tab = "overview" | "people" | "answers" | "estate" | "assessment" | "findings" | "plan" | "report"

const TABS: readonly (readonly [Tab, text: string])[] = [
  ["overview", "Overview"],
  ["people", "People"],
  ["answers", "Answers"],
  ["estate", "Estate"],
  ["assessment", "Assessment"],
  ["findings", "Findings"],
  ["plan", "Plan"],
  ["report", "Report"],
]

/** The frame of a page inside an engagement, with its tabs. */
export const engagementFrame = (visit: EngagementVisit, tab: Tab, title: string, more: Partial<Frame> = {}): Frame => {
  const notice = doneNotice(visit.query["done"])
  const tabs = maySeePeople(visit) ? TABS : TABS.filter(([id]) => id !== "people")
  return {
    title: [title, visit.stored.engagement.title],
    area: "consultant",
    place: visit.stored.engagement.title,
    nav: tabs.map(([id, text]) => ({
      href: id === "overview" ? visit.home : `${visit.home}/${id}`,
      text,
      current: id === tab,
    })),
    ...(notice !== undefined && { notice }),
    ...(visit.stored.archivedAt !== undefined && {
      archived: `This engagement was archived on ${dateText(visit.stored.archivedAt)}. It can be read and erased, not changed.`,
    }),
    ...more,
  }
}

/** Whether the visitor is shown who is asked, by name: not somebody who may only read. */
export const maySeePeople = ({ standing }: AccountVisit): boolean => standing !== "reader"

/** Whether a form to change the engagement makes sense: for an owner or editor, and not once it is archived. */
export const mayChange = ({ standing, stored }: EngagementVisit): boolean =>
  standing !== "reader" && stored.archivedAt === undefined

/** What a change says once, after the redirect: the address carries only the name of the sentence. */
const DONE = {
  created: "The engagement is set up. Next, add the people you want to ask.",
  imported: "The engagement file is imported.",
  "imported-from-other":
    "The engagement file is imported. It was made with another edition of the questionnaire; every answer fits the one used from here on.",
  settings: "The settings are saved.",
  domain: "The domain is saved.",
  "domain-removed": "The domain and its answers are removed.",
  person: "The person is saved.",
  "person-removed": "The person and their answers are removed.",
  revoked: "The link is revoked. Nobody can open it any more.",
  "revoked-all": "The links are revoked. Nobody can open them any more.",
  expiry: "The last day of the link is moved.",
  invitations: "The invitations are on the way.",
  reminders: "The reminders are on the way.",
  "people-added": "The people are added. Next, invite them.",
  "reminder-days": "The days of the reminders are saved.",
  reopened: "The answers are open again. The person can change them through their link.",
  decided: "The agreed answer is recorded.",
  undecided: "The agreed answer is taken back. The median of the answers counts again.",
  override: "Your change to the plan is recorded.",
  "override-removed": "Your change to the plan is taken back.",
  terms: "What people are promised is saved.",
  member: "The member is saved.",
  "member-removed": "The colleague is no member any more.",
  archived: "The engagement is archived. Respondents can read their answers, not change them.",
  restored: "The engagement is restored. It can be changed again.",
  duplicated:
    "The new engagement has the people, domains and settings of the other one, and no answers. Next, give people their links.",
  "suggestion-added": "The colleague is among the people you ask. Open their name to make a personal link.",
  "suggestion-declined": "The suggestion is declined. The person who made it reads that on their page.",
  "estate-imported": "The import is taken. Look at what nobody can read yet first: it decides how far the plan can be trusted.",
  "estate-removed": "The import is removed.",
  "estate-dropped": "Nothing was imported.",
  classified: "The class is set by hand. It stays when the project is imported again.",
  unclassified: "Your class is taken back. What the text says counts again.",
  moved: "The engagement now uses the newer questionnaire. Answers that do not fit it are kept, not counted.",
} as const

/** An address that says once what was done. */
export const withDone = (href: string, done: keyof typeof DONE): string => `${href}${href.includes("?") ? "&" : "?"}done=${done}`

const doneNotice = (name: string | undefined): string | undefined =>
  name === undefined || !Object.hasOwn(DONE, name) ? undefined : DONE[name as keyof typeof DONE]

/** The domain named in the address. */
export const domainOf = (visit: EngagementVisit): Domain | undefined =>
  visit.stored.engagement.domains.find((domain) => domain.id === visit.params["domain"])

/** The question named in the address. */
export const questionOf = (visit: EngagementVisit): Question | undefined =>
  visit.stored.questionnaire.questions.find((question) => question.id === visit.params["question"])
