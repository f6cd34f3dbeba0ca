/** What only the definitions of tables tell: feeds without the rows as they were, and sinks whose key is not the query's. */
import { isSymbol, textOf } from "../cursor.ts"
import type { Definition } from "../definitions.ts"
import { readsOf } from "../relations.ts"
import type { Core } from "../structure.ts"
import { type Tokens, kind } from "../tokens.ts"
import { type Search, note } from "./found.ts"
import { type Item, itemsOf, splitAtCommas } from "./select-items.ts"

export function findFeeds(search: Search): void {
  const { structure, definitions } = search
  if (definitions === undefined || definitions.size === 0) return
  for (const { name, at } of readsOf(structure)) {
    if (isUpsert(definitions.get(name.toLowerCase())))
      note(search, "upsert-input", at, at + 1, `${name} gives only the new state of a row`)
  }
  const sink = definitions.get(structure.writes[0]?.toLowerCase() ?? "")
  const core = structure.root.cores.length === 1 ? structure.root.cores[0] : undefined
  if (sink !== undefined && core !== undefined) findSinkKey(search, sink, core)
}

const isUpsert = (definition: Definition | undefined): boolean =>
  definition?.options.get("connector") === "upsert-kafka" || definition?.options.get("changelog.mode") === "upsert"

/** Places of the GROUP BY's columns among those written against places of the sink's key. */
function findSinkKey(search: Search, sink: Definition, core: Core): void {
  const { tokens } = search.structure
  if (core.groupBy === undefined || sink.key.length === 0) return
  const items = itemsOf(tokens, core)
  const keys = splitAtCommas(tokens, core.groupBy).map((key) => items.findIndex((item) => isSame(tokens, item, key, items)))
  const wanted = sink.key.map((column) => sink.columns.indexOf(column))
  if (keys.length === wanted.length && keys.every((place) => wanted.includes(place))) return
  const { start, end } = core.groupBy
  note(search, "sink-key", start - 2, end, `${textOf(tokens, start - 2, end)}, but the sink's key is ${sink.key.join(", ")}`)
}

/** Whether a column written is a key of the groups: by number, by name or by the same words. */
function isSame(
  tokens: Tokens,
  item: Item,
  key: { readonly start: number; readonly end: number },
  items: readonly Item[],
): boolean {
  if (tokens.kind[key.start] === kind.number)
    return items[Number(tokens.text.slice(tokens.start[key.start], tokens.end[key.start])) - 1] === item
  const last = tokens.word[key.end - 1]!.toLowerCase()
  const isColumn = key.end - key.start === 1 || isSymbol(tokens, key.end - 2, ".")
  const first = tokens.word[item.start]!.toLowerCase()
  return isColumn && (item.name === last || first === last || tokens.word[item.start + 2]?.toLowerCase() === last)
}
