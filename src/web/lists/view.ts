/** Which part of a list a page shows, as its address says it. */
import { gapsIn, rowsShown } from "../../assessment/lists/shown-rows.ts"
import type { TableQuestion } from "../../assessment/model.ts"
import type { StoredRow } from "../../store/store.ts"

export const rowsPerPage = 100
/** Most rows of one list, and of one pasted table. */
export const longestList = 2000
export const longestTable = 500

export interface ListView {
  readonly text: string
  readonly whose: "all" | "me" | "nobody" | "gaps"
  readonly sort: string | undefined
  readonly descending: boolean
  /** From 1. */
  readonly page: number
}

/** Reads a view from a query; what it does not know is left out. */
export const readView = (question: TableQuestion, query: Readonly<Record<string, string | undefined>>): ListView => {
  const whose = (["me", "nobody", "gaps"] as const).find((one) => one === query["whose"]) ?? "all"
  return {
    text: (query["q"] ?? "").trim().slice(0, 200),
    whose,
    sort: question.columns.find(({ id }) => id === query["sort"])?.id,
    descending: query["order"] === "down",
    page: Number(/^[1-9]\d{0,3}$/.exec(query["page"] ?? "")?.[0] ?? 1),
  }
}

/** The view as a query, empty for the whole list in its order. */
export const viewQuery = ({ text, whose, sort, descending, page }: ListView): string =>
  new URLSearchParams([
    ...(text === "" ? [] : [["q", text]]),
    ...(whose === "all" ? [] : [["whose", whose]]),
    ...(sort === undefined ? [] : [["sort", sort]]),
    ...(descending ? [["order", "down"]] : []),
    ...(page === 1 ? [] : [["page", String(page)]]),
  ]).toString()

/** An address of the list with its view, and with what was done. */
export const listHref = (path: string, query: string, done: Readonly<Record<string, string | number>> = {}): string => {
  const all = new URLSearchParams(query)
  for (const [name, value] of Object.entries(done)) all.set(name, String(value))
  return all.size === 0 ? path : `${path}?${all.toString()}`
}

/** The view that a form on the list's page carries along, checked. */
export const carriedQuery = (question: TableQuestion, sent: unknown): string =>
  viewQuery(readView(question, Object.fromEntries(new URLSearchParams(typeof sent === "string" ? sent : ""))))

/** The rows that a view shows, all pages of them. */
export const rowsInView = (
  question: TableQuestion,
  rows: readonly StoredRow[],
  view: ListView,
  me: string | undefined,
): readonly StoredRow[] => {
  const kept = rows.filter((one) => {
    if (view.whose === "me") return one.owner === me
    if (view.whose === "nobody") return one.owner === undefined
    return view.whose === "all" || gapsIn(question, one.row) > 0
  })
  return rowsShown(question, kept, view)
}

/** Whether the view shows the list in its own order, whole: only then does up and down mean something. */
export const isInOrder = ({ text, whose, sort }: ListView): boolean => text === "" && whose === "all" && sort === undefined
