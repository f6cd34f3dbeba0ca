/** Which statement of an earlier import is which of a later one. */
import type { Statement } from "./model.ts"
import { foldedName } from "./files/relations.ts"

export interface Pair {
  readonly before: Statement
  readonly after: Statement
}

/**
 * Pairs of statements, each at most once. Models and jobs are known by their id. Numbers of a file's statements shift when
 * one is put in, so these are known by what they write and by their text before their id counts. What moved keeps name and target.
 */
export function matchStatements(before: readonly Statement[], after: readonly Statement[]): readonly Pair[] {
  const open = { before: new Set(before), after: new Set(after) }
  const pairs = new Map<Statement, Statement>()
  for (const keyOf of keys) {
    const waiting = Map.groupBy([...open.before].filter(hasKey(keyOf)), keyOf)
    for (const one of open.after) {
      const match = hasKey(keyOf)(one) ? waiting.get(keyOf(one))?.shift() : undefined
      if (match === undefined) continue
      pairs.set(one, match)
      open.before.delete(match)
      open.after.delete(one)
    }
  }
  return after.flatMap((one) => {
    const match = pairs.get(one)
    return match === undefined ? [] : [{ before: match, after: one }]
  })
}

type KeyOf = (statement: Statement) => string

const hasKey =
  (keyOf: KeyOf) =>
  (statement: Statement): boolean =>
    keyOf(statement) !== ""

const target = ({ name, writes }: Statement): string => JSON.stringify([foldedName(name), writes.map(foldedName)])
const isNumbered = ({ kind }: Statement): boolean => kind === "statement"

/** The surest key first; "" where it says nothing of a statement. */
const keys: readonly KeyOf[] = [
  (each) => (isNumbered(each) ? "" : each.id),
  (each) => JSON.stringify([each.id, target(each), each.text]),
  (each) => JSON.stringify([each.file, target(each), each.text]),
  (each) => JSON.stringify([target(each), each.text]),
  (each) => JSON.stringify([each.id, target(each)]),
  (each) => JSON.stringify([each.file, target(each)]),
  (each) => target(each),
  (each) => each.id,
]
