import { expect, test } from "vitest"
import { parseQuestionnaire, type QuestionnaireDocuments } from "../../src/assessment/questionnaire.ts"
import { miniQuestionnaire } from "../fixtures/mini/mini-questionnaire.ts"

const mini = miniQuestionnaire()

test("a questionnaire has its questions in the order asked, each with its dimension", () => {
  expect(mini.questions.map(({ id, dimension }) => `${dimension} ${id}`)).toEqual([
    "CLN CLN-01",
    "CLN CLN-02",
    "DQC DQC-02",
    "DQC DQC-04",
    "DQC DQC-05",
    "CON CON-01",
    "CON CON-02",
    "CON LEA-04",
    "CON DOM-05",
    "CON CON-09",
    "OPS OPS-01",
  ])
  expect(mini.dimensions[0]).toEqual({
    id: "CLN",
    name: "Where cleaning happens",
    intro: "Where defects are repaired today.",
  })
})

test("what an author leaves out has its usual value", () => {
  expect(mini.questions[1]).toMatchObject({ secondary: [], seed: [] })
  expect(mini.rules[1]).toMatchObject({ gate: false, seed: [] })
  expect(mini.initiatives[0]).toMatchObject({ needs: [], effects: [] })
})

test("nothing is there that the author did not write", () => {
  expect(Object.keys(mini.questions[4]!)).not.toContain("hint")
  expect(Object.keys(mini.initiatives[0]!)).not.toContain("everyWave")
})

/** The mini questionnaire as data, as another reader than YAML would give it. */
function documents(change: (data: Record<string, Record<string, unknown>>) => void): QuestionnaireDocuments {
  const { id, version, title, language, roles, dimensions, questions, scoring, effortMultipliers, themes, rules, initiatives } =
    structuredClone(mini)
  const nested = dimensions.map((dimension) => {
    const own = questions.filter((each) => each.dimension === dimension.id)
    return Object.assign(dimension, { questions: own.map(({ dimension: _dimension, ...question }) => question) })
  })
  const data: Record<string, Record<string, unknown>> = {
    questionnaire: { id, version, title, language, roles, dimensions: nested },
    scoring: { ...scoring, effortMultipliers },
    recommendations: { themes, rules, initiatives },
  }
  change(data)
  const source = (name: string) => ({ file: name, data: data[name], lineOf: (path: readonly unknown[]) => path.length })
  return {
    questionnaire: source("questionnaire"),
    scoring: source("scoring"),
    recommendations: source("recommendations"),
    hash: mini.hash,
  }
}

test("data of any origin makes the same questionnaire", () => {
  expect(parseQuestionnaire(documents(() => {}))).toEqual({ questionnaire: mini, problems: [] })
})

test("the line is asked for with the path of the problem", () => {
  const { problems } = parseQuestionnaire(
    documents(({ scoring }) => Object.assign(scoring!, { placement: { vertical: "DI", horizontal: "TTI", limit: 101 } })),
  )
  expect(problems).toEqual([{ file: "scoring", line: 2, message: '"limit" is 101', fix: "Give a number of 100 or less" }])
})

test("a document that could not be read gives no questionnaire and no problem of its own", () => {
  expect(parseQuestionnaire(documents((data) => delete data["scoring"]))).toEqual({ problems: [] })
})

test.each([[null], [true], ["text"], [[]], [1]])("%j as a document is a problem, not an exception", (content) => {
  for (const name of ["questionnaire", "scoring", "recommendations"]) {
    const { questionnaire, problems } = parseQuestionnaire(documents((data) => Object.assign(data, { [name]: content })))
    expect(questionnaire).toBeUndefined()
    expect(problems[0]).toMatchObject({ file: name, line: 0, fix: "Give keys with their values" })
  }
})

test("a condition nested beyond reason is refused before it is followed", () => {
  let when: unknown = { question: "CLN-01", atMost: 1 }
  for (let depth = 0; depth < 100_000; depth += 1) when = { not: when }
  const { problems } = parseQuestionnaire(
    documents(({ recommendations }) => Object.assign(recommendations!, { rules: [{ ...mini.rules[0], when }] })),
  )
  expect(problems).toEqual([
    { file: "recommendations", line: 0, message: "lists and keys are nested more than 20 deep", fix: "Flatten the conditions" },
  ])
})

test("an index whose questions are all skipped is named", () => {
  const { problems } = parseQuestionnaire(
    documents(({ questionnaire, scoring }) => {
      const dimensions = questionnaire!["dimensions"] as { questions: { id: string; skip?: unknown }[] }[]
      const last = dimensions.at(-1)!.questions[0]!
      last.skip = {
        when: {
          any: [
            { question: "CLN-01", atMost: 3 },
            { question: "CLN-01", atLeast: 4 },
          ],
        },
        because: "Never asked",
      }
      Object.assign(scoring!["weights"] as object, { "LEA-04": { TTI: 1 } })
      const axes = scoring!["axes"] as { parts: { questions: string[] }[] }[]
      axes[2]!.parts[0]!.questions = ["OPS-01"]
    }),
  )
  expect(problems.map(({ id, message }) => `${id}: ${message}`)).toEqual([
    "OPS-01: skip rule always fires",
    "RDY: index RDY never has a value: all its questions are skipped",
    "R25: this rule can never fire",
  ])
})
