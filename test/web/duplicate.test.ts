import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { anEngagement } from "../fixtures/engagements.ts"
import { program } from "../fixtures/program.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"
import { openSampleStage, wordsOf } from "./sample-stage.ts"
import { type AccountName, NOON, openStage, type Stage } from "./stage.ts"

let stage: Stage
afterEach(() => stage.close())

const path = "/engagements/e1/duplicate"
const names = { title: "The second year", client: "Northwind Parcel" }
const duplicate = (form: object = names, by: AccountName = "carla") => stage.consultant(by).post(path).type("form").send(form)
const made = (location: string) => {
  const id = /^\/engagements\/([^?]+)/.exec(location)?.[1] ?? ""
  return stage.store.loadEngagement({ engagement: id, by: { account: "carla" } })
}

describe("duplicating as a template", () => {
  beforeEach(async () => {
    stage = await openSampleStage()
  })

  test("takes people, domains, questionnaire and settings along, and nothing that was said", async () => {
    const scope = { engagement: "e1", by: program }
    await stage.store.changeTerms(scope, { confidentiality: "role", closesAt: NOON + 1, remindOn: ["2026-12-01"] }, NOON)
    await stage.issueLink("petra")
    const before = await stage.store.loadEngagement(scope)
    const done = await duplicate().expect(303)
    const copy = await made(done.headers["location"] ?? "")
    expect(copy?.engagement).toEqual({
      ...before?.engagement,
      ...names,
      plan: { ...before?.engagement.plan, start: expect.any(String) },
      answers: [],
      inventories: [],
      decisions: [],
      overrides: [],
    })
    expect((copy?.engagement.plan.start ?? "") >= "2026-11-30").toBe(true)
    expect(copy?.questionnaire).toEqual(before?.questionnaire)
    expect(copy?.terms).toEqual({ confidentiality: "role", remindOn: [] })
    expect(copy?.responses.every(({ link, submittedAt }) => link === undefined && submittedAt === undefined)).toBe(true)
    expect(await stage.store.loadEngagement(scope)).toEqual(before)
  })
})

describe("the duplicate", () => {
  beforeEach(async () => {
    stage = await openStage()
  })

  test("keeps the edition of the questionnaire that is frozen into the first", async () => {
    const older = { ...smallQuestionnaire, version: "0.9", hash: "older" }
    const scope = { engagement: "e1", by: { account: "carla" } }
    await stage.store.removeEngagement(scope, NOON)
    await stage.store.addEngagement(scope, anEngagement(older), older, NOON)
    expect(wordsOf((await stage.consultant().get(path).expect(200)).text)).toContain("version 0.9")
    const copy = await made((await duplicate().expect(303)).headers["location"] ?? "")
    expect(copy?.questionnaire.hash).toBe("older")
  })

  test("belongs to the one who made it alone; both engagements stand in the audit log", async () => {
    await stage.store.saveMember({ engagement: "e1", by: program }, "otto", "editor", NOON)
    const location = (await duplicate(names, "otto").expect(303)).headers["location"] ?? ""
    const id = /^\/engagements\/([^?]+)/.exec(location)?.[1] ?? ""
    const members = await stage.store.listMembers({ engagement: id, by: program })
    expect(members?.map(({ account, role }) => `${account} ${role}`)).toEqual(["otto owner"])
    await stage.consultant("carla").get(`/engagements/${id}`).expect(404)
    const log = await stage.store.readAudit(program, { action: "engagement.duplicated", offset: 0, limit: 5 })
    expect(log?.entries).toMatchObject([{ engagement: "e1", detail: { as: id }, actor: "account otto" }])
  })

  test.each([
    [{ title: "", client: "C" }, "Enter a title"],
    [{ title: "T", client: " " }, "Enter the client"],
    [{ title: "x".repeat(201), client: "C" }, "200"],
  ])("%o is refused and kept", async (form, said) => {
    const { text } = await duplicate(form).expect(422)
    expect(wordsOf(text)).toContain(said)
    expect(text).toContain(`value="${form.title}"`)
    expect(await stage.store.listEngagements(program)).toHaveLength(1)
  })

  test("is made by owners and editors only", async () => {
    await duplicate(names, "otto").expect(404)
    await stage.store.saveMember({ engagement: "e1", by: program }, "rita", "reader", NOON)
    await duplicate(names, "rita").expect(403)
    expect(await stage.store.listEngagements(program)).toHaveLength(1)
  })
})
