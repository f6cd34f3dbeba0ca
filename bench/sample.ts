import { readFile } from "node:fs/promises"
import { globSync } from "node:fs"
import { join } from "node:path"
import { assess } from "../src/assessment/assess.ts"
import { parseEngagement } from "../src/assessment/engagement.ts"
import { shippedQuestionnaire } from "../src/questionnaire-files.ts"
import { writeReport } from "../src/report/report.ts"

/** The report of the sample engagement on a fixed date. */
export async function sampleReport(): Promise<ReturnType<typeof writeReport>> {
  const questionnaire = await shippedQuestionnaire()
  const folder = join(import.meta.dirname, "../data/sample")
  const text = await readFile(join(folder, globSync("*.json", { cwd: folder })[0] ?? "sample.json"), "utf8")
  const { engagement, problems } = parseEngagement(text, questionnaire)
  if (engagement === undefined) throw new Error(problems.map(({ path, message }) => `${path}: ${message}`).join("\n"))
  return writeReport({ questionnaire, engagement, assessment: assess(questionnaire, engagement), date: "2026-11-22" })
}
