import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { shortFile } from "../fixtures/short-file.ts"
import { folderWith, headwater } from "./running.ts"

interface Result {
  readonly format: string
  readonly seed: number
  readonly draws: number
  readonly plan: { readonly waves: readonly { readonly start: string }[]; readonly moves: readonly unknown[] }
  readonly domains: readonly (Readonly<Record<string, unknown>> & {
    readonly indices: Readonly<
      Record<string, { readonly raw: number | null; readonly capped: number | null; readonly coverage: number }>
    >
    readonly findings: readonly { readonly id: string; readonly severity: string; readonly evidence: unknown }[]
    readonly disputed: readonly string[]
    readonly unknown: readonly string[]
    readonly waves: readonly { readonly initiatives: readonly string[] }[]
    readonly initiatives: readonly string[]
  })[]
}

const resultOf = async (argv: readonly string[] = []): Promise<Result> => {
  const { code, out, err } = await headwater(["assess", "-", "--json", ...argv], shortFile)
  expect(err).toBe("")
  expect(code).toBe(0)
  return JSON.parse(out) as Result
}

describe("assess --json", () => {
  test("gives every domain's indices, quadrant, findings, moves, waves and trajectory", async () => {
    const result = await resultOf()
    expect(result.format).toBe("headwater-result/1")
    const [domain] = result.domains
    expect(Object.keys(domain ?? {})).toEqual(
      expect.arrayContaining([
        "id",
        "indices",
        "subScores",
        "quadrant",
        "shares",
        "wording",
        "disputed",
        "unknown",
        "findings",
        "cannotBeJudged",
        "initiatives",
        "moves",
        "waves",
        "trajectory",
      ]),
    )
    expect(domain?.indices["DI"]?.raw).toBeCloseTo(33.33, 1)
    expect(domain?.indices["TTI"]?.raw).toBeNull()
    expect(domain?.disputed).toEqual(["DQC-05"])
    expect(domain?.unknown).toContain("CON-03")
    expect(domain?.findings.length).toBeGreaterThan(0)
    for (const finding of domain?.findings ?? [])
      expect(finding).toMatchObject({
        id: expect.stringMatching(/^R\d\d$/),
        severity: expect.any(String) as string,
        evidence: expect.any(Array) as unknown[],
      })
    expect(domain?.initiatives.length).toBeGreaterThan(0)
  })

  test("starts a plan that names no start on the Monday after the day it is told", async () => {
    expect((await resultOf()).plan.waves[0]?.start).toBe("2026-11-23")
    expect((await resultOf(["--date", "2027-03-01"])).plan.waves[0]?.start).toBe("2027-03-08")
  })

  test("gives the same bytes for the same input, whatever the order of answers", async () => {
    const parsed = JSON.parse(shortFile) as { answers: unknown[] }
    const turned = JSON.stringify({ ...parsed, answers: parsed.answers.toReversed() })
    const [first, second, third] = await Promise.all(
      [shortFile, shortFile, turned].map((text) => headwater(["assess", "-", "--json"], text)),
    )
    expect(second?.out).toBe(first?.out)
    expect(third?.out).toBe(first?.out)
  })

  test("takes seed and number of draws", async () => {
    const result = await resultOf(["--seed", "7", "--draws", "100"])
    expect([result.seed, result.draws]).toEqual([7, 100])
  })

  test("tells problems as JSON too", async () => {
    const { code, out, err } = await headwater(["assess", "-", "--json"], shortFile.replace("DQC-03", "DQC-3"))
    expect(code).toBe(3)
    expect(JSON.parse(out)).toEqual({
      format: "headwater-problems/1",
      problems: [{ path: "$.answers[5].question", message: 'No question has the id "DQC-3"; did you mean "DQC-03"?' }],
      notices: [],
    })
    expect(err).toBe(
      '$.answers[5].question: No question has the id "DQC-3"; did you mean "DQC-03"?\nStandard input has 1 problem. Nothing was computed.\n',
    )
  })
})

describe("assess for people", () => {
  test("is a screenful without decimals", async () => {
    const folder = folderWith({ "e.json": shortFile })
    const { code, out } = await headwater(["assess", join(folder, "e.json")])
    expect(code).toBe(0)
    expect(out).toMatch(/^Worked example · Northwind Parcel\n\nOrders: /)
    expect(out).toMatch(/Data integrity: 33/)
    expect(out).toMatch(/Disputed: DQC-05/)
    expect(out.split("\n").length).toBeLessThan(50)
    expect(out).toContain("What to find out next")
  })
})

describe("assess refuses", () => {
  test.each([
    ["a file that is not there", ["none.json"], 4, "There is no file none.json. Check its name and folder.\n"],
    ["no file", [], 2, "Name the file: headwater assess FILE. See headwater assess --help.\n"],
    ["two files", ["a", "b"], 2, '"b" is one argument too many. See headwater assess --help.\n'],
    ["an unknown option", ["a", "--jsno"], 2, "There is no option --jsno; did you mean --json? See headwater assess --help.\n"],
    [
      "an option without its value",
      ["a", "--seed", "--json"],
      2,
      "--seed needs a value: --seed NUMBER. See headwater assess --help.\n",
    ],
    ["a value too many", ["a", "--json=yes"], 2, "--json takes no value. See headwater assess --help.\n"],
    [
      "a seed that is no number",
      ["a", "--seed", "x"],
      2,
      '--seed needs a whole number from 0 to 4294967295; "x" is none. See headwater assess --help.\n',
    ],
    [
      "too many draws",
      ["a", "--draws", "100001"],
      2,
      '--draws needs a whole number from 1 to 100000; "100001" is none. See headwater assess --help.\n',
    ],
    [
      "a day that does not exist",
      ["a", "--date", "2026-02-30"],
      2,
      '--date needs a date, for example 2027-01-04; "2026-02-30" is none. See headwater assess --help.\n',
    ],
  ])("%s", async (_what, argv, code, message) => {
    expect(await headwater(["assess", ...argv])).toMatchObject({ code, err: message, out: "" })
  })

  test("a folder", async () => {
    const folder = folderWith()
    expect(await headwater(["assess", folder])).toMatchObject({
      code: 4,
      err: `${folder} is a folder. Name the engagement file in it.\n`,
    })
  })

  test("what is not UTF-8", async () => {
    const file = join(folderWith({ "e.json": Uint8Array.of(0xff, 0xfe, 0x7b) }), "e.json")
    expect(await headwater(["assess", file])).toMatchObject({
      code: 3,
      err: `$: Save the file as UTF-8 text: it is not\n${file} has 1 problem. Nothing was computed.\n`,
    })
  })

  test("a broken questionnaire, with all of its problems", async () => {
    const folder = folderWith({ "questionnaire.yaml": "id: [" })
    const { code, err } = await headwater(["assess", "-", "--questionnaire", folder], shortFile)
    expect(code).toBe(3)
    expect(err).toContain("questionnaire.yaml:1")
    expect(err).toContain("scoring.yaml")
    expect(err).toContain(`The questionnaire in ${folder} cannot be used. Nothing was computed.`)
  })
})
