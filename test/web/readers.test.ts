import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { refOf } from "../../src/web/estate/loaded.ts"
import { program } from "../fixtures/program.ts"
import { shopEstate } from "../fixtures/shop-estate.ts"
import { openSampleStage, wordsOf } from "./sample-stage.ts"
import type { Stage } from "./stage.ts"

let stage: Stage
let people: readonly { readonly name: string; readonly email?: string }[]
beforeAll(async () => {
  stage = await openSampleStage()
  const scope = { engagement: "e1", by: program }
  await stage.store.saveMember(scope, "rita", "reader", 1)
  const stored = await stage.store.loadEngagement(scope)
  people = stored?.engagement.respondents ?? []
  // Somebody names a colleague in a comment, and the consultant in the rationale.
  await stage.store.saveDecision(
    scope,
    "online",
    "DQC-04",
    {
      domain: "online",
      question: "DQC-04",
      anchor: 1,
      rationale: `${people[0]?.name} showed the log.`,
      dissent: `${people[1]?.name} doubts it.`,
    },
    2,
  )
  await importWith(people[0]?.name ?? "", people[1]?.name ?? "")
})

/** What runs today, with people's names wherever an import or a consultant may write one. */
const importWith = async (one: string, other: string): Promise<void> => {
  const scope = { engagement: "e1", by: program }
  const described = <T extends object>(part: T): T => ({ ...part, owner: one, description: `${other} built it.` })
  const statements = shopEstate.statements.map(described)
  const consumers = shopEstate.consumers.map((consumer) => ({ ...described(consumer), name: `Report of ${one}` }))
  const notices = [{ place: "models/a.sql", message: `Ask ${other}` }]
  const estate = { ...shopEstate, statements, consumers, sources: shopEstate.sources.map(described), notices }
  await stage.store.saveEstate(scope, { id: "shop", domain: "online", name: "shop", estate }, 3)
  const decision = { class: "P4", stateful: true, reason: `${one} says so.` } as const
  await stage.store.decideStatement(scope, "shop", decided, decision, 4)
}
afterAll(() => stage.close())

const home = "/engagements/e1"
const decided = "model.shop.fct_orders"
const PAGES = [
  "",
  "/next",
  "/answers/online",
  "/answers/online/DQC-03",
  "/answers/online/DQC-04",
  "/answers/online/CON-01",
  "/answers/online/print",
  "/assessment",
  "/findings",
  "/plan",
  "/plan/I17?domain=online",
  "/report",
  "/estate",
  "/estate/products",
  `/estate/statements/shop/${refOf(decided)}`,
]

describe.each(PAGES)("what a reader sees of %s", (path) => {
  test("has no name, no address and no form to change anything", async () => {
    // The owner has looked first: nothing of the owner's page may be kept for the reader.
    await stage
      .consultant()
      .get(home + path)
      .expect(200)
    const { text } = await stage
      .consultant("rita")
      .get(home + path)
      .expect(200)
    for (const { name, email } of people) {
      expect(text).not.toContain(name)
      if (email !== undefined) expect(text).not.toContain(email)
    }
    expect(text.replaceAll(/<form method="post" action="\/sign-out"/g, "")).not.toContain('method="post"')
    for (const part of ["people", "settings", "tables", "domains/new", "engagement.json"])
      expect(text).not.toContain(`${home}/${part}`)
  })
})

test.each(["/estate/statements.csv", "/estate/estate.json", "/estate/products.csv", "/estate/products.json"])(
  "%s has no name for a reader, and has them for an owner",
  async (path) => {
    const [owners, readers] = await Promise.all(
      (["carla", "rita"] as const).map(async (account) => {
        const { text } = await stage
          .consultant(account)
          .get(home + path)
          .buffer(true)
          .expect(200)
        return text
      }),
    )
    expect(people.some(({ name }) => owners?.includes(name))).toBe(true)
    expect(people.filter(({ name }) => readers?.includes(name))).toEqual([])
  },
)

test("a reader is told who is where in numbers", async () => {
  const { text } = await stage.consultant("rita").get(home).expect(200)
  expect(wordsOf(text)).toContain("13 begun")
  expect(text).not.toContain("/people?state")
})

test("the owner keeps seeing names and forms", async () => {
  const { text } = await stage.consultant().get(`${home}/answers/online/DQC-04`).expect(200)
  expect(text).toContain(`${people[0]?.name} showed the log.`)
  expect(text).toContain("Record the agreed answer")
})

test("an archived engagement shows no form: nothing could be sent", async () => {
  const site = await openSampleStage()
  await site.store.archive({ engagement: "e1", by: program }, true, 1)
  const { text } = await site.consultant().get(`${home}/answers/online/DQC-03`).expect(200)
  expect(text).not.toContain("Record the agreed answer")
  expect(text).toContain("Paula Jensen")
  await site.close()
})
