import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as fc from "fast-check"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { formatProblems, parseTexts, readQuestionnaire, shippedQuestionnaire } from "../src/questionnaire-files.ts"
import { edited } from "./fixtures/broken/broken.ts"
import { brokenIds } from "./fixtures/broken/ids.ts"
import { brokenKeys } from "./fixtures/broken/keys.ts"
import { brokenQuestions } from "./fixtures/broken/questions.ts"
import { brokenRecommendations } from "./fixtures/broken/recommendations.ts"
import { brokenScoring } from "./fixtures/broken/scoring.ts"
import { brokenSkips } from "./fixtures/broken/skips.ts"
import { miniQuestionnaire, miniTexts } from "./fixtures/mini/mini-questionnaire.ts"

const everyBroken = [...brokenIds, ...brokenQuestions, ...brokenSkips, ...brokenScoring, ...brokenRecommendations, ...brokenKeys]

describe("a questionnaire with one fault is refused with its place and its repair", () => {
  test.each(everyBroken)("$fault", ({ texts, problems }) => {
    expect(parseTexts(texts)).toEqual({ problems })
  })
})

test("several faults are reported at once, by file and line", () => {
  const faults = [
    "a misspelt key",
    "a duplicate option",
    "an index that cannot reach 0",
    "a weighted question without a part",
    "an effort range upside down",
    "a rule that a skip rule keeps from firing",
    "an initiative that no rule leads to",
  ]
  const chosen = faults.map((fault) => everyBroken.find((each) => each.fault === fault)!)
  const texts = { ...miniTexts }
  for (const { name, from, to } of chosen) texts[name] = edited(texts[name], from, to)
  expect(parseTexts(texts).problems.map(({ file, id, message }) => `${file} ${id} ${message}`)).toEqual([
    'questionnaire.yaml CLN-01 unknown key "shrot"',
    'questionnaire.yaml DQC-02 duplicate id: another option is "completeness"',
    "scoring.yaml DI index DI cannot reach 0: the lowest found is 5",
    "scoring.yaml CON-02 CON-02 weighs on TTI but is in none of its parts",
    "recommendations.yaml R07 this rule can never fire",
    "recommendations.yaml I12 the low figure is above the high one",
  ])
})

test("a file that cannot be read hides no fault of the others", () => {
  const scoring = edited(miniTexts.scoring, "questions: [CON-01, CON-02]", "questions: [CON-01]")
  const { problems } = parseTexts({ ...miniTexts, questionnaire: "{", scoring: edited(scoring, "RDY: 3 }", "RYD: 3 }") })
  expect(problems.map(({ file, message }) => `${file} ${message}`)).toEqual([
    expect.stringContaining("questionnaire.yaml the YAML is broken"),
    'scoring.yaml unknown axis "RYD"',
  ])
})

test("what stands under a key twice is read whole: neither half is missed", () => {
  const scoring = edited(miniTexts.scoring, "  CON-01: { TTI: 3 }", "weights:\n  CON-01: { TTI: 3 }")
  const questionnaire = edited(miniTexts.questionnaire, "  - id: OPS\n", "dimensions:\n  - id: OPS\n")
  const { problems } = parseTexts({ ...miniTexts, scoring, questionnaire })
  expect(problems.map(({ file, message, fix }) => [file, message, fix])).toEqual([
    ["questionnaire.yaml", "this key stands here twice", "Keep one of them"],
    ["scoring.yaml", "this key stands here twice", "Keep one of them"],
  ])
})

test.each([
  ["a hundred thousand open brackets", "[".repeat(100_000), /the YAML is broken|nested too deeply/],
  ["ten thousand lists in each other", "[".repeat(10_000) + "]".repeat(10_000), /nested too deeply/],
  ["thirty lists in each other", `axes: ${"[".repeat(30)}${"]".repeat(30)}`, /nested more than 20 deep/],
])("%s are refused, not followed", (_name, scoring, message) => {
  const { problems } = parseTexts({ ...miniTexts, scoring })
  expect(problems).toHaveLength(1)
  expect(problems[0]?.message).toMatch(message)
})

test("a key that is no text is refused", () => {
  const { problems } = parseTexts({ ...miniTexts, scoring: `${miniTexts.scoring}? [a, b]\n: c\n` })
  expect(problems.map(({ message }) => message)).toEqual(["the YAML is broken: With stringKeys, all keys must be strings"])
})

