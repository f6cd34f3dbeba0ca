/** Python models of a dbt project: in the graph by what they refer to, and never read further. */
import type { DbtDraft } from "./dbt-drafts.ts"
import type { ImportFile } from "./import-files.ts"
import { codeVerdict } from "../verdict.ts"

/** The draft of a Python model; its references are the literal ones of dbt.ref() and dbt.source(). */
export function readPython({ path, text }: ImportFile, project: string, name: string): DbtDraft {
  const calls = [...text.matchAll(/\bdbt\.(ref|source)\s*\(\s*["']([^"']{1,200})["'](?:\s*,\s*["']([^"']{1,200})["'])?/g)]
  const refs = calls.filter(([, call]) => call === "ref").map(([, , one = "", two]) => (two === undefined ? [one] : [one, two]))
  const sources = calls.flatMap(([, call, one = "", two]) =>
    call === "source" && two !== undefined ? [[one, two] as const] : [],
  )
  const statement = {
    id: `model.${project}.${name}`,
    name,
    kind: "model" as const,
    file: path,
    line: 1,
    writes: [name],
    reads: [],
    dependsOn: [],
    text,
    textSource: "none" as const,
    verdict: pythonVerdict,
    differences: [],
  }
  return { project, statement, refs, sources }
}

const pythonVerdict = codeVerdict("A Python model is code, not SQL: look at it, and set its class by hand")
