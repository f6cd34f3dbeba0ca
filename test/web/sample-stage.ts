/** The site over the sample engagement and the shipped questionnaire, for the consultant's pages. */
import { sampleInput } from "../fixtures/sample.ts"
import { openStage, type StageOptions } from "./stage.ts"

export const openSampleStage = async (options: StageOptions = {}) => {
  const { questionnaire, engagement } = await sampleInput()
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
