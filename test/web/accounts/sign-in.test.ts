import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { program } from "../../fixtures/program.ts"
import { wordsOf } from "../sample-stage.ts"
import { NOON, openStage, type Stage } from "../stage.ts"
import { codeAt, keyOn, PASSWORD, send, withPassword } from "./signing-in.ts"

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const audited = async (action: string) =>
  (await stage.store.readAudit(program, { action, offset: 0, limit: 50 }))?.entries.map(({ actor, subject }) => [actor, subject])

describe("signing in", () => {
  test("leads on to the page that was asked for, and nowhere outside", async () => {
    await withPassword(stage, "carla")
    const asked = await stage.visitor().get("/engagements/e1/plan").expect(303)
    expect(asked.headers["location"]).toBe("/sign-in?to=%2Fengagements%2Fe1%2Fplan")
    const there = await send(stage.visitor(), "Carla@Example.com", PASSWORD, "/engagements/e1/plan").expect(303)
    expect(there.headers["location"]).toBe("/engagements/e1/plan")
    for (const to of ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/%0d\nx"]) {
      expect((await send(stage.visitor(), "carla@example.com", PASSWORD, to).expect(303)).headers["location"]).toBe("/")
    }
  })

  test("opens a session under a cookie that scripts cannot read, and a new one each time", async () => {
    await withPassword(stage, "carla")
    const browser = stage.visitor()
    const first = String((await send(browser, "carla@example.com").expect(303)).headers["set-cookie"])
    const second = String((await send(browser, "carla@example.com").expect(303)).headers["set-cookie"])
    expect(first).toMatch(/^headwater-account=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(second).not.toBe(first)
    await browser.get("/").expect(200)
    // The session that the second sign-in replaced has ended.
    await stage
      .visitor()
      .get("/")
      .set("Cookie", first.split(";")[0] ?? "")
      .expect(303)
  })

  test("says the same of an unknown name, a wrong password and a disabled account, and never repeats a password", async () => {
    await withPassword(stage, "carla")
    await withPassword(stage, "otto")
    await stage.store.disableAccount(program, "otto", true, NOON)
    const pages = []
    for (const [email, password] of [
      ["nobody@example.com", "canary-password-1"],
      ["carla@example.com", "canary-password-1"],
      ["otto@example.com", PASSWORD],
      ["rita@example.com", "canary-password-1"],
    ] as const) {
      const { text } = await send(stage.visitor(), email, password).expect(422)
      pages.push(text.replaceAll(email, "EMAIL"))
      expect(text).not.toContain("canary")
    }
    expect(new Set(pages).size).toBe(1)
    expect(wordsOf(pages[0] ?? "")).toContain("The e-mail address or the password is not right")
    expect(await audited("sign-in.failed")).toEqual([
      ["nobody", "rita"],
      ["nobody", "otto"],
      ["nobody", "carla"],
      ["nobody", undefined],
    ])
    expect(stage.logged.join("")).not.toMatch(/canary|example\.com/)
  })

  test("asks for both fields", async () => {
    const { text } = await send(stage.visitor(), "", "").expect(422)
    expect(wordsOf(text)).toContain("Enter your e-mail address Enter your password")
  })

  test("exactly ten of twenty attempts at once are tried; the right one waits too, and goes through when the time is over", async () => {
    await withPassword(stage, "carla")
    const working = stage.visitor()
    await send(working, "carla@example.com").expect(303)
    const attempts = await Promise.all(
      Array.from({ length: 20 }, (_, at) => send(stage.visitor(), "carla@example.com", `wrong guess ${at}`)),
    )
    expect(attempts.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      ...Array(10).fill(422),
      ...Array(10).fill(429),
    ])
    const refused = await send(stage.visitor(), "carla@example.com").expect(429)
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0)
    await working.get("/").expect(200)
    stage.wait(15 * 60_000 + 1)
    await send(stage.visitor(), "carla@example.com").expect(303)
  })

  test("ends after half an hour without use, and after eight hours with it", async () => {
    await withPassword(stage, "carla")
    const browser = stage.visitor()
    await send(browser, "carla@example.com").expect(303)
    for (let minutes = 0; minutes < 8 * 60; minutes += 20) {
      await browser.get("/").expect(200)
      stage.wait(20 * 60_000)
    }
    await browser.get("/").expect(303)
    await send(browser, "carla@example.com").expect(303)
    stage.wait(31 * 60_000)
    await browser.get("/").expect(303)
  })

  test("a form sent after the sign-in has ended keeps what was typed, but no password", async () => {
    const form = { title: "A long title", client: "Northwind", domains: "Payments", password: "canary-password" }
    const { text } = await stage.visitor().post("/engagements").type("form").send(form).expect(403)
    expect(wordsOf(text)).toContain("Sign in again")
    expect(text).toContain("A long title")
    expect(text).not.toContain("canary")
  })

  test("signing out ends it here and clears what the browser kept", async () => {
    const browser = stage.consultant()
    const out = await browser.post("/sign-out").type("form").expect(303)
    expect(out.headers["clear-site-data"]).toBe('"cache", "storage"')
    await browser.get("/").expect(303)
  })
})

