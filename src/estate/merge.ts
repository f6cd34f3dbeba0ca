/** All imports of an engagement as one estate: ids that do not collide, and edges where one import reads what another writes. */
import { foldEphemeral } from "./ephemeral.ts"
import type { Consumer, Estate, NodeId, Source, Statement } from "./model.ts"
import { findRelation, indexRelations } from "./relation-names.ts"

/** One import, with the domain of the engagement that it belongs to. */
export interface DomainEstate {
  readonly domain: string
  readonly estate: Estate
}

interface InDomain {
  readonly domain: string
}

export type PlacedStatement = Statement & InDomain
export type PlacedSource = Source & InDomain
export type PlacedConsumer = Consumer & InDomain

export interface MergedEstate {
  /** Without ephemeral models, which are part of their consumers. */
  readonly statements: readonly PlacedStatement[]
  /** Without those that a statement of another import writes. */
  readonly sources: readonly PlacedSource[]
  readonly consumers: readonly PlacedConsumer[]
  /** Ephemeral models, with the statements that each became part of. */
  readonly folded: ReadonlyMap<NodeId, readonly NodeId[]>
  readonly notices: readonly string[]
}

/**
 * Merges imports in their order. A statement or consumer whose id another import has as well is called `<domain>/<id>`; a source
 * that several imports read is one. A source that a statement of another import writes becomes an edge to it.
 */
export function mergeEstates(parts: readonly DomainEstate[]): MergedEstate {
  const { parts: relinked, written, notices } = linkImports(parts)
  const sources = new Map<NodeId, PlacedSource>()
  for (const { domain, estate } of relinked) {
    for (const source of estate.sources) {
      if (!sources.has(source.id) && !written.has(source.id)) sources.set(source.id, { ...source, domain })
    }
  }
  const placed = relinked.flatMap(({ domain, estate }) => estate.statements.map((each) => ({ ...each, domain })))
  const { statements, folded } = foldEphemeral(placed)
  const consumers = relinked.flatMap(({ domain, estate }) => estate.consumers.map((each) => ({ ...each, domain })))
  return { statements, sources: [...sources.values()], consumers: withoutFolded(consumers, folded), folded, notices }
}

/** The imports with ids that do not collide, and edges to what others write; `written` are the sources that became such edges. */
export function linkImports(parts: readonly DomainEstate[]): {
  readonly parts: readonly DomainEstate[]
  readonly written: ReadonlySet<NodeId>
  readonly notices: readonly string[]
} {
  const notices: string[] = []
  const renamed = qualified(parts, notices)
  const links = linksBetween(renamed, notices)
  return { parts: renamed.map((part) => redirected(part, links)), written: new Set(links.keys()), notices }
}

/** Ids of statements and consumers that occur in one import only. */
function qualified(parts: readonly DomainEstate[], notices: string[]): readonly DomainEstate[] {
  const seen = new Map<NodeId, number>()
  for (const { estate } of parts) {
    const own = new Set([...estate.statements, ...estate.consumers].map(({ id }) => id))
    for (const id of own) seen.set(id, (seen.get(id) ?? 0) + 1)
  }
  const colliding = new Set([...seen].filter(([, count]) => count > 1).map(([id]) => id))
  if (colliding.size === 0) return parts
  notices.push(
    `${colliding.size} ids occur in more than one import, such as ${[...colliding][0]}: they are told apart by their domain. If it is the same code, remove one of the imports.`,
  )
  const taken = new Set(seen.keys())
  return parts.map(({ domain, estate }) => {
    const own = new Set([...estate.statements, ...estate.consumers].map(({ id }) => id))
    const names = new Map([...own].flatMap((id) => (colliding.has(id) ? [[id, freeName(domain, id, taken)]] : [])))
    return { domain, estate: withIds(estate, (id) => names.get(id) ?? id) }
  })
}

function freeName(domain: string, id: NodeId, taken: Set<NodeId>): NodeId {
  let name = `${domain}/${id}`
  for (let number = 2; taken.has(name); number++) name = `${domain}-${number}/${id}`
  taken.add(name)
  return name
}

function withIds(estate: Estate, nameOf: (id: NodeId) => NodeId): Estate {
  return {
    ...estate,
    statements: estate.statements.map((each) => ({ ...each, id: nameOf(each.id), dependsOn: each.dependsOn.map(nameOf) })),
    consumers: estate.consumers.map((each) => ({ ...each, id: nameOf(each.id), reads: each.reads.map(nameOf) })),
  }
}

/** Sources, by id, that statements of other imports write: by the same id, else by the relation's name. */
function linksBetween(parts: readonly DomainEstate[], notices: string[]): ReadonlyMap<NodeId, readonly NodeId[]> {
  const links = new Map<NodeId, readonly NodeId[]>()
  if (parts.length < 2) return links
  const statements = new Set(parts.flatMap(({ estate }) => estate.statements.map(({ id }) => id)))
  const writers = indexRelations(
    parts.flatMap((part) =>
      part.estate.statements.flatMap(({ id, writes }) => writes.map((relation) => [relation, { id, part }] as const)),
    ),
  )
  for (const part of parts) {
    for (const { id, name, kind } of part.estate.sources) {
      if (links.has(id)) continue
      if (statements.has(id)) links.set(id, [id])
      if (statements.has(id) || kind === "seed") continue
      const found = findRelation(writers, name)
      if (found === undefined) continue
      if ("ambiguous" in found) {
        notices.push(`${name} could be ${found.ambiguous.slice(0, 3).join(" or ")} of another import: no edge is drawn to it.`)
        continue
      }
      const others = found.entries.filter((each) => each.part !== part).map((each) => each.id)
      if (others.length > 0) links.set(id, [...new Set(others)])
    }
  }
  return links
}

function redirected({ domain, estate }: DomainEstate, links: ReadonlyMap<NodeId, readonly NodeId[]>): DomainEstate {
  if (links.size === 0) return { domain, estate }
  const follow = (ids: readonly NodeId[]): readonly NodeId[] =>
    ids.some((id) => links.has(id)) ? [...new Set(ids.flatMap((id) => links.get(id) ?? [id]))] : ids
  return {
    domain,
    estate: {
      ...estate,
      statements: estate.statements.map((each) => ({ ...each, dependsOn: follow(each.dependsOn) })),
      consumers: estate.consumers.map((each) => ({ ...each, reads: follow(each.reads) })),
    },
  }
}

/** Whoever reads an ephemeral model reads what it reads: nothing of it is stored. */
function withoutFolded(
  consumers: readonly PlacedConsumer[],
  folded: ReadonlyMap<NodeId, readonly NodeId[]>,
): readonly PlacedConsumer[] {
  return consumers.map((each) => ({ ...each, reads: each.reads.filter((id) => !folded.has(id)) }))
}
