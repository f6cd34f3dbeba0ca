/** The estate in a folder of SQL: statements of scripts, and models of dbt projects without a manifest. */
import { hasReferences, resolveReferences } from "./dbt-references.ts"
import { readDbtFiles } from "./dbt-folder.ts"
import { projectsIn } from "./dbt-projects.ts"
import { checkFiles, type EstateReading, type ImportFile, type MayRead } from "./import-files.ts"
import { linkByName, type Lineage } from "./lineage.ts"
import type { Estate, Origin, Source, Statement } from "../model.ts"
import { readScripts, type Scripts } from "./sql-scripts.ts"

export interface SqlFilesOptions {
  /** What was read, for people: the folder or the file. */
  readonly name: string
  /** What the project of dbt models is called that lie in none; the name when absent. */
  readonly project?: string
  readonly dialect?: string
  readonly mayRead?: MayRead
}

/** Reads the files of a folder; problems for paths that leave it, for files given twice, and where nothing moves data. */
export function readSqlFiles(
  given: readonly ImportFile[],
  { name, project = name, dialect, mayRead = always }: SqlFilesOptions,
): EstateReading {
  const checked = checkFiles(given)
  if (checked.problems.length > 0) return checked
  const { projects, notices: odd } = projectsIn(checked.files, project)
  const dbt = readDbtFiles(checked.files, projects, { name: project, mayRead })
  const scripts = readScripts(dbt.plain, mayRead)
  const notices = [...checked.notices, ...odd, ...dbt.notices, ...scripts.notices]
  const passedOver = added(dbt.passedOver, scripts.passedOver)
  if (dbt.drafts.length + scripts.statements.length === 0) {
    return { problems: [{ path: name, message: nothingIn(checked.files.length, passedOver) }], notices }
  }
  const resolved = resolveReferences(dbt)
  const unlinked = new Set(dbt.drafts.filter((draft) => !hasReferences(draft)).map(({ statement }) => statement.id))
  const byName = linkUnresolved(resolved.statements, unlinked, scripts)
  const statements = [...resolved.statements, ...scripts.statements].map((statement) => {
    const dependsOn = byName.dependsOn.get(statement.id) ?? []
    return dependsOn.length === 0 ? statement : { ...statement, dependsOn }
  })
  const origin: Origin = { kind: "sql-files", name, ...(dialect !== undefined && { dialect }), passedOver }
  const sources = onceEach([...resolved.sources, ...byName.sources])
  const all = [...notices, ...byName.notices]
  const estate: Estate = { format: "headwater-estate/1", origin, statements, sources, consumers: [], notices: all }
  return { estate, problems: [], notices: all }
}

const always: MayRead = () => true

/** Links scripts, and models without a reference, by the names in their texts; models with references only write. */
function linkUnresolved(models: readonly Statement[], unlinked: ReadonlySet<string>, scripts: Scripts): Lineage {
  const asLinkable = models.map(({ id, writes, reads }) => ({ id, writes, reads: unlinked.has(id) ? reads : [] }))
  return linkByName([...asLinkable, ...scripts.linkable], scripts.defined)
}

const onceEach = (sources: readonly Source[]): readonly Source[] => [...new Map(sources.map((each) => [each.id, each])).values()]

const added = (one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): Record<string, number> => {
  const sum: Record<string, number> = { ...one }
  for (const [what, count] of Object.entries(other)) sum[what] = (sum[what] ?? 0) + count
  return sum
}

function nothingIn(files: number, passedOver: Readonly<Record<string, number>>): string {
  if (files === 0) return "Name a folder with SQL files: this one holds none"
  const others = Object.entries(passedOver).map(([what, count]) => `${count} × ${what}`)
  const beside = others.length === 0 ? "" : ` (passed over: ${others.join(", ")})`
  return `Name SQL files that move data: none of these ${files} files does${beside}`
}
