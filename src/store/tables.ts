/**
 * The tables as Kysely sees them. Times are integer milliseconds, flags 0 or 1, lists and documents JSON text, on both engines
 * alike. The engagement comes first in every key, so that a distributed engine can keep an engagement together.
 */
import type { Kysely } from "kysely"
import type {
  AccountIdentityTable,
  AccountSessionTable,
  AccountTable,
  AccountTokenTable,
  AttemptTable,
  AuditTable,
  MembershipTable,
  RecoveryCodeTable,
  SignOnTable,
} from "./account-tables.ts"
import type { EstateDecisionTable, EstateStatementTable, EstateTable, EstateTextTable } from "./estate-tables.ts"
import type {
  InvitationTable,
  MessageTable,
  PersonalLinkTable,
  ReminderDayTable,
  RespondentSessionTable,
  SuggestionTable,
} from "./invitation-tables.ts"

interface QuestionnaireTable {
  hash: string
  id: string
  version: string
  doc: string
}

export interface EngagementTable {
  id: string
  title: string
  client: string
  plan: string
  questionnaire_hash: string
  revision: number
  created_at: number
  changed_at: number
  /** Whether the engagement's consultants see answers with names, or by role only. */
  confidentiality: "named" | "role"
  closes_at: number | null
  archived_at: number | null
  /** JSON list of ISO dates. */
  remind_on: string
}

interface DomainTable {
  engagement: string
  id: string
  name: string
  description: string | null
  position: number
}

export interface RespondentTable {
  engagement: string
  id: string
  name: string
  role: string
  email: string | null
  /** JSON list of domain ids; null for all. */
  domains: string | null
  position: number
  submitted_at: number | null
}

/** Where an answer stands: what a respondent gave, input that could not be read, or taken back. */
export type StoredStatus = "answered" | "dont-know" | "not-applicable" | "draft" | "cleared"

export interface AnswerTable {
  engagement: string
  respondent: string
  domain: string
  question: string
  revision: number
  status: StoredStatus
  /** JSON of the content; null when cleared. */
  content: string | null
  /** Null when the answer came from a file that does not say when it was given. */
  saved_at: number | null
}

/** Every state an answer ever had. Rows are added and never changed; they go only with their respondent or domain. */
interface AnswerRevisionTable extends AnswerTable {
  /** The client's idempotency key; null for imported answers. */
  key: string | null
}

interface InventoryTable {
  engagement: string
  domain: string
  question: string
  evidence: string | null
  /** 1: somebody said that there are none. */
  stated_none: number
  /** Grows with each change to a row, and gives the row its revision, so that a row removed and added again never repeats one. */
  revision: number
}

interface InventoryRowTable {
  engagement: string
  domain: string
  question: string
  id: string
  position: number
  content: string
  revision: number
  saved_at: number
  /** Id of the respondent who is asked to fill it in. */
  owner: string | null
  /** When its owner last saved it; null while it waits for them. */
  filled_at: number | null
}

/** Every state a row ever had; `content` is null where it was removed. */
interface InventoryRowRevisionTable extends Omit<InventoryRowTable, "content"> {
  content: string | null
  account: string | null
  respondent: string | null
}

interface DecisionTable {
  engagement: string
  domain: string
  question: string
  content: string
  decided_at: number | null
}

interface OverrideTable {
  engagement: string
  initiative: string
  /** The domain's id, or the empty text for an initiative of the organisation: a key column cannot be null. */
  scope: string
  domain: string | null
  action: string
  content: string
  position: number
}

interface MetaTable {
  name: string
  value: number
}

interface MigrationTable {
  version: number
  name: string
  applied_at: number
}

export interface Tables {
  questionnaire: QuestionnaireTable
  engagement: EngagementTable
  domain: DomainTable
  respondent: RespondentTable
  account: AccountTable
  recovery_code: RecoveryCodeTable
  account_identity: AccountIdentityTable
  account_session: AccountSessionTable
  account_token: AccountTokenTable
  sign_on: SignOnTable
  attempt: AttemptTable
  membership: MembershipTable
  invitation: InvitationTable
  personal_link: PersonalLinkTable
  respondent_session: RespondentSessionTable
  suggestion: SuggestionTable
  message: MessageTable
  reminder_day: ReminderDayTable
  answer: AnswerTable
  answer_revision: AnswerRevisionTable
  inventory: InventoryTable
  inventory_row: InventoryRowTable
  inventory_row_revision: InventoryRowRevisionTable
  decision: DecisionTable
  override_: OverrideTable
  estate: EstateTable
  estate_statement: EstateStatementTable
  estate_text: EstateTextTable
  estate_decision: EstateDecisionTable
  audit: AuditTable
  meta: MetaTable
  migration: MigrationTable
}

/** A connection, or a transaction on one: queries do not care which. */
export type Db = Kysely<Tables>
