import { join } from "node:path"
import { expect, test } from "vitest"
import { edited } from "../fixtures/broken/broken.ts"
import { miniTexts } from "../fixtures/mini/mini-questionnaire.ts"
import { folderWith, headwater } from "./running.ts"

test("check finds nothing wrong with the shipped questionnaire", async () => {
  const { code, out } = await headwater(["check"])
  expect(out).toMatch(/^data-streaming \d+\.\d+\.\d+: 70 questions, 52 rules, 46 initiatives, no problems\.\n$/)
  expect(code).toBe(0)
})

const texts = {
  "questionnaire.yaml": miniTexts.questionnaire,
  "scoring.yaml": miniTexts.scoring,
  "recommendations.yaml": miniTexts.recommendations,
}

test("check lists every problem by file and line, what to do about it, and how many there are", async () => {
  const questionnaire = edited(texts["questionnaire.yaml"], "title: Mini", "title: Mini\ntitle: Midi")
  const weighed = edited(texts["scoring.yaml"], "OPS-01: { RDY: 3 }", "OPS-01: { RDY: 3 }\nweights:\n  CON-09: { RDY: 1 }")
  const scoring = edited(weighed, "other: 0.3", "other: 0")
  const folder = folderWith({ ...texts, "scoring.yaml": scoring, "questionnaire.yaml": questionnaire })
  const { code, out } = await headwater(["check", folder])
  expect(code).toBe(3)
  expect(out).toBe(`questionnaire.yaml:6  this key stands here twice
    Keep one of them

scoring.yaml:2  "other" is 0
    Give a number above 0

scoring.yaml:31  this key stands here twice
    Keep one of them

scoring.yaml:32  CON-09  CON-09 has no levels: it is a text question that is not scored
    Name a scored question

${folder} has 4 problems: 1 in questionnaire.yaml, 3 in scoring.yaml.
`)
})

test("check counts one problem as one", async () => {
  const scoring = edited(texts["scoring.yaml"], "OPS-01: { RDY: 3 }", "OPS-01: { RDY: -1 }")
  const folder = folderWith({ ...texts, "scoring.yaml": scoring })
  const { out } = await headwater(["check", folder])
  expect(out).toBe(`scoring.yaml:30  OPS-01  "RDY" is -1
    Give a number above 0, or leave it out

${folder} has 1 problem: 1 in scoring.yaml.
`)
})

test("check tells the same as JSON", async () => {
  const { code, out } = await headwater(["check", "--json", folderWith()])
  const { format, problems } = JSON.parse(out) as { format: string; problems: { file: string; line: number; fix: string }[] }
  expect(code).toBe(3)
  expect(format).toBe("headwater-check/1")
  expect(problems.map(({ file }) => file)).toEqual(["questionnaire.yaml", "scoring.yaml", "recommendations.yaml"])
})

test("check refuses what is no folder", async () => {
  const folder = join(folderWith(), "none")
  expect(await headwater(["check", folder])).toMatchObject({
    code: 4,
    err: `There is no folder ${folder}. Name the folder that holds questionnaire.yaml.\n`,
  })
})
