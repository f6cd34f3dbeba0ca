/** The SQL of a job, which may hold several statements. */
import type { Verdict } from "./model.ts"
import { type Reading, readFile } from "./sql/read.ts"

/** One reading for all statements of a text: the class of the hardest one, or unknown where one of them is. */
export function readJobSql(text: string): Reading {
  const readings = readFile(text).filter(({ kind }) => kind === "data")
  const [first, ...others] = readings
  if (first === undefined) return { writes: [], reads: [], verdict: nothing }
  if (others.length === 0) return first
  const writes = [...new Set(readings.flatMap((each) => each.writes))]
  const reads = new Set(readings.flatMap((each) => each.reads))
  // What one of its statements writes and the next one reads stays inside the job.
  return {
    writes,
    reads: [...reads].filter((each) => !writes.includes(each)),
    verdict: hardestOf(readings.map(({ verdict }) => verdict)),
  }
}

function hardestOf(verdicts: readonly Verdict[]): Verdict {
  const ranked = verdicts.toSorted((one, other) => (other.factor ?? 6) - (one.factor ?? 6))
  const [hardest = nothing] = ranked
  const constructs = verdicts.flatMap((each) => each.constructs)
  const stateful = constructs.filter((each) => each.stateful)
  return {
    ...hardest,
    stateful: verdicts.some((each) => each.stateful === true)
      ? true
      : verdicts.some((each) => each.stateful === null)
        ? null
        : false,
    furtherStateful: Math.max(0, stateful.length - 1),
    constructs,
  }
}

const nothing: Verdict = {
  class: "unknown",
  stateful: null,
  furtherStateful: 0,
  output: "none",
  constructs: [],
  readBy: "none",
  because: "The text holds no statement that moves data",
}
