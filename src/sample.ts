import { randomUUID } from "node:crypto"
import { readdir, readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { parseEngagement } from "./assessment/engagement.ts"
import type { Questionnaire } from "./assessment/model.ts"
import type { Store } from "./store/store.ts"

/** Where the sample engagements lie, one JSON file each. */
export const sampleFolder = fileURLToPath(new URL("../data/sample/", import.meta.url))

/** Adds the sample engagements to a new store. Throws when one does not fit the questionnaire. */
export async function addSample(store: Store, questionnaire: Questionnaire, today: string, now: number): Promise<void> {
  const files = (await readdir(sampleFolder)).filter((file) => file.endsWith(".json")).sort()
  for (const file of files) {
    const { engagement, problems } = parseEngagement(await readFile(sampleFolder + file, "utf8"), questionnaire, today)
    if (engagement === undefined)
      throw new Error(`${file}: ${problems.map(({ path, message }) => `${path}: ${message}`).join("; ")}`)
    await store.addEngagement({ engagement: randomUUID(), by: { program: "first start" } }, engagement, questionnaire, now)
  }
}
