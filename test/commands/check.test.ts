import { join } from "node:path"
import { expect, test } from "vitest"
import { folderWith, headwater } from "./running.ts"

test("check finds nothing wrong with the shipped questionnaire", async () => {
  const { code, out } = await headwater(["check"])
  expect(out).toMatch(/^data-streaming \d+\.\d+\.\d+: 70 questions, 52 rules, 46 initiatives, no problems\.\n$/)
  expect(code).toBe(0)
})

test("check lists every problem and how many there are", async () => {
  const folder = folderWith({ "questionnaire.yaml": "id: a\nid: b\n", "scoring.yaml": "{}", "recommendations.yaml": "{}" })
  const { code, out } = await headwater(["check", folder])
  expect(code).toBe(3)
  expect(out).toMatch(/^questionnaire\.yaml:2 {2}this key stands here twice\n {4}Keep one of them\n/)
  expect(out).toMatch(new RegExp(`\n${folder} has \\d+ problems\\.\n$`))
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
