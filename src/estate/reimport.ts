/** What a later import changes, and which decisions of people stay. */
import { matchStatements, type Pair } from "./matching.ts"
import { classOf, isStateful } from "./judgement.ts"
import type { Estate, NodeId, Source, Statement } from "./model.ts"

export interface ChangedStatement {
  readonly id: NodeId
  readonly name: string
  readonly before: NodeId
  readonly changes: readonly Change[]
}

/** One way in which a statement is another than before. */
export type Change =
  | { readonly what: "text" }
  | { readonly what: "class"; readonly from: string; readonly to: string }
  | { readonly what: "edges"; readonly came: readonly NodeId[]; readonly went: readonly NodeId[] }

export interface MovedStatement {
  readonly from: NodeId
  readonly to: NodeId
  readonly name: string
}

export interface EstateChanges {
  readonly came: readonly Statement[]
  readonly went: readonly Statement[]
  readonly changed: readonly ChangedStatement[]
  /** Known again under another id: another file, or another place in it. */
  readonly moved: readonly MovedStatement[]
  readonly unchanged: number
  readonly sources: { readonly came: readonly Source[]; readonly went: readonly Source[] }
}

/** Compares two imports by their statements; classes are those that the texts give, hand-made decisions left aside. */
export function compareEstates(before: Estate, after: Estate): EstateChanges {
  const pairs = matchStatements(before.statements, after.statements)
  const renamed = new Map(pairs.map((pair) => [pair.before.id, pair.after.id]))
  const known = { before: new Set(pairs.map((pair) => pair.before)), after: new Set(pairs.map((pair) => pair.after)) }
  const changed = pairs.flatMap((pair) => changeOf(pair, renamed))
  return {
    came: after.statements.filter((each) => !known.after.has(each)),
    went: before.statements.filter((each) => !known.before.has(each)),
    changed,
    moved: pairs.filter(isMoved).map(({ before, after: { id, name } }) => ({ from: before.id, to: id, name })),
    unchanged: pairs.length - changed.length,
    sources: { came: without(after.sources, before.sources), went: without(before.sources, after.sources) },
  }
}

export interface KeptDecisions {
  readonly estate: Estate
  /** Statements whose text is another than when they were decided: the decision stands, and wants a look. */
  readonly toLookAt: readonly NodeId[]
  /** Decided statements that are gone. */
  readonly lost: readonly Statement[]
}

/** The later estate with the decisions of the earlier one; a decision that the later one has already stays. */
export function keepDecisions(before: Estate, after: Estate): KeptDecisions {
  const pairs = matchStatements(before.statements, after.statements)
  const earlier = new Map(pairs.map((pair) => [pair.after, pair.before]))
  const stays = new Set(pairs.map((pair) => pair.before))
  const isDecided = ({ decision }: Statement): boolean => decision !== undefined
  const statements = after.statements.map((statement) => {
    const decision = statement.decision ?? earlier.get(statement)?.decision
    return decision === undefined ? statement : { ...statement, decision }
  })
  return {
    estate: { ...after, statements },
    toLookAt: pairs.filter((pair) => isDecided(pair.before) && hasOtherText(pair)).map((pair) => pair.after.id),
    lost: before.statements.filter((each) => isDecided(each) && !stays.has(each)),
  }
}

function changeOf(pair: Pair, renamed: ReadonlyMap<NodeId, NodeId>): readonly ChangedStatement[] {
  const changes = [...textChange(pair), ...classChange(pair), ...edgeChange(pair, renamed)]
  if (changes.length === 0) return []
  return [{ id: pair.after.id, name: pair.after.name, before: pair.before.id, changes }]
}

const textChange = (pair: Pair): readonly Change[] => (hasOtherText(pair) ? [{ what: "text" }] : [])

/** Line ends are no change: a file may come from Windows once. */
const hasOtherText = ({ before, after }: Pair): boolean => plain(before.text) !== plain(after.text)

const plain = (text = ""): string => text.replaceAll("\r\n", "\n").trim()

function classChange({ before, after }: Pair): readonly Change[] {
  const [from, to] = [before, after].map(ownClass)
  return from === undefined || to === undefined || from === to ? [] : [{ what: "class", from, to }]
}

/** "P4, stateful", as the text gives it. */
function ownClass({ decision: _, ...statement }: Statement): string {
  const stateful = isStateful(statement)
  return `${classOf(statement)}${stateful === null ? "" : stateful ? ", stateful" : ", stateless"}`
}

function edgeChange({ before, after }: Pair, renamed: ReadonlyMap<NodeId, NodeId>): readonly Change[] {
  const then = new Set(before.dependsOn.map((id) => renamed.get(id) ?? id))
  const now = new Set(after.dependsOn)
  const [came, went] = [[...now].filter((id) => !then.has(id)), [...then].filter((id) => !now.has(id))]
  return came.length + went.length === 0 ? [] : [{ what: "edges", came, went }]
}

const isMoved = ({ before, after }: Pair): boolean => before.id !== after.id

const without = (sources: readonly Source[], others: readonly Source[]): readonly Source[] => {
  const known = new Set(others.map(({ id }) => id))
  return sources.filter(({ id }) => !known.has(id))
}
