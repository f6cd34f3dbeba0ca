/** Where the data of a dbt project comes from, and who reads what it makes. */
import type { Consumer, NodeId, Source } from "../model.ts"
import { cleaned, type Owners, ownerOf, tidy } from "./descriptions.ts"
import type { Items } from "./items.ts"
import { exposureEdges, type Lineage } from "./lineage.ts"
import type { SourceNode } from "./node-shape.ts"
import { nameOfId } from "./relations.ts"

/** Declared sources and seeds in the order of the manifest, then what is depended on and not in the project. */
export function sourcesOf(items: Items, lineage: Lineage, owners: Owners, rows: ReadonlyMap<NodeId, number>): readonly Source[] {
  const declared = [...items.sources].map(([id, node]) => ({
    id,
    name: lineage.get(id)?.relation ?? nameOfId(id),
    kind: kindOf(items.types.get(id)),
    ...tidy({ owner: ownerOf(node, owners), description: cleaned(node.description), system: systemOf(id, node) }),
    ...tidy({ rows: rows.get(id) }),
  }))
  const outside = [...lineage].flatMap(([id, { relation }]): readonly Source[] =>
    items.statements.has(id) || items.sources.has(id)
      ? []
      : [{ id, name: relation, kind: "outside", ...tidy({ system: systemOf(id) }) }],
  )
  return [...declared, ...outside]
}

/** The exposures, with the data that they read. */
export function consumersOf(items: Items, owners: Owners): readonly Consumer[] {
  return [...items.exposures].map(([id, node]) => ({
    id,
    name: cleaned(node.label) ?? cleaned(node.name) ?? nameOfId(id),
    kind: cleaned(node.type) ?? "exposure",
    ...tidy({ owner: ownerOf(node, owners), description: cleaned(node.description) }),
    reads: exposureEdges(id, items),
  }))
}

function kindOf(type: string | undefined): Source["kind"] {
  return type === "source" || type === "seed" ? type : "outside"
}

/** dbt's name of the source; that of a source outside the project stands in its id, `source.<package>.<source>.<table>`. */
function systemOf(id: NodeId, node?: SourceNode): string | undefined {
  const [type, , source, table] = id.split(".")
  return cleaned(node?.source_name) ?? (type === "source" && table !== undefined ? source : undefined)
}
