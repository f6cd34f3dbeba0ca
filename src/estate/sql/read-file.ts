/** SQL files: several statements of any kind, one after the other. */
import { constructTable } from "../construct-table.ts"
import type { FoundConstruct } from "../model.ts"
import { verdictOf, withConstructs } from "../verdict.ts"
import { areWords, isWord } from "./cursor.ts"
import { type Definition, type Definitions, definitionIn } from "./definitions.ts"
import { withLines } from "./lines.ts"
import { nameText, readName } from "./names.ts"
import { objectAt } from "./parse-statement.ts"
import { readProcedure } from "./procedure.ts"
import { type Reading, readRange } from "./read.ts"
import { tokenizeScript, withTemplate } from "./script-template.ts"
import { splitStatements } from "./split.ts"
import type { Range } from "./structure.ts"
import { type Tokens, kind } from "./tokens.ts"

/** One statement of a file. Places of its constructs are those of its own text. */
export interface StatementReading extends Reading {
  /** Range of the file's text in UTF-16 units. */
  readonly start: number
  readonly end: number
  /** Line of the file, from 1. */
  readonly line: number
  /** `data`: moves or changes data; `definition`: creates or drops without data; `setting`: USE, SET and the like. */
  readonly kind: "data" | "definition" | "setting"
}

/** Every statement of a SQL file, several dialects and `${parameters}` allowed. */
export function readFile(text: string): readonly StatementReading[] {
  const script = tokenizeScript(text)
  const { tokens } = script
  const emptied = new Set<string>()
  const definitions = new Map<string, Definition>()
  let line = 1
  let place = 0
  return splitStatements(tokens).map((range) => {
    const start = tokens.start[range.start]!
    const end = tokens.end[range.end - 1]!
    for (let next = text.indexOf("\n", place); next !== -1 && next < start; next = text.indexOf("\n", place)) {
      line++
      place = next + 1
    }
    const what = kindOf(tokens, range)
    const reading = withTemplate(readOne(tokens, range, what, definitions), script, range)
    const whole = what === "data" ? reloaded(reading, tokens, range, emptied) : reading
    if (what === "definition") rememberEmptied(tokens, range, emptied)
    const defined = isWord(tokens, range.start, "create") ? definitionIn(tokens, range) : undefined
    if (defined !== undefined) definitions.set(...defined)
    return {
      ...moved(whole, text, start),
      start,
      end,
      line,
      kind: givenKind(tokens, range, whole, what),
    }
  })
}

type Kind = StatementReading["kind"] | "procedure"

const settings = new Set(
  `set use show describe desc grant revoke commit rollback start refresh uncache analyze optimize vacuum msck comment reset print go put get
  remove undrop lock savepoint abort unset pragma attach detach install add declare return raise prepare deallocate fetch open close repair
  invalidate compute stop list call exec execute end if alter explain`.split(/\s+/),
)

/** An IF with one of these does more than look. */
const inBlocks = new Set(["then", "insert", "update", "delete", "merge", "begin"])

/** What a statement is for, by its first words. */
function kindOf(tokens: Tokens, { start, end }: Range): Kind {
  const word = tokens.kind[start] === kind.word ? tokens.word[start]! : ""
  const blocks = ["begin", "while", "loop", "repeat", "for", "do"]
  if (blocks.includes(word) || (word === "if" && tokens.word.slice(start, end).some((each) => inBlocks.has(each))))
    return "procedure"
  if (
    word === "create" &&
    tokens.word.slice(start + 1, start + 7).some((each) => ["procedure", "function", "trigger", "proc", "package"].includes(each))
  ) {
    return tokens.word.slice(start + 1, start + 7).includes("function") ? "definition" : "procedure"
  }
  if (word === "create") return "data"
  // Text put together while it runs: nobody can tell before.
  if (word === "execute" && isWord(tokens, start + 1, "immediate")) return "procedure"
  if (word === "drop" || word === "truncate" || word === "clone") return "definition"
  return settings.has(word) ? "setting" : "data"
}

function readOne(tokens: Tokens, range: Range, what: Kind, definitions: Definitions): Reading {
  if (what === "procedure") return readProcedure(tokens, range)
  if (what === "data") return readRange(tokens, range, { start: tokens.start[range.start] ?? 0, definitions })
  return { writes: [], reads: [], verdict: verdictOf([], "parser") }
}

/** Begin statements that move data, also where the rest cannot be understood. */
const movesData = new Set("select with from insert merge update delete upsert ( values".split(" "))

/** A CREATE without a query defines a table and moves nothing; what cannot be understood is no definition for that. */
function givenKind(tokens: Tokens, { start }: Range, { writes, reads, verdict }: Reading, what: Kind): StatementReading["kind"] {
  if (what === "procedure") return "data"
  if (what !== "data") return what
  if (writes.length > 0 || reads.length > 0 || verdict.class !== "unknown") return "data"
  const word = tokens.word[start] ?? ""
  return movesData.has(word) ? "data" : word === "create" ? "definition" : "setting"
}

/** TRUNCATE, and DELETE without a condition, before an INSERT into the same table: it is reloaded as a whole. */
function reloaded(reading: Reading, tokens: Tokens, range: Range, emptied: Set<string>): Reading {
  const [written] = reading.writes
  if (written === undefined) return reading
  if (isWord(tokens, range.start, "delete") && !tokens.word.slice(range.start, range.end).includes("where"))
    emptied.add(written.toLowerCase())
  if (!isWord(tokens, range.start, "insert") || !emptied.has(written.toLowerCase())) return reading
  const { keepsState, factor } = constructTable.overwrite
  const construct: FoundConstruct = {
    construct: "overwrite",
    start: tokens.start[range.start]!,
    end: tokens.end[Math.min(range.start + 2, range.end - 1)]!,
    line: 1,
    reason: `${written} is emptied first and loaded anew`,
    stateful: keepsState,
    factor,
  }
  return { ...reading, verdict: withConstructs(reading.verdict, [construct]) }
}

function rememberEmptied(tokens: Tokens, { start, end }: Range, emptied: Set<string>): void {
  if (!isWord(tokens, start, "truncate")) return
  const name =
    readName(tokens, areWords(tokens, start, "truncate", "table") ? start + 2 : start + 1) ??
    readName(tokens, objectAt(tokens, start, end) ?? end)
  if (name !== undefined) emptied.add(nameText(name.parts).toLowerCase())
}

/** Places counted from the statement's own beginning. */
function moved(reading: Reading, text: string, start: number): Reading {
  if (reading.verdict.constructs.length === 0) return reading
  const constructs = withLines(text, reading.verdict.constructs, start).map((each) => ({
    ...each,
    start: Math.max(0, each.start - start),
    end: each.end - start,
  }))
  return { ...reading, verdict: { ...reading.verdict, constructs } }
}
