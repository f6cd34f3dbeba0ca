/** What reading SQL costs: a mixed thousand of all dialects and sizes, texts made to be slow, a floor of bare tokens, another parser. */
import { type Dialect, parse } from "@polyglot-sql/sdk"
import { readQuery, readTemplate } from "../src/estate/sql/read.ts"
import { tokenize } from "../src/estate/sql/tokens.ts"
import { type Sample, queryFiles, samplesOf } from "../test/estate/sql/texts.ts"
import { hostileTexts } from "../test/estate/sql/hostile.ts"
import { type Figure, median, ms } from "./figure.ts"

const statements = 1000
const rounds = 7
const limit = 1
const hostileSize = 1_000_000
const hostileLimit = 2000

/** readQuery() and readTemplate() over a mixed thousand, its ratio to the floor and to another parser, and the slowest hostile text. */
export async function measure(): Promise<readonly Figure[]> {
  const texts = mixedThousand()
  const characters = texts.reduce((sum, { sql }) => sum + sql.length, 0)
  const [reading = Number.NaN, floor = Number.NaN, other = Number.NaN] = inTurns([
    () => texts.forEach(({ dialect, sql }) => (dialect === "dbt" ? readTemplate(sql) : readQuery(sql))),
    () => texts.forEach(({ sql }) => tokenize(sql)),
    () =>
      texts.forEach(({ dialect, sql }) => parse(sql, (dialect === "dbt" ? "snowflake" : (names[dialect] ?? dialect)) as Dialect)),
  ])
  const slowest = Object.entries(hostileTexts(hostileSize))
    .map(([name, text]) => ({
      name,
      taken: Math.max(
        once(() => readQuery(text)),
        once(() => readTemplate(text)),
      ),
    }))
    .toSorted((one, two) => two.taken - one.taken)[0] ?? { name: "none", taken: Number.NaN }
  const each = reading / statements
  return [
    {
      what: `reading ${statements} mixed statements (${Math.round(characters / statements)} characters on average), each`,
      value: `${each.toFixed(3)} ms (${(reading / (characters / 1024)).toFixed(3)} ms per KiB)`,
      goal: { text: `≤ ${limit} ms`, met: each <= limit },
    },
    {
      what: "floor: one pass of the tokenizer over the same texts",
      value: `${(floor / statements).toFixed(3)} ms each, reading is ${(reading / floor).toFixed(1)} times that`,
    },
    {
      what: "the same texts through @polyglot-sql/sdk, syntax tree only",
      value: `${(other / statements).toFixed(3)} ms each, ${(other / reading).toFixed(1)} times as long as reading`,
    },
    {
      what: `slowest of the texts made to be slow, ${hostileSize} characters each (${slowest.name})`,
      value: ms(slowest.taken),
      goal: { text: `< ${hostileLimit} ms`, met: slowest.taken < hostileLimit },
    },
  ]
}

const names: Readonly<Record<string, string>> = { ansi: "generic", flink: "generic" }

/** Samples as they are, in longer models of several of them, and with long lists of columns. */
function mixedThousand(): readonly Pick<Sample, "dialect" | "sql">[] {
  const samples = [...queryFiles, "dbt.sql"].flatMap(samplesOf)
  return Array.from({ length: statements }, (_, at) => {
    const sample = samples[at % samples.length] as Sample
    return { dialect: sample.dialect, sql: at % 3 === 0 ? longer(sample.sql, at) : sample.sql }
  })
}

/** A model of some kilobytes around a query. */
function longer(sql: string, at: number): string {
  const columns = Array.from(
    { length: 20 + (at % 60) },
    (_, column) => `    coalesce(base.column_${column}, 'none') as column_${column}`,
  )
  const head = `with base as (\n  select * from raw.table_${at}\n),\nrenamed as (\n  select\n${columns.join(",\n")}\n  from base\n)\n`
  return /^\s*(select|SELECT)\b/.test(sql) ? `${head}${sql.trim()}` : sql
}

/** Milliseconds per run, taken in turns so that a busy machine slows all alike; one round warms up. */
function inTurns(runs: readonly (() => unknown)[]): readonly number[] {
  const taken = runs.map((): number[] => [])
  for (let round = 0; round <= rounds; round++)
    runs.forEach((run, at) => {
      const one = once(run)
      if (round > 0) taken[at]?.push(one)
    })
  return taken.map(median)
}

function once(run: () => unknown): number {
  const start = performance.now()
  run()
  return performance.now() - start
}
