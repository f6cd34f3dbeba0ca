import { didYouMean } from "./nearest.ts"
import { shortened } from "./shape-problems.ts"

/** What is wrong with an id, or nothing. */
export type Lookup = (id: string) => string | undefined

/** Unknown ids beyond this many are not compared with the known ones: nobody reads that far, and it takes long. */
const mostGuesses = 1000

/** Tells unknown ids from known ones, guessing which was meant; `otherwise` says what to do when nothing is near. Knows all without a list. */
export function lookup(what: string, ids: ReadonlySet<string> | undefined, otherwise?: string): Lookup {
  const asked = new Map<string, string>()
  return (id) => {
    if (ids === undefined || ids.has(id)) return undefined
    if (asked.size >= mostGuesses) return asked.get(id) ?? `No ${what} has the id "${shortened(id)}"`
    if (!asked.has(id)) asked.set(id, unknownId(what, id, ids, otherwise))
    return asked.get(id)
  }
}

function unknownId(what: string, id: string, ids: ReadonlySet<string>, otherwise: string | undefined): string {
  const some = [...ids].slice(0, 5).join(", ")
  const hint = otherwise ?? `use one of the questionnaire's, such as ${some}`
  return `No ${what} has the id "${shortened(id)}"${didYouMean(id, ids) || `; ${hint}`}`
}

/** The ids of a list. */
export function idsOf(list: readonly { readonly id: string }[] | undefined): ReadonlySet<string> | undefined {
  return list === undefined ? undefined : new Set(list.map((each) => each.id))
}
