/** Names of relations, so that those of a manifest and those of a SQL text can be compared. */
import type { NodeId } from "../model.ts"
import type { SourceNode, StatementNode } from "./node-shape.ts"

/** A relation under one of its names, folded to lower case: ["shop", "public", "orders"]. */
export type Parts = readonly string[]

/** `"shop"."public"."Orders"` → `shop.public.Orders`; where the manifest names no relation, from database, schema and name. */
export function relationName(node: StatementNode | SourceNode, id: NodeId): string {
  if (node.relation_name) return withoutQuotes(node.relation_name)
  const last = node.identifier ?? node.alias ?? node.name ?? lastPart(id)
  return [node.database, node.schema, last].filter((part) => typeof part === "string" && part !== "").join(".")
}

/** Everything that a text may call the relation, whatever is deferred to another schema included. */
export function namesOf(node: StatementNode | SourceNode, id: NodeId): readonly Parts[] {
  const name = node.name ?? lastPart(id)
  const names = [relationName(node, id), name]
  if (node.package_name) names.push(`${node.package_name}.${name}`)
  if ("source_name" in node && node.source_name) names.push(`${node.source_name}.${name}`)
  if ("defer_relation" in node && node.defer_relation?.relation_name) names.push(node.defer_relation.relation_name)
  return names.map(partsOf)
}

/** The parts of a name as a text writes it. Locations of files and calls of functions stay whole. */
export function partsOf(name: string): Parts {
  const plain = withoutQuotes(name).toLowerCase()
  return /[/(']/.test(plain) ? [plain] : plain.split(".").map((part) => part.trim())
}

/** Whether two names can mean one relation: the shorter one leaves out the database or the schema. */
export function canBeSame(one: Parts, other: Parts): boolean {
  const length = Math.min(one.length, other.length)
  for (let back = 1; back <= length; back++) if (one.at(-back) !== other.at(-back)) return false
  return length > 0
}

/** What stands for a node outside the project: `source.shop.raw.orders` → `raw.orders`, `model.shop.orders` → `orders`. */
export function nameOfId(id: NodeId): string {
  const parts = id.split(".")
  const from = parts.length > 2 ? 2 : parts.length - 1
  return parts.slice(from).join(".")
}

function lastPart(id: NodeId): string {
  return id.slice(id.lastIndexOf(".") + 1)
}

function withoutQuotes(name: string): string {
  return name.replaceAll(/["`[\]]/g, "")
}
