/** References between models of folders, resolved as dbt does: in the own project first. */
import type { DbtDraft } from "./dbt-drafts.ts"
import type { DbtFiles } from "./dbt-folder.ts"
import type { NodeId, Source, Statement } from "../model.ts"

export interface Resolved {
  /** With `dependsOn` from ref() and source(); statements that have neither still wait for their names to be linked. */
  readonly statements: readonly Statement[]
  readonly sources: readonly Source[]
}

/** Gives each draft the ids that its ref() and source() lead to; what is not there becomes a source outside the estate. */
export function resolveReferences({ drafts, seeds }: Pick<DbtFiles, "drafts" | "seeds">): Resolved {
  const sources = new Map<NodeId, Source>(seeds.map(({ project: _, ...seed }) => [seed.id, seed]))
  const find = modelFinder([
    ...drafts.map(({ project, statement: { id, name } }) => ({ project, id, name })),
    ...seeds.map(({ project, id, name }) => ({ project, id, name })),
  ])
  const idOf = (words: readonly string[], project: string): NodeId => {
    const [name = "", ownProject] = words.toReversed()
    const found = ownProject === undefined ? find(name, project) : find(name, ownProject, true)
    return found ?? outside(sources, ownProject === undefined ? `table.${name.toLowerCase()}` : `model.${words.join(".")}`, name)
  }
  const statements = drafts.map(({ project, statement, refs, sources: given }) => {
    const ids = [...refs.map((words) => idOf(words, project)), ...given.map((words) => sourceOf(sources, words))]
    return { ...statement, dependsOn: [...new Set(ids)].filter((id) => id !== statement.id) }
  })
  return { statements, sources: [...sources.values()] }
}

/** Whether a draft says what it reads; without, its reads are linked by their names. */
export const hasReferences = ({ refs, sources }: DbtDraft): boolean => refs.length + sources.length > 0

interface Named {
  readonly project: string
  readonly id: NodeId
  readonly name: string
}

type Find = (name: string, project: string, only?: boolean) => NodeId | undefined

/** By name in a project; where it is not there and `only` is not set, in the one other project that has it. */
function modelFinder(named: readonly Named[]): Find {
  const inProject = new Map<string, NodeId>()
  const anywhere = new Map<string, NodeId | undefined>()
  for (const { project, id, name } of named) {
    const place = `${project}\n${name.toLowerCase()}`
    if (!inProject.has(place)) inProject.set(place, id)
    anywhere.set(name.toLowerCase(), anywhere.has(name.toLowerCase()) ? undefined : id)
  }
  return (name, project, only = false) =>
    inProject.get(`${project}\n${name.toLowerCase()}`) ?? (only ? undefined : anywhere.get(name.toLowerCase()))
}

function outside(sources: Map<NodeId, Source>, id: NodeId, name: string): NodeId {
  if (!sources.has(id)) sources.set(id, { id, name, kind: "outside" })
  return id
}

function sourceOf(sources: Map<NodeId, Source>, [system, table]: readonly [string, string]): NodeId {
  const id = `source.${system}.${table}`
  if (!sources.has(id)) sources.set(id, { id, name: `${system}.${table}`, kind: "source", system })
  return id
}
