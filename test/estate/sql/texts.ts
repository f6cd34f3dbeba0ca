/** Texts of many dialects with what they say: `--# dialect; reads a, b; writes c; stateful; has id id; not id; key x` before each. */
import { readFileSync } from "node:fs"
import { join } from "node:path"

export interface Sample {
  readonly place: string
  readonly dialect: string
  readonly sql: string
  readonly reads: readonly string[]
  readonly writes: readonly string[]
  /** `undefined` where nobody can tell. */
  readonly stateful: boolean | undefined
  readonly has: readonly string[]
  readonly not: readonly string[]
  readonly key?: readonly string[]
  /** The other parser sees it differently, with less right. */
  readonly isApart: boolean
}

/** Files of samples of a query each. */
export const queryFiles = ["snowflake.sql", "bigquery.sql", "spark-hive.sql", "postgres.sql", "others.sql", "tpc.sql"]

/** The samples of a file of `texts/`, in their order. */
export function samplesOf(file: string): readonly Sample[] {
  const text = readFileSync(join(import.meta.dirname, "texts", file), "utf8")
  return text
    .split(/^--# /m)
    .slice(1)
    .map((part, at) => {
      const [head = "", ...lines] = part.split("\n")
      return sampleOf(`${file} ${at + 1}`, head.split("; "), lines.join("\n").trimEnd())
    })
}

function sampleOf(place: string, [dialect = "", ...fields]: readonly string[], sql: string): Sample {
  const words = (name: string): readonly string[] => {
    const field = fields.find((each) => each.startsWith(`${name} `))
    return field?.slice(name.length + 1).split(name === "has" || name === "not" ? " " : ", ") ?? []
  }
  const key = words("key")
  return {
    place,
    dialect,
    sql,
    reads: words("reads"),
    writes: words("writes"),
    stateful: fields.includes("stateful") ? true : fields.includes("stateless") ? false : undefined,
    has: words("has"),
    not: words("not"),
    isApart: fields.includes("apart"),
    ...(key.length === 0 ? {} : { key }),
  }
}