test("whatever is done to the files, the check says where and what, and never fails", () => {
  const names = ["questionnaire", "scoring", "recommendations"] as const
  const pieces = fc.oneof(
    fc.constantFrom(
      "~",
      "true",
      "no",
      "[]",
      "{}",
      "- ",
      ": ",
      "'",
      '"',
      "\n",
      "    ",
      "&a ",
      "*a",
      "!t ",
      "CLN-01",
      "I14",
      "__proto__",
      "# ",
    ),
    fc.string({ maxLength: 5 }),
  )
  const edit = fc.record({
    name: fc.constantFrom(...names),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    drop: fc.nat(30),
    put: pieces,
  })
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const texts = { ...miniTexts }
      for (const { name, at, drop, put } of edits) {
        const from = Math.floor(at * texts[name].length)
        texts[name] = texts[name].slice(0, from) + put + texts[name].slice(from + drop)
      }
      const { questionnaire, problems } = parseTexts(texts)
      expect(questionnaire === undefined).toBe(problems.length > 0)
      for (const { file, line, message, fix } of problems) {
        const text = texts[file.replace(".yaml", "") as (typeof names)[number]]
        expect(line).toBeGreaterThanOrEqual(1)
        expect(line).toBeLessThanOrEqual(text.split("\n").length)
        expect(message).not.toMatch(/undefined|\[object|^$/)
        expect(fix).not.toMatch(/undefined|\[object|^$/)
      }
    }),
    { numRuns: 60 },
  )
})

test("an empty file has every key missing", () => {
  const { problems } = parseTexts({ ...miniTexts, scoring: "" })
  expect(problems).toEqual([
    {
      file: "scoring.yaml",
      line: 1,
      message: "the file is empty where keys with their values is expected",
      fix: "Give keys with their values",
    },
  ])
})

describe("the hash", () => {
  test("is of the content: neither comments, nor layout, nor the order of keys matter", () => {
    const scoring = edited(
      miniTexts.scoring,
      "roleWeights: { primary: 1, secondary: 0.6, other: 0.3 }",
      "# said\nroleWeights:\n  other: 0.3\n  secondary: 0.60\n  primary: 1",
    )
    expect(parseTexts({ ...miniTexts, scoring }).questionnaire?.hash).toBe(miniQuestionnaire().hash)
    expect(miniQuestionnaire().hash).toMatch(/^[0-9a-f]{64}$/)
  })

  test("changes with a word", () => {
    const questionnaire = edited(miniTexts.questionnaire, "title: Mini", "title: Midi")
    expect(parseTexts({ ...miniTexts, questionnaire }).questionnaire?.hash).not.toBe(miniQuestionnaire().hash)
  })
})

describe("a folder", () => {
  let folder = ""
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "headwater-questionnaire-"))
  })
  afterAll(async () => rm(folder, { recursive: true }))

  test("is read whole", async () => {
    const { questionnaire, problems } = await readQuestionnaire(join(import.meta.dirname, "fixtures", "mini"))
    expect(problems).toEqual([])
    expect(questionnaire).toEqual(miniQuestionnaire())
  })

  test("says which files are missing, too large, or no text", async () => {
    await writeFile(join(folder, "scoring.yaml"), "#".repeat(1_000_001))
    await writeFile(join(folder, "recommendations.yaml"), Buffer.from([0xff, 0xfe, 0x41]))
    const { questionnaire, problems } = await readQuestionnaire(folder)
    expect(questionnaire).toBeUndefined()
    expect(problems).toEqual([
      {
        file: "questionnaire.yaml",
        line: 1,
        message: `the file is missing from ${folder}`,
        fix: "Add questionnaire.yaml to the folder, or name another folder",
      },
      { file: "scoring.yaml", line: 1, message: "the file has 1000001 bytes", fix: "Keep it under 1000000 bytes" },
      { file: "recommendations.yaml", line: 1, message: "the file is not UTF-8 text", fix: "Save it as UTF-8" },
    ])
  })
})

test("the shipped questionnaire has no problems", async () => {
  const questionnaire = await shippedQuestionnaire()
  expect(questionnaire.id).toBe("data-streaming")
})

test("problems are printed one block each", () => {
  const fault = brokenRecommendations.find((each) => each.fault === "an unknown severity")
  expect(formatProblems([...fault!.problems, { file: "scoring.yaml", line: 3, message: "wrong", fix: "Repair it" }])).toBe(
    `recommendations.yaml:31  R14  "severity" is "urgent"\n    Use one of critical, high, medium, opportunity, positive, information\n\nscoring.yaml:3  wrong\n    Repair it\n`,
  )
})
