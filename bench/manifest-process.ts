/** Imports and plans the manifest in the given file, or only parses it as JSON, in a process of its own: prints time and memory. */
import { readFileSync } from "node:fs"
import { assess } from "../src/assessment/assess.ts"
import { parseEngagement } from "../src/assessment/engagement.ts"
import { readManifest } from "../src/estate/dbt/manifest.ts"
import { planEstate } from "../src/estate/plan/plan-estate.ts"
import { shippedQuestionnaire } from "../src/questionnaire-files.ts"

const [file = "", what = "import"] = process.argv.slice(2)
const text = readFileSync(file, "utf8")
console.log(
  JSON.stringify({ ...(what === "import" ? await imported() : parsed()), megabytes: process.resourceUsage().maxRSS / 1024 }),
)

function parsed(): { readonly count: number; readonly taken: number } {
  const start = performance.now()
  const count = Object.keys(JSON.parse(text) as object).length
  return { count, taken: performance.now() - start }
}

/** The engagement is the sample, assessed before the clock runs. */
async function imported(): Promise<{ readonly count: number; readonly taken: number; readonly planning: number }> {
  const questionnaire = await shippedQuestionnaire()
  const sample = readFileSync(new URL("../data/sample/meridian-foods.json", import.meta.url), "utf8")
  const { engagement } = parseEngagement(sample, questionnaire)
  if (engagement === undefined) throw new Error("the sample engagement cannot be read")
  const assessment = assess(questionnaire, engagement)
  const start = performance.now()
  const { estate, problems } = readManifest(text)
  if (estate === undefined) throw new Error(JSON.stringify(problems.slice(0, 5)))
  const read = performance.now()
  planEstate(questionnaire, engagement, assessment, [{ domain: engagement.domains[0]?.id ?? "", estate }])
  const end = performance.now()
  return { count: estate.statements.length, taken: end - start, planning: end - read }
}
