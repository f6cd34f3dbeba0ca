/** A table from a spreadsheet: paste or upload it, say where its columns go, look at what it would change, take it. */
import { targetsOf } from "../../assessment/lists/mapping.ts"
import type { PageProblem } from "../pages.ts"
import { page, type Reply } from "../respond.ts"
import { errorOf } from "../fields.ts"
import { count } from "../words.ts"
import type { ListHandler, ListPlace } from "./place.ts"
import { previewPage } from "./preview.ts"
import { carriedFields, isOwnDownload, plainLine, readForm, type Table, targetProblems } from "./table-form.ts"
import { takeRows } from "./take.ts"
import { longestTable } from "./view.ts"

/** The form for a table. */
export const askForTable: ListHandler = (_visit, place) => pastePage(place, "")

/** One step on: from the table to its columns, to the preview, to the list. Nothing is changed before the last. */
export const takeTable: ListHandler = (visit, place, on) => {
  const { action } = visit.form
  const read = readForm(place.question, visit)
  if ("problem" in read) return pastePage(place, read.text, read.problem)
  const { table } = read
  if (action === "edit") return pastePage(place, table.text)
  if (action === "columns" || (action === "read" && !isOwnDownload(place.question, table))) return columnsPage(place, table, [])
  const problems = targetProblems(place.question, table)
  if (problems.length > 0) return columnsPage(place, table, problems)
  return action === "save" ? takeRows(visit, on, place, table) : previewPage(visit, on, place, table)
}

const pastePage = (place: ListPlace, text: string, problem?: PageProblem): Reply => {
  const { question, path } = place
  const problems = problem === undefined ? [] : [problem]
  const frame = {
    ...place.frame("Paste or upload a table"),
    width: "page" as const,
    back: { href: path, text: "Back to the list" },
    problems,
  }
  const area = {
    id: "text",
    name: "text",
    label: "Rows of your spreadsheet",
    hint: "Select the cells with their headings, copy, and paste them here",
    value: text,
    rows: 10,
    error: errorOf(problems, "text"),
  }
  const locals = {
    action: `${path}/paste`,
    item: question.item,
    most: count(longestTable, "row"),
    columns: question.columns.map(({ label, required }) => ({ label, required })),
    area,
    fileError: errorOf(problems, "file"),
  }
  return page("lists/paste", frame, locals, { status: problem === undefined ? 200 : 422 })
}

const columnsPage = (place: ListPlace, table: Table, problems: readonly PageProblem[]): Reply => {
  const { path, question } = place
  const frame = {
    ...place.frame("Which column is which"),
    width: "page" as const,
    back: { href: path, text: "Back to the list" },
    problems,
  }
  const body = table.lines.slice(table.headings ? 1 : 0)
  const heading = plainLine(table.lines[0])
  const columns = Array.from({ length: table.width }, (_, at) => ({
    heading: (table.headings && heading[at]?.trim()) || `Column ${at + 1}`,
    samples: body
      .slice(0, 3)
      .map((line) => (line[at] ?? "").trim())
      .filter((text) => text !== "")
      .map((text) => (text.length > 60 ? `${text.slice(0, 57)}…` : text)),
    select: {
      id: `column-${at}`,
      name: `column-${at}`,
      label: "Goes to",
      error: errorOf(problems, `column-${at}`),
      choices: [
        { value: "", text: "Leave out", checked: table.targets[at] === undefined },
        ...targetsOf(question).map(({ id, label }) => ({ value: id, text: label, checked: table.targets[at] === id })),
      ],
    },
  }))
  const locals = {
    action: `${path}/paste`,
    rows: count(body.length, "row"),
    headings: table.headings,
    columns,
    carried: carriedFields(table).filter(({ name }) => name === "text" || name === "asked"),
  }
  return page("lists/columns", frame, locals, { status: problems.length === 0 ? 200 : 422 })
}
