/** What was just done with a list, said once after the redirect; the address carries numbers and a row's id only. */
import { rowName } from "../../assessment/question-types/table.ts"
import type { Dependencies, Visit } from "../visit.ts"
import { count, listed } from "../words.ts"
import type { ListPlace } from "./place.ts"

export interface ListNotice {
  readonly text: string
  /** Where the removal is undone. */
  readonly undo: string | undefined
}

export const doneNotice = async (visit: Visit, on: Dependencies, place: ListPlace): Promise<ListNotice | undefined> => {
  const { removed } = visit.query
  if (removed !== undefined) return removedNotice(on, place, removed)
  const text = sentence(place.question.item, (name) => Number(/^\d{1,4}$/.exec(visit.query[name] ?? "")?.[0] ?? 0))
  return text === undefined ? undefined : { text, undo: undefined }
}

const removedNotice = async (on: Dependencies, place: ListPlace, id: string): Promise<ListNotice | undefined> => {
  const row = await on.store.loadRemovedRow(place.scope, place.domain.id, place.question.id, id)
  if (row === undefined) return undefined
  return { text: `Removed ${rowName(place.question, row)}.`, undo: `${place.path}/${encodeURIComponent(id)}/restore` }
}

const sentence = (item: string, numberOf: (name: string) => number): string | undefined => {
  const [given, free, restored] = ["given", "free", "restored"].map(numberOf)
  if (given) return `${count(given, item)} ${given === 1 ? "is" : "are"} given to the person. Their page says so.`
  if (free) return `${count(free, item)} ${free === 1 ? "is" : "are"} for nobody in particular.`
  if (restored) return `The ${item} is back in its place.`
  const parts = (["added", "changed", "taken", "left"] as const).flatMap((name) => {
    const number = numberOf(name)
    return number === 0 ? [] : [`${number} ${WORDS[name]}`]
  })
  return parts.length === 0 ? undefined : `From your table: ${listed(parts)}.`
}

const WORDS = {
  added: "added",
  changed: "changed",
  taken: "removed",
  left: "left as they are, because somebody changed them meanwhile",
} as const
