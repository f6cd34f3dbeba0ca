/** Which files of a folder belong to a dbt project, and what each of them is there, without a manifest. */
import { parse } from "yaml"
import { z } from "zod"
import type { ImportFile } from "./import-files.ts"
import type { Notice } from "../model.ts"

/** What a file is to dbt; `other` for a file of the project that dbt would not look at. */
export type DbtRole =
  | "model"
  | "snapshot"
  | "seed"
  | "macro"
  | "test"
  | "analysis"
  | "installed package"
  | "dbt's own output"
  | "other"

export interface DbtProject {
  readonly name: string
  /** Folder of the project, with a slash at its end; "" for the whole import. */
  readonly root: string
  readonly folders: readonly (readonly [folder: string, role: DbtRole])[]
}

/** Whether a text calls ref(), source() or config() in Jinja. */
export const isDbtTemplate = (text: string): boolean =>
  /\{[{%]/.test(text) && /\b(?:ref|source|config)\s*\(\s*['"\w]|\{%-?\s*snapshot\s/.test(text)

/** Projects by their dbt_project.yml, and by a folder `models` that holds templates; deeper ones first. */
export function projectsIn(
  files: readonly ImportFile[],
  name: string,
): { readonly projects: readonly DbtProject[]; readonly notices: readonly Notice[] } {
  const notices: Notice[] = []
  const declared = files.filter(({ path }) => isProjectFile(path)).map((file) => declaredProject(file, notices))
  const projects = declared.filter(({ root }) => !declared.some((outer) => isForeign(roleIn(outer, root))))
  for (const { path, text } of files) {
    const at = path.split("/").findIndex((folder) => folder.toLowerCase() === "models")
    const root = path
      .split("/")
      .slice(0, Math.max(at, 0))
      .map((folder) => `${folder}/`)
      .join("")
    if (at < 0 || projects.some((known) => root.startsWith(known.root)) || !isDbtTemplate(text)) continue
    projects.push({ name: root.split("/").at(-2) ?? name, root, folders: usualFolders })
  }
  return { projects: projects.toSorted((one, other) => other.root.length - one.root.length), notices }
}

/** Whether a file says that its folder is a dbt project. */
export const isProjectFile = (path: string): boolean => /(^|\/)dbt_project\.ya?ml$/i.test(path)

/** The project that a file belongs to, and what it is there. */
export function roleOf(
  path: string,
  projects: readonly DbtProject[],
): { readonly project: DbtProject; readonly role: DbtRole } | undefined {
  const project = projects.find(({ root }) => path.startsWith(root))
  return project && { project, role: roleIn(project, path) ?? "other" }
}

function roleIn({ root, folders }: DbtProject, path: string): DbtRole | undefined {
  if (!path.startsWith(root)) return undefined
  const inside = path.slice(root.length).toLowerCase()
  return folders.find(([folder]) => inside.startsWith(`${folder.toLowerCase()}/`))?.[1]
}

const isForeign = (role: DbtRole | undefined): boolean => role === "installed package" || role === "dbt's own output"

const paths = z.array(z.string()).optional().catch(undefined)
const projectShape = z.object({
  name: z.string().trim().min(1),
  "model-paths": paths,
  "source-paths": paths,
  "snapshot-paths": paths,
  "seed-paths": paths,
  "data-paths": paths,
  "macro-paths": paths,
  "test-paths": paths,
  "analysis-paths": paths,
  "packages-install-path": z.string().optional().catch(undefined),
  "target-path": z.string().optional().catch(undefined),
})

/** Keys of dbt_project.yml that name folders, in their newer and older spelling. */
const folderKeys = [
  ["model", ["model-paths", "source-paths"]],
  ["snapshot", ["snapshot-paths"]],
  ["seed", ["seed-paths", "data-paths"]],
  ["macro", ["macro-paths"]],
  ["test", ["test-paths"]],
  ["analysis", ["analysis-paths"]],
  ["installed package", ["packages-install-path"]],
  ["dbt's own output", ["target-path"]],
] as const

const usualFolders: DbtProject["folders"] = [
  ["dbt_packages", "installed package"],
  ["dbt_modules", "installed package"],
  ["target", "dbt's own output"],
  ["logs", "dbt's own output"],
  ["models", "model"],
  ["snapshots", "snapshot"],
  ["seeds", "seed"],
  ["data", "seed"],
  ["macros", "macro"],
  ["tests", "test"],
  ["analyses", "analysis"],
  ["analysis", "analysis"],
]

function declaredProject({ path, text }: ImportFile, notices: Notice[]): DbtProject {
  const root = path.slice(0, path.lastIndexOf("/") + 1)
  const fallback = { name: root.split("/").at(-2) ?? "project", root, folders: usualFolders }
  const read = projectShape.safeParse(yamlOf(text))
  if (!read.success) {
    notices.push({ place: path, message: "Cannot be read as a dbt project: its usual folders and the folder's name are taken" })
    return fallback
  }
  const own = folderKeys.flatMap(([role, keys]) =>
    keys.flatMap((key) => [read.data[key] ?? []].flat().map((folder): [string, DbtRole] => [plainFolder(folder), role])),
  )
  return { name: read.data.name, root, folders: [...own.filter(([folder]) => folder !== ""), ...usualFolders] }
}

function yamlOf(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100, logLevel: "silent" })
  } catch {
    return undefined
  }
}

const plainFolder = (folder: string): string =>
  folder
    .replaceAll("\\", "/")
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/")
