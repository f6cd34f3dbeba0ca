/** An engagement with as many people as an experiment needs, each with a personal link. */
import { randomBytes } from "node:crypto"
import type { Questionnaire } from "../src/assessment/model.ts"
import type { Store } from "../src/store/store.ts"
import { tokenHash } from "../src/web/session.ts"
import { anEngagement } from "../test/fixtures/engagements.ts"

/** Acts as the program itself. */
export const program = { program: "trust" }

/** Adds the engagement and gives each person's link token. */
export const addCast = async (
  store: Store,
  questionnaire: Questionnaire,
  engagement: string,
  people: readonly string[],
  role: string,
): Promise<ReadonlyMap<string, string>> => {
  const respondents = people.map((id) => ({ id, name: `Person ${id}`, role }))
  const now = Date.now()
  await store.addEngagement({ engagement, by: program }, anEngagement(questionnaire, { respondents }), questionnaire, now)
  const links = new Map(people.map((id) => [id, randomBytes(32).toString("base64url")]))
  for (const [respondent, token] of links)
    await store.issueLink({ engagement, respondent, by: program }, tokenHash(token), now + 30 * 86_400_000, now)
  return links
}
