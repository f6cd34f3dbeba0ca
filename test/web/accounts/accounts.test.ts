import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { tokenHash } from "../../../src/web/session.ts"
import { program } from "../../fixtures/program.ts"
import { wordsOf } from "../sample-stage.ts"
import { NOON, openStage, type Stage } from "../stage.ts"
import { PASSWORD, send, withPassword } from "./signing-in.ts"

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

describe("the set-up link", () => {
  const first = { name: "Ada Byron", email: "ADA.byron@example.com", "new-password": PASSWORD, "repeated-password": PASSWORD }
  const token = "set-up-token-of-the-test"
  const issue = () => stage.store.issueToken(program, tokenHash(token), { purpose: "set-up" }, NOON + 3_600_000, NOON)

  test("makes the first administrator once; two at once make one; then the address is gone", async () => {
    // With an administrator there is nothing to set up.
    await issue()
    await stage.visitor().get(`/set-up/${token}`).expect(404)
    await stage.close()
    stage = await openStage({ administrator: false })
    await issue()
    await stage.visitor().get(`/set-up/${token}`).expect(200)
    const both = await Promise.all(
      ["one@example.com", "two@example.com"].map((email) =>
        stage
          .visitor()
          .post(`/set-up/${token}`)
          .type("form")
          .send({ ...first, email }),
      ),
    )
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([303, 404])
    expect(both.find(({ status }) => status === 303)?.headers["location"]).toBe("/account/second-factor")
    expect(await stage.store.countAdministrators()).toBe(1)
    await stage.visitor().get(`/set-up/${token}`).expect(404)
    await stage.visitor().post(`/set-up/${token}`).type("form").send(first).expect(404)
  })

  test("is over after an hour, and a wrong one opens nothing", async () => {
    await stage.close()
    stage = await openStage({ administrator: false })
    await issue()
    await stage.visitor().get("/set-up/another").expect(404)
    stage.wait(3_600_000)
    await stage.visitor().get(`/set-up/${token}`).expect(404)
  })

  test.each([
    [{ name: "" }, "Enter the name"],
    [{ email: "ada" }, "Enter an e-mail address, such as ana@example.com"],
    [{ "new-password": "short" }, "Use at least 12 characters"],
    [{ "new-password": "x".repeat(200) }, "Use at most 128 characters"],
    [{ "new-password": "password12345" }, "this one is among those that are tried first"],
    [{ "new-password": "aaaaaaaaaaaaaaaa" }, "Use more than four different characters"],
    [{ "new-password": "byron loves figures" }, "Leave out “byron”"],
    [{ "repeated-password": "something else" }, "Enter the same password once more"],
  ])("asks again with %o, and keeps what may be kept", async (wrong, message) => {
    await stage.close()
    stage = await openStage({ administrator: false })
    await issue()
    const { text } = await stage
      .visitor()
      .post(`/set-up/${token}`)
      .type("form")
      .send({ ...first, ...wrong })
      .expect(422)
    expect(wordsOf(text)).toContain(message)
    expect(text).not.toContain(`value="${PASSWORD}"`)
    expect(await stage.store.countAdministrators()).toBe(0)
  })
})

describe("one's own account", () => {
  test("shows where one is signed in; one sign-in can be ended, or all others", async () => {
    await withPassword(stage, "carla")
    const [here, there, elsewhere] = [stage.visitor(), stage.visitor(), stage.visitor()]
    for (const browser of [here, there, elsewhere]) await send(browser, "carla@example.com").expect(303)
    const { text } = await here.get("/account").expect(200)
    const ids = [...text.matchAll(/name="session" value="([^"]+)"/g)].map(([, id]) => id ?? "")
    expect(ids).toHaveLength(3)
    expect(text.match(/this one/g)).toHaveLength(1)
    await here.post("/account/sessions").type("form").send({}).expect(303)
    await there.get("/").expect(303)
    await elsewhere.get("/").expect(303)
    await here.get("/").expect(200)
  })

  test("nobody ends somebody else's sign-in", async () => {
    const [session] = await stage.store.listAccountSessions("otto", NOON, 1_800_000)
    await stage
      .consultant("carla")
      .post("/account/sessions")
      .type("form")
      .send({ session: session?.id ?? "" })
      .expect(303)
    await stage.consultant("otto").get("/").expect(200)
  })

  test("a new password needs the old one, ends every other sign-in and goes on here", async () => {
    await withPassword(stage, "carla")
    const [here, there] = [stage.visitor(), stage.visitor()]
    for (const browser of [here, there]) await send(browser, "carla@example.com").expect(303)
    const changed = {
      password: "not this one",
      "new-password": "four quiet lemon trains",
      "repeated-password": "four quiet lemon trains",
    }
    expect(wordsOf((await here.post("/account/password").type("form").send(changed).expect(422)).text)).toContain(
      "This is not your present password",
    )
    await here
      .post("/account/password")
      .type("form")
      .send({ ...changed, password: PASSWORD })
      .expect(303)
    await there.get("/").expect(303)
    await here.get("/").expect(200)
    await send(stage.visitor(), "carla@example.com").expect(422)
    await send(stage.visitor(), "carla@example.com", "four quiet lemon trains").expect(303)
  })
})

