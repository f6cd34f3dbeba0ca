/** Several imports as one estate: what one of them reads and another writes is linked. */
import { linkImports } from "./merge.ts"
import type { Estate, NodeId, Origin, Source } from "./model.ts"

/** One estate of several, in their order; ids that two of them have are told apart by the import's name. */
export function joinEstates(first: Estate, others: readonly Estate[]): Estate {
  if (others.length === 0) return first
  const all = [first, ...others]
  const { parts, written, notices } = linkImports(all.map((estate) => ({ domain: estate.origin.name, estate })))
  const estates = parts.map(({ estate }) => estate)
  const sources = new Map<NodeId, Source>()
  for (const source of estates.flatMap((each) => each.sources)) {
    if (!sources.has(source.id) && !written.has(source.id)) sources.set(source.id, source)
  }
  return {
    format: first.format,
    origin: originOf(all),
    statements: estates.flatMap((each) => each.statements),
    sources: [...sources.values()],
    consumers: estates.flatMap((each) => each.consumers),
    notices: [...notices.map((message) => ({ place: "imports", message })), ...all.flatMap((each) => each.notices)],
  }
}

function originOf(estates: readonly Estate[]): Origin {
  const passedOver: Record<string, number> = {}
  for (const { origin } of estates) {
    for (const [what, count] of Object.entries(origin.passedOver)) passedOver[what] = (passedOver[what] ?? 0) + count
  }
  const [first] = estates
  return { ...(first?.origin ?? { kind: "sql-files" }), name: estates.map(({ origin }) => origin.name).join(" + "), passedOver }
}
