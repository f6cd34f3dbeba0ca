/** Turns zod's issues about a questionnaire's documents into faults in plain words. */
import { z } from "zod"
import { nearest } from "../nearest.ts"
import type { DocumentName, Fault, Path } from "./fault.ts"

type Issue = z.core.$ZodIssue
type RawIssue = z.core.$ZodRawIssue

/** A fault that can be put right for the checks that follow: a key renamed or removed, an unquoted text quoted. */
export interface ShapeFault extends Fault {
  readonly repair?: "quote" | "remove" | { readonly rename: string }
}

/** Parses data with a schema: the value, or every fault of its shape. */
export function parseShape<T>(
  schema: z.ZodType<T>,
  data: unknown,
  document: DocumentName,
  at: Path = [],
): { readonly value?: T; readonly faults: readonly ShapeFault[] } {
  const parsed = schema.safeParse(data, { error: wording })
  if (parsed.success) return { value: parsed.data, faults: [] }
  return { faults: withoutEchoes(parsed.error.issues.flatMap((issue) => faultsOf(issue, document, at))) }
}

/** A misspelt key is one fault: not another one for the key that is missing, nor for the part that lacks it. */
function withoutEchoes(faults: readonly ShapeFault[]): readonly ShapeFault[] {
  const misspelt = faults.flatMap(({ path, repair }) =>
    typeof repair === "object" ? [path.slice(0, -1), [...path.slice(0, -1), repair.rename]] : [],
  )
  const echoes = new Set(misspelt.map((path) => JSON.stringify(path)))
  return faults.filter((fault) => typeof fault.repair === "object" || !echoes.has(JSON.stringify(fault.path)))
}

function faultsOf(issue: Issue, document: DocumentName, at: Path): readonly ShapeFault[] {
  const path = [...at, ...(issue.path as Path)]
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(document, path, key, issue.message))
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    return likeliest(issue.errors).flatMap((each) => faultsOf(each, document, path))
  }
  const [message = "", fix] = issue.message.split("\n")
  if (fix === undefined) return [{ document, path, message: `${placeOf(path)} cannot be kept as it is`, fix: message }]
  const repair = issue.code === "invalid_type" && issue.expected === "string" ? "quote" : undefined
  return [{ document, path, message, fix, ...(repair && { repair }) }]
}

function unknownKey(document: DocumentName, path: Path, key: string, known: string): ShapeFault {
  const guess = nearest(key, known.split(", "))
  const fix = guess === undefined ? `Remove it; the keys here are ${known}` : `Write "${guess}", or remove it`
  return {
    document,
    path: [...path, key],
    message: `unknown key "${key}"`,
    fix,
    repair: guess === undefined ? "remove" : { rename: guess },
  }
}

/** The alternative the author meant: the one whose own keys are neither missing nor strange. */
const likeliest = (alternatives: readonly (readonly Issue[])[]): readonly Issue[] =>
  alternatives.reduce((best, next) => (strangeness(next) < strangeness(best) ? next : best))

const strangeness = (issues: readonly Issue[]): number =>
  issues.reduce((sum, issue) => {
    if (issue.code === "unrecognized_keys") return sum + issue.keys.length
    return sum + (issue.path.length <= 1 && issue.code === "invalid_type" ? 1 : 0.1)
  }, 0)

/** Two lines: what is wrong, what to do. For unknown keys, the known ones. */
function wording(issue: RawIssue): string {
  const place = placeOf(issue.path as Path | undefined)
  const given = inWords(issue.input)
  if (issue.code === "unrecognized_keys") return keysOf(issue).join(", ")
  if (issue.code === "invalid_type" && issue.input === undefined)
    return `${place} is missing\nAdd it: ${kinds[issue.expected] ?? issue.expected}`
  if (issue.code === "invalid_type") return wrongType(place, issue.expected, issue.input)
  if (issue.code === "invalid_value") return notOneOf(place, issue.values, issue.input)
  if (issue.code === "invalid_union" && issue.discriminator !== undefined) {
    return notOneOf(place, issue.options as readonly unknown[], (issue.input as Record<string, unknown>)[issue.discriminator])
  }
  if (issue.code === "invalid_format" || issue.code === "invalid_key") {
    return `${place} is ${given}, which cannot be an id\nUse letters, digits, hyphens or underscores, a letter first`
  }
  if (issue.code === "too_small") {
    return outOfRange(place, issue.input, issue.origin, Number(issue.minimum), issue.inclusive === false ? "above" : "more")
  }
  if (issue.code === "too_big") {
    return outOfRange(place, issue.input, issue.origin, Number(issue.maximum), issue.inclusive === false ? "below" : "less")
  }
  return `${place} is ${given}\nRepair it`
}

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "keys with their values",
  record: "keys with their values",
}

function wrongType(place: string, expected: string, input: unknown): string {
  const wanted = kinds[expected] ?? expected
  const what = `${place} is ${inWords(input)} where ${wanted} is expected`
  if (expected === "string" && typeof input === "boolean") return `${what}\nPut it in quotes: "${input}"`
  if (expected === "string" && typeof input === "number") return `${what}\nPut it in quotes, just as it stands`
  if (expected === "boolean" && typeof input === "string") return `${what}\nWrite true or false, without quotes`
  return `${what}\nGive ${wanted}`
}

function notOneOf(place: string, options: readonly unknown[], input: unknown): string {
  const known = options.map(String)
  if (input === undefined) return `${place} is missing\nAdd it: one of ${known.join(", ")}`
  const guess = typeof input === "string" ? nearest(input, known) : undefined
  const fix =
    guess === undefined
      ? `Use ${known.length === 1 ? "" : "one of "}${known.join(", ")}`
      : `Write "${guess}"; known are ${known.join(", ")}`
  return `${place} is ${inWords(input)}\n${fix}`
}

type Direction = "more" | "less" | "above" | "below"

function outOfRange(place: string, input: unknown, origin: string, limit: number, direction: Direction): string {
  if (origin === "string") return `${place} is empty\nWrite a text`
  if (origin !== "array") {
    const range = direction === "above" || direction === "below" ? `${direction} ${limit}` : `of ${limit} or ${direction}`
    return `${place} is ${inWords(input)}\nGive a number ${range}`
  }
  const length = Array.isArray(input) ? input.length : 0
  if (length === 0) return `${place} is empty\nList at least ${limit === 1 ? "one" : limit}`
  return `${place} has ${length} entries\nList ${limit} or ${direction}`
}

const keysOf = (issue: RawIssue): readonly string[] => (issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape) : [])

function placeOf(path: Path = []): string {
  const last = path.at(-1)
  if (last === undefined) return "the file"
  if (typeof last === "string") return `"${last}"`
  const list = path.findLast((step) => typeof step === "string")
  return list === undefined ? `entry ${last + 1}` : `entry ${last + 1} of "${list}"`
}

function inWords(value: unknown): string {
  if (value === null || value === undefined) return "empty"
  if (Array.isArray(value)) return "a list"
  if (typeof value === "object") return "keys with their values"
  return typeof value === "string" ? `"${value.slice(0, 40).toWellFormed()}"` : JSON.stringify(value)
}
