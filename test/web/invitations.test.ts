import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { program } from "../fixtures/program.ts"
import { openSampleStage, wordsOf } from "./sample-stage.ts"
import { NOON, type Stage } from "./stage.ts"
import { tokenHash } from "../../src/web/session.ts"

const people = "/engagements/e1/people"
const scope = { engagement: "e1", by: program }

let stage: Stage
beforeAll(async () => {
  stage = await openSampleStage({ config: { mail: true, publicUrl: "https://headwater.example" } })
})
afterAll(() => stage.close())

/** A consultant at the public address. */
const post = (path: string, form: object | string) =>
  stage
    .consultant()
    .post(`${people}/${path}`)
    .set("Cookie", "__Host-headwater-account=carla-session-token-of-the-stage")
    .type("form")
    .send(form)
const get = (path: string) =>
  stage.consultant().get(`${people}${path}`).set("Cookie", "__Host-headwater-account=carla-session-token-of-the-stage")
const messages = (respondent?: string) => stage.store.listMessages(scope, respondent)
const responseOf = async (id: string) =>
  (await stage.store.loadEngagement(scope))?.responses.find(({ respondent }) => respondent === id)

describe("a selection", () => {
  test("says what will happen to whom, and does nothing", async () => {
    const { text } = await post("selection", { action: "invite", person: ["petra", "anil"] }).expect(200)
    const words = wordsOf(text)
    for (const said of ["Send 2 invitations", "Petra Vogel", "Anil Rao", "Carla Stage asks how data is moved"]) {
      expect(words).toContain(said)
    }
    expect(await messages()).toEqual([])
  })

  test("is everybody on the page or in the filter without a tick", async () => {
    const all = await post("selection?role=DPE", { action: "sheet", who: "filter" }).expect(200)
    expect(wordsOf(all.text)).toContain("Petra Vogel")
    expect(wordsOf(all.text)).not.toContain("Anil Rao")
    const page = await post("selection", { action: "links", who: "page" }).expect(200)
    expect(wordsOf(page.text)).toContain("Make 13 links")
  })

  test.each([
    [{ action: "invite" }, "Tick the people first"],
    [{ action: "invite", person: "nobody" }, "Tick the people first"],
    [{ action: "__proto__", person: "petra" }, "Select what to do with these people"],
    [{ person: "petra" }, "Select what to do with these people"],
  ])("that makes no sense is the list again, with what to do: %j", async (form, said) => {
    const { text } = await post("selection", form).expect(422)
    expect(wordsOf(text)).toContain(said)
    expect(text).toContain('href="#people"')
  })
})

describe("invitations and reminders", () => {
  test("are put out once, whoever clicks twice, and show on the list", async () => {
    const sent = await post("invite", { person: ["petra", "anil"] }).expect(303)
    expect(sent.headers["location"]).toBe(`${people}?done=invitations&number=2`)
    const again = await post("invite", { person: ["petra", "anil"] }).expect(422)
    expect(wordsOf(again.text)).toContain("Petra Vogel: got one a short time ago, or will in a moment")
    expect(await messages()).toHaveLength(2)
    const { text } = await get("?done=invitations&number=2").expect(200)
    expect(wordsOf(text)).toContain("2 invitations are on the way.")
    expect(wordsOf(text)).toContain("Invitation on its way")
    expect((await responseOf("petra"))?.link?.issuedAt).toBe(NOON)
  })

  test("leave out those who submitted and those who were never invited", async () => {
    await stage.store.submit({ ...scope, respondent: "anil" }, NOON)
    const { text } = await post("selection", { action: "remind", person: ["petra", "anil", "marta"] }).expect(200)
    const words = wordsOf(text)
    for (const said of ["Send 1 reminder", "Anil Rao: submitted already", "not invited yet"]) expect(words).toContain(said)
    await post("remind", { person: ["petra", "anil", "marta"] }).expect(303)
    expect((await messages()).filter(({ kind }) => kind === "reminder").map(({ respondent }) => respondent)).toEqual(["petra"])
  })

  test("are not there without a mail server", async () => {
    const bare = await openSampleStage()
    const visitor = bare.consultant()
    await visitor.post(`${people}/invite`).type("form").send({ person: "petra" }).expect(404)
    await visitor.post(`${people}/selection`).type("form").send({ action: "invite", person: "petra" }).expect(422)
    const { text } = await visitor.get(people).expect(200)
    await bare.close()
    expect(wordsOf(text)).toContain("Headwater has no mail server here")
    expect(text).not.toContain('value="invite"')
  })

  test("wait for the days that are chosen, each a day of the calendar and not past", async () => {
    for (const [day, said] of [
      ["", "Enter the day of the reminder"],
      ["2026-02-30", "Enter a day of the calendar"],
      ["tomorrow", "Enter a day of the calendar"],
      ["2026-11-22", "Enter today or a later day"],
      ["2036-01-01", "Enter a day within the next two years"],
    ]) {
      const { text } = await post("reminders", { day }).expect(422)
      expect(wordsOf(text)).toContain(said)
    }
    await post("reminders", { day: "2026-12-07" }).expect(303)
    await post("reminders", { day: "2026-11-30" }).expect(303)
    expect(wordsOf((await post("reminders", { day: "2026-11-30" }).expect(422)).text)).toContain("on the list already")
    expect((await stage.store.loadEngagement(scope))?.terms.remindOn).toEqual(["2026-11-30", "2026-12-07"])
    await post("reminders", { remove: "2026-11-30" }).expect(303)
    expect((await stage.store.loadEngagement(scope))?.terms.remindOn).toEqual(["2026-12-07"])
  })
})

