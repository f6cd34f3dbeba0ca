import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { openSampleStage, wordsOf } from "./sample-stage.ts"
import type { Stage } from "./stage.ts"
import { program } from "../fixtures/program.ts"

let stage: Stage
beforeAll(async () => {
  stage = await openSampleStage()
})
afterAll(() => stage.close())

const people = "/engagements/e1/people"

/** Lets the next two that read the engagement see the same state: neither goes on before both have read. */
const readTogether = (store: Stage["store"]): (() => void) => {
  const load = store.loadEngagement.bind(store)
  const { promise: both, resolve } = Promise.withResolvers<void>()
  let read = 0
  store.loadEngagement = async (scope) => {
    const found = await load(scope)
    read += 1
    if (read === 2) resolve()
    await both
    return found
  }
  return () => void (store.loadEngagement = load)
}

describe("people", () => {
  test("somebody is added with a readable id of their own", async () => {
    const form = { name: "Émilie Dupont", role: "DM", email: "emilie@example.com", domains: ["online"] }
    await stage.consultant().post(`${people}/new`).type("form").send(form).expect(303)
    const stored = await stage.store.loadEngagement({ engagement: "e1", by: program })
    expect(stored?.engagement.respondents.find(({ id }) => id === "emilie-dupont")).toEqual({
      id: "emilie-dupont",
      name: "Émilie Dupont",
      role: "DM",
      email: "emilie@example.com",
      domains: ["online"],
    })
  })

  test("namesakes that are added at the same moment are two people, and so are domains", async () => {
    const visitor = stage.consultant()
    const twice = async (address: string, form: object): Promise<void> => {
      const restore = readTogether(stage.store)
      const add = () => visitor.post(address).type("form").send(form).expect(303)
      await Promise.all([add(), add()])
      restore()
    }
    await twice(`${people}/new`, { name: "Kim Park", role: "DM", domains: ["online"] })
    await twice("/engagements/e1/domains/new", { name: "Returns" })
    const engagement = (await stage.store.loadEngagement({ engagement: "e1", by: program }))?.engagement
    const ids = engagement?.respondents.filter(({ name }) => name === "Kim Park").map(({ id }) => id)
    expect(ids).toEqual(["kim-park", "kim-park-2"])
    expect(engagement?.domains.filter(({ name }) => name === "Returns").map(({ id }) => id)).toEqual(["returns", "returns-2"])
  })

  test("every gap of the form is named and what was typed stays", async () => {
    const { text } = await stage
      .consultant()
      .post(`${people}/new`)
      .type("form")
      .send({ name: "", role: "XX", email: "nobody" })
      .expect(422)
    const words = wordsOf(text)
    for (const said of [
      "Enter the person's name",
      "Enter an e-mail address",
      "Select at least one domain",
      "Select one of the roles",
    ])
      expect(words).toContain(said)
    expect(text).toContain('value="nobody"')
  })

  test("a personal link is shown once, opens the answers, and ends when it is revoked", async () => {
    const visitor = stage.consultant()
    const shown = await visitor.post(`${people}/petra/link`).type("form").send({}).expect(200)
    expect(shown.headers["referrer-policy"]).toBe("no-referrer")
    const path = /http:\/\/127\.0\.0\.1:3000(\/r\/[\w-]{43})/.exec(shown.text)?.[1] ?? ""
    const respondent = stage.consultant()
    await respondent.get(path).expect(200)
    await respondent.post(path).type("form").send({}).expect(303)
    await respondent.get("/respond").expect(200)
    expect((await visitor.get(`${people}/petra`)).text).not.toContain(path)
    await visitor.post(`${people}/petra/revoke`).type("form").send({}).expect(303)
    await respondent.get("/respond").expect(403)
    await respondent.get(path).expect(404)
  })

  test("submitted answers can be opened again", async () => {
    const respondent = await stage.respondent("anil")
    await respondent.post("/respond/submit").type("form").send({}).expect(303)
    await stage.consultant().post(`${people}/anil/reopen`).type("form").send({}).expect(303)
    const stored = await stage.store.loadEngagement({ engagement: "e1", by: program })
    expect(stored?.responses.find(({ respondent: id }) => id === "anil")?.submittedAt).toBeUndefined()
  })

  test("somebody is removed with their answers; a stranger is not found", async () => {
    const visitor = stage.consultant()
    await visitor.post(`${people}/marta/remove`).type("form").send({}).expect(303)
    const stored = await stage.store.loadEngagement({ engagement: "e1", by: program })
    expect(stored?.engagement.answers.some(({ respondent }) => respondent === "marta")).toBe(false)
    for (const path of [`${people}/marta`, `${people}/nobody`, "/engagements/e2/people"]) await visitor.get(path).expect(404)
  })
})
