/** Names, owners and words of a manifest, as they can be shown and stored. */
import type { JsonObject } from "./open-json.ts"
import { isObject } from "./open-json.ts"
import { type ExposureNode, groupShape, type Person, type SourceNode, type StatementNode } from "./node-shape.ts"

/** Owners of dbt's groups, by the name of the group. */
export type Owners = ReadonlyMap<string, string>

/** Who owns each group of the manifest; none before v9. */
export function ownersOf(data: JsonObject): Owners {
  const groups = isObject(data["groups"]) ? Object.values(data["groups"]) : []
  const named = groups.flatMap((each) => {
    const group = groupShape.safeParse(each).data
    const owner = personName(group?.owner)
    return group?.name && owner !== undefined ? [[group.name, owner] as const] : []
  })
  return new Map(named)
}

/** The owner in `meta`, of an exposure in `owner`, else of the group. */
export function ownerOf(node: StatementNode | SourceNode | ExposureNode, owners: Owners): string | undefined {
  const own = [
    "owner" in node ? node.owner : undefined,
    node.meta?.owner,
    node.config?.meta?.owner,
    "source_meta" in node ? node.source_meta?.owner : undefined,
  ]
  const named = own.map(personName).find((name) => name !== undefined)
  const group = ("group" in node ? node.group : undefined) ?? node.config?.group
  return named ?? (typeof group === "string" ? owners.get(group) : undefined)
}

/** Text without signs that cannot be stored or shown; absent where nothing is left. */
export function cleaned(text: string | null | undefined): string | undefined {
  const plain = text
    ?.toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .trim()
  return plain === "" ? undefined : plain
}

/** A text, or a list of texts, as a list; absent where it is empty. */
export function listOf(value: string | readonly string[] | null | undefined): readonly string[] | undefined {
  const list = (typeof value === "string" ? [value] : (value ?? [])).flatMap((each) => cleaned(each) ?? [])
  return list.length === 0 ? undefined : list
}

/** The members that have a value. */
export function tidy<Members extends object>(members: Members): { [Name in keyof Members]?: Exclude<Members[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never
}

function personName(person: Person): string | undefined {
  if (typeof person === "string") return cleaned(person)
  return cleaned(person?.name) ?? listOf(person?.email)?.[0]
}
