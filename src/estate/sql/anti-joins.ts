/** Anti joins of a text in all their spellings, with the tables and keys that they compare. */
import { after, isSymbol, isWord, textOf } from "./cursor.ts"
import { nullTested } from "./constructs/conditions.ts"
import { itemsOf } from "./constructs/select-items.ts"
import { nameText } from "./names.ts"
import { parse } from "./parse.ts"
import { nameOf } from "./relations.ts"
import type { Query, Range, Source, Structure } from "./structure.ts"
import { tokenizeTemplate } from "./template.ts"
import { type Tokens, pairBrackets, tokenize } from "./tokens.ts"

export interface AntiJoin {
  readonly spelling: "LEFT ANTI JOIN" | "NOT EXISTS" | "NOT IN" | "LEFT JOIN … IS NULL" | "EXCEPT"
  /** Line in the text, from 1. */
  readonly line: number
  readonly left: Side
  readonly right: Side
  /** Columns compared for equality, each with its side's name before it. */
  readonly keys: readonly (readonly [left: string, right: string])[]
  /** Further conditions of the match, as written. */
  readonly rest: readonly string[]
}

export interface Side {
  /** The relation, or a query in brackets, as written. */
  readonly relation: string
  readonly name: string
}

/** Every anti join of a text, templates included, in the order of the text. */
export function antiJoinsOf(text: string): readonly AntiJoin[] {
  const tokens = text.includes("{{") || text.includes("{%") ? tokenizeTemplate(text).tokens : tokenize(text)
  const range = { start: 0, end: tokens.kind.length }
  if (range.end === 0 || pairBrackets(tokens, range.start, range.end) !== undefined) return []
  const structure = parse(tokens, range)
  if (structure === undefined) return []
  const found = structure.queries.flatMap((query) => [
    ...ofJoins(structure, query),
    ...ofQuery(structure, query),
    ...ofExcept(structure, query),
  ])
  return found.sort((one, other) => one.at - other.at).map(({ at, ...rest }) => ({ ...rest, line: lineOf(tokens, at) }))
}

type Found = Omit<AntiJoin, "line"> & { readonly at: number }

const lineOf = ({ text, start }: Tokens, at: number): number => text.slice(0, start[at]).split("\n").length

/** Joins of kind ANTI, and outer joins whose other side must be missing. */
function ofJoins({ tokens }: Structure, query: Query): readonly Found[] {
  return query.cores.flatMap((core) =>
    core.sources.flatMap((source): readonly Found[] => {
      const [first] = core.sources
      if (source.join === undefined || first === undefined) return []
      const isTested = source.join.kind === "left" && nullTested(tokens, core.where, nameOf(source)) !== undefined
      if (source.join.kind !== "anti" && !isTested) return []
      const match = matchOf(tokens, source, nameOf(first))
      const left = core.sources.find((each) => match.keys.some(([key]) => key.startsWith(`${nameOf(each)}.`))) ?? first
      return [
        {
          spelling: isTested ? "LEFT JOIN … IS NULL" : "LEFT ANTI JOIN",
          at: source.join.at,
          left: sideOf(tokens, left),
          right: sideOf(tokens, source),
          ...match,
        },
      ]
    }),
  )
}

/** NOT EXISTS and NOT IN. */
function ofQuery({ tokens }: Structure, query: Query): readonly Found[] {
  const around = query.core?.sources[0]
  const [core] = query.cores
  const source = core?.sources[0]
  if (around === undefined || core === undefined || source === undefined || query.cores.length !== 1) return []
  const sides = { left: sideOf(tokens, around), right: sideOf(tokens, source) }
  const conditions = conditionsIn(tokens, core.where, nameOf(source), nameOf(around))
  if (query.role === "not exists") return [{ spelling: "NOT EXISTS", at: query.at - 2, ...sides, ...conditions }]
  const [item] = itemsOf(tokens, core)
  if (query.role !== "not in" || item === undefined) return []
  const from = startOfOperand(tokens, query.at - 2)
  const key = [
    qualified(textOf(tokens, from, query.at - 2), nameOf(around)),
    qualified(textOf(tokens, item.start, item.end), nameOf(source)),
  ] as const
  return [{ spelling: "NOT IN", at: from, ...sides, keys: [key, ...conditions.keys], rest: conditions.rest }]
}