describe("the accounts", () => {
  test("an administrator adds one and hands over a link that sets a password once", async () => {
    const ada = stage.consultant("ada")
    const form = { name: "Ines Prado", email: "ines@example.com", role: "consultant" }
    const { text } = await ada.post("/accounts/new").type("form").send(form).expect(200)
    const path = /http:\/\/127\.0\.0\.1:3000(\/password\/[\w-]{43})/.exec(text)?.[1] ?? ""
    const password = { "new-password": "four quiet lemon trains", "repeated-password": "four quiet lemon trains" }
    await stage.visitor().get(path).expect(200)
    await stage
      .visitor()
      .post(path)
      .type("form")
      .send({ ...password, "new-password": "ines prado 2026!" })
      .expect(422)
    await stage.visitor().post(path).type("form").send(password).expect(303)
    await stage.visitor().post(path).type("form").send(password).expect(404)
    await send(stage.visitor(), "ines@example.com", "four quiet lemon trains").expect(303)
    expect(wordsOf((await ada.post("/accounts/new").type("form").send(form).expect(422)).text)).toContain(
      "Another account signs in with this address",
    )
    const role = { ...form, email: "x@example.com", role: "king" }
    expect(wordsOf((await ada.post("/accounts/new").type("form").send(role).expect(422)).text)).toContain(
      "Select what the account may do",
    )
  })

  test("disabling one ends its sign-ins at once; the last administrator stays", async () => {
    const ada = stage.consultant("ada")
    const carla = stage.consultant("carla")
    await carla.get("/engagements/e1").expect(200)
    await ada.post("/accounts/carla/state").type("form").send({ action: "disable" }).expect(303)
    await carla.get("/engagements/e1").expect(303)
    await ada.post("/accounts/carla/state").type("form").send({ action: "enable" }).expect(303)
    await carla.get("/engagements/e1").expect(303)
    const last = await ada.post("/accounts/ada/state").type("form").send({ action: "disable" }).expect(422)
    expect(wordsOf(last.text)).toContain("Make somebody else an administrator first: this is the last one")
    const form = { name: "Ada", email: "ada@example.com", role: "reader" }
    await ada.post("/accounts/ada").type("form").send(form).expect(422)
  })

  test("another role signs the account out, so that nothing goes on under the old one", async () => {
    const otto = stage.consultant("otto")
    await otto.get("/engagements/new").expect(200)
    const form = { name: "Otto Stage", email: "otto@example.com", role: "reader" }
    await stage.consultant("ada").post("/accounts/otto").type("form").send(form).expect(303)
    await otto.get("/engagements/new").expect(303)
    await stage.signInAgain()
    await stage.consultant("otto").get("/engagements/new").expect(403)
  })

  test("they are there for administrators alone, and what others try is noted", async () => {
    for (const account of ["carla", "rita"] as const) {
      await stage.consultant(account).get("/accounts").expect(403)
      await stage.consultant(account).post("/accounts/new").type("form").send({ role: "administrator" }).expect(403)
    }
    await stage.visitor().get("/accounts").expect(303)
    const log = await stage.store.readAudit(program, { action: "access.refused", offset: 0, limit: 10 })
    expect(log?.total).toBe(4)
  })

  test("the dangerous things take a fresh proof, and what was typed is not lost", async () => {
    await withPassword(stage, "ada")
    await stage.signInAgain()
    const ada = stage.consultant("ada")
    await ada.get("/accounts/new").expect(200)
    stage.wait(11 * 60_000)
    expect((await ada.get("/accounts/new").expect(303)).headers["location"]).toBe("/account/confirm?to=%2Faccounts%2Fnew")
    await ada.post("/accounts/new").type("form").send({}).expect(422)
    stage.wait(20 * 60_000)
    const late = await ada.post("/accounts/new").type("form").send({ name: "Typed in vain" }).expect(403)
    expect(late.text).toContain("Typed in vain")
    const confirm = (password: string) => ada.post("/account/confirm").type("form").send({ password, to: "/accounts/new" })
    expect(wordsOf((await confirm("not this").expect(422)).text)).toContain("The password is not right")
    expect((await confirm(PASSWORD).expect(303)).headers["location"]).toBe("/accounts/new")
    await ada.get("/accounts/new").expect(200)
  })
})