describe("links without e-mail", () => {
  test("come as a file for a mail merge, one for each, beside the earlier ones", async () => {
    const before = await stage.issueLink("marta")
    const file = await post("links.csv", { person: ["marta", "petra"] }).expect(200)
    expect(file.headers["content-type"]).toBe("text/csv; charset=utf-8")
    expect(file.headers["content-disposition"]).toMatch(/links\.csv"?$/)
    const lines = file.text.split("\r\n")
    expect(lines[0]).toBe("\ufeffname,email,role,link,expires")
    expect(lines).toHaveLength(4)
    const tokens = [...file.text.matchAll(/https:\/\/headwater\.example\/r\/([\w-]{43}),2026-12-23/g)].map(
      ([, token]) => token ?? "",
    )
    expect(tokens).toHaveLength(2)
    for (const token of [before, ...tokens])
      expect(await stage.store.readLink(tokenHash(token), NOON)).toMatchObject({ expired: false })
    const entries =
      (await stage.store.readAudit(program, { engagement: "e1", action: "links.exported", offset: 0, limit: 5 }))?.entries ?? []
    expect(entries[0]).toMatchObject({ actor: "account carla", detail: { form: "csv", people: 2 } })
  })

  test("hold no formula, whatever somebody is called", async () => {
    await stage.store.saveRespondent(scope, { id: "eve", name: '=HYPERLINK("http://x")', role: "AE" }, NOON)
    const file = await post("links.csv", { person: "eve" }).expect(200)
    expect(file.text).toContain(`"'=HYPERLINK(""http://x"")"`)
    await stage.store.removeRespondent(scope, "eve", NOON)
  })

  test("come as sheets with a QR code, on a page that is kept nowhere", async () => {
    const shown = await post("sheet", { person: ["marta", "petra"] }).expect(200)
    expect(shown.headers["referrer-policy"]).toBe("no-referrer")
    expect(shown.headers["cache-control"]).toBe("no-store")
    expect(shown.text.match(/<svg class="qr" viewBox="0 0 \d+ \d+"/g)).toHaveLength(2)
    expect(shown.text.match(/https:\/\/headwater\.example\/r\/[\w-]{43}/g)).toHaveLength(2)
    expect(shown.text).not.toMatch(/\sstyle=/)
  })

  test("are not made for those who are revoked, nor for nobody", async () => {
    await post("revoke", { person: ["marta"] }).expect(303)
    expect(wordsOf((await post("selection", { action: "links", person: "marta" })).text)).toContain("the link is revoked")
    await post("links.csv", { person: "marta" }).expect(404)
    await post("sheet", {}).expect(404)
  })

  test("one at a time: one more, or one that replaces them all, with a mail ready to be sent", async () => {
    const first = await stage.issueLink("petra")
    const more = await post("petra/link", { keep: "yes" }).expect(200)
    expect(wordsOf(more.text)).toContain("beside any earlier link")
    expect(more.text).toMatch(/href="mailto:petra\.vogel@meridian-foods\.example\?subject=Your%20answers/)
    expect(await stage.store.readLink(tokenHash(first), NOON)).toMatchObject({ scope: { respondent: "petra" }, expired: false })
    await post("petra/link", {}).expect(200)
    expect(await stage.store.readLink(tokenHash(first), NOON)).toBeUndefined()
  })
})

describe("a person's page", () => {
  test("moves the last day of the link, and says what is wrong with another", async () => {
    for (const [until, said] of [
      ["soon", "Enter the last day"],
      ["2026-02-30", "Enter the last day"],
      ["2026-11-22", "Enter today or a later day"],
      ["2031-01-01", "Enter a day within the next two years"],
    ]) {
      expect(wordsOf((await post("petra/expiry", { until }).expect(422)).text)).toContain(said)
    }
    await post("petra/expiry", { until: "2026-12-31" }).expect(303)
    expect((await responseOf("petra"))?.link?.expiresAt).toBe(Date.UTC(2026, 11, 31, 23, 59, 59, 999))
    expect(wordsOf((await post("marta/expiry", { until: "2026-12-31" }).expect(422)).text)).toContain("Make a new link first")
  })

  test("shows what was mailed and what became of it", async () => {
    const claim = () => stage.store.claimMessage(program, { tokenHash: "x".repeat(64), expiresAt: NOON }, 1, NOON)
    let claimed = await claim()
    while (claimed === "again") claimed = await claim()
    if (claimed === undefined) throw new Error("Nothing was due.")
    const refused = { outcome: "undeliverable", problem: "550 5.1.1 No such user" } as const
    await stage.store.settleMessage(program, claimed, refused, NOON)
    const { text } = await get(`/${claimed.respondent}`).expect(200)
    expect(wordsOf(text)).toContain("undeliverable: 550 5.1.1 No such user")
  })
})

describe("the end of reminders", () => {
  test("asks first, takes a mail program's one click, and can be taken back", async () => {
    const token = tokenHash(await stage.issueLink("petra"))
    const wish = async () => (await responseOf("petra"))?.link?.unsubscribedAt
    const visitor = stage.visitor()
    const asked = await visitor.get(`/u/${token}`).expect(200)
    expect(asked.headers["referrer-policy"]).toBe("no-referrer")
    expect(await wish()).toBeUndefined()
    const { default: supertest } = await import("supertest")
    const oneClick = () => supertest(stage.app).post(`/u/${token}`).set("Host", "headwater.example")
    await oneClick().type("form").send("List-Unsubscribe=One-Click").expect(200)
    expect(await wish()).toBe(NOON)
    await oneClick().field("List-Unsubscribe", "One-Click").expect(200)
    expect(wordsOf((await post("selection", { action: "remind", person: "petra" })).text)).toContain("wants no reminders")
    expect(wordsOf((await get("")).text)).toContain("Wants no reminders")
    await visitor.post(`/u/${token}/again`).type("form").send({}).expect(303)
    expect(await wish()).toBeUndefined()
  })

  test("opens nothing, and an address that leads nowhere is the page of unknown links", async () => {
    const link = await stage.issueLink("petra")
    await stage
      .visitor()
      .get(`/r/${tokenHash(link)}`)
      .expect(404)
    for (const token of [link, "nothing", "0".repeat(64), "'--"]) {
      await stage.visitor().get(`/u/${token}`).expect(404)
      await stage.visitor().post(`/u/${token}`).expect(404)
    }
    expect(JSON.stringify(stage.logged)).not.toContain(tokenHash(link))
  })
})

describe("the list", () => {
  test.each([
    ["?state=submitted", "Anil Rao", "Petra Vogel"],
    ["?state=revoked", "Revoked", "Petra Vogel"],
    ["?role=DPE", "Petra Vogel", "Anil Rao"],
    ["?text=PETRA.v", "Petra Vogel", "Anil Rao"],
  ])("is filtered by the server: %s", async (query, there, away) => {
    const { text } = await get(query).expect(200)
    const [, table = ""] = text.split("<tbody>")
    expect(wordsOf(table)).toContain(there)
    expect(wordsOf(table)).not.toContain(away)
  })

  test("is sorted by the server, and unknown wishes are none", async () => {
    const names = async (query: string) =>
      [...(await get(query).expect(200)).text.matchAll(/-name" href="[^"]+">([^<]+)</g)].map(([, name]) => name ?? "")
    const forwards = await names("?sort=name")
    expect(forwards).toEqual([...forwards].sort())
    expect(await names("?sort=-name")).toEqual([...forwards].reverse())
    expect(await names("?sort=__proto__&state=constructor&role=x&domain=y&page=99")).toHaveLength(forwards.length)
    for (const sort of ["role", "state", "-expires", "seen", "-answered"])
      expect(await names(`?sort=${sort}`)).toHaveLength(forwards.length)
  })
})
