/** A dbt template that was read, as the statement that it will be. */
import { addedBy, withConstruct } from "../dbt/verdicts.ts"
import type { Statement } from "../model.ts"
import type { TemplateReading } from "../sql/read.ts"

/** A model or snapshot before its references are known to lead somewhere. */
export interface DbtDraft {
  readonly project: string
  readonly statement: Statement
  readonly refs: TemplateReading["refs"]
  readonly sources: TemplateReading["sources"]
}

export interface TemplateParts {
  readonly reading: TemplateReading
  readonly project: string
  readonly kind: "model" | "snapshot"
  readonly name: string
  readonly file: string
  readonly line: number
  readonly text: string
}

/** The statement of a template that was read; "disabled" where its config() says so. */
export function draftOf({ reading, project, kind, name, file, line, text }: TemplateParts): DbtDraft | "disabled" {
  const { config, refs, sources } = reading
  const verdict = kind === "snapshot" ? withConstruct(reading.verdict, history) : reading.verdict
  if (String(config["enabled"] ?? "").toLowerCase() === "false") return "disabled"
  const named = new Set([...refs.flatMap((words) => [words.join("."), words.at(-1)]), ...sources.map((words) => words.join("."))])
  const key = keyOf(config["unique_key"]) ?? reading.key
  const materialized = kind === "snapshot" ? "snapshot" : wordOf(config["materialized"])
  const statement: Statement = {
    id: `${kind}.${project}.${name}`,
    name,
    kind,
    file,
    line,
    ...(materialized !== undefined && { materialized }),
    writes: [wordOf(config["alias"]) ?? name],
    reads: reading.reads,
    dependsOn: [],
    text,
    textSource: verdict.readBy === "none" ? "none" : "raw",
    verdict,
    differences: reading.reads.filter((each) => !named.has(each)).map((relation) => ({ kind: "hard-coded", relation })),
    ...(config["tags"] !== undefined && { tags: [config["tags"]].flat() }),
    ...(key !== undefined && { key }),
  }
  return { project, statement, refs, sources }
}

const history = addedBy("type-2", "A snapshot keeps every version of a row")

const wordOf = (given: string | readonly string[] | undefined): string | undefined =>
  typeof given === "string" && given !== "" ? given : undefined

const keyOf = (given: string | readonly string[] | undefined): readonly string[] | undefined =>
  given === undefined || given.length === 0 ? undefined : [given].flat()
