/** One thing wrong with a file, at its JSON path (`$.answers[12].value`). */
export interface FileProblem {
  readonly path: string
  readonly message: string
}

export type PathStep = string | number

/** Deepest nesting that is read. */
const deepest = 20

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const spacePattern = /[ \t\n\r]*/y

interface Reading {
  readonly text: string
  readonly problems: FileProblem[]
  readonly path: PathStep[]
  at: number
}

/** Stops the reading at the first place that is not JSON. */
class NotJson extends Error {}

/**
 * Reads JSON like `JSON.parse`, but says where it is broken by line and column, and reports repeated keys, which
 * `JSON.parse` would silently drop. `data` is absent when the text is not JSON or nests deeper than 20 levels.
 */
export function readJson(text: string): { data?: unknown; problems: readonly FileProblem[] } {
  const reading: Reading = { text, problems: [], path: [], at: text.startsWith("\uFEFF") ? 1 : 0 }
  try {
    skipSpace(reading)
    if (reading.at === text.length) throw new NotJson("Enter a JSON object, { … }: the file is empty")
    const data = readValue(reading)
    skipSpace(reading)
    if (reading.at < text.length) fail(reading, `remove ${found(reading)}, which follows after the end of the JSON`)
    return { data, problems: reading.problems }
  } catch (error) {
    if (!(error instanceof NotJson)) throw error
    return { problems: [{ path: "$", message: error.message }] }
  }
}

/** `["answers", 12, "value"]` → `$.answers[12].value`. */
export function pathText(path: readonly PathStep[]): string {
  const step = (each: PathStep): string => {
    if (typeof each === "number") return `[${each}]`
    return /^[A-Za-z_$][\w$]*$/.test(each) ? `.${each}` : `[${JSON.stringify(each)}]`
  }
  return `$${path.map(step).join("")}`
}

function readValue(reading: Reading): unknown {
  const first = reading.text[reading.at]
  if (first === '"') return readString(reading)
  if (first === "{" || first === "[") {
    if (reading.path.length >= deepest) fail(reading, `flatten this: lists and objects are nested more than ${deepest} deep`)
    return first === "{" ? readObject(reading) : readList(reading)
  }
  for (const [word, value] of [["true", true] as const, ["false", false] as const, ["null", null] as const]) {
    if (reading.text.startsWith(word, reading.at)) {
      reading.at += word.length
      return value
    }
  }
  return readNumber(reading)
}

/** Names that every object has: with frozen prototypes, whoever copies such a property onto another object fails. */
export const inheritedNames: ReadonlySet<string> = new Set(["__proto__", ...Object.getOwnPropertyNames(Object.prototype)])

function readObject(reading: Reading): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  const opened = reading.at
  enter(reading, "}", opened)
  while (reading.text[reading.at] !== "}") {
    if (reading.text[reading.at] !== '"') fail(reading, `expected a key in double quotes, but found ${found(reading)}`, opened)
    const key = readString(reading)
    skipSpace(reading)
    if (reading.text[reading.at] !== ":")
      fail(reading, `expected ":" after the key ${JSON.stringify(key)}, but found ${found(reading)}`, opened)
    reading.at += 1
    skipSpace(reading)
    reading.path.push(key)
    if (Object.hasOwn(object, key)) note(reading, "Keep one of them: this key appears more than once in the same object")
    const value = readValue(reading)
    if (inheritedNames.has(key)) note(reading, "Remove this key: it is not allowed")
    else object[key] = value
    reading.path.pop()
    separate(reading, "}", opened)
  }
  reading.at += 1
  return object
}

function readList(reading: Reading): unknown[] {
  const list: unknown[] = []
  const opened = reading.at
  enter(reading, "]", opened)
  while (reading.text[reading.at] !== "]") {
    reading.path.push(list.length)
    list.push(readValue(reading))
    reading.path.pop()
    separate(reading, "]", opened)
  }
  reading.at += 1
  return list
}

function readString(reading: Reading): string {
  const from = reading.at
  let plain = true
  for (reading.at += 1; reading.text[reading.at] !== '"'; reading.at++) {
    const code = reading.text.charCodeAt(reading.at)
    if (Number.isNaN(code)) {
      reading.at = from
      fail(reading, "add the double quote that closes this text")
    }
    if (code < 0x20)
      fail(reading, String.raw`write \n or \t for a line break or tab inside a text, or close the text with a double quote`)
    if (code === 0x5c) {
      plain = false
      if (!/^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(reading.text.slice(reading.at, reading.at + 6))) {
        fail(reading, String.raw`write \\ for a backslash: this one starts nothing known`)
      }
      reading.at += 1
    }
  }
  reading.at += 1
  const inside = reading.text.slice(from, reading.at)
  return plain ? inside.slice(1, -1) : (JSON.parse(inside) as string)
}

function readNumber(reading: Reading): number {
  numberPattern.lastIndex = reading.at
  const digits = numberPattern.exec(reading.text)?.[0]
  if (digits === undefined) return fail(reading, `expected a value, but found ${found(reading)}`)
  const value = Number(digits)
  if (!Number.isFinite(value)) fail(reading, "write a smaller number")
  reading.at += digits.length
  return value
}

/** Steps over the opening bracket. */
function enter(reading: Reading, close: string, opened: number): void {
  reading.at += 1
  skipSpace(reading)
  if (reading.at === reading.text.length) fail(reading, `the file ends before "${close}"`, opened)
}

/** Steps over the comma between two members, or stands on the closing bracket. */
function separate(reading: Reading, close: string, opened: number): void {
  skipSpace(reading)
  const next = reading.text[reading.at]
  if (next === close) return
  if (next !== ",") fail(reading, `expected a comma or "${close}", but found ${found(reading)}`, opened)
  const comma = reading.at
  reading.at += 1
  skipSpace(reading)
  if (reading.text[reading.at] !== close) return
  reading.at = comma
  fail(reading, `remove the comma before "${close}"`)
}

function skipSpace(reading: Reading): void {
  spacePattern.lastIndex = reading.at
  reading.at += spacePattern.exec(reading.text)?.[0].length ?? 0
}

function found({ text, at }: Reading): string {
  if (at >= text.length) return "the end of the file"
  if (text.startsWith("//", at) || text.startsWith("/*", at)) return "a comment (JSON has none; remove it)"
  if (text[at] === "'") return "a single quote (JSON uses double quotes)"
  return JSON.stringify(/^[\w$-]{1,20}/.exec(text.slice(at, at + 20))?.[0] ?? String.fromCodePoint(text.codePointAt(at) ?? 0))
}

function note(reading: Reading, message: string): void {
  reading.problems.push({ path: pathText(reading.path), message })
}

function fail(reading: Reading, message: string, opened?: number): never {
  const since = opened === undefined || reading.at < reading.text.length ? "" : ` (opened at ${place(reading.text, opened)})`
  throw new NotJson(`Repair the JSON at ${place(reading.text, reading.at)}: ${message}${since}`)
}

function place(text: string, at: number): string {
  const before = text.slice(0, at)
  return `line ${before.split("\n").length}, column ${at - before.lastIndexOf("\n")}`
}
