/**
 * Ephemeral dbt models stored nowhere: each is part of every statement that reads it. Its constructs count in each of them, as they
 * do in compiled SQL: the engine inlines a view, so that every reader keeps that state and has to be tested with it.
 */
import { judged } from "./judgement.ts"
import type { PlacedStatement } from "./merge.ts"
import type { NodeId, Verdict } from "./model.ts"

/** An ephemeral model that stands for more inputs than this stays a statement: written out everywhere, a chain of them would explode. */
const MOST_INPUTS = 200

interface Inlined {
  /** What stands in for it in the lineage of its readers. */
  readonly inputs: readonly NodeId[]
  /** Itself, and the ephemeral models that it is made of. */
  readonly models: readonly PlacedStatement[]
}

/** The statements without ephemeral models, whose inputs and constructs pass to their readers; and what each was folded into. */
export function foldEphemeral(statements: readonly PlacedStatement[]): {
  readonly statements: readonly PlacedStatement[]
  readonly folded: ReadonlyMap<NodeId, readonly NodeId[]>
} {
  const inlined = inline(statements)
  if (inlined.size === 0) return { statements, folded: new Map() }
  const folded = new Map<NodeId, NodeId[]>(Array.from(inlined.keys(), (id) => [id, []]))
  const kept = statements.filter(({ id }) => !inlined.has(id))
  return { statements: kept.map((each) => withInlined(each, inlined, folded)), folded }
}

/** Ephemeral models that can be written out, inputs first; those in a cycle or too large stay as they are. */
function inline(statements: readonly PlacedStatement[]): ReadonlyMap<NodeId, Inlined> {
  const ephemeral = new Map(statements.filter((each) => each.materialized === "ephemeral").map((each) => [each.id, each]))
  const open = new Map(Array.from(ephemeral, ([id, each]) => [id, each.dependsOn.filter((need) => ephemeral.has(need)).length]))
  const readers = new Map<NodeId, NodeId[]>()
  for (const { id, dependsOn } of ephemeral.values()) {
    for (const need of dependsOn) if (ephemeral.has(need)) readers.set(need, [...(readers.get(need) ?? []), id])
  }
  const inlined = new Map<NodeId, Inlined>()
  const ready = [...open].filter(([, count]) => count === 0).map(([id]) => id)
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    const model = ephemeral.get(id)
    if (model === undefined) continue
    const whole = writtenOut(model, inlined)
    if (whole.inputs.length + whole.models.length <= MOST_INPUTS) inlined.set(id, whole)
    for (const reader of readers.get(id) ?? []) {
      const left = (open.get(reader) ?? 0) - 1
      open.set(reader, left)
      if (left === 0) ready.push(reader)
    }
  }
  return inlined
}

function writtenOut(model: PlacedStatement, inlined: ReadonlyMap<NodeId, Inlined>): Inlined {
  const parts = model.dependsOn.flatMap((id) => inlined.get(id) ?? [])
  return {
    inputs: [...new Set(model.dependsOn.flatMap((id) => inlined.get(id)?.inputs ?? [id]))],
    models: [...new Set([model, ...parts.flatMap((part) => part.models)])],
  }
}

function withInlined(
  statement: PlacedStatement,
  inlined: ReadonlyMap<NodeId, Inlined>,
  folded: ReadonlyMap<NodeId, NodeId[]>,
): PlacedStatement {
  const parts = statement.dependsOn.flatMap((id) => inlined.get(id) ?? [])
  if (parts.length === 0) return statement
  const models = [...new Set(parts.flatMap((part) => part.models))]
  for (const { id } of models) folded.get(id)?.push(statement.id)
  const dependsOn = [...new Set(statement.dependsOn.flatMap((id) => inlined.get(id)?.inputs ?? [id]))]
  // Compiled SQL holds the ephemeral model already: counting it again would double it.
  if (statement.textSource === "compiled") return { ...statement, dependsOn }
  return { ...statement, dependsOn, verdict: models.reduce(joined, statement.verdict) }
}

/** The verdict on a text with an ephemeral model written into it. */
function joined(verdict: Verdict, model: PlacedStatement): Verdict {
  const other = judged(model)
  const isKnown = verdict.factor !== undefined && other.factor !== undefined
  const [leading, following] = (other.factor ?? 0) > (verdict.factor ?? 0) ? [other, verdict] : [verdict, other]
  const both = {
    ...leading,
    stateful: verdict.stateful === true || other.stateful === true ? true : isKnown ? false : null,
    furtherStateful: leading.furtherStateful + following.constructs.filter((each) => each.stateful).length,
    output: verdict.output === "none" || verdict.output === "as input" ? other.output : verdict.output,
    constructs: [...verdict.constructs, ...other.constructs],
  }
  if (isKnown || verdict.factor === undefined) return both
  const { factor: _, ...unknown } = both
  const because = `${model.name}, which is part of it: ${other.because ?? "its text is not known"}`
  return { ...unknown, class: other.class, because }
}
