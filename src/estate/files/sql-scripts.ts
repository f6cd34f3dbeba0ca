/** Statements of SQL scripts: several in a file, each with its place, named by what it writes. */
import { type ImportFile, type MayRead, tookTooLong } from "./import-files.ts"
import type { Linkable } from "./lineage.ts"
import type { Notice, Statement } from "../model.ts"
import { foldedName } from "./relations.ts"
import { readFile, type StatementReading } from "../sql/read-file.ts"
import { unknownVerdict } from "../verdict.ts"

export interface Scripts {
  readonly statements: readonly Statement[]
  /** The same with names under which they are linked: temporary tables of several files are kept apart. */
  readonly linkable: readonly Linkable[]
  /** Folded names of tables that are defined without data. */
  readonly defined: ReadonlySet<string>
  readonly passedOver: Readonly<Record<string, number>>
  readonly notices: readonly Notice[]
}

/** Reads every statement of the files; definitions and settings are counted. A statement without a target is named by its file. */
export function readScripts(files: readonly ImportFile[], mayRead: MayRead): Scripts {
  const statements: Statement[] = []
  const defined = new Set<string>()
  const passedOver: Record<string, number> = {}
  const notices: Notice[] = []
  for (const file of files) {
    const readings = mayRead(file.path) ? readFile(file.text) : [unread(file)]
    if (readings.length === 0) notices.push({ place: file.path, message: "Holds no statement" })
    for (const [at, reading] of readings.entries()) {
      if (reading.kind === "data") statements.push(statementOf(file, at + 1, reading))
      else passedOver[words[reading.kind]] = (passedOver[words[reading.kind]] ?? 0) + 1
      const relation = reading.kind === "definition" ? definedIn(file.text.slice(reading.start, reading.start + 500)) : undefined
      if (relation !== undefined) defined.add(foldedName(relation))
    }
  }
  return { statements, linkable: keepTemporaryApart(statements), defined, passedOver, notices }
}

const unread = ({ text }: ImportFile): StatementReading => ({
  kind: "data",
  start: 0,
  end: text.length,
  line: 1,
  writes: [],
  reads: [],
  verdict: unknownVerdict(tookTooLong),
})

/** The table that a definition is of; its columns are of no use here. */
const definedIn = (text: string): string | undefined =>
  /^create\s+(?:\w+\s+){0,4}?table\s+(?:if\s+not\s+exists\s+)?([^\s(;]+)/i.exec(text)?.[1]

const words = { definition: "table definition", setting: "setting" } as const

function statementOf({ path, text }: ImportFile, number: number, reading: StatementReading): Statement {
  const { start, end, line, writes, reads, verdict, key } = reading
  return {
    id: `${path}#${number}`,
    name: writes[0] ?? fileName(path),
    kind: "statement",
    file: path,
    line,
    writes,
    reads,
    dependsOn: [],
    text: text.slice(start, end),
    textSource: verdict.readBy === "none" ? "none" : "raw",
    verdict,
    differences: [],
    ...(key !== undefined && { key }),
  }
}

const fileName = (path: string): string => path.slice(path.lastIndexOf("/") + 1)

/** Names of temporary tables that several files create each for itself get the file's path, there and where it reads them. */
function keepTemporaryApart(statements: readonly Statement[]): readonly Linkable[] {
  const filesOf = new Map<string, Set<string>>()
  for (const { file = "", text = "", writes } of statements) {
    if (!isTemporary(text)) continue
    for (const name of writes.map(foldedName)) filesOf.set(name, (filesOf.get(name) ?? new Set()).add(file))
  }
  return statements.map(({ id, file = "", writes, reads }) => {
    const own = (relation: string): string => {
      const files = filesOf.get(foldedName(relation))
      return files !== undefined && files.size > 1 && files.has(file) ? `${relation} of {${file}}` : relation
    }
    return { id, writes: writes.map(own), reads: reads.map(own) }
  })
}

const isTemporary = (text: string): boolean =>
  /^create\s+(?:or\s+replace\s+)?(?:(?:global|local|volatile)\s+)?temp(?:orary)?\s/i.test(text.slice(0, 200))
