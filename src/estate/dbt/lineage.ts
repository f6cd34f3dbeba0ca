/** Who depends on whom, as the manifest says it; no SQL is looked at here. */
import { inheritedNames } from "../../assessment/json-text.ts"
import type { NodeId } from "../model.ts"
import { edgesOf, type Items } from "./items.ts"
import { namesOf, nameOfId, type Parts, partsOf, relationName } from "./relations.ts"

/** What is known of a node to which an edge leads. */
export interface Linked {
  /** Relation for people, without quotes. */
  readonly relation: string
  readonly names: readonly Parts[]
  /** Name of the query that stands in its readers' compiled texts instead of a table, in lower case. */
  readonly folded?: readonly string[]
  readonly dependsOn: readonly NodeId[]
}

export type Lineage = ReadonlyMap<NodeId, Linked>

const dataTypes: ReadonlySet<string> = new Set(["model", "snapshot", "seed", "source"])

/** First words of ids that mean no data, of nodes that the manifest does not hold. */
const otherTypes: ReadonlySet<string> = new Set(
  "analysis doc exposure function group macro metric operation rpc saved_query semantic_model sql_operation test unit_test".split(
    " ",
  ),
)

/**
 * Every statement, source and seed with what it depends on, and a node for whatever is depended on and not in the project.
 * The edges are those of `depends_on.nodes`, in their order and once each; edges to what is no data are left out.
 */
export function lineageOf(items: Items): Lineage {
  const lineage = new Map<NodeId, Linked>()
  for (const [id, node] of items.statements) {
    const ephemeral = node.config?.materialized === "ephemeral"
    const dependsOn = dataEdges(edgesOf(node), items)
    const queries = [node.name, node.alias].flatMap((name) => (name ? [`__dbt__cte__${name.toLowerCase()}`] : []))
    const relation = relationName(node, id)
    lineage.set(id, { relation, names: namesOf(node, id), ...(ephemeral && { folded: queries }), dependsOn })
  }
  for (const [id, node] of items.sources) {
    lineage.set(id, { relation: relationName(node, id), names: namesOf(node, id), dependsOn: [] })
  }
  const read = [...lineage.values()].flatMap(({ dependsOn }) => dependsOn)
  for (const id of [...read, ...[...items.exposures.keys()].flatMap((each) => exposureEdges(each, items))]) {
    if (!lineage.has(id)) lineage.set(id, { relation: nameOfId(id), names: [partsOf(nameOfId(id))], dependsOn: [] })
  }
  return lineage
}

/** The data that an exposure reads: what it depends on, and what is behind the metrics that it depends on. */
export function exposureEdges(id: NodeId, items: Items): readonly NodeId[] {
  const found = new Set<NodeId>()
  const seen = new Set<NodeId>()
  const open = [...edgesOf(items.exposures.get(id))].toReversed()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    if (isData(next, items)) found.add(next)
    for (const behind of items.passages.get(next) ?? []) open.push(behind)
  }
  return [...found]
}

function dataEdges(edges: readonly NodeId[], items: Items): readonly NodeId[] {
  return [...new Set(edges.filter((id) => isData(id, items)))]
}

function isData(id: NodeId, { types }: Items): boolean {
  const type = types.get(id)
  if (type !== undefined) return dataTypes.has(type)
  return id !== "" && !inheritedNames.has(id) && !otherTypes.has(id.slice(0, Math.max(0, id.indexOf("."))))
}
