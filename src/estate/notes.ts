/** What to think of before a statement is rewritten: the notes of E.2, each where it applies. */
import { type ConstructId, constructTable } from "./construct-table.ts"
import type { Verdict } from "./model.ts"

export interface Note {
  readonly title: string
  readonly text: string
}

const joins: readonly ConstructId[] = [
  "join-inner",
  "join-outer",
  "join-dimension",
  "join-chain",
  "join-non-equality",
  "self-join",
]
const absences: readonly ConstructId[] = ["anti-join", "not-exists", "not-in", "intersect-except"]
const eventTime: readonly ConstructId[] = [
  "join-interval",
  "join-temporal",
  "join-window",
  "window-tvf",
  "session-window",
  "over-bounded",
  "over-unbounded",
  "sequence",
]

/** Notes on a verdict, in the order in which they are to be decided. */
export function notesOn(verdict: Verdict): readonly Note[] {
  const found = new Set(verdict.constructs.map(({ construct }) => construct))
  const has = (some: readonly ConstructId[]): boolean => some.some((each) => found.has(each))
  const isUnbounded = [...found].some(
    (construct) => constructTable[construct].keepsState && /^(unbounded|full outer)/.test(constructTable[construct].class),
  )
  return [
    ...(has(joins) ? [joinsByMeaning] : []),
    ...(has(absences) ? [absenceByMeaning] : []),
    ...(isUnbounded ? [timeToLive] : []),
    ...(verdict.output === "changelog" ? [outputKind] : []),
    ...(has(eventTime) ? [slowestInput] : []),
  ]
}

const joinsByMeaning: Note = {
  title: "Which join is meant",
  text: "The value as it was then: temporal join. The value as it is now: lookup join. Two events that belong together within a known time: interval join. The same period: window join. Truly any time: a regular join, both inputs reduced to one row per key, an updatable sink and a forecast of the state.",
}

const absenceByMeaning: Note = {
  title: "Which absence is meant",
  text: "Never: that is a batch question. Not yet: NOT EXISTS or a left join with a test for NULL, and an updatable sink. Not within a time: an outer interval join with a test for NULL, which only adds rows.",
}

const timeToLive: Note = {
  title: "Time-to-live is a decision about correctness",
  text: "It counts from the last update of a key; afterwards the key is forgotten: totals begin anew and matches are missed. Derive it from how far back a match or a correction can come (SQL-04), never from the memory there is. Windows and interval joins are not governed by it.",
}

const outputKind: Note = {
  title: "Its rows change after they are written",
  text: "The sink needs a key and has to take updates and deletions. A plain append sink, a file or an e-mail cannot take back what it was given.",
}

const slowestInput: Note = {
  title: "It waits for the slowest input",
  text: "Results come when the watermark of every input has passed, so that one idle source holds everything up. Ask which source is quietest, and how late its rows may be.",
}
