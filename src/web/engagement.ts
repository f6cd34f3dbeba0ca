import type { Domain, Question } from "../assessment/model.ts"
import type { EngagementScope, StoredEngagement } from "../store/store.ts"
import type { Frame } from "./pages.ts"
import { notFound, type Reply } from "./respond.ts"
import type { Dependencies, Handler, Visit } from "./visit.ts"

/** The consultant's visit to one engagement. */
export interface EngagementVisit extends Visit {
  readonly stored: StoredEngagement
  readonly engagementScope: EngagementScope
  /** Address of the engagement's overview, without a slash at the end. */
  readonly home: string
}

type EngagementHandler = (visit: EngagementVisit, on: Dependencies) => Promise<Reply> | Reply

/** Loads the engagement of the address, or answers that the page does not exist. */
export const inEngagement =
  (handle: EngagementHandler): Handler =>
  async (visit, on) => {
    const engagementScope = { engagement: visit.params["engagement"] ?? "" }
    const stored = await on.store.loadEngagement(engagementScope)
    if (stored === undefined) return notFound()
    return handle({ ...visit, stored, engagementScope, home: homeOf(stored.id) }, on)
  }

export const homeOf = (id: string): string => `/engagements/${encodeURIComponent(id)}`

export type Tab = "overview" | "people" | "answers" | "assessment" | "findings" | "plan" | "report"

const TABS: readonly (readonly [Tab, text: string])[] = [
  ["overview", "Overview"],
  ["people", "People"],
  ["answers", "Answers"],
  ["assessment", "Assessment"],
  ["findings", "Findings"],
  ["plan", "Plan"],
  ["report", "Report"],
]

/** The frame of a page inside an engagement, with its tabs. */
export const engagementFrame = (visit: EngagementVisit, tab: Tab, title: string, more: Partial<Frame> = {}): Frame => {
  const notice = doneNotice(visit.query["done"])
  return {
    title: [title, visit.stored.engagement.title],
    area: "consultant",
    place: visit.stored.engagement.title,
    nav: TABS.map(([id, text]) => ({
      href: id === "overview" ? visit.home : `${visit.home}/${id}`,
      text,
      current: id === tab,
    })),
    ...(notice !== undefined && { notice }),
    ...more,
  }
}

/** What a change says once, after the redirect: the address carries only the name of the sentence. */
const DONE: Readonly<Record<string, string>> = {
  created: "The engagement is set up. Next, add the people you want to ask.",
  imported: "The engagement file is imported.",
  settings: "The settings are saved.",
  domain: "The domain is saved.",
  "domain-removed": "The domain and its answers are removed.",
  person: "The person is saved.",
  "person-removed": "The person and their answers are removed.",
  revoked: "The link is revoked. Nobody can open it any more.",
  reopened: "The answers are open again. The person can change them through their link.",
  decided: "The agreed answer is recorded.",
  undecided: "The agreed answer is taken back. The median of the answers counts again.",
  row: "The row is saved.",
  "row-removed": "The row is removed.",
  override: "Your change to the plan is recorded.",
  "override-removed": "Your change to the plan is taken back.",
  moved: "The engagement now uses the newer questionnaire.",
}

export const doneNotice = (name: string | undefined): string | undefined =>
  name === undefined || !Object.hasOwn(DONE, name) ? undefined : DONE[name]

/** The domain named in the address. */
export const domainOf = (visit: EngagementVisit): Domain | undefined =>
  visit.stored.engagement.domains.find((domain) => domain.id === visit.params["domain"])

/** The question named in the address. */
export const questionOf = (visit: EngagementVisit): Question | undefined =>
  visit.stored.questionnaire.questions.find((question) => question.id === visit.params["question"])
