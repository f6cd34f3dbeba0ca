/** The tables of invitations, links, sessions of respondents, and what is mailed to them. */

export interface InvitationTable {
  engagement: string
  respondent: string
  issued_at: number
  expires_at: number
  revoked_at: number | null
  last_used_at: number | null
  unsubscribed_at: number | null
}

export interface PersonalLinkTable {
  engagement: string
  respondent: string
  token_hash: string
  issued_at: number
}

export interface RespondentSessionTable {
  engagement: string
  respondent: string
  session_hash: string
  expires_at: number
  seen_at: number
}

export interface SuggestionTable {
  engagement: string
  id: string
  respondent: string
  kind: "instead" | "section"
  domain: string | null
  dimension: string | null
  name: string
  email: string | null
  note: string | null
  made_at: number
  decided_at: number | null
  outcome: "added" | "declined" | "withdrawn" | null
}

export interface MessageTable {
  engagement: string
  id: string
  respondent: string
  kind: "invitation" | "reminder"
  /** Who asked for it; null for the reminder of a chosen day. */
  account: string | null
  created_at: number
  /** When it may be sent (again); null once it is settled. */
  due_at: number | null
  sent_at: number | null
  tries: number
  problem: string | null
}

export interface ReminderDayTable {
  engagement: string
  day: string
  done_at: number
}