/** EXCEPT compares whole rows: the columns of its first SELECT. */
function ofExcept({ tokens }: Structure, query: Query): readonly Found[] {
  return query.setOperations.flatMap(({ kind, start }): readonly Found[] => {
    const before = query.cores.findLast(({ at }) => at < start)
    const next = query.cores.find(({ at }) => at > start)
    if (kind !== "except" || before?.sources[0] === undefined || next?.sources[0] === undefined) return []
    const [left, right] = [sideOf(tokens, before.sources[0], "l"), sideOf(tokens, next.sources[0], "r")]
    const columns = itemsOf(tokens, before).map(({ name }, at) => [name, itemsOf(tokens, next)[at]?.name] as const)
    const keys = columns.flatMap(([one, other]) =>
      one === undefined || other === undefined || one === "*" ? [] : [[`l.${one}`, `r.${other}`] as const],
    )
    return [{ spelling: "EXCEPT", at: start, left: { ...left, name: "l" }, right: { ...right, name: "r" }, keys, rest: [] }]
  })
}

const sideOf = (tokens: Tokens, source: Source, otherwise = "t"): Side => ({
  relation: source.query === undefined ? nameText(source.name) : textOf(tokens, source.query.at, source.query.end + 1, 400),
  name: nameOf(source) === "" ? otherwise : nameOf(source),
})

type Match = Pick<AntiJoin, "keys" | "rest">

function matchOf(tokens: Tokens, source: Source, left: string): Match {
  if (source.using === undefined) return conditionsIn(tokens, source.on, nameOf(source), left)
  const { start, end } = source.using
  const columns = tokens.word.slice(start, end).filter((word) => word !== ",")
  return { keys: columns.map((column) => [`${left}.${column}`, `${nameOf(source)}.${column}`]), rest: [] }
}

/** The parts of a condition between its ANDs: keys, and whatever else it says. */
function conditionsIn(tokens: Tokens, range: Range | undefined, right: string, left: string): Match {
  const keys: (readonly [string, string])[] = []
  const rest: string[] = []
  for (const part of range === undefined ? [] : splitAtAnd(tokens, range)) {
    const key = keyIn(tokens, part, right, left)
    if (key === undefined) rest.push(textOf(tokens, part.start, part.end, 400))
    else keys.push(key)
  }
  return { keys, rest }
}

function keyIn(tokens: Tokens, { start, end }: Range, right: string, left: string): readonly [string, string] | undefined {
  for (let at = start; at < end; at = after(tokens, at)) {
    if (!isSymbol(tokens, at, "=")) continue
    const [one, other] = [textOf(tokens, start, at), textOf(tokens, at + 1, end)]
    const isRight = (text: string): boolean => text.toLowerCase().startsWith(`${right}.`)
    if (isRight(one) === isRight(other))
      return isRight(one) || one.includes(".") || other.includes(".") || /^['\d]/.test(other)
        ? undefined
        : [qualified(one, left), qualified(other, right)]
    return isRight(one) ? [qualified(other, left), one] : [qualified(one, left), other]
  }
  return undefined
}

function splitAtAnd(tokens: Tokens, { start, end }: Range): readonly Range[] {
  const parts: Range[] = []
  let from = start
  let isBetween = false
  for (let at = start; at < end; at = after(tokens, at)) {
    if (isWord(tokens, at, "between")) isBetween = true
    else if (isWord(tokens, at, "and") && isBetween) isBetween = false
    else if (isWord(tokens, at, "and")) {
      parts.push({ start: from, end: at })
      from = at + 1
    }
  }
  return from < end ? [...parts, { start: from, end }] : parts
}

/** First token of the operand before NOT IN. */
function startOfOperand(tokens: Tokens, not: number): number {
  let at = not - 1
  if (tokens.match[at]! >= 0 && tokens.match[at]! < at) at = tokens.match[at]! - 1
  while (isSymbol(tokens, at - 1, ".")) at -= 2
  return at
}

const qualified = (column: string, side: string): string => (/^[A-Za-z_]\w*$/.test(column) ? `${side}.${column}` : column)
