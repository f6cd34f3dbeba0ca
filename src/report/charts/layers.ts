/** Finds the layer of today's estate in which a statement stands. */
import type { Statement } from "../../estate/model.ts"

export type Layer = "source" | "staging" | "intermediate" | "mart" | "consumer"

/** Left to right. */
export const layerOrder: readonly Layer[] = ["source", "staging", "intermediate", "mart", "consumer"]

export const layerNames: Readonly<Record<Layer, string>> = {
  source: "Sources",
  staging: "Staging, bronze",
  intermediate: "Intermediate, silver",
  mart: "Marts, gold",
  consumer: "Consumers",
}

/** First words of names; fewer than for folders, because "core" or "work" may be business words in a name. */
const prefixes = table({
  staging: "stg staging stage base raw bronze landing ods psa",
  intermediate: "int intermediate silver dwd",
  mart: "mart gold fct fact dim agg rpt report dm ads dws",
})

const folders = table({
  staging: "stg staging stage base raw bronze landing ods psa ingest ingestion",
  intermediate: "int intermediate silver core integration dwd transform work",
  mart: "mart marts gold fct fact facts dim dims dimensions agg rpt report reports reporting presentation dm ads dws bi",
})

/** What a statement reads and who reads it decide where its name says nothing. */
export interface Neighbours {
  readonly readsStatements: boolean
  readonly isRead: boolean
}

/** From the name, the folders (nearest first), the schema, the tags and the materialisation; else from its place in the graph. */
export function layerOf(statement: Statement, { readsStatements, isRead }: Neighbours): Layer {
  const named = prefixes.get(words(statement.name.split(".").at(-1) ?? "")[0] ?? "")
  const places = [...foldersOf(statement.file), ...schemasOf(statement.writes[0]), ...(statement.tags ?? [])]
  const placed = places.flatMap(words).flatMap((word) => folders.get(word) ?? [])
  const found = named ?? placed[0] ?? (statement.materialized === "ephemeral" ? "intermediate" : undefined)
  if (found) return found
  if (!isRead) return "mart"
  return readsStatements ? "intermediate" : "staging"
}

function foldersOf(file: string | undefined): string[] {
  return (file ?? "").split("/").slice(0, -1).reverse()
}

function schemasOf(relation: string | undefined): string[] {
  return (relation ?? "").split(".").slice(0, -1).reverse()
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
}

function table(lists: Partial<Record<Layer, string>>): Map<string, Layer> {
  return new Map(Object.entries(lists).flatMap(([layer, list]) => list.split(" ").map((word) => [word, layer as Layer] as const)))
}
