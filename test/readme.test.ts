import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { parseEngagement } from "../src/assessment/engagement.ts"
import { exitCode } from "../src/commands/command.ts"
import { variables } from "../src/config-variables.ts"
import { shippedQuestionnaire } from "../src/questionnaire-files.ts"

const root = join(import.meta.dirname, "..")
const readme = readFileSync(join(root, "README.md"), "utf8")
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> }

describe("the README tells the truth", () => {
  test("its engagement file can be read as it stands", async () => {
    const example = /```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? ""
    const { engagement, problems } = parseEngagement(example, await shippedQuestionnaire())
    expect(problems).toEqual([])
    expect(engagement?.answers).toHaveLength(6)
  })

  test("every npm script it names exists", () => {
    const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? "")
    expect(named.filter((name) => !(name in scripts))).toEqual([])
    expect(named.length).toBeGreaterThan(2)
  })

  test("its table of settings is the one of the program", () => {
    const listed = [...readme.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name)
    expect(new Set(listed)).toEqual(new Set(Object.keys(variables)))
  })

  test("its table of exit codes is the one of the program", () => {
    const listed = [...readme.matchAll(/^\| (\d) \|/gm)].map(([, code]) => Number(code))
    expect(listed).toEqual(Object.values(exitCode).toSorted((a, b) => a - b))
  })

  test("its counts are those of the questionnaire", async () => {
    const { dimensions, questions, rules, initiatives } = await shippedQuestionnaire()
    const counts = `${dimensions.length} dimensions, ${questions.length} questions, ${rules.length} rules and ${initiatives.length} initiatives`
    expect(readme.replaceAll(/\s+/g, " ")).toContain(counts)
  })
})
