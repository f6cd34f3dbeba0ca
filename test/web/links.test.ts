import { afterAll, beforeAll, expect, test } from "vitest"
import { openStage, NOON, type Stage } from "./stage.ts"
import { program } from "../fixtures/program.ts"

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test("a link shows who asks, what for, how long it takes, who sees what and until when, and changes nothing", async () => {
  const token = await stage.issueLink("petra")
  const page = await stage.visitor().get(`/r/${token}`).expect(200)
  expect(page.headers["referrer-policy"]).toBe("no-referrer")
  expect(page.headers["cache-control"]).toBe("no-store")
  expect(page.headers["set-cookie"]).toBeUndefined()
  for (const text of [
    "Northwind Parcel",
    "Petra Vogel",
    "data platform engineer",
    "Orders and Billing",
    "about",
    "23 December 2026",
  ]) {
    expect(page.text).toContain(text)
  }
  await stage.visitor().get("/respond").expect(403)
})

test("starting exchanges the link for a session under an address without the token", async () => {
  const token = await stage.issueLink("anil")
  const opened = await stage.visitor().post(`/r/${token}`).type("form").expect(303)
  expect(opened.headers["location"]).toBe("/respond")
  expect(String(opened.headers["set-cookie"])).toMatch(/^headwater=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
})

test("over https the cookie is a __Host- one and secure", async () => {
  const site = await openStage({ config: { publicUrl: "https://headwater.example" } })
  const opened = await site
    .visitor()
    .post(`/r/${await site.issueLink("anil")}`)
    .type("form")
  await site.close()
  expect(String(opened.headers["set-cookie"])).toMatch(/^__Host-headwater=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
})

test("unknown and revoked links are the same page; an expired one says so to its owner", async () => {
  const revoked = await stage.issueLink("marta")
  await stage.store.revokeLink({ engagement: "e1", respondent: "marta", by: program }, NOON)
  const answers = await Promise.all(
    [`/r/${revoked}`, "/r/never-issued", "/r/'--"].map(async (address) => {
      const shown = await stage.visitor().get(address)
      const posted = await stage.visitor().post(address).type("form")
      return [shown.status, shown.text, posted.status, posted.text]
    }),
  )
  expect(answers[0]?.[0]).toBe(404)
  expect(answers[1]).toEqual(answers[0])
  expect(answers[2]).toEqual(answers[0])
  const expired = await stage.issueLink("greta", NOON - 1)
  const shown = await stage.visitor().get(`/r/${expired}`).expect(410)
  expect(shown.text).toContain("This link has expired")
  await stage.visitor().post(`/r/${expired}`).type("form").expect(410)
})

test("a session ends after eight hours; what was typed then stays on the page", async () => {
  const site = await openStage()
  const petra = await site.respondent("petra")
  await petra.get("/respond").expect(200)
  site.wait(8 * 3_600_000 + 1)
  const late = await petra.post("/respond/orders/SRC").type("form").send({ "SRC-01.comment": "written over lunch" }).expect(403)
  await site.close()
  expect(late.text).toContain("Open your personal link again")
  expect(late.text).toContain("written over lunch")
})

test("leaving ends the session on this device and keeps the answers", async () => {
  const petra = await stage.respondent("petra")
  await petra.post("/respond/orders/SRC").type("form").send({ "SRC-01": "2" }).expect(303)
  const left = await petra.post("/respond/leave").type("form").expect(303)
  expect(left.headers["clear-site-data"]).toBe('"cache", "storage"')
  await petra.get("/respond").expect(403)
  const again = await stage.respondent("petra")
  expect((await again.get("/respond/orders/SRC")).text).toMatch(/value="2" checked/)
})

test("the tasks are the sections asked of the role, with what is left", async () => {
  const david = await stage.respondent("david")
  const page = await david.get("/respond").expect(200)
  expect(page.text).toContain("Sources")
  expect(page.text).not.toContain("/respond/orders/USE")
  expect(page.text).toContain("You have 6 questions left, about 6 minutes.")
  await david.get("/respond/orders/USE").expect(404)
  await david.get("/respond/elsewhere/SRC").expect(404)
})
