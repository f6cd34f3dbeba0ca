import { type ConstructId, constructTable } from "../../estate/construct-table.ts"
import { classOf } from "../../estate/judgement.ts"
import type { Factor, FoundConstruct, Statement } from "../../estate/model.ts"
import type { Block } from "../blocks.ts"
import { classText } from "../classes.ts"
import type { Dossier } from "../dossier.ts"
import type { EstateDossier } from "../estate-dossier.ts"
import { capital, count, effortText, sentence, series } from "../wording.ts"

const mostDrivers = 6
const mostHardest = 5

interface Driver {
  readonly id: ConstructId
  readonly factor: Factor
  /** Statements that hold it, and those whose class it sets. */
  readonly statements: number
  readonly decisive: number
}

/** The constructs that make the work, by how many statements they decide. */
export function driversTable(estate: EstateDossier): Block[] {
  const all = driversOf(estate.merged.statements)
  const shown = all.slice(0, mostDrivers)
  if (shown.length === 0) return []
  return [
    { type: "heading", level: 2, text: "What drives the effort", id: "estate-drivers" },
    tableOf(
      shown,
      `Constructs that decide the class of most statements${all.length > shown.length ? `: ${shown.length} of ${all.length}` : ""}`,
    ),
  ]
}

/** Every construct that takes more than porting, with its usual rewrite. */
export function constructsTable(statements: readonly Statement[]): Block[] {
  const all = driversOf(statements)
  return all.length === 0
    ? []
    : [tableOf(all, `${capital(count(all.length, "construct"))} that take more than porting, and their usual rewrites`)]
}

function tableOf(drivers: readonly Driver[], caption: string): Block {
  return {
    type: "table",
    caption,
    columns: [
      { label: "Construct", kind: "text", share: 3.2 },
      { label: "Factor", kind: "number", share: 0.9 },
      { label: "In statements", kind: "number", share: 1.2 },
      { label: "Decides", kind: "number", share: 1 },
      { label: "Usual rewrite", kind: "text", share: 4.6 },
    ],
    rows: drivers.map(({ id, factor, statements, decisive }) => ({
      cells: [
        constructTable[id].name,
        `${factor}`,
        `${statements}`,
        `${decisive}`,
        sentence(capital(constructTable[id].rewrite)),
      ],
    })),
  }
}

/** Statements that take the most work, with what makes them hard and what to do. */
export function hardestTable(dossier: Dossier, estate: EstateDossier): Block[] {
  const hardest = estate.hardest.filter((each) => ["P3", "P4", "P5", "code"].includes(classOf(each))).slice(0, mostHardest)
  if (hardest.length === 0) return []
  return [
    { type: "heading", level: 2, text: `The ${hardest.length === 5 ? "five " : ""}hardest`, id: "estate-hardest" },
    {
      type: "table",
      caption: `${capital(count(hardest.length, "statement"))} that take the most work`,
      hideCaption: true,
      columns: [
        { label: "Statement", kind: "text", share: 3 },
        { label: "Class", kind: "text", share: 1.5 },
        { label: "What makes it hard", kind: "text", share: 3 },
        { label: "What to do", kind: "text", share: 3.2 },
        { label: "Person-days", kind: "number", share: 1.3 },
      ],
      rows: hardest.map((statement) => {
        const [first] = constructsOf(statement)
        const effort = estate.efforts.get(statement.id)
        return {
          cells: [
            statement.name,
            classText(classOf(statement)),
            hardText(dossier, statement),
            first ? sentence(capital(constructTable[first.construct].rewrite)) : "Read the code and recover its rule.",
            effort ? effortText(effort) : "–",
          ],
        }
      }),
    },
  ]
}

/** Constructs that take more than porting, hardest first, each once. */
export function constructsOf({ verdict }: Pick<Statement, "verdict">): readonly FoundConstruct[] {
  const once = new Map<ConstructId, FoundConstruct>()
  for (const found of verdict.constructs) {
    if (found.factor < 2) continue
    const known = once.get(found.construct)
    if (!known || known.factor < found.factor) once.set(found.construct, found)
  }
  return [...once.values()].sort((one, other) => other.factor - one.factor)
}

function driversOf(statements: readonly Statement[]): Driver[] {
  const drivers = new Map<ConstructId, { factor: Factor; statements: number; decisive: number }>()
  for (const statement of statements) {
    const found = constructsOf(statement)
    const highest = found[0]?.factor
    for (const { construct, factor } of found) {
      const driver = drivers.get(construct) ?? { factor, statements: 0, decisive: 0 }
      driver.factor = factor > driver.factor ? factor : driver.factor
      driver.statements++
      if (factor === highest && factor > 2) driver.decisive++
      drivers.set(construct, driver)
    }
  }
  return [...drivers]
    .map(([id, driver]) => ({ id, ...driver }))
    .sort(
      (one, other) =>
        other.decisive * other.factor - one.decisive * one.factor ||
        other.statements - one.statements ||
        (one.id < other.id ? -1 : 1),
    )
}

function hardText(dossier: Dossier, { verdict, decision }: Statement): string {
  if (decision) return `Set by hand: ${sentence(dossier.anonymous(decision.reason))}`
  const names = constructsOf({ verdict })
    .slice(0, 3)
    .map(({ construct }) => constructTable[construct].name)
  return names.length > 0 ? sentence(series(names)) : sentence(capital(verdict.because ?? "not known"))
}
