/** Procedures and scripts with control flow: the tables in them are found, their logic has to be recovered by people. */
import { constructTable } from "../construct-table.ts"
import { verdictOf } from "../verdict.ts"
import { textOf } from "./cursor.ts"
import type { Reading } from "./read.ts"
import { scan } from "./scan.ts"
import type { Range } from "./structure.ts"
import { type Tokens, kind, pairBrackets, tokenize } from "./tokens.ts"

/** Reads a block; a body in `$$` is looked into. */
export function readProcedure(tokens: Tokens, range: Range): Reading {
  pairBrackets(tokens, range.start, range.end)
  const outer = scan(tokens, range)
  const bodies = bodiesIn(tokens, range).map((text) => {
    const inner = tokenize(text)
    pairBrackets(inner, 0, inner.kind.length)
    return scan(inner, { start: 0, end: inner.kind.length })
  })
  const { keepsState, factor } = constructTable.procedure
  const words = textOf(tokens, range.start, Math.min(range.end, range.start + 5))
  const construct = {
    construct: "procedure" as const,
    start: tokens.start[range.start]!,
    end: tokens.end[Math.min(range.end, range.start + 3) - 1]!,
    line: 1,
    reason: `${words}: control flow around SQL`,
    stateful: keepsState,
    factor,
  }
  const reads = [outer, ...bodies].flatMap((each) => each.reads)
  const writes = [outer, ...bodies].flatMap((each) => each.writes)
  return {
    writes: [...new Set(writes)],
    reads: [...new Set(reads)],
    verdict: verdictOf([construct, ...outer.constructs], "scanner"),
  }
}

/** Texts between dollar signs. */
function bodiesIn(tokens: Tokens, { start, end }: Range): readonly string[] {
  const bodies: string[] = []
  for (let at = start; at < end; at++) {
    if (tokens.kind[at] !== kind.string || tokens.text[tokens.start[at]!] !== "$") continue
    const text = tokens.text.slice(tokens.start[at], tokens.end[at])
    bodies.push(text.slice(text.indexOf("$", 1) + 1, text.lastIndexOf("$", text.length - 2)))
  }
  return bodies
}
