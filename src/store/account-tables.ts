/** The tables of accounts, what they may touch, and the audit log. */

export interface AccountTable {
  id: string
  email: string
  name: string
  role: "administrator" | "consultant" | "reader"
  /** PHC string of argon2id; null for accounts that sign in elsewhere or have not set one yet. */
  password: string | null
  totp_secret: string | null
  /** When the second factor was confirmed; until then its secret does not count. */
  totp_since: number | null
  /** The last step of a code that was used: none works twice. */
  totp_step: number
  created_at: number
  disabled_at: number | null
}

export interface RecoveryCodeTable {
  account: string
  code_hash: string
  used_at: number | null
}

export interface AccountIdentityTable {
  issuer: string
  subject: string
  account: string
}

export interface AccountSessionTable {
  session_hash: string
  /** Shown to the owner, to end it by; opens nothing. */
  id: string
  account: string
  created_at: number
  seen_at: number
  expires_at: number
  /** When the password was last entered. */
  confirmed_at: number
  step: "second-factor" | "enrol" | "open"
  browser: string
  address: string
}

export interface AccountTokenTable {
  token_hash: string
  purpose: "set-up" | "password"
  account: string | null
  created_at: number
  expires_at: number
}

export interface SignOnTable {
  state_hash: string
  content: string
  expires_at: number
}

export interface AttemptTable {
  bucket: string
  count: number
  since: number
}

export interface MembershipTable {
  engagement: string
  account: string
  role: "owner" | "editor" | "reader"
  added_at: number
}

export interface AuditTable {
  number: number
  at: number
  actor: string
  action: string
  engagement: string | null
  subject: string | null
  /** JSON, without anything that somebody answered. */
  detail: string
  /** sha-256 over the entry and the hash before it. */
  hash: string
}
