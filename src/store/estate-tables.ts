/** The tables of the estate as Kysely sees them; `key` is the hash of a statement's id. */

export interface EstateTable {
  engagement: string
  id: string
  domain: string
  name: string
  /** `waiting`: read, and not yet confirmed by the account that sent it. */
  state: "waiting" | "taken"
  kind: string
  imported_at: number
  account: string | null
  /** Grows with each decision. */
  revision: number
  /** How many there are. */
  statements: number
  /** JSON, as the next three. */
  origin: string
  sources: string
  consumers: string
  notices: string
  /** What a waiting import was read from, where its columns may still be mapped otherwise. */
  upload: string | null
}

export interface EstateStatementTable {
  engagement: string
  estate: string
  position: number
  key: string
  /** Of its text; null without one. */
  text_hash: string | null
  /** JSON of the statement without its text and its decision. */
  facts: string
}

export interface EstateTextTable {
  engagement: string
  estate: string
  key: string
  content: string
}

export interface EstateDecisionTable {
  engagement: string
  estate: string
  key: string
  /** JSON. */
  content: string
  /** Of the text that was decided on. */
  text_hash: string | null
  account: string | null
  decided_at: number
}
