import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { program } from "../fixtures/program.ts"
import { everybody } from "../fixtures/engagements.ts"
import { sampleInput } from "../fixtures/sample.ts"
import { openSampleStage } from "./sample-stage.ts"
import { NOON, type Stage } from "./stage.ts"

let stage: Stage
beforeEach(async () => {
  stage = await openSampleStage()
})
afterEach(() => stage.close())

const file = async () =>
  (await stage.consultant().get("/engagements/e1/engagement.json").expect(200)).body as Record<string, unknown>
const byRole = () => stage.store.changeTerms({ engagement: "e1", by: program }, { confidentiality: "role", remindOn: [] }, NOON)

describe("the exported file", () => {
  test("of an engagement by role only holds no name, address or id of those who were asked", async () => {
    await byRole()
    const text = JSON.stringify(await file())
    const { engagement } = await sampleInput()
    for (const { id, name, email } of engagement.respondents) {
      expect(text).not.toContain(`"${id}"`)
      expect(text).not.toContain(name)
      if (email !== undefined) expect(text).not.toContain(email)
    }
    expect(engagement.respondents.length).toBeGreaterThan(everybody.length)
  })

  test("can be imported again, with every answer under its pseudonym", async () => {
    await byRole()
    const exported = await file()
    const made = await stage
      .consultant()
      .post("/engagements/import")
      .attach("file", Buffer.from(JSON.stringify(exported)), "by-role.json")
      .expect(303)
    const id = /^\/engagements\/([^?]+)/.exec(made.headers["location"] ?? "")?.[1] ?? ""
    const again = await stage.store.loadEngagement({ engagement: id, by: program })
    const before = await stage.store.loadEngagement({ engagement: "e1", by: program })
    expect(again?.engagement.answers).toHaveLength(before?.engagement.answers.length ?? 0)
    expect(again?.engagement.respondents.map(({ role }) => role).toSorted()).toEqual(
      before?.engagement.respondents.map(({ role }) => role).toSorted(),
    )
  })

  test("is noted with whether it held names; a reader gets none", async () => {
    await file()
    await byRole()
    await file()
    const log = await stage.store.readAudit(program, { action: "engagement.exported", offset: 0, limit: 5 })
    expect(log?.entries.map(({ actor, engagement, detail }) => [actor, engagement, detail])).toEqual([
      ["account carla", "e1", { names: false }],
      ["account carla", "e1", { names: true }],
    ])
    await stage.store.saveMember({ engagement: "e1", by: program }, "rita", "reader", NOON)
    await stage.consultant("rita").get("/engagements/e1/engagement.json").expect(403)
    await stage.consultant("otto").get("/engagements/e1/engagement.json").expect(404)
  })
})
