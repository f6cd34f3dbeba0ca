/** An anti join as a stream can run it: three rewrites with the statement's own tables and keys, and when each is right (E.2). */
import { type AntiJoin, type Side, antiJoinsOf } from "./sql/anti-joins.ts"

export interface Rewrite {
  readonly title: string
  /** What has to hold for this one to be right. */
  readonly when: string
  readonly sql: string
}

export interface AntiJoinRewrites {
  /** How it is spelled today, and where: "NOT IN, line 12". */
  readonly found: string
  /** What goes wrong with it as it is; absent where nothing does. */
  readonly warning?: string
  readonly rewrites: readonly Rewrite[]
}

/** The rewrites of each anti join in a statement's text; nothing where the text holds none or cannot be read. */
export function antiJoinRewrites({ text }: { readonly text?: string }): readonly AntiJoinRewrites[] {
  if (text === undefined) return []
  return antiJoinsOf(text)
    .filter(({ left, right }) => left.relation !== "" && right.relation !== "")
    .map((join) => {
      const warning = warningOf(join)
      return {
        found: `${join.spelling}, line ${join.line}`,
        ...(warning === undefined ? {} : { warning }),
        rewrites: [notExists(join), leftJoin(join), intervalJoin(join)],
      }
    })
}

function warningOf({ spelling, keys }: AntiJoin): string | undefined {
  if (spelling === "NOT IN")
    return "One NULL among the values of the list makes NOT IN keep no row at all, and on a stream the test for NULL costs the hash key: everything runs in a single task. Declare the keys NOT NULL and leave NOT IN."
  if (spelling === "LEFT ANTI JOIN") return "The keyword is not in Flink's published grammar; the meaning is."
  if (spelling === "EXCEPT")
    return keys.length === 0
      ? "EXCEPT compares whole rows and removes duplicates: name the key columns that decide."
      : "EXCEPT also removes duplicates: the rewrites compare the columns and keep every row."
  return undefined
}

function notExists(join: AntiJoin): Rewrite {
  const { left, right } = join
  return {
    title: "NOT EXISTS",
    when: "Right for “not yet”: a match may come at any time and then withdraws the row. The sink has to take changes, and both inputs are kept as long as a match may come.",
    sql: [
      `SELECT ${left.name}.*`,
      `FROM ${named(left)}`,
      "WHERE NOT EXISTS (",
      `  SELECT 1 FROM ${named(right)}`,
      `  WHERE ${matchOf(join).join(" AND ")}`,
      ")",
    ].join("\n"),
  }
}

function leftJoin(join: AntiJoin): Rewrite {
  return {
    title: "Left join and a test for NULL",
    when: "The same meaning where the engine or the team prefers joins. The sink has to take changes: each row appears first and is withdrawn when its match comes.",
    sql: joined(join, matchOf(join)),
  }
}

function intervalJoin(join: AntiJoin): Rewrite {
  const { left, right } = join
  const bound = `${right.name}.<event time> BETWEEN ${left.name}.<event time> AND ${left.name}.<event time> + INTERVAL '<longest wait>'`
  return {
    title: "Outer interval join and a test for NULL",
    when: "Right for “not within a time”: the row is written once, when the wait is over, and never withdrawn, so that an append-only sink will do. State is bounded by the wait. Both inputs need an event time and a watermark.",
    sql: joined(join, [...matchOf(join), bound]),
  }
}

function joined({ left, right, keys }: AntiJoin, match: readonly string[]): string {
  const tested = keys[0]?.[1] ?? `${right.name}.<key>`
  return [
    `SELECT ${left.name}.*`,
    `FROM ${named(left)}`,
    `LEFT JOIN ${named(right)}`,
    `  ON ${match.join("\n AND ")}`,
    `WHERE ${tested} IS NULL`,
  ].join("\n")
}

const matchOf = ({ left, right, keys, rest }: AntiJoin): readonly string[] =>
  keys.length === 0 && rest.length === 0
    ? [`${right.name}.<key> = ${left.name}.<key>`]
    : [...keys.map(([one, other]) => `${other} = ${one}`), ...rest]

const named = ({ relation, name }: Side): string =>
  relation.split(".").at(-1)?.toLowerCase() === name ? relation : `${relation} AS ${name}`
