/** The SQL of a job, which may hold several statements. */
import type { Verdict } from "../model.ts"
import type { Reading } from "../sql/read.ts"
import { readFile } from "../sql/read-file.ts"
import { unknownVerdict, verdictOf } from "../verdict.ts"

/** One reading for all statements of a text: the class of the hardest one, or unknown where one of them is. */
export function readJobSql(text: string): Reading {
  const readings = readFile(text).filter(({ kind }) => kind === "data")
  const [first, ...others] = readings
  if (first === undefined)
    return { writes: [], reads: [], verdict: unknownVerdict("The text holds no statement that moves data") }
  if (others.length === 0) return first
  const writes = [...new Set(readings.flatMap((each) => each.writes))]
  const reads = new Set(readings.flatMap((each) => each.reads))
  // What one of its statements writes and the next one reads stays inside the job.
  return {
    writes,
    reads: [...reads].filter((each) => !writes.includes(each)),
    verdict: joined(readings.map(({ verdict }) => verdict)),
  }
}

/** All constructs together; unknown where one of the texts is, unless another one is known to keep state. */
function joined(verdicts: readonly Verdict[]): Verdict {
  const unknown = verdicts.find(({ factor }) => factor === undefined)
  const constructs = verdicts.flatMap((each) => each.constructs)
  const readBy = verdicts.every((each) => each.readBy === "parser") ? "parser" : "scanner"
  const whole = verdictOf(constructs, readBy)
  return unknown === undefined || whole.stateful === true ? whole : unknown
}
