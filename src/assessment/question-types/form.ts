/** What the form of every question has besides its value: the alternatives, reason, comment, evidence and links. */
import type { AnswerValue, EvidenceGrade, Question } from "../model.ts"
import { readLinks } from "../links.ts"
import { cleanText } from "../text.ts"
import type { FieldProblem, Fields, GivenAnswer, ReadResult } from "./type.ts"

/** The grades of evidence, weakest first. */
export const evidenceGrades = ["claim", "document", "observed", "measured"] as const satisfies readonly EvidenceGrade[]

/** What a type makes of the strings sent for its value: a value, a problem, or nothing given. */
export type ReadValue =
  | { readonly value: AnswerValue; readonly companion?: number }
  | { readonly problems: readonly FieldProblem[] }
  | undefined

type Alternative = "dont-know" | "not-applicable"

const alternatives: Readonly<Record<Alternative, string>> = { "dont-know": "I don't know", "not-applicable": "Not applicable" }

/**
 * Reads one question's fields: `Q` (its value, or an alternative), `Q.status`, `Q.reason`, `Q.comment`, `Q.evidence`, `Q.links`.
 * `readValue` gets the non-empty strings sent as the value, the alternatives taken out.
 */
export function readAnswer(question: Question, fields: Fields, readValue: (sent: readonly string[]) => ReadValue): ReadResult {
  const shared = readShared(question, fields)
  const sent = stringsOf(fields, question.id)
  if (sent === undefined)
    return withProblems([
      ...shared.problems,
      { field: question.id, message: "Answer this question again: what was sent is not text" },
    ])
  const chosen = [...new Set([...sent.filter(isAlternative), ...shared.status])]
  const given = readValue(sent.filter((value) => !isAlternative(value)))
  if (chosen.length === 0 && given === undefined) return withoutAnswer(question, shared)
  const problems = [...shared.problems, ...statusProblems(question, chosen, given, shared.reason)]
  if (problems.length > 0) return withProblems(problems)
  return { content: contentOf(chosen[0], given, shared), problems: [], empty: false }
}

/** The fields of one question as typed, for a draft that keeps what could not be read. */
export function typedFields(question: Question, fields: Fields): Readonly<Record<string, string | readonly string[]>> {
  const names = [
    question.id,
    ...["status", "reason", "comment", "evidence", "links", "companion"].map((part) => `${question.id}.${part}`),
  ]
  return Object.fromEntries(
    names.flatMap((name) => {
      const sent = stringsOf(fields, name)
      if (sent === undefined || sent.length === 0) return []
      return [[name, sent.length === 1 ? sent[0]! : sent]]
    }),
  )
}

/** The non-empty strings sent under a name; `undefined` when something else came. */
export function stringsOf(fields: Fields, name: string): readonly string[] | undefined {
  const sent = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (sent === undefined || sent === null) return []
  const list: readonly unknown[] = Array.isArray(sent) ? sent : [sent]
  if (!list.every((value) => typeof value === "string")) return undefined
  return list.filter((value) => value.trim() !== "")
}

interface Shared {
  readonly status: readonly Alternative[]
  readonly reason: string
  readonly comment: string
  readonly evidence: EvidenceGrade | undefined
  readonly links: readonly string[]
  readonly problems: readonly FieldProblem[]
}

function readShared(question: Question, fields: Fields): Shared {
  const problems: FieldProblem[] = []
  const one = (part: string, what: string): string => {
    const field = `${question.id}.${part}`
    const read = readOne(fields, field, what)
    if ("text" in read) return read.text
    problems.push({ field, message: read.problem })
    return ""
  }
  const status = one("status", "answer")
  const reason = one("reason", "reason")
  const comment = one("comment", "comment")
  const grade = one("evidence", "kind of evidence")
  const evidence = evidenceGrades.find((known) => known === grade)
  if (status !== "" && status !== "answered" && !isAlternative(status)) {
    problems.push({ field: `${question.id}.status`, message: `Select "I don't know", "Not applicable" or an answer` })
  }
  if (grade !== "" && evidence === undefined) {
    problems.push({ field: `${question.id}.evidence`, message: `Select the kind of evidence: ${evidenceGrades.join(", ")}` })
  }
  const links = readLinks(one("links", "links"))
  if ("problem" in links) problems.push({ field: `${question.id}.links`, message: links.problem })
  return {
    status: isAlternative(status) ? [status] : [],
    reason,
    comment,
    evidence,
    links: "links" in links ? links.links : [],
    problems,
  }
}

function readOne(fields: Fields, field: string, what: string): { readonly text: string } | { readonly problem: string } {
  const sent = stringsOf(fields, field)
  if (sent === undefined) return { problem: `Enter the ${what} again: what was sent is not text` }
  if (sent.length > 1) return { problem: `Enter one ${what}: ${sent.length} were sent` }
  return cleanText(sent[0] ?? "")
}

function statusProblems(
  question: Question,
  chosen: readonly Alternative[],
  given: ReadValue,
  reason: string,
): readonly FieldProblem[] {
  const field = question.id
  if (chosen.length > 1) return [{ field, message: `Select "I don't know" or "Not applicable", not both` }]
  const [status] = chosen
  if (status !== undefined && given !== undefined)
    return [{ field, message: `Give an answer or select "${alternatives[status]}", not both` }]
  if (status === "not-applicable" && reason === "")
    return [{ field: `${field}.reason`, message: "Enter why the question is not applicable" }]
  return given !== undefined && "problems" in given ? given.problems : []
}

function contentOf(status: Alternative | undefined, given: ReadValue, shared: Shared): GivenAnswer {
  const value = given !== undefined && "value" in given ? given : undefined
  return {
    status: status ?? "answered",
    ...value,
    ...(status !== undefined && shared.reason !== "" && { reason: shared.reason }),
    ...(shared.comment !== "" && { comment: shared.comment }),
    ...(shared.evidence !== undefined && { evidence: shared.evidence }),
    ...(shared.links.length > 0 && { links: shared.links }),
  }
}

// A grade of evidence alone says nothing: a drop-down may send it with every question.
function withoutAnswer(question: Question, shared: Shared): ReadResult {
  const said = shared.comment !== "" ? "comment" : shared.reason !== "" ? "reason" : shared.links.length > 0 ? "links" : undefined
  if (said === undefined) return { problems: shared.problems, empty: shared.problems.length === 0 }
  const message = `Give an answer to go with your ${said}, or select "I don't know"`
  return withProblems([...shared.problems, { field: question.id, message }])
}

const withProblems = (problems: readonly FieldProblem[]): ReadResult => ({ problems, empty: false })

const isAlternative = (value: string): value is Alternative => Object.hasOwn(alternatives, value)
