import { type Change, compareEstates, type EstateChanges, keepDecisions } from "../../estate/reimport.ts"
import type { Estate, NodeId, Statement } from "../../estate/model.ts"
import type { StoredEstate } from "../../store/store.ts"
import { count } from "../words.ts"
import { classText } from "../../report/classes.ts"
import { isClass } from "./words.ts"

const namesShown = 20

/** What an import that waits is compared with, and what taking it would change. */
export interface ImportComparison {
  readonly earlier: StoredEstate | undefined
  readonly changes: EstateChanges
  /** Decided statements whose text is another one now, and those that are gone. */
  readonly toLookAt: readonly NodeId[]
  readonly lost: readonly Statement[]
}

export const compareImport = (earlier: StoredEstate | undefined, waiting: StoredEstate): ImportComparison => {
  if (earlier === undefined) return { earlier, changes: allNew(waiting), toLookAt: [], lost: [] }
  const before = withHashes(earlier)
  const after = withHashes(waiting)
  const { toLookAt, lost } = keepDecisions(before, after)
  return { earlier, changes: compareEstates(before, after), toLookAt, lost }
}

/** Texts are compared by their hashes: nobody has to read all of them. */
const withHashes = ({ estate, textHashes }: StoredEstate): Estate => {
  const statements = estate.statements.map((one) => {
    const hash = textHashes.get(one.id)
    return hash === undefined ? one : { ...one, text: hash }
  })
  return { ...estate, statements }
}

const allNew = ({ estate }: StoredEstate): EstateChanges => ({
  came: estate.statements,
  went: [],
  changed: [],
  moved: [],
  unchanged: 0,
  sources: { came: estate.sources, went: [] },
})

/** The comparison as the page says it. */
export const comparisonView = ({ earlier, changes, toLookAt, lost }: ImportComparison, names: ReadonlyMap<NodeId, string>) => ({
  again: earlier !== undefined,
  came: listView("came", changes.came),
  went: listView("went", changes.went),
  changed: {
    title: `${count(changes.changed.length, "statement")} changed`,
    shown: changes.changed.slice(0, namesShown).map(({ name, changes: what }) => ({
      name,
      text: what.map((one) => changeText(one, names)).join("; "),
    })),
    more: moreText(changes.changed.length),
  },
  moved: {
    title: `${count(changes.moved.length, "statement")} moved`,
    shown: changes.moved.slice(0, namesShown).map(({ name, from, to }) => ({ name, text: `from ${from} to ${to}` })),
    more: moreText(changes.moved.length),
  },
  unchanged: changes.unchanged,
  sources: [
    ...(changes.sources.came.length > 0 ? [`${count(changes.sources.came.length, "source")} came`] : []),
    ...(changes.sources.went.length > 0 ? [`${count(changes.sources.went.length, "source")} went`] : []),
  ].join(", "),
  toLookAt: toLookAt.map((id) => names.get(id) ?? id),
  lost: lost.map(({ name }) => name),
})

const listView = (what: string, statements: readonly Statement[]) => ({
  title: `${count(statements.length, "statement")} ${what}`,
  names: statements.slice(0, namesShown).map(({ name }) => name),
  more: moreText(statements.length),
})

const moreText = (all: number): string => (all > namesShown ? `And ${all - namesShown} more.` : "")

const changeText = (change: Change, names: ReadonlyMap<NodeId, string>): string => {
  if (change.what === "text") return "another text"
  if (change.what === "class") return `${inWords(change.from)} became ${inWords(change.to)}`
  const list = (ids: readonly NodeId[]): string => ids.map((id) => names.get(id) ?? id).join(", ")
  return [
    ...(change.came.length > 0 ? [`now reads ${list(change.came)}`] : []),
    ...(change.went.length > 0 ? [`no longer reads ${list(change.went)}`] : []),
  ].join("; ")
}

const inWords = (name: string): string => (isClass(name) ? classText(name) : name)
