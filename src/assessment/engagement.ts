/** The engagement file: one portable JSON document, in and out. */
import { z } from "zod"
import { mondayAfter } from "./calendar.ts"
import { checkEngagement, type Part } from "./engagement-check.ts"
import { inOrder } from "./engagement-order.ts"
import { isFor, otherFormat, otherQuestionnaire, versionNotices } from "./engagement-origin.ts"
import { type EngagementFile, engagementFile } from "./engagement-schema.ts"
import { readFileRow, withRowIds } from "./inventory-rows.ts"
import { type FileProblem, readJson } from "./json-text.ts"
import type { Answer, AnswerValue, Engagement, Questionnaire } from "./model.ts"
import { shapeProblems, withoutFaults } from "./shape-problems.ts"
import { cleanText } from "./text.ts"

/** What reading a file gives: the engagement when nothing is wrong, else every problem; notices do not stand in the way. */
export interface EngagementReading {
  readonly engagement?: Engagement
  readonly problems: readonly FileProblem[]
  readonly notices: readonly string[]
}

/** Longest file that is read, in characters. */
const longestFile = 50_000_000
/** Problems beyond this many are counted only. */
const mostProblems = 1000

/**
 * Reads an engagement file against a questionnaire, reporting every problem at once by its JSON path.
 * `today` (ISO date) decides the start where the plan names none: the Monday after. Never throws.
 */
export function parseEngagement(text: string, questionnaire: Questionnaire, today?: string): EngagementReading {
  if (text.length > longestFile) return rejected("$", "Split the engagement: the file has more than 50 million characters")
  const { data, problems: faults } = readJson(text)
  const other = data === undefined ? undefined : otherFormat(data)
  if (data === undefined || other !== undefined) return { problems: other ?? faults, notices: [] }
  const own = { domains: idsIn(data, "domains"), respondents: idsIn(data, "respondents") }
  const shape = engagementFile.safeParse(data)
  const shaped = shape.error?.issues.flatMap((issue, at) => (at < mostProblems ? shapeProblems(issue, data) : uncounted)) ?? []
  withoutFaults(data, shape.error?.issues ?? [])
  const fits = isFor(data, questionnaire)
  const problems = [
    ...faults,
    ...shaped,
    ...(fits === false ? [otherQuestionnaire(data, questionnaire)] : []),
    ...checkEngagement((shape.data ?? data) as Part, own, fits === false ? undefined : questionnaire),
    ...(shape.data !== undefined && shape.data.plan.start === undefined && today === undefined ? [noStart] : []),
  ]
  const notices = fits === true ? versionNotices(data, questionnaire, problems.length > 0) : []
  if (problems.length > 0 || shape.data === undefined) return { problems: atMost(problems), notices }
  return { engagement: complete(shape.data, questionnaire, today), problems, notices }
}

/** The engagement as a file: keys and lists in a fixed order, two spaces deep, a line end at the end. */
export function writeEngagementFile(engagement: Engagement): string {
  return `${JSON.stringify(inOrder(engagement), undefined, 2)}\n`
}

/** The published JSON Schema of the file. */
export function engagementJsonSchema(): Readonly<Record<string, unknown>> {
  return { ...z.toJSONSchema(engagementFile, { io: "input" }), title: "Headwater engagement file" }
}

/** Fills in what a hand-written file leaves out. */
function complete(file: EngagementFile, questionnaire: Questionnaire, today: string | undefined): Engagement {
  const questions = new Map(questionnaire.questions.map((question) => [question.id, question]))
  const inventories = file.inventories.map((inventory) => {
    const question = questions.get(inventory.question)
    const rows = inventory.rows.map((row) => ({
      cells: question?.type === "table" ? readFileRow(question, row).cells : {},
      ...(typeof row["id"] === "string" && { id: row["id"] }),
    }))
    return { ...inventory, rows: withRowIds(rows) }
  })
  const answers = file.answers.map((answer) => ({ ...answer, status: answer.status ?? "answered", ...cleanValue(answer.value) }))
  const decisions = file.decisions.map((decision) => ({ ...decision, ...cleanValue(decision.value) }))
  const plan = { ...file.plan, start: file.plan.start ?? mondayAfter(today ?? "") }
  const { $schema: _, ...rest } = file
  return inOrder({ ...rest, plan, answers: answers as Answer[], inventories, decisions } as Engagement)
}

function cleanValue(value: unknown): { readonly value?: AnswerValue } {
  if (value === undefined) return {}
  const cleaned = typeof value === "string" ? cleanText(value) : undefined
  return { value: cleaned !== undefined && "text" in cleaned ? cleaned.text : (value as AnswerValue) }
}

function idsIn(data: unknown, list: string): ReadonlySet<string> {
  const items = (data as Part)[list]
  const ids = Array.isArray(items)
    ? items.map((item: unknown) => (typeof item === "object" && item !== null ? (item as Part)["id"] : undefined))
    : []
  return new Set(ids.filter((id) => typeof id === "string"))
}

/** Stands for a problem that is only counted, so that nobody waits for words that are not shown. */
const uncounted: FileProblem = { path: "$", message: "" }

const noStart: FileProblem = { path: "$.plan.start", message: 'Add "start", the first working day, for example "2027-01-04"' }

function atMost(problems: readonly FileProblem[]): readonly FileProblem[] {
  if (problems.length <= mostProblems) return problems
  const rest = { path: "$", message: `Repair these first: there are ${problems.length - mostProblems} more problems` }
  return [...problems.slice(0, mostProblems), rest]
}

function rejected(path: string, message: string): EngagementReading {
  return { problems: [{ path, message }], notices: [] }
}
