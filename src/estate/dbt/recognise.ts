/** Tells a dbt manifest from the other JSON files that people have at hand. */
import type { FileProblem } from "../../assessment/json-text.ts"
import { inheritedNames } from "../../assessment/json-text.ts"
import { isObject, type JsonObject } from "./open-json.ts"

/** One of dbt's files, and the version of its schema: "v12"; the version is absent where the file does not say it. */
export interface Artifact {
  readonly kind: "manifest" | "catalog" | "run-results" | "other"
  readonly version?: string
}

/** Highest version of the manifest's schema that is published. */
const newestKnown = 12

/** What a file says about itself in `metadata.dbt_schema_version`; files that only look like a manifest are taken for one. */
export function artifactOf(data: JsonObject): Artifact {
  const metadata = data["metadata"]
  const said = isObject(metadata) ? metadata["dbt_schema_version"] : undefined
  const [, kind = "", version = ""] = typeof said === "string" ? (/\/dbt\/([a-z_-]+)\/(v\d+)/.exec(said.slice(0, 200)) ?? []) : []
  if (kind === "manifest" || kind === "catalog" || kind === "run-results") return { kind, version }
  return kind === "" && looksLikeManifest(data) ? { kind: "manifest" } : { kind: "other" }
}

/** Why a file is not the manifest, naming what it is where that can be told, and where the manifest is found. */
export function notThe(wanted: "manifest" | "catalog" | "run-results", data: JsonObject): FileProblem {
  const name = fileNames[wanted]
  const seen = kindInWords(data)
  const what = seen === undefined ? `it does not say that it is dbt's ${name}` : `this is ${seen}`
  return { path: "$.metadata.dbt_schema_version", message: `Choose target/${name} of the dbt project: ${what}` }
}

/** Whether a schema version is newer than those that are published. */
export function isNewer(version: string | undefined): boolean {
  return version !== undefined && Number(version.slice(1)) > newestKnown
}

const fileNames = { manifest: "manifest.json", catalog: "catalog.json", "run-results": "run_results.json" } as const

/** Formats of Headwater's own files, by how their `format` starts. */
const ownFormats: readonly (readonly [start: string, words: string])[] = [
  ["headwater-engagement/", "an engagement file, which is imported on the page of the engagements"],
  ["headwater-estate/", "an estate that was exported from Headwater"],
  ["headwater-", "another file of Headwater"],
]

/** What other files are known by: all of these keys at the top. */
const known: readonly (readonly [words: string, keys: readonly string[]])[] = [
  ["a semantic manifest of dbt", ["semantic_models", "project_configuration"]],
  ["a lock file of npm", ["lockfileVersion"]],
  ["a package.json", ["name", "version", "dependencies"]],
  ["a package.json", ["name", "version", "scripts"]],
  ["a package.json", ["name", "devDependencies"]],
  ["a tsconfig.json", ["compilerOptions"]],
  ["the manifest of a browser extension", ["manifest_version"]],
  ["the manifest of a web app", ["start_url"]],
  ["the manifest of a web app", ["icons", "short_name"]],
  ["the manifest of a container image", ["schemaVersion", "config"]],
  ["the manifest of a container image", ["schemaVersion", "manifests"]],
  ["a JSON Schema", ["$schema", "properties"]],
  ["a notebook", ["cells", "nbformat"]],
]

function kindInWords(data: JsonObject): string | undefined {
  const { metadata, format } = data
  const said = isObject(metadata) ? metadata["dbt_schema_version"] : undefined
  const dbt = typeof said === "string" ? /\/dbt\/([a-z_-]+)\//.exec(said.slice(0, 200))?.[1] : undefined
  if (dbt !== undefined) return `dbt's ${dbt.replaceAll("-", "_")}.json`
  if (typeof format === "string") {
    const own = ownFormats.find(([start]) => format.startsWith(start))
    if (own !== undefined) return own[1]
  }
  return known.find(([, keys]) => keys.every((key) => Object.hasOwn(data, key)))?.[0]
}

/** Hand-trimmed manifests and those of dbt before 0.19 say no version, but their nodes say their type. */
function looksLikeManifest({ nodes }: JsonObject): boolean {
  if (!isObject(nodes)) return false
  for (const id in nodes) {
    if (!Object.hasOwn(nodes, id) || inheritedNames.has(id)) continue
    const node = nodes[id]
    return isObject(node) && typeof node["resource_type"] === "string"
  }
  return false
}
