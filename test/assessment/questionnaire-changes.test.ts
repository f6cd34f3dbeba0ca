import { describe, expect, test } from "vitest"
import type { Questionnaire } from "../../src/assessment/model.ts"
import { compareQuestionnaires } from "../../src/assessment/questionnaire-changes.ts"
import { formatProblems, parseTexts } from "../../src/questionnaire-files.ts"
import { miniQuestionnaire, miniTexts } from "../fixtures/mini/mini-questionnaire.ts"

const before = miniQuestionnaire()

/** The mini questionnaire after an author's edits, each `[file, what stood there, what stands there now]`. */
const edited = (...edits: readonly (readonly [keyof typeof miniTexts, string, string])[]): Questionnaire => {
  const texts = { ...miniTexts }
  for (const [file, was, is] of edits) {
    if (!texts[file].includes(was)) throw new Error(`nothing to edit: ${was}`)
    texts[file] = texts[file].replace(was, is)
  }
  const { questionnaire, problems } = parseTexts(texts)
  if (questionnaire === undefined) throw new Error(formatProblems(problems))
  return questionnaire
}

/** "Group: id: sentence" of everything that changed. */
const told = (after: Questionnaire): readonly string[] =>
  compareQuestionnaires(before, after).flatMap(({ name, items }) =>
    items.flatMap(({ id, changes }) => changes.map((change) => `${name}: ${id}: ${change}`)),
  )

test("the same questionnaire has no changes, whatever its version and the order of its keys", () => {
  const same = {
    ...before,
    version: "2",
    hash: "other",
    scoring: Object.fromEntries(Object.entries(before.scoring).toReversed()),
  }
  expect(compareQuestionnaires(before, same as unknown as Questionnaire)).toEqual([])
})

describe("a question", () => {
  test.each([
    [
      "text",
      ["text: List the consumers.", "text: Who reads the data?"],
      "CON-01: Asked as: “Who reads the data?”, before “List the consumers.”",
    ],
    ["an option's words", ["text: We would not", "text: Not at all"], "DQC-05: Level 0: “Not at all”, before “We would not”"],
    [
      "a tick",
      ["{ id: uniqueness, text: Uniqueness }", "{ id: lineage, text: Lineage }"],
      "DQC-02: No longer offered: “Uniqueness”",
    ],
    ["a limit", ["max: 10000", "max: 5000"], "DQC-04: Takes: from 0 to 5000 hours, before from 0 to 10000 hours"],
    ["a band's words", ["text: Under an hour", "text: At once"], "DQC-04: Level 4: “At once”, before “Under an hour”"],
    [
      "a band's limits",
      [
        "below: 25, text: Under 25 % }\n            - { anchor: 1, from: 25,",
        "below: 20, text: Under 25 % }\n            - { anchor: 1, from: 20,",
      ],
      "CON-01: The limits of its levels moved",
    ],
    [
      "a column",
      ["label: Critical, type: yes-no", "label: Critical to operations, type: yes-no"],
      "CON-01: Column: “Critical to operations”, before “Critical”",
    ],
    [
      "a column's type",
      ["label: Name, type: text, required: true", "label: Name, type: text, required: false"],
      "CON-01: Column “Name” takes other values",
    ],
    [
      "whom it is asked",
      ["primary: [DPO]\n        secondary: [AE]", "primary: [DPO, AE]"],
      "CON-01: Asked first: Data product owner, Analytics engineer, before Data product owner",
    ],
    [
      "its skip rule",
      ["when: { question: CLN-01, atLeast: 4 }", "when: { question: CLN-01, atLeast: 3 }"],
      "CLN-02: Is skipped in other cases",
    ],
    ["its minutes", ["minutes: 3\n        none", "minutes: 8\n        none"], "DQC-02: Minutes in a workshop: 8, before 3"],
  ] as const)("%s is told", (_what, [was, is], sentence) => {
    expect(told(edited(["questionnaire", was, is]))).toContain(`Questions changed: ${sentence}`)
  })

  test("one that is added, and one that goes, are told with their words", () => {
    const [first] = before.questions
    const after = {
      ...before,
      questions: [...before.questions.slice(1), { ...first, id: "NEW-01", short: "New", text: "What is new?" }],
    }
    const words = told(after as Questionnaire)
    expect(words).toContain("Questions added: NEW-01: What is new?")
    expect(words).toContain("Questions removed: CLN-01: Where is most of the cleaning carried out today?")
  })

  test("a level that is not offered any more is told", () => {
    const questions = before.questions.map((one) =>
      one.type === "single" && one.id === "CLN-02" ? { ...one, options: one.options.filter(({ anchor }) => anchor !== 2) } : one,
    )
    expect(told({ ...before, questions })).toEqual([
      "Questions changed: CLN-02: Level 2 is no longer offered: “The producer gets a ticket”",
    ])
  })

  test("another order and another kind of answer are told", () => {
    const words = told({ ...before, questions: before.questions.toReversed() })
    expect(words).toEqual(["Questions changed: : The questions are asked in another order"])
    const questions = before.questions.map((one) => (one.id === "DQC-05" ? { ...one, type: "text" as const } : one))
    expect(told({ ...before, questions })).toContain(
      "Questions changed: DQC-05: Answered by: a text, before one of several options",
    )
  })
})

