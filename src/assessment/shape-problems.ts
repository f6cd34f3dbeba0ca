/** Turns zod's issues about an engagement file into words that name the place and say what to do. */
import type { z } from "zod"
import { keysOf } from "./engagement-schema.ts"
import { type FileProblem, pathText, type PathStep } from "./json-text.ts"
import { didYouMean } from "./nearest.ts"

type Issue = z.core.$ZodIssue

const kinds: Readonly<Record<string, string>> = {
  string: "a text in double quotes",
  number: "a number",
  int: "a whole number",
  array: "a list, [ … ]",
  object: "an object, { … }",
  record: "an object, { … }",
  tuple: "a list, [ … ]",
}

/** One problem per wrong place; unknown keys one each. */
export function shapeProblems(issue: Issue, data: unknown): readonly FileProblem[] {
  const path = issue.path as readonly PathStep[]
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(path, key))
  const value = valueAt(data, path)
  return [{ path: pathText(path), message: value === undefined && path.length > 0 ? missing(path) : messageFor(issue, value) }]
}

/** Empties the places of `data` that the issues point at, so that the rest can be checked further. Changes `data`. */
export function withoutFaults(data: unknown, issues: readonly Issue[]): void {
  for (const issue of issues) {
    const path = issue.path as readonly PathStep[]
    const places = issue.code === "unrecognized_keys" ? issue.keys.map((key) => path.concat(key)) : [path]
    for (const place of places) removeAt(data, place)
  }
}

/** "a list", "the number 12": what stands in the file, for messages. */
export function inWords(value: unknown): string {
  if (value === null) return "null"
  if (Array.isArray(value)) return "a list"
  if (typeof value === "object") return "an object"
  if (typeof value === "string") return `the text "${shortened(value)}"`
  return typeof value === "number" ? `the number ${value}` : JSON.stringify(value)
}

/** At most 40 characters of a text, for messages. */
export function shortened(text: string): string {
  return (text.length > 40 ? `${text.slice(0, 40)}…` : text).toWellFormed().replaceAll(/\s|\p{Cc}/gu, " ")
}

function unknownKey(path: readonly PathStep[], key: string): FileProblem {
  const keys = keysOf[typeof path[0] === "string" ? path[0] : ""] ?? []
  const guess = didYouMean(key, keys)
  const message =
    guess === "" ? `Remove this key: it is not one of ${keys.join(", ")}` : `Rename or remove this key: it is not known${guess}`
  return { path: pathText([...path, key]), message }
}

function missing(path: readonly PathStep[]): string {
  const last = path.at(-1)
  return typeof last === "string" ? `Add "${last}": it is missing` : "Add a value: it is missing"
}

function messageFor(issue: Issue, value: unknown): string {
  if (!issue.message.startsWith("Invalid ") && !issue.message.startsWith("Too ")) return issue.message
  if (issue.code === "invalid_type") return `Give ${kinds[issue.expected] ?? issue.expected}: this is ${inWords(value)}`
  if (issue.code === "invalid_value") return notOneOf(issue.values.map(String), value)
  if (issue.code === "too_small") return tooFew(issue, value)
  if (issue.code === "too_big") return tooMany(issue, value)
  return issue.message
}

function notOneOf(values: readonly string[], value: unknown): string {
  const guess = typeof value === "string" ? didYouMean(value, values) : ""
  const choice = values.length === 1 ? `"${values[0]}"` : `one of ${values.map((each) => `"${each}"`).join(", ")}`
  return `Use ${choice}: this is ${inWords(value)}${guess}`
}

function tooFew(issue: z.core.$ZodIssueTooSmall, value: unknown): string {
  if (issue.origin === "array") return `List at least ${issue.minimum}, or leave the key out`
  return `Give a number of ${issue.minimum} or more: this is ${inWords(value)}`
}

function tooMany(issue: z.core.$ZodIssueTooBig, value: unknown): string {
  if (issue.origin === "array") return `List at most ${issue.maximum}: there are ${Array.isArray(value) ? value.length : "more"}`
  return `Give a number of ${issue.maximum} or less: this is ${inWords(value)}`
}

function valueAt(data: unknown, path: readonly PathStep[]): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined
    return (value as Record<PathStep, unknown>)[step]
  }, data)
}

function removeAt(data: unknown, path: readonly PathStep[]): void {
  const holder = valueAt(data, path.slice(0, -1))
  const last = path.at(-1)
  if (typeof holder !== "object" || holder === null || last === undefined || !Object.hasOwn(holder, last)) return
  // The place stays, empty: a list keeps its numbering, and a key that was given is not reported as missing.
  const places = holder as Record<PathStep, unknown>
  places[last] = undefined
}
