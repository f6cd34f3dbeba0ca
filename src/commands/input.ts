import { readFile } from "node:fs/promises"
import { isDate } from "./date.ts"
import { type EngagementReading, parseEngagement } from "../assessment/engagement.ts"
import type { Engagement, Questionnaire } from "../assessment/model.ts"
import { formatProblems, readQuestionnaire, shippedQuestionnaire } from "../questionnaire-files.ts"
import { wrong } from "./arguments.ts"
import { type Command, exitCode, type Given, type Io, Refusal } from "./command.ts"

/** What a command needs to assess: an engagement without problems. */
export interface Input {
  readonly questionnaire: Questionnaire
  readonly engagement: Engagement
  readonly notices: readonly string[]
  readonly date: string
  readonly options: { readonly seed?: number; readonly draws?: number }
}

/** Reads the engagement that the command names ("-" is standard input), or gives what is wrong with it. */
export async function readInput(
  command: Command,
  given: Given,
  io: Io,
  file = given.operands[0] ?? "-",
): Promise<Input | EngagementReading> {
  const date = given.text("date") ?? io.today()
  if (!isDate(date)) throw wrong(command, `--date needs a date, for example 2027-01-04; "${date}" is none.`)
  const seed = wholeNumber(command, given, "seed", 0, 2 ** 32 - 1)
  const draws = wholeNumber(command, given, "draws", 1, 100_000)
  const [text, questionnaire] = await Promise.all([readText(file, io), chosenQuestionnaire(given.text("questionnaire"))])
  if (text === undefined) return { problems: [{ path: "$", message: "Save the file as UTF-8 text: it is not" }], notices: [] }
  const reading = parseEngagement(text, questionnaire, date)
  if (reading.engagement === undefined) return reading
  const options = { ...(seed !== undefined && { seed }), ...(draws !== undefined && { draws }) }
  return { questionnaire, engagement: reading.engagement, notices: reading.notices, date, options }
}

/** Prints every problem of a file for people, a line each, and how many there are. */
export function printProblems(file: string, reading: EngagementReading, io: Io): void {
  for (const notice of reading.notices) io.err(`${notice}\n`)
  for (const { path, message } of reading.problems) io.err(`${path}: ${message}\n`)
  const count = reading.problems.length
  io.err(
    `${file === "-" ? "Standard input" : file} has ${count === 1 ? "1 problem" : `${count} problems`}. Nothing was computed.\n`,
  )
}

/** The questionnaire of a folder, or the shipped one. Throws a `Refusal` listing all of its problems. */
export async function chosenQuestionnaire(folder: string | undefined): Promise<Questionnaire> {
  if (folder === undefined) return shippedQuestionnaire()
  const { questionnaire, problems } = await readQuestionnaire(folder)
  if (questionnaire !== undefined && problems.length === 0) return questionnaire
  throw new Refusal(
    exitCode.problems,
    `${formatProblems(problems)}\nThe questionnaire in ${folder} cannot be used. Nothing was computed.`,
  )
}

/** `undefined` when it is no UTF-8 text. */
async function readText(file: string, io: Io): Promise<string | undefined> {
  const bytes =
    file === "-" ? await io.input() : await readFile(file).catch((error: unknown) => Promise.reject(unreadable(file, error)))
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function unreadable(file: string, error: unknown): Refusal {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: `There is no file ${file}. Check its name and folder.`,
    EISDIR: `${file} is a folder. Name the engagement file in it.`,
    EACCES: `${file} cannot be read: you do not have permission.`,
    ERR_FS_FILE_TOO_LARGE: `${file} is too large to be an engagement file.`,
  }
  const code = (error as NodeJS.ErrnoException).code ?? String(error)
  return new Refusal(exitCode.file, reasons[code] ?? `${file} cannot be read (${code}).`, { cause: error })
}

function wholeNumber(command: Command, given: Given, option: string, from: number, to: number): number | undefined {
  const text = given.text(option)
  if (text === undefined) return undefined
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  if (value >= from && value <= to) return value
  throw wrong(command, `--${option} needs a whole number from ${from} to ${to}; "${text}" is none.`)
}