describe("scoring and advice", () => {
  test("a weight is told per index", () => {
    const axis = before.scoring.axes[0]
    const question = before.questions.find(({ id }) => (before.scoring.weights[id]?.[axis?.id ?? ""] ?? 0) > 0)
    const old = before.scoring.weights[question?.id ?? ""] ?? {}
    const weights = { ...before.scoring.weights, [question?.id ?? ""]: { ...old, [axis?.id ?? ""]: 9 } }
    expect(told({ ...before, scoring: { ...before.scoring, weights } })).toEqual([
      `Weights and scoring: ${question?.id}: Weight on ${axis?.name}: 9, before ${old[axis?.id ?? ""]}`,
    ])
  })

  test("a limit, gates and role weights are told", () => {
    const scoring = {
      ...before.scoring,
      gates: [],
      placement: { ...before.scoring.placement, limit: 55 },
      roleWeights: { ...before.scoring.roleWeights, other: 0.1 },
    }
    const words = told({ ...before, scoring }).join("\n")
    expect(words).toContain("Limit: 55, before 50")
    expect(words).toContain("Is capped by other gates")
    expect(words).toContain("Answers weigh differently by role")
  })

  test("rules and initiatives that come, go or change are told", () => {
    const [rule, ...rules] = before.rules
    const [initiative, ...initiatives] = before.initiatives
    const after = {
      ...before,
      rules: [...rules, { ...rule, id: "R99", finding: "Something else." }].map((one) =>
        one.id === rules[0]?.id ? { ...one, severity: "information" } : one,
      ),
      initiatives: [...initiatives, { ...initiative, id: "I99", what: "Do more." }].map((one) =>
        one.id === initiatives[0]?.id ? { ...one, exit: "It is done." } : one,
      ),
    }
    const words = told(after as Questionnaire)
    expect(words).toContain("Rules added: R99: Something else.")
    expect(words).toContain(`Rules removed: ${rule?.id}: ${rule?.finding}`)
    expect(words).toContain(`Rules changed: ${rules[0]?.id}: Severity: information, before ${rules[0]?.severity}`)
    expect(words).toContain("Initiatives added: I99: Do more.")
    expect(words).toContain(`Initiatives removed: ${initiative?.id}: ${initiative?.what}`)
    expect(words).toContain(
      `Initiatives changed: ${initiatives[0]?.id}: Done when: “It is done.”, before “${initiatives[0]?.exit}”`,
    )
  })

  test("a role that is renamed or gone is told", () => {
    const roles = before.roles.slice(1).map((role) => (role.id === "AE" ? { ...role, name: "Modeller" } : role))
    expect(told({ ...before, roles })).toEqual(
      expect.arrayContaining([
        "Roles, dimensions and themes: DPE: No role any more",
        "Roles, dimensions and themes: AE: Called: “Modeller”, before “Analytics engineer”",
      ]),
    )
  })
})
