import { constructTable } from "../../estate/construct-table.ts"
import { classOf, isStateful } from "../../estate/judgement.ts"
import type { FoundConstruct, Statement } from "../../estate/model.ts"
import type { Block, Section, TableRow, Text } from "../blocks.ts"
import { classLooks, stateText } from "../classes.ts"
import type { Dossier } from "../dossier.ts"
import type { EstateDossier } from "../estate-dossier.ts"
import { capital, count, effortText, sentence, shorten, someOf } from "../wording.ts"
import { antiJoinBlocks } from "./anti-joins.ts"
import { constructsOf, constructsTable } from "./estate-drivers.ts"

/** Most statements that are printed: about fifty pages, more than which nobody reads on paper. */
export const mostRows = 400
const rowsPerPage = 8
const mostOthers = 2

/** Every statement with its class, what led to it, its effort and its wave; on paper those that take work first. */
export function writeRegister(dossier: Dossier, estate: EstateDossier): Section {
  const { statements } = estate.merged
  const shown = statements.length <= mostRows ? statements : keptInOrder(estate)
  return {
    id: "statements",
    title: "Register of statements",
    starts: "page",
    wide: true,
    blocks: [
      { type: "paragraph", text: introOf(estate, shown.length) },
      { type: "paragraph", style: "compact", text: howText },
      ...constructsTable(statements),
      ...(shown.length > 0
        ? [
            { type: "heading" as const, level: 2 as const, text: "The statements", id: "statements-all" },
            registerTable(dossier, estate, shown),
          ]
        : []),
      ...antiJoinBlocks(estate),
    ],
  }
}

const howText =
  "Sink: only the schema where the sink has the statement’s own name. Class: P1 port, P2 adapt, P3 redesign with bounded state, P4 redesign with state, P5 rebuild or keep in batch; the highest factor of the constructs found decides. Effort in person-days: points 1, 2, 4, 7 or 12 for factor 1 to 5, half a point for each further construct that keeps state, times what the answers say of state size, rule knowledge, tests, experience and form."

function introOf({ merged }: EstateDossier, shown: number): string {
  const all = merged.statements.length
  if (all === 0) return "No statement was found."
  if (shown === all) return `All ${count(all, "statement")}, in the order in which they were read.`
  return `The ${shown} of ${all} statements that take the most work. The other ${all - shown} would fill ${Math.ceil((all - shown) / rowsPerPage)} pages that nobody reads on paper; they stand in the estate's export as CSV, with the same columns.`
}

/** The hardest, then back in the order of the import, so that what belongs together stands together. */
function keptInOrder({ hardest, merged }: EstateDossier): readonly Statement[] {
  const kept = new Set(hardest.slice(0, mostRows).map(({ id }) => id))
  return merged.statements.filter(({ id }) => kept.has(id))
}

function registerTable(dossier: Dossier, estate: EstateDossier, statements: readonly Statement[]): Block {
  return {
    type: "table",
    caption: capital(count(statements.length, "statement")),
    hideCaption: true,
    columns: [
      { label: "Statement, file", kind: "text", share: 164 },
      { label: "Sink", kind: "text", share: 90 },
      { label: "Class", kind: "text", share: 38 },
      { label: "State", kind: "text", share: 54 },
      { label: "What was found, and its usual rewrite", kind: "text", share: 252 },
      { label: "Days", kind: "number", share: 42 },
      { label: "Wave", kind: "text", share: 34 },
      { label: "Text", kind: "text", share: 50 },
    ],
    rows: statements.map((statement) => rowOf(dossier, estate, statement)),
  }
}

function rowOf(dossier: Dossier, estate: EstateDossier, statement: Statement): TableRow {
  const effort = estate.efforts.get(statement.id)
  const wave = estate.waveOf(statement.id)
  return {
    cells: [
      nameText(statement),
      sinkText(statement),
      classLooks[classOf(statement)].mark,
      stateText(isStateful(statement)),
      foundText(dossier, statement),
      effort ? effortText(effort) : "–",
      wave === undefined ? "–" : `${wave}`,
      statement.textSource,
    ],
  }
}

/** The file, and the line where a file holds several; the id where there is no file. */
function nameText({ id, name, file, line }: Statement): Text {
  const place = file === undefined ? id : line === undefined || line === 1 ? file : `${file}:${line}`
  return [name, { text: `\n${place}`, tone: "muted" }]
}

/** Only the schema where the sink has the statement's own name. */
function sinkText({ writes, name }: Statement): string {
  const [only = ""] = writes
  if (writes.length !== 1 || !only.endsWith(name)) return someOf(writes, 2) || "–"
  const schema = only.slice(0, -name.length).replace(/\.$/, "")
  return schema || "–"
}

/** What sets the class, with its rewrite; the rest by name, for the table above has their rewrites. */
function foundText(dossier: Dossier, statement: Statement): string {
  const { decision, verdict } = statement
  const [first, ...others] = constructsOf(statement)
  const lines = decision ? [`Set by hand: ${sentence(shorten(dossier.anonymous(decision.reason), 120))}`] : []
  if (first) lines.push(`${withFactor(first)}: ${sentence(shorten(constructTable[first.construct].rewrite, 110))}`)
  if (others.length > 0) lines.push(`Also ${someOf(others.map(withFactor), mostOthers)}.`)
  if (lines.length > 0) return lines.join("\n")
  return verdict.because ? sentence(capital(shorten(verdict.because, 120))) : "Nothing beyond porting."
}

function withFactor({ construct, factor }: FoundConstruct): string {
  return `${constructTable[construct].name} (${factor})`
}
