import type { Domain, Engagement, PlanSettings, Questionnaire, Respondent } from "../../assessment/model.ts"
import type { Actor, EngagementScope } from "./scope.ts"

export interface EngagementSummary {
  readonly id: string
  readonly title: string
  readonly client: string
  readonly createdAt: number
  readonly archivedAt: number | null
  readonly domains: number
  readonly respondents: number
  readonly submitted: number
  readonly answers: number
}

/** Which engagements a list is to show. */
export interface EngagementSearch {
  /** Each is in the title or the client, whatever the case; of none, all are found. */
  readonly words: readonly string[]
  readonly archived: boolean
  readonly sort: "newest" | "title" | "client"
  readonly offset: number
  readonly limit: number
}

export interface EngagementPage {
  readonly engagements: readonly EngagementSummary[]
  /** All that have the words, on whatever page. */
  readonly active: number
  readonly archived: number
}

/** What is agreed with those who are asked. */
export interface Terms {
  /** Whether the engagement's consultants see who gave an answer, or the role only. */
  readonly confidentiality: "named" | "role"
  /** No answer is taken from this moment on. */
  readonly closesAt?: number
  /** ISO dates on which those who have not submitted are reminded. */
  readonly remindOn: readonly string[]
}

/** The engagement as the file has it, with what only the store knows. */
export interface StoredEngagement {
  readonly id: string
  readonly createdAt: number
  readonly archivedAt?: number
  readonly terms: Terms
  /** Grows with every change to anything in the engagement: the version tag of every page computed from it. */
  readonly revision: number
  readonly engagement: Engagement
  /** Frozen when the engagement started. */
  readonly questionnaire: Questionnaire
  readonly responses: readonly ResponseState[]
}

export interface ResponseState {
  readonly respondent: string
  readonly submittedAt?: number
  readonly link?: {
    readonly issuedAt: number
    readonly expiresAt: number
    readonly revokedAt?: number
    readonly lastUsedAt?: number
    /** No reminder is sent to this person any more, as they wished. */
    readonly unsubscribedAt?: number
  }
}

/** The engagement as a whole: domains, people, settings. */
export interface EngagementStore {
  /** Those that the actor reaches, newest first. */
  listEngagements(by: Actor): Promise<readonly EngagementSummary[]>
  /** A page of those that the actor reaches and that are looked for. */
  findEngagements(by: Actor, search: EngagementSearch): Promise<EngagementPage>
  /** Starts an engagement from a file's content (or an empty one), freezing the questionnaire into it; an account that does it owns it. */
  addEngagement(
    scope: EngagementScope,
    engagement: Engagement,
    questionnaire: Questionnaire,
    now: number,
    terms?: Terms,
  ): Promise<void>
  loadEngagement(scope: EngagementScope): Promise<StoredEngagement | undefined>
  /** The version tag alone. */
  revisionOf(scope: EngagementScope): Promise<number | undefined>
  changeDetails(
    scope: EngagementScope,
    details: { title: string; client: string; plan: PlanSettings },
    now: number,
  ): Promise<boolean>
  /** Never takes back that only roles are seen once somebody has answered: false, as for an engagement that is not there. */
  changeTerms(scope: EngagementScope, terms: Terms, now: number): Promise<boolean>
  /** An archived engagement can be read and erased, not changed. */
  archive(scope: EngagementScope, archived: boolean, now: number): Promise<boolean>
  removeEngagement(scope: EngagementScope, now: number): Promise<boolean>
  /** Moves the engagement to another version of its questionnaire: a deliberate act. */
  changeQuestionnaire(scope: EngagementScope, questionnaire: Questionnaire, now: number): Promise<boolean>

  saveDomain(scope: EngagementScope, domain: Domain, now: number): Promise<boolean>
  removeDomain(scope: EngagementScope, domain: string, now: number): Promise<boolean>
  saveRespondent(scope: EngagementScope, respondent: Respondent, now: number): Promise<boolean>
  /** All of them or, when a domain is not there, none. */
  addRespondents(scope: EngagementScope, respondents: readonly Respondent[], now: number): Promise<boolean>
  /** Erases the person for good, with answers, comments, links and sessions; from an archived engagement too. */
  removeRespondent(scope: EngagementScope, respondent: string, now: number): Promise<boolean>
}
