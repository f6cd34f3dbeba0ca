/** What names say about the direction of data: words for writing results back, and words for where data comes in. */

export interface NameHints {
  /** The word that says that results are written back, and how clearly, from 0 to 1. */
  readonly writesBack?: string
  readonly weight: number
  /** The word that says that data comes in here. */
  readonly begins?: string
}

const clear = "reverse reverseetl retl writeback writesback feedback hightouch activation".split(" ")
const likely = [
  "export exports exported outbound egress push publish upload send sync synced syncs",
  "census polytomic crm salesforce sfdc hubspot marketo braze intercom zendesk iterable",
].flatMap((words) => words.split(" "))
const writing = new Map([...likely.map((word) => [word, 0.6] as const), ...clear.map((word) => [word, 1] as const)])
const beginning = new Set(
  "source sources src raw stg stage staging landing ingest ingestion inbound import load bronze extract seed".split(" "),
)

/** The clearest words found in a name, path or list of tags; words are parted by anything but letters and digits, or by case. */
export function hintsOf(name: string): NameHints {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  // "write back" and "reverse_etl" are one word each to us.
  const all = words.concat(words.slice(1).map((word, at) => `${words[at]}${word}`))
  const writesBack = all.reduce<string | undefined>(
    (best, word) => ((writing.get(word) ?? 0) > (writing.get(best ?? "") ?? 0) ? word : best),
    undefined,
  )
  const begins = words.find((word) => beginning.has(word))
  return {
    weight: writing.get(writesBack ?? "") ?? 0,
    ...(writesBack !== undefined && { writesBack }),
    ...(begins !== undefined && { begins }),
  }
}
