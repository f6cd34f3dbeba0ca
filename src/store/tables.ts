/**
 * The tables as Kysely sees them. Times are integer milliseconds, flags 0 or 1, lists and documents JSON text, on both engines
 * alike. The engagement comes first in every key, so that a distributed engine can keep an engagement together.
 */
import type { Kysely } from "kysely"

interface QuestionnaireTable {
  hash: string
  id: string
  version: string
  doc: string
}

interface EngagementTable {
  id: string
  title: string
  client: string
  plan: string
  questionnaire_hash: string
  revision: number
  created_at: number
  changed_at: number
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

export interface LinkTable {
  engagement: string
  respondent: string
  token_hash: string
  issued_at: number
  expires_at: number
  revoked_at: number | null
  last_used_at: number | null
}

interface SessionTable {
  engagement: string
  respondent: string
  session_hash: string
  expires_at: number
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
  link: LinkTable
  session: SessionTable
  answer: AnswerTable
  answer_revision: AnswerRevisionTable
  inventory: InventoryTable
  inventory_row: InventoryRowTable
  decision: DecisionTable
  override_: OverrideTable
  meta: MetaTable
  migration: MigrationTable
}

/** A connection, or a transaction on one: queries do not care which. */
export type Db = Kysely<Tables>
