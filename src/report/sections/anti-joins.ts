import { antiJoinRewrites, type AntiJoinRewrites } from "../../estate/anti-join.ts"
import type { ConstructId } from "../../estate/construct-table.ts"
import type { Statement } from "../../estate/model.ts"
import type { Block, TableRow } from "../blocks.ts"
import type { EstateDossier } from "../estate-dossier.ts"
import { count } from "../wording.ts"

const spellings: ReadonlySet<ConstructId> = new Set<ConstructId>(["anti-join", "not-exists", "not-in", "intersect-except"])
/** Statements shown; each takes a third of a page. */
const mostShown = 12

interface Rewritten extends AntiJoinRewrites {
  readonly statement: Statement
}

/** Anti joins in the statements' own tables and keys, three ways; the hardest statements first. */
export function antiJoinBlocks({ hardest }: EstateDossier): Block[] {
  const all = hardest.filter(({ verdict }) => verdict.constructs.some(({ construct }) => spellings.has(construct)))
  const shown = all
    .slice(0, mostShown)
    .flatMap((statement) => antiJoinRewrites(statement).map((each): Rewritten => ({ ...each, statement })))
  const [first] = shown
  if (!first) return []
  const more = all.length - mostShown
  return [
    { type: "heading", level: 2, text: "Anti joins, rewritten", id: "anti-joins" },
    { type: "list", items: first.rewrites.map(({ title, when }) => [{ text: `${title}. `, bold: true }, when]) },
    {
      type: "table",
      caption: `The rewrites with the statements’ own tables and keys${more > 0 ? `; ${count(more, "statement")} more have them on their page` : ""}`,
      columns: [
        { label: "Statement", kind: "text", share: 1.7 },
        { label: "Today", kind: "text", share: 2 },
        ...first.rewrites.map(({ title }) => ({ label: title, kind: "text" as const, share: 2.8 })),
      ],
      rows: shown.map(rowOf),
    },
  ]
}

function rowOf({ statement, found, warning, rewrites }: Rewritten): TableRow {
  return {
    cells: [statement.name, `${found}.${warning === undefined ? "" : `\n${warning}`}`, ...rewrites.map(({ sql }) => sql)],
  }
}
