/** Scalar functions and words: those of run time, random ones, those nobody ships, calls to the outside. */
import { isOpen, isSymbol, textOf } from "../cursor.ts"
import { knownFunctions } from "../known-functions.ts"
import type { Call, Core } from "../structure.ts"
import { kind } from "../tokens.ts"
import {
  aggregates,
  jsonAndRegex,
  randomWords,
  rankings,
  runTimeCalls,
  runTimeWords,
  unnesting,
  windowFunctionsOfTables,
} from "../words.ts"
import { type Search, isFull, note, noteOnce } from "./found.ts"

export function findFunctions(search: Search): void {
  for (const query of search.structure.queries) {
    for (const core of query.cores) {
      findBase(search, core)
      for (const call of core.calls) if (!isFull(search)) findCall(search, call)
    }
  }
  findWords(search)
}

/** What every statement has: columns and filters. */
function findBase(search: Search, core: Core): void {
  const { tokens } = search.structure
  if (core.where !== undefined)
    noteOnce(search, "filter", core.where.start - 1, core.where.end, textOf(tokens, core.where.start - 1, core.where.end))
  if (core.select !== undefined && core.select.end > core.select.start)
    noteOnce(search, "projection", core.select.start, core.select.start + 1, "columns and scalar expressions")
}

const external = /^(ml\.|ai_|ai\.|snowflake\.cortex\.|cortex\.|http_|aws_lambda|invoke_|llm_|bedrock|vertex)|_remote$/

function findCall(search: Search, call: Call): void {
  const { tokens } = search.structure
  const { name, over } = call
  const words = textOf(tokens, call.at, call.close + 1)
  if (unnesting.has(name) || name === "lateral") return noteOnce(search, "unnest", call.at, call.close + 1, words)
  if (external.test(name)) return note(search, "external-call", call.at, call.close + 1, words)
  if (jsonAndRegex.test(name)) return noteOnce(search, "json-regex", call.at, call.close + 1, words)
  if (isKnown(name)) return
  if (over !== undefined || /(^|_)(udaf|agg)(_|$)/.test(name))
    note(search, "user-aggregate", call.at, call.close + 1, `${name}() is no aggregate we know`)
  else if (call.clause !== "from" && call.clause !== "other")
    noteOnce(search, "user-function", call.at, call.close + 1, `${name}() is no function we know`)
}

const isKnown = (name: string): boolean => {
  const last = name.slice(name.lastIndexOf(".") + 1)
  const isQualified =
    last !== name && !/^(safe|net|hll_count|pg_catalog|sys|dbo|dbt|dbt_utils|system|keys|aead|bqutil)\./.test(name)
  return (
    !isQualified &&
    (knownFunctions.has(last) ||
      aggregates.has(last) ||
      rankings.has(last) ||
      randomWords.has(last) ||
      runTimeWords.has(last) ||
      windowFunctionsOfTables.has(last) ||
      /^(is|to|try|try_to|array|map|st|date|time|timestamp|datetime|bit|str|url|hll|approx|h3|bool|string|struct|object|variant|cast|format|parse|from|regexp|json|utf8|unix|make|current|dbt)_/.test(
        last,
      ))
  )
}

/** Words that need no brackets, in the whole text. */
function findWords(search: Search): void {
  const { tokens, statement } = search.structure
  for (let at = statement.start; at < statement.end; at++) {
    if (tokens.kind[at] !== kind.word || isSymbol(tokens, at - 1, ".")) continue
    const word = tokens.word[at]!
    if (runTimeWords.has(word) && (!runTimeCalls.has(word) || isOpen(tokens, at + 1)) && isValue(search, at))
      noteOnce(search, "run-time", at, at + 1, `${word.toUpperCase()} gives another result at each run`)
    else if (word === "unix_timestamp" && isOpen(tokens, at + 1) && tokens.match[at + 1] === at + 2)
      noteOnce(search, "run-time", at, at + 3, "UNIX_TIMESTAMP() gives another result at each run")
    else if (randomWords.has(word) && isOpen(tokens, at + 1))
      noteOnce(search, "random-id", at, at + 1, `${word.toUpperCase()}() gives another result at each run`)
    else if (word === "nextval" || (isSymbol(tokens, at + 1, ".") && tokens.word[at + 2] === "nextval"))
      noteOnce(search, "random-id", at, at + 1, "a sequence gives another number at each run")
    else if (
      (word.includes("year") || word.includes("yoy")) &&
      /^(yoy|year_over_year|prior_year|previous_year|last_year)(_|$)|_(yoy|prior_year|last_year|previous_year)$/.test(word)
    )
      noteOnce(search, "year-on-year", at, at + 1, `${word} compares with a year before`)
  }
}

/** Not as the name that a column is given. */
const isValue = ({ structure: { tokens } }: Search, at: number): boolean =>
  tokens.word[at - 1] !== "as" || tokens.kind[at - 1] !== kind.word
