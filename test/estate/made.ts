import type { Estate, Source, Statement, Verdict } from "../../src/estate/model.ts"

/** A verdict without constructs. */
export const verdict = (given: Partial<Verdict> = {}): Verdict => ({
  class: "P1",
  stateful: false,
  factor: 1,
  furtherStateful: 0,
  output: "as input",
  constructs: [],
  readBy: "parser",
  ...given,
})

/** A statement that writes the table it is named after. */
export const statement = (id: string, given: Partial<Statement> = {}): Statement => {
  const name = given.name ?? id.replace(/^.*[./]/, "")
  return {
    id,
    name,
    kind: "statement",
    writes: [name],
    reads: [],
    dependsOn: [],
    text: `INSERT INTO ${name} SELECT 1`,
    textSource: "raw",
    verdict: verdict(),
    differences: [],
    ...given,
  }
}

/** An estate of SQL files. */
export const estate = (statements: readonly Statement[], sources: readonly Source[] = []): Estate => ({
  format: "headwater-estate/1",
  origin: { kind: "sql-files", name: "made", passedOver: {} },
  statements,
  sources,
  consumers: [],
  notices: [],
})
