/** What clients sent and what the server acknowledged: the only truth that counts after a crash. */

export interface Sent {
  readonly key: string
  readonly text: string
  readonly seen: number
  /** The revision of the 2xx that was read in full. */
  acknowledged?: number
}

export interface Ledger {
  /** By respondent, domain and question, in the order sent. */
  readonly answers: Map<string, Sent[]>
  /** Rows of a list by their id. */
  readonly rows: Map<string, { readonly name: string; acknowledged: boolean }>
  /** Respondents whose submission was acknowledged. */
  readonly submitted: Set<string>
  /** Answers of the server that should not have been. */
  readonly wrong: string[]
}

export const emptyLedger = (): Ledger => ({ answers: new Map(), rows: new Map(), submitted: new Set(), wrong: [] })

export const place = (respondent: string, domain: string, question: string): string => `${respondent} ${domain} ${question}`

/** How many changes were acknowledged so far. */
export const acknowledgedIn = ({ answers, rows, submitted }: Ledger): number =>
  [...answers.values()].flat().filter((sent) => sent.acknowledged !== undefined).length +
  [...rows.values()].filter((row) => row.acknowledged).length +
  submitted.size
