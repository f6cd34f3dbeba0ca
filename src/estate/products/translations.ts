/** What statements need that plain porting does not give, and what comes out of them. */
import { type ConstructId, constructTable } from "../construct-table.ts"
import type { EstateGraph } from "../plan/estate-graph.ts"
import { orderOf } from "../graph/order.ts"
import type { OutputKind, Verdict } from "../model.ts"

/** Hardest first, so that the rest is small work. */
const MOST_TRANSLATIONS = 12

/** "2 × NOT EXISTS / left join …: updatable sink; …", hardest first; code and unread statements are named as such. */
export function translationsOf(verdicts: readonly Verdict[]): readonly string[] {
  const counts = new Map<ConstructId, number>()
  for (const { constructs } of verdicts) {
    for (const { construct } of constructs) counts.set(construct, (counts.get(construct) ?? 0) + 1)
  }
  const needed = [...counts].filter(([id]) => constructTable[id].factor > 1)
  const hardest = needed.sort(
    ([one, ones], [other, others]) =>
      constructTable[other].factor - constructTable[one].factor || others - ones || (one < other ? -1 : 1),
  )
  const words = hardest
    .slice(0, MOST_TRANSLATIONS)
    .map(([id, count]) => `${count} × ${constructTable[id].name}: ${constructTable[id].rewrite}`)
  const left = hardest.length - MOST_TRANSLATIONS
  return [
    ...words,
    ...(left > 0 ? [`${left} lighter kinds of construct more`] : []),
    ...unreadInWords(verdicts, "code", "code, not SQL: read what each does and write it anew"),
    ...unreadInWords(verdicts, "unknown", "not read yet: give the compiled SQL, or classify by hand"),
  ]
}

/** What each statement gives to its readers, by number: what leaves it as it comes has the kind of its inputs. */
export function outputsOf({ graph, statements, verdictAt }: EstateGraph): readonly OutputKind[] {
  const outputs: OutputKind[] = Array.from(graph.ids, () => "append")
  const { offsets, targets } = graph.upstream
  for (const node of orderOf(graph).nodes) {
    const verdict = node < statements ? verdictAt[node] : undefined
    if (verdict === undefined) continue
    let output = ownOutput(verdict)
    if (output === "as input") {
      output = "append"
      const end = offsets[node + 1] ?? 0
      for (let at = offsets[node] ?? end; at < end; at++) output = stricter(output, outputs[targets[at] ?? 0] ?? "append")
    }
    outputs[node] = output
  }
  return outputs
}

/** The kind that a sink has to be ready for, when it may get either. */
export function stricter(one: OutputKind, other: OutputKind): OutputKind {
  return STRICTNESS.indexOf(one) > STRICTNESS.indexOf(other) ? one : other
}

const STRICTNESS: readonly OutputKind[] = ["as input", "append", "none", "changelog", "not repeatable"]

/** What has no counterpart on a stream gives changes once it is rewritten, if it keeps state. */
function ownOutput({ output, stateful }: Verdict): OutputKind {
  if (output !== "none") return output
  return stateful === false ? "as input" : "changelog"
}

function unreadInWords(verdicts: readonly Verdict[], kind: "code" | "unknown", words: string): readonly string[] {
  const count = verdicts.filter((each) => each.class === kind).length
  return count === 0 ? [] : [`${count} ${count === 1 ? "statement is" : "statements are"} ${words}`]
}
