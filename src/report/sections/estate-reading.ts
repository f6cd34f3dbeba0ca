import type { Origin, Statement } from "../../estate/model.ts"
import type { Block } from "../blocks.ts"
import type { Dossier } from "../dossier.ts"
import type { EstateDossier } from "../estate-dossier.ts"
import { count, dateText, percent, sentence, series } from "../wording.ts"

type Facts = Extract<Block, { type: "facts" }>["items"]

const kinds: Readonly<Record<Origin["kind"], string>> = {
  "dbt-manifest": "dbt manifest",
  "sql-files": "SQL files",
  "job-list": "list of jobs",
}

/** One line per import: what it was, when it was made, and what was seen and not taken. */
export function originFacts(dossier: Dossier, { origins }: EstateDossier): Facts {
  return origins.map(({ domain, origin }) => {
    const several = dossier.engagement.domains.length > 1
    const passed = Object.entries(origin.passedOver).filter(([, number]) => number > 0)
    const details = [
      [kinds[origin.kind], origin.schemaVersion, origin.dialect && `for ${origin.dialect}`].filter(Boolean).join(" "),
      ...(origin.generatedAt ? [`made on ${dateText(origin.generatedAt)}`] : []),
      ...(several ? [`domain ${dossier.domainName(domain)}`] : []),
    ]
    const left = passed.length > 0 ? ` Seen and not taken: ${series(passed.map(([what, number]) => `${number} × ${what}`))}.` : ""
    return { term: origin.name, text: `${sentence(details.join(", "))}${left}` }
  })
}

/** Which texts the classes rest on, and where the texts and the lineage disagree. */
export function certaintyText({ merged }: EstateDossier): string {
  const { statements } = merged
  const number = (is: (statement: Statement) => boolean): number => statements.filter(is).length
  const parsed = number(({ verdict }) => verdict.readBy === "parser")
  const scanned = number(({ verdict }) => verdict.readBy === "scanner")
  const without = number(({ textSource }) => textSource === "none")
  const compiled = number(({ textSource }) => textSource === "compiled")
  const raw = number(({ textSource }) => textSource === "raw")
  const decided = number(({ decision }) => decision !== undefined)
  const differing = number(({ differences }) => differences.length > 0)
  const texts = [`compiled for ${compiled}`, raw > 0 ? `raw for ${raw}` : "", without > 0 ? `missing for ${without}` : ""].filter(
    Boolean,
  )
  return [
    `Of ${count(statements.length, "statement")}, ${parsed} (${percent(parsed / Math.max(1, statements.length))}) were read in their whole structure${scanned > 0 ? ` and ${scanned} word by word, which can miss what a macro or a dialect hides` : ""}.`,
    `The text was ${series(texts)}.`,
    decided > 0 ? `${count(decided, "class was", "classes were")} set by hand, with a reason.` : "",
    differing > 0
      ? `In ${count(differing, "statement")} the tables in the text and the lineage of the project disagree; the lineage counts.`
      : "",
  ]
    .filter(Boolean)
    .join(" ")
}
