import type { Domain, Engagement, Questionnaire, Respondent } from "../assessment/model.ts"
import { didYouMean } from "../assessment/nearest.ts"
import { cleanText } from "../assessment/text.ts"
import { readTable, type TableRow } from "./csv.ts"
import { idFrom } from "./identity.ts"
import { emailAddress } from "./person.ts"

/** One row of a pasted list: as it was written, and what is wrong with it. */
export interface PastedRow {
  readonly line: number
  readonly name: string
  readonly email: string
  readonly role: string
  readonly domains: string
  readonly problems: readonly string[]
  /** The person to add; absent for a row with problems. */
  readonly person?: Omit<Respondent, "id">
}

export interface PastedList {
  readonly rows: readonly PastedRow[]
  /** Columns that are not used, as their heads say. */
  readonly unused: readonly string[]
}

/** The most rows of one list. */
export const mostRows = 1000

/** Reads a list of people: columns by their heads in any order, or name, e-mail, role and domains in this order. */
export const readPeople = (text: string, engagement: Engagement, questionnaire: Questionnaire): PastedList => {
  const table = readTable(text)
  const heads = headsOf(table[0])
  const columns = heads?.columns ?? BY_POSITION
  const seen = new Map<string, number>()
  const taken = new Map(
    engagement.respondents.flatMap(({ email, name }) => (email ? [[email.toLowerCase(), name] as const] : [])),
  )
  const rows = (heads === undefined ? table : table.slice(1)).slice(0, mostRows + 1).map((row) => {
    const cells = cellsOf(row, columns)
    const read = readRow(cells, engagement.domains, questionnaire)
    const doubled = [...read.problems, ...doubleProblems(cells.email, row.line, seen, taken)]
    const whole = { line: row.line, ...cells, problems: doubled }
    return doubled.length > 0 || read.person === undefined ? whole : { ...whole, person: read.person }
  })
  return { rows, unused: heads?.unused ?? [] }
}

/** The people of the rows without problems, each with an id of their own. */
export const peopleOf = (rows: readonly PastedRow[], engagement: Engagement): readonly Respondent[] => {
  const ids = new Set(engagement.respondents.map(({ id }) => id))
  return rows.flatMap(({ person }) => {
    if (person === undefined) return []
    const id = idFrom(person.name, ids, "person")
    ids.add(id)
    return [{ id, ...person }]
  })
}

type Column = "name" | "email" | "role" | "domains"
type Columns = readonly (Column | undefined)[]

const BY_POSITION: Columns = ["name", "email", "role", "domains"]

const HEADS: Readonly<Record<string, Column>> = {
  name: "name",
  "full name": "name",
  person: "name",
  email: "email",
  mail: "email",
  "email address": "email",
  role: "role",
  domain: "domains",
  domains: "domains",
  "asked about": "domains",
}

/** The columns that the first row names, when it is a head: it has the name's column and another one. */
const headsOf = (row: TableRow | undefined): { readonly columns: Columns; readonly unused: readonly string[] } | undefined => {
  const columns = (row?.cells ?? []).map((cell): Column | undefined => {
    const word = cell.toLowerCase().replaceAll("-", "").replaceAll(/\s+/g, " ").trim()
    return Object.hasOwn(HEADS, word) ? HEADS[word] : undefined
  })
  if (!columns.includes("name") || columns.filter((column) => column !== undefined).length < 2) return undefined
  return { columns, unused: (row?.cells ?? []).filter((cell, index) => columns[index] === undefined && cell !== "") }
}

/** Cells by column; what stands behind a last column of domains are more domains. */
const cellsOf = ({ cells }: TableRow, columns: Columns): Record<Column, string> => {
  const of = (column: Column): string => {
    const at = columns.indexOf(column)
    if (at < 0) return ""
    const own = column === "domains" && at === columns.length - 1 ? cells.slice(at) : cells.slice(at, at + 1)
    return own.filter((cell) => cell !== "").join(", ")
  }
  return { name: of("name"), email: of("email"), role: of("role"), domains: of("domains") }
}

const readRow = (
  cells: Record<Column, string>,
  domains: readonly Domain[],
  questionnaire: Questionnaire,
): { readonly person?: Omit<Respondent, "id">; readonly problems: readonly string[] } => {
  const problems: string[] = []
  const name = readName(cells.name, problems)
  const email = readEmail(cells.email, problems)
  const role = readRole(cells.role, questionnaire, problems)
  const asked = readDomains(cells.domains, domains, problems)
  if (problems.length > 0) return { problems }
  return {
    person: { name, role, ...(email !== "" && { email }), ...(asked.length < domains.length && { domains: asked }) },
    problems,
  }
}

const readName = (cell: string, problems: string[]): string => {
  const read = cleanText(cell, 200)
  if ("problem" in read) problems.push(`Name: ${read.problem}`)
  else if (read.text === "") problems.push("The name is missing")
  return "text" in read ? read.text.replaceAll(/\s+/g, " ") : ""
}

const readEmail = (cell: string, problems: string[]): string => {
  if (cell === "") return ""
  const read = emailAddress.safeParse(cell)
  if (!read.success) problems.push(`“${shortened(cell)}” is no e-mail address`)
  return read.data ?? ""
}

const readRole = (cell: string, { roles }: Questionnaire, problems: string[]): string => {
  const word = cell.toLowerCase()
  const found = roles.find(({ id, name }) => id.toLowerCase() === word || name.toLowerCase() === word)
  if (found !== undefined) return found.id
  const known = roles.flatMap(({ id, name }) => [id, name])
  problems.push(cell === "" ? "The role is missing" : `There is no role “${shortened(cell)}”${didYouMean(cell, known)}`)
  return ""
}

/** Ids of the named domains, in the engagement's order; none named means all. */
const readDomains = (cell: string, domains: readonly Domain[], problems: string[]): readonly string[] => {
  if (/^(all( domains)?)?$/i.test(cell)) return domains.map(({ id }) => id)
  const find = (word: string) =>
    domains.find(({ id, name }) => id.toLowerCase() === word.toLowerCase() || name.toLowerCase() === word.toLowerCase())
  const named = find(cell) === undefined ? cell.split(/[,;|]/).map((word) => word.trim()) : [cell]
  const found = new Set<string>()
  for (const word of named.filter((one) => one !== "")) {
    const domain = find(word)
    if (domain !== undefined) found.add(domain.id)
    else
      problems.push(
        `There is no domain “${shortened(word)}”${didYouMean(
          word,
          domains.flatMap(({ id, name }) => [id, name]),
        )}`,
      )
  }
  return domains.map(({ id }) => id).filter((id) => found.has(id))
}

const doubleProblems = (
  email: string,
  line: number,
  seen: Map<string, number>,
  taken: ReadonlyMap<string, string>,
): readonly string[] => {
  const key = email.toLowerCase()
  if (key === "") return []
  const [before, known] = [seen.get(key), taken.get(key)]
  if (before === undefined) seen.set(key, line)
  if (known !== undefined) return [`${known} is there already with this e-mail address`]
  return before === undefined ? [] : [`The same e-mail address as in line ${before}`]
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60).toWellFormed()}…` : text)
