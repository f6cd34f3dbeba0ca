/** What must fit together in an engagement file: ids, values by the type of their question, one answer each. */
import { type FileProblem, pathText, type PathStep } from "./json-text.ts"
import { idsOf, type Lookup, lookup } from "./known-ids.ts"
import { idSchema } from "./engagement-schema.ts"
import { readFileRow } from "./inventory-rows.ts"
import type { Question, Questionnaire, TableQuestion } from "./model.ts"
import { problemWithCompanion } from "./question-types/number.ts"
import { questionType } from "./question-types/register.ts"
import { shortened } from "./shape-problems.ts"

/** The readable rest of a file, or of a part of it. */
export type Part = Readonly<Record<string, unknown>>

/** Ids that the file itself names, also those whose entry has other faults. */
export interface OwnIds {
  readonly domains: ReadonlySet<string>
  readonly respondents: ReadonlySet<string>
}

interface Checking {
  readonly file: Part
  readonly problems: FileProblem[]
  readonly domain: Lookup
  readonly respondent: Lookup
  readonly role: Lookup
  readonly initiative: Lookup
  readonly question: Lookup
  readonly questions: ReadonlyMap<string, Question>
}

/**
 * Every problem of the readable rest of a file. Without a questionnaire (the file is for another one) only what the file
 * says about itself is checked.
 */
export function checkEngagement(file: Part, own: OwnIds, questionnaire: Questionnaire | undefined): readonly FileProblem[] {
  const checking: Checking = {
    file,
    problems: [],
    domain: lookup("domain", own.domains, 'add it to "domains"'),
    respondent: lookup("respondent", own.respondents, 'add the person to "respondents"'),
    role: lookup("role", idsOf(questionnaire?.roles)),
    initiative: lookup("initiative", idsOf(questionnaire?.initiatives)),
    question: lookup("question", idsOf(questionnaire?.questions)),
    questions: new Map(questionnaire?.questions.map((question) => [question.id, question])),
  }
  checkPeople(checking)
  checkAnswers(checking)
  checkInventories(checking)
  checkDecisions(checking)
  checkOverrides(checking)
  return checking.problems
}

function checkPeople(checking: Checking): void {
  once(checking, "domains", ["id"], "This id is already used")
  once(checking, "respondents", ["id"], "This id is already used")
  for (const { part, path } of partsOf(checking.file, "respondents")) {
    checkId(checking, checking.role, part["role"], [...path, "role"])
    const domains = Array.isArray(part["domains"]) ? part["domains"] : []
    for (const [at, id] of domains.entries()) checkId(checking, checking.domain, id, [...path, "domains", at])
  }
}

function checkAnswers(checking: Checking): void {
  once(
    checking,
    "answers",
    ["respondent", "domain", "question"],
    "This respondent has already answered this question for this domain",
  )
  for (const { part, path } of partsOf(checking.file, "answers")) {
    checkId(checking, checking.respondent, part["respondent"], [...path, "respondent"])
    const question = checkQuestion(checking, part, path)
    checkStatus(checking, question, part, path)
  }
}

function checkStatus(checking: Checking, question: Question | undefined, part: Part, path: readonly PathStep[]): void {
  const given = Object.hasOwn(part, "value")
  const status = part["status"] ?? (given ? "answered" : undefined)
  if (status === undefined) {
    if (!isFaulty(part, "status"))
      note(checking, [...path, "value"], 'Give a value, or the status "dont-know" or "not-applicable"')
  } else if (status === "answered") {
    if (!given && question?.type !== "table") note(checking, [...path, "value"], 'Add "value": the status is "answered"')
    else if (question !== undefined) checkValue(checking, question, part["value"], part["domain"], [...path, "value"])
  } else if (given) {
    note(checking, [...path, "value"], `Remove the value, or the status: a value goes with "answered" only`)
  }
  if (status === "not-applicable" && !part["reason"] && !isFaulty(part, "reason")) {
    note(checking, [...path, "reason"], 'Say why in "reason": the status is "not-applicable"')
  }
  if (part["companion"] !== undefined && question !== undefined) checkCompanion(checking, question, part["companion"], path)
}

function checkValue(checking: Checking, question: Question, value: unknown, domain: unknown, path: readonly PathStep[]): void {
  const problem =
    question.type === "table" ? belongsToInventories(question, domain) : questionType(question).problemWith(question, value)
  if (problem !== undefined) note(checking, path, problem)
}

function checkCompanion(checking: Checking, question: Question, companion: unknown, path: readonly PathStep[]): void {
  const problem =
    question.type === "number" ? problemWithCompanion(question, companion) : `Remove the second figure: ${question.id} takes none`
  if (problem !== undefined) note(checking, [...path, "companion"], problem)
}

function checkInventories(checking: Checking): void {
  once(checking, "inventories", ["domain", "question"], "This inventory is already listed for this domain")
  for (const { part, path } of partsOf(checking.file, "inventories")) {
    const question = checkQuestion(checking, part, path)
    if (question === undefined) continue
    if (question.type === "table") checkRows(checking, question, part, path)
    else note(checking, [...path, "question"], `Move this to "answers": ${question.id} is not a table question`)
  }
}

