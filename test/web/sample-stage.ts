/** The site over the sample engagement and the shipped questionnaire, for the consultant's pages. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { parseEngagement } from "../../src/assessment/engagement.ts"
import { shippedQuestionnaire } from "../../src/questionnaire-files.ts"
import { openStage, type StageOptions } from "./stage.ts"

export const sampleText = readFileSync(join(import.meta.dirname, "../../data/sample/meridian-foods.json"), "utf8")

export const openSampleStage = async (options: StageOptions = {}) => {
  const questionnaire = await shippedQuestionnaire()
  const { engagement } = parseEngagement(sampleText, questionnaire)
  return openStage({ ...options, questionnaire, engagement: { ...engagement } })
}

/** What a page says, without its markup. */
export const wordsOf = (html: string): string =>
  html
    .replaceAll(/<svg[\s\S]*?<\/svg>/g, " ")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ")
