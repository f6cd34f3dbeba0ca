/** Models and snapshots of a manifest as statements of the estate. */
import { type MayRead, tookTooLong } from "../files/import-files.ts"
import type { Measured, NodeId, Statement, Verdict } from "../model.ts"
import { readQuery, readTemplate, type Reading } from "../sql/read.ts"
import { codeVerdict, unknownVerdict } from "../verdict.ts"
import { compareReads } from "./differences.ts"
import { cleaned, listOf, type Owners, ownerOf, tidy } from "./descriptions.ts"
import type { Lineage } from "./lineage.ts"
import type { StatementNode } from "./node-shape.ts"
import { nameOfId } from "./relations.ts"
import { addedBy, incrementalLine, withConstruct } from "./verdicts.ts"

/** What the statements of one manifest are read with. */
export interface Surroundings {
  readonly lineage: Lineage
  readonly owners: Owners
  /** Row counts and run times by id. */
  readonly measured: ReadonlyMap<NodeId, Measured>
  readonly mayRead: MayRead
}

/** The statement of one model or snapshot, its text read and classified. */
export function statementOf(id: NodeId, node: StatementNode, surroundings: Surroundings): Statement {
  const { lineage, owners, measured, mayRead } = surroundings
  const { text, textSource, reading, verdict } = readText(node, () => mayRead(id))
  const linked = lineage.get(id)
  const { reads, differences } = compared(id, text, textSource, reading, lineage)
  const key = keyOf(node) ?? reading?.key
  return {
    id,
    name: nameOf(id, node),
    kind: node.resource_type === "snapshot" || id.startsWith("snapshot.") ? "snapshot" : "model",
    ...tidy({ file: fileOf(node), materialized: node.config?.materialized ?? undefined }),
    writes: linked === undefined || linked.folded !== undefined ? [] : [linked.relation],
    reads,
    dependsOn: linked?.dependsOn ?? [],
    ...(text !== "" && { text }),
    textSource,
    verdict: withDbt(id, node, verdict),
    differences,
    ...tidy({ description: cleaned(node.description), owner: ownerOf(node, owners) }),
    ...tidy({ tags: listOf(node.tags), key, measured: measured.get(id) }),
  }
}

interface TextRead {
  readonly text: string
  readonly textSource: Statement["textSource"]
  readonly reading?: Reading
  readonly verdict: Verdict
}

/** Compiled text first, then the raw one. Where nothing of it can be read, the class comes from no text. */
function readText(node: StatementNode, mayRead: () => boolean): TextRead {
  const raw = wellFormed(node.raw_code ?? node.raw_sql ?? "")
  const compiled = wellFormed(node.compiled_code ?? node.compiled_sql ?? "")
  if (isCode(node)) {
    const text = raw === "" ? compiled : raw
    const textSource = text === "" ? "none" : raw === "" ? "compiled" : "raw"
    return { text, textSource, verdict: codeVerdict() }
  }
  const isCompiled = compiled.trim() !== ""
  if (!isCompiled && raw.trim() === "") {
    return { text: "", textSource: "none", verdict: unknownVerdict("The manifest holds no text of it: run dbt compile") }
  }
  const text = isCompiled ? compiled : raw
  if (!mayRead()) return { text, textSource: "none", verdict: unknownVerdict(tookTooLong) }
  const reading = isCompiled ? readQuery(text) : readTemplate(text)
  const textSource = isCompiled ? "compiled" : reading.verdict.class === "unknown" ? "none" : "raw"
  return { text, textSource, reading, verdict: reading.verdict }
}

/** A text that could not be read shows nothing, also no difference. */
function compared(
  id: NodeId,
  text: string,
  source: Statement["textSource"],
  reading: Reading | undefined,
  lineage: Lineage,
): Pick<Statement, "reads" | "differences"> {
  if (source === "none" || reading === undefined) return { reads: [], differences: [] }
  if (reading.verdict.readBy === "none") return { reads: reading.reads, differences: [] }
  return compareReads(id, { text, source, reads: reading.reads }, lineage)
}

function isCode({ language, original_file_path: file, path }: StatementNode): boolean {
  if (language) return language.toLowerCase() !== "sql"
  return /\.py$/i.test(file ?? path ?? "")
}

function withDbt(id: NodeId, node: StatementNode, verdict: Verdict): Verdict {
  if (node.resource_type === "snapshot" || id.startsWith("snapshot.")) {
    return withConstruct(verdict, addedBy("type-2", "A snapshot keeps every version of a row"))
  }
  if (verdict.class === "code" || node.config?.materialized !== "incremental") return verdict
  if (node.config.incremental_strategy === "microbatch") {
    return withConstruct(verdict, addedBy("incremental", "incremental_strategy: microbatch"))
  }
  const line = incrementalLine(node.raw_code ?? node.raw_sql ?? "")
  if (line === undefined) return verdict
  return withConstruct(verdict, addedBy("incremental", `is_incremental() in line ${line} of the raw text`))
}

/** The name of the model, with its version where it has several. */
function nameOf(id: NodeId, { name, alias, version }: StatementNode): string {
  const plain = cleaned(name) ?? cleaned(alias)
  if (plain === undefined) return nameOfId(id)
  return version === undefined || version === null || version === "" ? plain : `${plain}.v${version}`
}

function fileOf({ original_file_path: file, path }: StatementNode): string | undefined {
  const given = file === undefined || file === null || file === "" ? path : file
  return cleaned(given)?.replaceAll("\\", "/")
}

/** Declared as unique key, else as primary key. */
function keyOf({ config, primary_key: primary }: StatementNode): readonly string[] | undefined {
  return listOf(config?.unique_key) ?? listOf(primary)
}

function wellFormed(text: string): string {
  return text.includes("\0") || !text.isWellFormed() ? text.replaceAll("\0", "\uFFFD").toWellFormed() : text
}
