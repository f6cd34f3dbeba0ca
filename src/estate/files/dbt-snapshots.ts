/** Snapshots of a dbt project: blocks of a template, one or several in a file. */
import { type DbtDraft, draftOf } from "./dbt-drafts.ts"
import type { ImportFile } from "./import-files.ts"
import type { TemplateReading } from "../sql/read.ts"

/** One draft for each block `{% snapshot name %} … {% endsnapshot %}`; none where the file holds no such block. */
export function snapshotBlocks(
  { path, text }: ImportFile,
  project: string,
  read: (text: string) => TemplateReading,
): readonly (DbtDraft | "disabled")[] {
  let [line, counted] = [1, 0]
  return blocksIn(text).map(({ name, start, end }) => {
    const body = text.slice(start, end)
    line += text.slice(counted, start).split("\n").length - 1
    counted = start
    return draftOf({ reading: read(body), project, kind: "snapshot", name, file: path, line, text: body })
  })
}

interface Block {
  readonly name: string
  readonly start: number
  readonly end: number
}

function blocksIn(text: string): readonly Block[] {
  const blocks: Block[] = []
  let open: { readonly name: string; readonly start: number } | undefined
  for (const found of text.matchAll(/\{%[-+]?\s*(?:snapshot\s+(\w+)|endsnapshot)\s*[-+]?%\}/g)) {
    if (open !== undefined) blocks.push({ ...open, end: found.index })
    open = found[1] === undefined ? undefined : { name: found[1], start: found.index + found[0].length }
  }
  return open === undefined ? blocks : [...blocks, { ...open, end: text.length }]
}
