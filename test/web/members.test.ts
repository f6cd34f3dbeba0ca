import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { program } from "../fixtures/program.ts"
import { wordsOf } from "./sample-stage.ts"
import { type AccountName, openStage, type Stage } from "./stage.ts"

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const members = "/engagements/e1/members"
const post = (by: AccountName, path: string, form: object) => stage.consultant(by).post(path).type("form").send(form)
const share = (email: string, role: string, by: AccountName = "carla") => post(by, members, { email, role })
const roles = async () =>
  (await stage.store.listMembers({ engagement: "e1", by: program }))?.map(({ account, role }) => `${account} ${role}`)

describe("members", () => {
  test("a colleague is added by address, sees the engagement, and loses it when taken off", async () => {
    await stage.consultant("otto").get("/engagements/e1").expect(404)
    await share(" Otto@Example.com ", "editor").expect(303)
    expect(await roles()).toEqual(["carla owner", "otto editor"])
    await stage.consultant("otto").get("/engagements/e1/settings").expect(200)
    await post("carla", `${members}/otto`, { role: "reader" }).expect(303)
    await stage.consultant("otto").get("/engagements/e1/settings").expect(403)
    await stage.consultant("otto").get("/engagements/e1").expect(200)
    await post("carla", `${members}/otto/remove`, {}).expect(303)
    await stage.consultant("otto").get("/engagements/e1").expect(404)
  })

  test("everybody who may change the engagement sees them, with those to choose from for owners", async () => {
    await share("otto@example.com", "editor").expect(303)
    const seen = wordsOf((await stage.consultant("otto").get(members).expect(200)).text)
    expect(seen).toContain("Carla Stage")
    expect(seen).toContain("Owners add members")
    expect(seen).not.toContain("Share with a colleague")
    const { text } = await stage.consultant().get(members).expect(200)
    expect(text).toContain('<option value="rita@example.com">Rita Stage</option>')
    expect(text).not.toContain('<option value="otto@example.com">')
  })

  test.each([
    ["", "editor", "Enter the e-mail address of a colleague"],
    ["nobody@example.com", "editor", "nobody signs in with this one"],
    ["carla@example.com", "editor", "is a member already"],
    ["otto@example.com", "", "Select what the colleague may do"],
    ["otto@example.com", "king", "Select what the colleague may do"],
    ["rita@example.com", "owner", "the account of this colleague only reads"],
  ])("adding “%s” as “%s” says what to do and keeps what was typed", async (email, role, said) => {
    const { text } = await share(email, role).expect(422)
    expect(wordsOf(text)).toContain(said)
    expect(text).toContain("<title>Error: Members")
    expect(text).toContain(`value="${email}"`)
    expect(await roles()).toEqual(["carla owner"])
  })

  test("an engagement is never without an owner", async () => {
    for (const [path, form] of [
      [`${members}/carla`, { role: "editor" }],
      [`${members}/carla/remove`, {}],
    ] as const) {
      expect(wordsOf((await post("carla", path, form).expect(422)).text)).toContain("Make somebody else an owner first")
    }
    await share("otto@example.com", "owner").expect(303)
    await stage.store.disableAccount(program, "otto", true, 1)
    await post("carla", `${members}/carla/remove`, {}).expect(422)
    await stage.store.disableAccount(program, "otto", false, 1)
    const left = await post("carla", `${members}/carla/remove`, {}).expect(303)
    expect(left.headers["location"]).toBe("/")
    expect(await roles()).toEqual(["otto owner"])
    await stage.consultant().get("/engagements/e1").expect(404)
  })

  test("who gives up their own ownership lands where they may still be", async () => {
    await share("otto@example.com", "owner").expect(303)
    const done = await post("carla", `${members}/carla`, { role: "reader" }).expect(303)
    await stage
      .consultant()
      .get(done.headers["location"] ?? "")
      .expect(200)
  })

  test("somebody who is no member is not found, whoever asks", async () => {
    for (const account of ["otto", "nobody"]) {
      await stage.consultant().get(`${members}/${account}`).expect(404)
      await post("carla", `${members}/${account}`, { role: "editor" }).expect(404)
      await post("carla", `${members}/${account}/remove`, {}).expect(404)
    }
  })

  test.each<[AccountName, string | undefined, number]>([
    ["otto", undefined, 404],
    ["otto", "editor", 403],
    ["rita", "reader", 403],
    ["ada", undefined, 303],
  ])("%s as %s gets %i for a change", async (account, role, status) => {
    if (role !== undefined) await share(`${account}@example.com`, role).expect(303)
    const before = await roles()
    await share("ada@example.com", "editor", account).expect(account === "ada" ? 303 : status)
    await post(account, `${members}/carla`, { role: "editor" }).expect(account === "ada" ? 422 : status)
    await post(account, `${members}/carla/remove`, {}).expect(account === "ada" ? 422 : status)
    if (account !== "ada") expect(await roles()).toEqual(before)
  })

  test("respondents and visitors get nowhere", async () => {
    const mara = await stage.respondent("petra")
    await mara.get(members).expect(303)
    await stage.visitor().get(members).expect(303)
    await mara.post(members).type("form").send({ email: "otto@example.com", role: "owner" }).expect(403)
    expect(await roles()).toEqual(["carla owner"])
  })

  test("taking somebody off takes a fresh proof", async () => {
    await share("otto@example.com", "owner").expect(303)
    stage.wait(25 * 60_000)
    await stage.consultant().get(members).expect(200)
    stage.wait(10 * 60_000)
    const asked = await stage.consultant().get(`${members}/otto`).expect(303)
    expect(asked.headers["location"]).toContain("/account/confirm")
    await post("carla", `${members}/otto/remove`, {}).expect(403)
    expect(await roles()).toEqual(["carla owner", "otto owner"])
  })
})
