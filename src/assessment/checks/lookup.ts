/** Looks up what an id names; yields a fault where nothing, or the wrong kind of thing, is there. */
import type { Condition, Question, QuestionType, RowPredicate } from "../model.ts"
import { nearest } from "../nearest.ts"
import { atomsOf, predicatesIn, questionIn } from "./conditions.ts"
import { type Draft, isScored } from "./draft.ts"
import type { DocumentName, Fault, Path } from "./fault.ts"
import { checkPredicates } from "./predicates.ts"
import { contradictingColumns } from "./row-tests.ts"

type Faults = Generator<Fault, void>
type Kind = keyof Draft["ids"]

const kinds: Readonly<Record<Kind, { readonly one: string; readonly home: DocumentName }>> = {
  roles: { one: "role", home: "questionnaire" },
  questions: { one: "question", home: "questionnaire" },
  axes: { one: "axis", home: "scoring" },
  themes: { one: "theme", home: "recommendations" },
  initiatives: { one: "initiative", home: "recommendations" },
}

/** The question with an id, where it parsed. */
export const questionOf = (draft: Draft, id: string): Question | undefined =>
  draft.questions.find((each) => each.value.id === id)?.value

/** A fault when no such id is there; silent while the document that would hold it could not be read. */
export function* expectId(
  draft: Draft,
  kind: Kind,
  id: string,
  document: DocumentName,
  path: Path,
  also: readonly string[] = [],
): Faults {
  const { one, home } = kinds[kind]
  const known = [...draft.ids[kind], ...also]
  if (known.includes(id) || (draft.ids[kind].size === 0 && !draft.whole[home])) return
  const guess = nearest(id, known)
  const word = guess === undefined ? `Use ${listed(known)}` : `Write "${guess}"`
  yield { document, path, message: `unknown ${one} "${id}"`, fix: `${word}, or add "${id}" to the ${kind}` }
}

/** A fault when the question is not there, or has no levels. */
export function* expectScored(draft: Draft, id: string, document: DocumentName, path: Path): Faults {
  yield* expectId(draft, "questions", id, document, path)
  const found = questionOf(draft, id)
  if (found === undefined || isScored(found)) return
  const message = `${id} has no levels: it is a ${found.type} question that is not scored`
  yield {
    document,
    path,
    message,
    fix: found.type === "text" ? "Name a scored question" : "Name a scored question, or give this one bands",
  }
}

/** A fault when the question is not there, or is of another type. */
export function* expectType(draft: Draft, id: string, type: QuestionType, document: DocumentName, path: Path): Faults {
  yield* expectId(draft, "questions", id, document, path)
  const found = questionOf(draft, id)
  if (found === undefined || found.type === type) return
  yield {
    document,
    path,
    message: `${id} is a ${found.type} question where a ${type} question is expected`,
    fix: `Name a ${type} question`,
  }
}

/** Faults of tests on the rows of the table question with an id. */
export function* expectRows(
  draft: Draft,
  id: string,
  predicates: readonly RowPredicate[],
  document: DocumentName,
  path: Path,
): Faults {
  const table = questionOf(draft, id)
  if (table?.type === "table") yield* checkPredicates(table, predicates, document, path)
}

/** A fault when no row of the table question with an id can pass all of the tests. */
export function* expectPassable(
  draft: Draft,
  id: string,
  tests: readonly RowPredicate[],
  document: DocumentName,
  path: Path,
): Faults {
  const table = questionOf(draft, id)
  if (table?.type !== "table") return
  const columns = contradictingColumns(tests, table)
  if (columns.length === 0) return
  const named = `column${columns.length === 1 ? "" : "s"} ${columns.map((name) => `"${name}"`).join(" and ")}`
  const fix = "They contradict each other, or what the column can hold: loosen or remove one of them"
  yield { document, path, message: `no row can pass the tests on ${named}`, fix }
}

/** Faults of conditions on rows that no row can satisfy. */
export function* expectPossibleRows(draft: Draft, when: Condition, document: DocumentName, at: Path): Faults {
  for (const { atom, path } of atomsOf(when, at)) {
    const tests = predicatesIn(atom, path)
    const last = tests.at(-1)
    const all = tests.flatMap((each) => each.predicates)
    if ("rows" in atom && last) yield* expectPassable(draft, atom.rows, all, document, last.path)
  }
}

/** Faults of everything a condition names. */
export function* expectCondition(draft: Draft, when: Condition, document: DocumentName, at: Path): Faults {
  for (const { atom, path } of atomsOf(when, at)) {
    if ("index" in atom) yield* expectId(draft, "axes", atom.index, document, [...path, "index"])
    const named = questionIn(atom)
    if (named === undefined) continue
    if ("rows" in atom) yield* expectType(draft, named, "table", document, [...path, "rows"])
    else if ("includes" in atom) yield* expectTicks(draft, named, atom.includes, document, path)
    else yield* expectScored(draft, named, document, [...path, "question"])
    for (const each of predicatesIn(atom, path)) yield* expectRows(draft, named, each.predicates, document, each.path)
  }
}

function* expectTicks(draft: Draft, id: string, options: readonly string[], document: DocumentName, path: Path): Faults {
  yield* expectType(draft, id, "multi", document, [...path, "question"])
  const found = questionOf(draft, id)
  if (found?.type !== "multi") return
  for (const [at, option] of options.entries()) yield* expectOption(found.options, option, document, [...path, "includes", at])
}

/** A fault when no option has the id. */
export function* expectOption(
  options: readonly { readonly id: string }[],
  id: string,
  document: DocumentName,
  path: Path,
): Faults {
  const known = options.map((option) => option.id)
  if (known.includes(id)) return
  const guess = nearest(id, known)
  yield {
    document,
    path,
    message: `unknown option "${id}"`,
    fix: guess === undefined ? `Use one of ${known.join(", ")}` : `Write "${guess}"`,
  }
}

const listed = (known: readonly string[]): string =>
  known.length > 12 ? `one of the ${known.length} ids that are there` : `one of ${known.join(", ")}`
