/** Models, snapshots and seeds of dbt projects that come as a folder, without a manifest. Jinja is looked at, never executed. */
import { type DbtDraft, draftOf } from "./dbt-drafts.ts"
import { type DbtProject, type DbtRole, isDbtTemplate, roleOf } from "./dbt-projects.ts"
import { readPython } from "./dbt-python.ts"
import { snapshotBlocks } from "./dbt-snapshots.ts"
import { type ImportFile, type MayRead, tookTooLong } from "./import-files.ts"
import type { NodeId, Notice, Source } from "../model.ts"
import { type Macros, macrosIn } from "../sql/macros.ts"
import { readTemplate, type TemplateReading } from "../sql/read.ts"
import { unknownVerdict } from "../verdict.ts"

export interface DbtFiles {
  readonly drafts: readonly DbtDraft[]
  readonly seeds: readonly (Source & { readonly project: string })[]
  /** Files that are none of dbt's. */
  readonly plain: readonly ImportFile[]
  readonly passedOver: Readonly<Record<string, number>>
  readonly notices: readonly Notice[]
}

export interface DbtFilesOptions {
  /** The project of templates that lie in none. */
  readonly name: string
  readonly mayRead: MayRead
}

/** Parts the files into those of dbt, read, and the others. */
export function readDbtFiles(
  files: readonly ImportFile[],
  projects: readonly DbtProject[],
  { name, mayRead }: DbtFilesOptions,
): DbtFiles {
  const drafts: DbtDraft[] = []
  const seeds: (Source & { project: string })[] = []
  const plain: ImportFile[] = []
  const passedOver: Record<string, number> = {}
  const notices: Notice[] = []
  const ids = new Map<NodeId, number>()
  const count = (what: string): void => void (passedOver[what] = (passedOver[what] ?? 0) + 1)
  const macros = macrosOf(files, projects)
  for (const file of files) {
    const found = roleOf(file.path, projects)
    const project = found?.project.name ?? name
    const kind = kindOf(file, found?.role)
    if (kind === "seed") seeds.push(seedOf(file, project))
    else if (kind === "script") plain.push(file)
    else if (kind === "python") drafts.push(once(readPython(file, project, stemOf(file.path)), ids, notices))
    else if (kind === "template") {
      for (const draft of draftsOf(file, project, mayRead(file.path), macros)) {
        if (draft === "disabled") count(draft)
        else drafts.push(once(draft, ids, notices))
      }
    } else if (kind !== undefined) count(kind)
  }
  return { drafts, seeds, plain, passedOver, notices }
}

const passedOverRoles: ReadonlySet<string> = new Set(["macro", "test", "analysis", "installed package", "dbt's own output"])

/** How a file is read, or under which name it is counted; `undefined` for what is no code. */
function kindOf({ path, text }: ImportFile, role: DbtRole | undefined): string | undefined {
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ""
  if (ending === "csv") return role === "seed" ? "seed" : undefined
  if (["yml", "yaml", "md", "json"].includes(ending)) return undefined
  if (role !== undefined && passedOverRoles.has(role)) return role
  if (ending === "py") return role === "model" && /\bdef\s+model\s*\(/.test(text) ? "python" : undefined
  if (role !== "model" && !isDbtTemplate(text)) return "script"
  return isMacroFile(text) ? "macro" : "template"
}

/** A file of macros or generic tests outside their folders: it has no query of its own. */
const isMacroFile = (text: string): boolean => /^\s*(?:\{#[^#]*#\}\s*)*\{%-?\s*(?:macro|test|materialization|docs)\s/.test(text)

/** Macros that the files define; their texts tell which of them write values. */
const macrosOf = (files: readonly ImportFile[], projects: readonly DbtProject[]): Macros =>
  new Map(
    files
      .filter((file) => kindOf(file, roleOf(file.path, projects)?.role) === "macro")
      .flatMap(({ text }) => [...macrosIn(text)]),
  )

const stemOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, "")

function seedOf({ path }: ImportFile, project: string): Source & { readonly project: string } {
  const name = stemOf(path)
  return { id: `seed.${project}.${name}`, name, kind: "seed", project }
}

function draftsOf(file: ImportFile, project: string, mayRead: boolean, macros: Macros): readonly (DbtDraft | "disabled")[] {
  const read = mayRead ? (text: string): TemplateReading => readTemplate(text, macros) : unreadTemplate
  const snapshots = snapshotBlocks(file, project, read)
  if (snapshots.length > 0) return snapshots
  const { path, text } = file
  return [draftOf({ reading: read(text), project, kind: "model", name: stemOf(path), file: path, line: 1, text })]
}

const unreadTemplate = (): TemplateReading => ({
  writes: [],
  reads: [],
  verdict: unknownVerdict(tookTooLong),
  refs: [],
  sources: [],
  config: {},
})

/** The draft with an id of its own, where two files of a project have one name. */
function once(draft: DbtDraft, ids: Map<NodeId, number>, notices: Notice[]): DbtDraft {
  const { id, file = "" } = draft.statement
  let number = (ids.get(id) ?? 0) + 1
  if (number > 1) while (ids.has(`${id}#${number}`)) number += 1
  ids.set(id, number)
  if (number === 1) return draft
  const own = `${id}#${number}`
  ids.set(own, 1)
  notices.push({ place: file, message: `Another file of the project has this name too: it is called ${own} here` })
  return { ...draft, statement: { ...draft.statement, id: own } }
}
