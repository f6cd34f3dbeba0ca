/** Opens one of dbt's JSON files: fast where it is sound, in plain words where it is not. */
import { type FileProblem, pathText, readJson } from "../../assessment/json-text.ts"

/** An object read from JSON whose members are still unknown. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Longest text that is read, in characters; an engine's own limit is near. */
const longestText = 500_000_000
/** Longest broken text whose exact fault is looked for, in characters: the careful reader is slower and needs more memory. */
const longestSearched = 100_000_000

/**
 * The object in a JSON text, or what is wrong with the text, by line and column. Never throws. The parser of the engine goes
 * first, because the careful reader takes many times as long.
 */
export function openJson(text: string): { readonly data?: JsonObject; readonly problems: readonly FileProblem[] } {
  if (text.length > longestText) return broken("Use a smaller file: this one has more than 500 million characters")
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text
  if (!/\S/.test(plain.slice(0, 1000)) && plain.trim() === "") return broken("Choose another file: this one is empty")
  try {
    const data: unknown = JSON.parse(plain)
    return isObject(data) ? { data, problems: [] } : broken("Choose another file: this one holds no object, { … }")
  } catch (error) {
    const fault = faultOf(plain, error)
    return broken(`${fault}${cutOff(plain, fault)}`)
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/**
 * Places of the keys that stand more than once in the object of a sound JSON text or in one of the members named, of which
 * `JSON.parse` would silently drop all but the last. One pass over the text; deeper objects are not looked at.
 */
export function repeatedKeys(text: string, members: readonly string[]): readonly string[] {
  const repeated: string[] = []
  const seen = [new Set<string>(), new Set<string>()]
  let depth = 0
  let section = ""
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === openBrace || code === openBracket) {
      depth += 1
      if (depth === 2) seen[1]?.clear()
    } else if (code === closeBrace || code === closeBracket) depth -= 1
    else if (code === quote) {
      const from = at
      at = endOfString(text, at)
      if (depth > 2 || (depth === 2 && !members.includes(section)) || !isKey(text, at)) continue
      const key = JSON.parse(text.slice(from, at + 1)) as string
      if (seen[depth - 1]?.has(key) === true) repeated.push(pathText(depth === 1 ? [key] : [section, key]))
      seen[depth - 1]?.add(key)
      if (depth === 1) section = key
    }
  }
  return repeated
}

const quote = 0x22
const backslash = 0x5c
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d]

/** Place of the quote that closes the string opened at `from`. */
function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from + 1)
  for (;;) {
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes += 1
    if (end < 0 || slashes % 2 === 0) return end < 0 ? text.length : end
    end = text.indexOf('"', end + 1)
  }
}

function isKey(text: string, end: number): boolean {
  let next = end + 1
  while (text.charCodeAt(next) <= 0x20) next += 1
  return text[next] === ":"
}

function faultOf(text: string, error: unknown): string {
  const told = error instanceof Error ? error.message : String(error)
  const own = `Repair the JSON: ${told}`
  if (text.length > longestSearched) return own
  const found = readJson(text).problems.find(({ path }) => path === "$")?.message
  // The careful reader also stops at deep nesting, which is sound JSON: then the engine's words name the fault.
  return found === undefined || found.includes("flatten this") ? own : found
}

function cutOff(text: string, fault: string): string {
  const isCutOff = /^\s*[[{]/.test(text) && !/[}\]]$/.test(text.slice(-1000).trimEnd()) && !fault.includes("follows after")
  return isCutOff ? ". It ends before its last bracket: perhaps it was cut off on its way" : ""
}

function broken(message: string): { readonly problems: readonly FileProblem[] } {
  return { problems: [{ path: "$", message }] }
}