describe("the second factor", () => {
  const enrol = async (account: "carla" | "ada") => {
    await withPassword(stage, account)
    const browser = stage.visitor()
    await send(browser, `${account}@example.com`).expect(303)
    const key = keyOn((await browser.get("/account/second-factor").expect(200)).text)
    const done = await browser
      .post("/account/second-factor")
      .type("form")
      .send({ code: codeAt(key, NOON) })
      .expect(200)
    const codes = [...done.text.matchAll(/<li>([a-z0-9]{4}(?:-[a-z0-9]{4}){2})<\/li>/g)].map(([, code]) => code ?? "")
    return { browser, key, codes }
  }

  test("an administrator without one can do nothing but set one up", async () => {
    await withPassword(stage, "ada")
    const browser = stage.visitor()
    expect((await send(browser, "ada@example.com").expect(303)).headers["location"]).toBe("/account/second-factor")
    for (const path of ["/", "/accounts", "/account", "/engagements/e1"])
      expect((await browser.get(path).expect(303)).headers["location"]).toBe("/account/second-factor")
    const key = keyOn((await browser.get("/account/second-factor").expect(200)).text)
    await browser.post("/account/second-factor").type("form").send({ code: "000000" }).expect(422)
    expect(keyOn((await browser.get("/account/second-factor")).text)).toBe(key)
    await browser
      .post("/account/second-factor")
      .type("form")
      .send({ code: codeAt(key, NOON) })
      .expect(200)
    await browser.get("/accounts").expect(200)
  })

  test("is asked for after the password; a code works once, and so does a recovery code", async () => {
    const { key, codes } = await enrol("carla")
    expect(codes).toHaveLength(10)
    const code = (browser: ReturnType<Stage["visitor"]>, text: string) =>
      browser.post("/sign-in/code").type("form").send({ code: text, to: "/engagements/e1" })
    const browser = stage.visitor()
    const asked = await send(browser, "carla@example.com", PASSWORD, "/engagements/e1").expect(303)
    expect(asked.headers["location"]).toBe("/sign-in/code?to=%2Fengagements%2Fe1")
    expect((await browser.get("/").expect(303)).headers["location"]).toBe("/sign-in/code")
    // The code that switched it on was used up by that.
    await code(browser, codeAt(key, NOON)).expect(422)
    stage.wait(30_000)
    const next = codeAt(key, NOON + 30_000)
    expect((await code(browser, next).expect(303)).headers["location"]).toBe("/engagements/e1")
    await browser.get("/").expect(200)
    const other = stage.visitor()
    await send(other, "carla@example.com").expect(303)
    await code(other, next).expect(422)
    await code(other, (codes[0] ?? "").toUpperCase().replaceAll("-", " ")).expect(303)
    const third = stage.visitor()
    await send(third, "carla@example.com").expect(303)
    await code(third, codes[0] ?? "").expect(422)
    await code(third, codes[1] ?? "").expect(303)
  })

  test("switching it on ends every other sign-in", async () => {
    await withPassword(stage, "carla")
    const elsewhere = stage.visitor()
    await send(elsewhere, "carla@example.com").expect(303)
    const { browser } = await enrol("carla")
    await elsewhere.get("/").expect(303)
    await browser.get("/").expect(200)
  })

  test("a hundred codes cannot be tried", async () => {
    const { codes } = await enrol("carla")
    const browser = stage.visitor()
    await send(browser, "carla@example.com").expect(303)
    const statuses = []
    for (let at = 0; at < 12; at += 1)
      statuses.push((await browser.post("/sign-in/code").type("form").send({ code: "123456" })).status)
    expect(statuses).toEqual([...Array(10).fill(422), 429, 429])
    await browser
      .post("/sign-in/code")
      .type("form")
      .send({ code: codes[0] ?? "" })
      .expect(429)
  })
})