function checkRows(checking: Checking, question: TableQuestion, inventory: Part, path: readonly PathStep[]): void {
  const seen = new Map<string, string>()
  for (const { part, path: rowPath } of partsOf(inventory, "rows", path)) {
    for (const { column, message } of readFileRow(question, part).problems) note(checking, [...rowPath, column], message)
    checkRowId(checking, part["id"], [...rowPath, "id"])
    const first = typeof part["id"] === "string" ? seen.get(part["id"]) : undefined
    if (first !== undefined) note(checking, [...rowPath, "id"], `Change this id or leave it out: ${first} has it too`)
    else if (typeof part["id"] === "string") seen.set(part["id"], pathText(rowPath))
  }
}

function checkRowId(checking: Checking, id: unknown, path: readonly PathStep[]): void {
  const fault = id === undefined ? undefined : idSchema.safeParse(id).error?.issues[0]
  if (fault === undefined) return
  note(checking, path, fault.code === "invalid_type" ? "Give the id as a text in double quotes, or leave it out" : fault.message)
}

function checkDecisions(checking: Checking): void {
  once(checking, "decisions", ["domain", "question"], "This question is already decided for this domain")
  for (const { part, path } of partsOf(checking.file, "decisions")) {
    const question = checkQuestion(checking, part, path)
    if (Object.hasOwn(part, "value")) {
      if (question?.type === "table")
        note(checking, [...path, "value"], `Give "anchor" instead: ${question.id} takes no value of its own`)
      else if (question !== undefined) checkValue(checking, question, part["value"], part["domain"], [...path, "value"])
    } else if (!Object.hasOwn(part, "anchor")) {
      note(checking, path, 'Add "value" (the agreed answer) or "anchor" (its level, 0 to 4)')
    }
  }
}

function checkOverrides(checking: Checking): void {
  once(checking, "overrides", ["initiative", "domain", "action"], "This override is already given")
  for (const { part, path } of partsOf(checking.file, "overrides")) {
    checkId(checking, checking.initiative, part["initiative"], [...path, "initiative"])
    checkId(checking, checking.domain, part["domain"], [...path, "domain"])
    for (const [key, action] of [["wave", "move"] as const, ["effort", "effort"] as const]) {
      const given = Object.hasOwn(part, key)
      if (part["action"] === action && !given) note(checking, [...path, key], `Add "${key}": the action is "${action}"`)
      if (part["action"] !== undefined && part["action"] !== action && given)
        note(checking, [...path, key], `Remove "${key}": it goes with the action "${action}" only`)
    }
    const [low, high] = Array.isArray(part["effort"]) ? (part["effort"] as number[]) : []
    if (low !== undefined && high !== undefined && low > high)
      note(checking, [...path, "effort"], "Give the lower number of person-days first")
  }
}

/** Given, but emptied because its shape was wrong, which is already reported. */
function isFaulty(part: Part, key: string): boolean {
  return Object.hasOwn(part, key) && part[key] === undefined
}

/** Checks a part's domain and question; gives the question when it is known. */
function checkQuestion(checking: Checking, part: Part, path: readonly PathStep[]): Question | undefined {
  checkId(checking, checking.domain, part["domain"], [...path, "domain"])
  checkId(checking, checking.question, part["question"], [...path, "question"])
  return checking.questions.get(String(part["question"]))
}

function checkId(checking: Checking, known: Lookup, id: unknown, path: readonly PathStep[]): void {
  const problem = typeof id === "string" ? known(id) : undefined
  if (problem !== undefined) note(checking, path, problem)
}

/** Reports every part of a list whose keys together repeat those of an earlier part. */
function once(checking: Checking, list: string, keys: readonly string[], message: string): void {
  const first = new Map<string, string>()
  for (const { part, path } of partsOf(checking.file, list)) {
    const whole = keys.every((key) => typeof part[key] === "string" || (list === "overrides" && key === "domain"))
    if (!whole) continue
    const key = JSON.stringify(keys.map((each) => part[each] ?? null))
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, pathText(path))
    else note(checking, keys.length === 1 ? [...path, keys[0] ?? ""] : path, `${message} at ${earlier}; keep one of the two`)
  }
}

function partsOf(
  file: Part,
  list: string,
  above: readonly PathStep[] = [],
): readonly { part: Part; path: readonly PathStep[] }[] {
  const parts: readonly unknown[] = Array.isArray(file[list]) ? file[list] : []
  return parts.flatMap((part, at) =>
    typeof part === "object" && part !== null ? [{ part: part as Part, path: [...above, list, at] }] : [],
  )
}

function belongsToInventories(question: TableQuestion, domain: unknown): string {
  const where = `{ "domain": "${shortened(String(domain))}", "question": "${question.id}", "rows": [ … ] }`
  return `Move the rows to "inventories", as ${where}: ${question.id} is a table question`
}

function note(checking: Checking, path: readonly PathStep[], message: string): void {
  checking.problems.push({ path: pathText(path), message })
}
