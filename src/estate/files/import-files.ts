/** Files of an import as they come, from a folder or an upload: their texts and paths, checked. */
import type { FileProblem } from "../../assessment/json-text.ts"
import type { Estate, Notice } from "../model.ts"

/** A file with its path relative to what is imported. */
export interface ImportFile {
  readonly path: string
  readonly text: string
}

/** Asked before each text is read, with its file or id: a text that took too long the last time is left unread. */
export type MayRead = (place: string) => boolean

/** Why a text was left unread. */
export const tookTooLong = "Reading its text took too long: set its class by hand, or import it in parts"

/** What an import gives: the estate, or every problem that keeps it from being one. */
export interface EstateReading {
  readonly estate?: Estate
  readonly problems: readonly FileProblem[]
  readonly notices: readonly Notice[]
}

/** The text of a file's bytes; with a message where they are not UTF-8 and were read another way, or not at all. */
export function textOfBytes(bytes: Uint8Array): { readonly text: string; readonly notice?: string } {
  const mark = byteOrderMarks.find(({ first, second }) => bytes[0] === first && bytes[1] === second)
  if (mark !== undefined) return { text: new TextDecoder(mark.encoding).decode(bytes), notice: `Read as ${mark.name}` }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) }
  } catch {
    const notice = "Not UTF-8 text: read as Windows-1252, so names with special letters may be wrong. Save it as UTF-8"
    return { text: new TextDecoder("windows-1252").decode(bytes), notice }
  }
}

const byteOrderMarks = [
  { first: 0xff, second: 0xfe, encoding: "utf-16le", name: "UTF-16" },
  { first: 0xfe, second: 0xff, encoding: "utf-16be", name: "UTF-16" },
]

/** Files with forward slashes in their paths and no byte order mark; problems for paths that leave the folder or come twice. */
export function checkFiles(files: readonly ImportFile[]): {
  readonly files: readonly ImportFile[]
  readonly problems: readonly FileProblem[]
  readonly notices: readonly Notice[]
} {
  const problems: FileProblem[] = []
  const notices: Notice[] = []
  const sound = new Map<string, ImportFile>()
  for (const { path: given, text } of files) {
    const path = plainPath(given)
    const problem = problemWithPath(path) ?? (sound.has(path) ? "Give each file once: this path is there twice" : undefined)
    if (problem !== undefined) problems.push({ path: shortened(given), message: problem })
    else if (text.includes("\0")) notices.push({ place: path, message: "Passed over: this is no text. Save it as UTF-8 text" })
    else sound.set(path, { path, text: text.startsWith("\uFEFF") ? text.slice(1) : text })
  }
  return { files: [...sound.values()], problems, notices }
}

/** "models/orders.sql" of ".\models\orders.sql". */
const plainPath = (given: string): string =>
  given
    .replaceAll("\\", "/")
    .split("/")
    .filter((part, at) => part !== "." && (part !== "" || at === 0))
    .join("/")

function problemWithPath(path: string): string | undefined {
  if (path === "" || /\p{Cc}/u.test(path)) return "Give the file a name without control characters"
  if (path.length > longestPath) return `Shorten the path to ${longestPath} characters or fewer`
  if (path.startsWith("/") || /^[a-z]:/i.test(path)) return "Give a path within the folder: this one is absolute"
  return path.split("/").includes("..") ? "Give a path within the folder: this one leaves it" : undefined
}

const longestPath = 1000

const shortened = (path: string): string => (path.length > 200 ? `${path.slice(0, 200).toWellFormed()}…` : path)
