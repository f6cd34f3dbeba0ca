/** Writes the JSON Schemas of the files people edit, for editor completion: `npm run schemas`. */
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { engagementJsonSchema } from "../src/assessment/engagement.ts"
import { questionnaireFileSchema } from "../src/assessment/questionnaire-schema.ts"
import { recommendationsFileSchema } from "../src/assessment/recommendations-schema.ts"
import { scoringFileSchema } from "../src/assessment/scoring-schema.ts"

export const schemaFolder = join(import.meta.dirname, "..", "schemas")

/** Every published schema: file name → content. */
export const schemaFiles = (): Readonly<Record<string, string>> => ({
  "questionnaire.schema.json": written(jsonSchema("Headwater: what is asked (questionnaire.yaml)", questionnaireFileSchema)),
  "scoring.schema.json": written(jsonSchema("Headwater: how answers are judged (scoring.yaml)", scoringFileSchema)),
  "recommendations.schema.json": written(
    jsonSchema("Headwater: what is advised (recommendations.yaml)", recommendationsFileSchema),
  ),
  "engagement.schema.json": written(engagementJsonSchema()),
})

function jsonSchema(title: string, schema: z.ZodType): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input" })
  return { $schema, title, ...rest }
}

const written = (schema: Readonly<Record<string, unknown>>): string => `${JSON.stringify(schema, undefined, 2)}\n`

if (import.meta.main) {
  mkdirSync(schemaFolder, { recursive: true })
  for (const [file, content] of Object.entries(schemaFiles())) writeFileSync(join(schemaFolder, file), content)
}
