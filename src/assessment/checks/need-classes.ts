/** Classes of need that no consumer is ever in, or that are listed out of order. */
import type { NeedClass, TableQuestion } from "../model.ts"
import type { Draft } from "./draft.ts"
import type { Fault, Path } from "./fault.ts"
import { expectPassable, questionOf } from "./lookup.ts"
import { fitsTable } from "./predicates.ts"
import { canPass, canPassBut } from "./row-tests.ts"

type Faults = Generator<Fault, void>

/** Faults of what critical consumers need: tests that no row passes, classes that others take over. */
export function* checkNeeds(draft: Draft): Faults {
  const { needs } = draft.scoring
  if (needs === undefined) return
  yield* expectPassable(draft, needs.inventory, needs.critical, "scoring", ["needs", "critical"])
  yield* expectPassable(draft, needs.inventory, needs.met, "scoring", ["needs", "met"])
  yield* expectPassable(draft, needs.inventory, needs.streamed ?? [], "scoring", ["needs", "streamed"])
  const table = questionOf(draft, needs.inventory)
  for (const [axis, classes] of Object.entries(needs.classes)) {
    const path = ["needs", "classes", axis]
    yield* checkOrder(classes, path)
    for (const [at, { when }] of classes.entries()) {
      yield* expectPassable(draft, needs.inventory, when, "scoring", [...path, at, "when"])
    }
    if (table?.type === "table") yield* checkReach(classes, needs.critical, table, path)
  }
}

const fault = (path: Path, message: string, fix: string): Fault => ({ document: "scoring", path, message, fix })

function* checkOrder(classes: readonly NeedClass[], path: Path): Faults {
  for (const [at, each] of classes.entries()) {
    if (at === 0 || each.target >= classes[at - 1]!.target) continue
    const fix = "List the classes of an axis with rising targets, the strictest last"
    yield fault([...path, at, "target"], `class of need "${each.id}" has a lower target than the one before it`, fix)
  }
}

/** A consumer is in the last class whose tests it passes, so that a wide class leaves nothing to those before it. */
function* checkReach(classes: readonly NeedClass[], critical: NeedClass["when"], table: TableQuestion, path: Path): Faults {
  const fits = classes.every(({ when }) => when.every((test) => fitsTable(table, test)))
  if (!fits || !canPass(critical, table)) return
  for (const [at, { id, when }] of classes.entries()) {
    if (!canPass(when, table)) continue
    const tests = [...critical, ...when]
    if (!canPass(tests, table)) {
      const fix = "Its tests and those under critical contradict each other: loosen or remove one of them"
      yield fault([...path, at, "when"], `class of need "${id}" is never reached: none of its consumers is critical`, fix)
      continue
    }
    const later = classes.slice(at + 1)
    if (canPassBut(tests, whensOf(later), table)) continue
    const taker = later.find((each) => !canPassBut(tests, whensOf([each]), table))
    const takers = taker === undefined ? "the classes after it take" : `"${taker.id}" after it takes`
    const narrow = taker === undefined ? "one of the classes after it" : `"${taker.id}"`
    const fix = `The last class that fits wins: narrow ${narrow}, or remove "${id}"`
    yield fault([...path, at], `class of need "${id}" is never reached: ${takers} all its consumers`, fix)
  }
}

const whensOf = (classes: readonly NeedClass[]): readonly NeedClass["when"][] => classes.map(({ when }) => when)
