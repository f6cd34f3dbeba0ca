/** dbt's `manifest.json`, every schema version, into the estate: one statement per model and snapshot, with the manifest's lineage. */
import { type FileProblem, pathText } from "../../assessment/json-text.ts"
import type { MayRead } from "../files/import-files.ts"
import type { Estate, Notice } from "../model.ts"
import { type Owners, ownersOf } from "./descriptions.ts"
import { type Items, sortItems } from "./items.ts"
import { lineageOf } from "./lineage.ts"
import { type Figures, measuredOf, readCatalog, readRunResults } from "./measured.ts"
import { noticesOf } from "./notices.ts"
import { openJson, repeatedKeys } from "./open-json.ts"
import { type About, aboutOf, originOf } from "./origin.ts"
import { artifactOf, notThe } from "./recognise.ts"
import { consumersOf, sourcesOf } from "./sources.ts"
import { statementOf } from "./statements.ts"

/** Texts of the files that lie beside the manifest, and the dialect where the manifest's adapter is not to count. */
export interface ManifestOptions {
  readonly catalog?: string
  readonly runResults?: string
  readonly dialect?: string
  readonly mayRead?: MayRead
}

/** What reading gives: the estate when nothing is wrong, else every problem; notices do not stand in the way and are the estate's own. */
export interface ManifestReading {
  readonly estate?: Estate
  readonly problems: readonly FileProblem[]
  readonly notices: readonly Notice[]
}

/** Problems beyond this many are counted only. */
const mostProblems = 1000

/**
 * Reads a manifest, every problem at once by its JSON path; a problem of a file beside it starts with the name of that file.
 * Linear in the length of the text. Never throws.
 */
export function readManifest(text: string, options: ManifestOptions = {}): ManifestReading {
  const opened = openManifest(text)
  const rows = options.catalog === undefined ? nothing : readCatalog(options.catalog)
  const minutes = options.runResults === undefined ? nothing : readRunResults(options.runResults)
  const problems = [...opened.problems, ...rows.problems, ...minutes.problems]
  if (problems.length > 0 || opened.read === undefined) return { problems: atMost(problems), notices: [] }
  const estate = estateOf(opened.read, rows, minutes, options)
  return { estate, problems: [], notices: estate.notices }
}

const nothing: Figures<number> = { values: new Map(), problems: [] }

/** What is kept of the manifest; everything else is free to go before the texts are read. */
interface Read {
  readonly items: Items
  readonly owners: Owners
  readonly about: About
}

function openManifest(text: string): { readonly read?: Read; readonly problems: readonly FileProblem[] } {
  const { data, problems } = openJson(text)
  if (data === undefined) return { problems }
  const artifact = artifactOf(data)
  if (artifact.kind !== "manifest") return { problems: [notThe("manifest", data)] }
  const sorted = sortItems(data)
  const found = [...repeatedKeys(text, ["nodes", "sources", "exposures"]).map(repeated), ...sorted.problems]
  if (found.length === 0 && sorted.items.statements.size === 0) return { problems: [nothingToMove(sorted.items)] }
  return { read: { items: sorted.items, owners: ownersOf(data), about: aboutOf(data, artifact) }, problems: found }
}

function estateOf(read: Read, rows: Figures<number>, minutes: Figures<number>, options: ManifestOptions): Estate {
  const { items, owners, about } = read
  const lineage = lineageOf(items)
  const { dialect, mayRead = () => true } = options
  const surroundings = { lineage, owners, measured: measuredOf(rows.values, minutes.values), mayRead }
  const statements = [...items.statements].map(([id, node]) => statementOf(id, node, surroundings))
  return {
    format: "headwater-estate/1",
    origin: originOf(items, about, dialect),
    statements,
    sources: sourcesOf(items, lineage, owners, rows.values),
    consumers: consumersOf(items, owners),
    notices: noticesOf({ items, about, statements, rows: rows.values, minutes: minutes.values }),
  }
}

function repeated(path: string): FileProblem {
  return { path, message: "Keep one of them: this key appears more than once in the same object" }
}

function nothingToMove({ sources, passedOver }: Items): FileProblem {
  const seen = [...(sources.size > 0 ? [["source or seed", sources.size] as const] : []), ...passedOver]
  const held = seen.map(([what, count]) => `${what}: ${count}`).join(", ")
  const rest = held === "" ? "it is empty" : `it only holds ${held}`
  return { path: pathText(["nodes"]), message: `Choose a manifest with models or snapshots: ${rest}` }
}

function atMost(problems: readonly FileProblem[]): readonly FileProblem[] {
  if (problems.length <= mostProblems) return problems
  const rest = { path: "$", message: `Repair these first: there are ${problems.length - mostProblems} more problems` }
  return [...problems.slice(0, mostProblems), rest]
}
