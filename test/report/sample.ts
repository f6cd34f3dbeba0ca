import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { assess } from "../../src/assessment/assess.ts"
import { parseEngagement } from "../../src/assessment/engagement.ts"
import { shippedQuestionnaire } from "../../src/questionnaire-files.ts"
import type { ReportInput } from "../../src/report/dossier.ts"

/** The sample engagement with its assessment, on a fixed date. */
export async function sampleInput(): Promise<ReportInput> {
  const questionnaire = await shippedQuestionnaire()
  const folder = join(import.meta.dirname, "../../data/sample")
  const file = globSync("*.json", { cwd: folder }).toSorted()[0] ?? ""
  const { engagement, problems } = parseEngagement(readFileSync(join(folder, file), "utf8"), questionnaire)
  if (!engagement) throw new Error(problems.map(({ path, message }) => `${path}: ${message}`).join("\n"))
  return { questionnaire, engagement, assessment: assess(questionnaire, engagement), date: "2026-11-22" }
}
