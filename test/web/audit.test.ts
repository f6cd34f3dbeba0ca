import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { inWords, knownActions, namesIn } from "../../src/web/audit-words.ts"
import { program } from "../fixtures/program.ts"
import { wordsOf } from "./sample-stage.ts"
import { type AccountName, NOON, openStage, type Stage } from "./stage.ts"

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const read = async (path = "/audit", by: AccountName = "ada") => (await stage.consultant(by).get(path).expect(200)).text
/** The entries of a page, as one reads them. */
const entriesOn = (html: string): readonly string[] =>
  [...html.matchAll(/<td data-label="What happened">([^<]*)</g)].map((found) => (found[1] ?? "").replaceAll("&#39;", "'"))
const scope = { engagement: "e1", by: { account: "carla" } }

describe("the audit log", () => {
  test("tells in words who did what where, newest first, and that it is unbroken", async () => {
    await stage.store.addLinks(scope, [{ respondent: "petra", tokenHash: "h" }], NOON + 1, NOON)
    await stage.store.saveMember(scope, "otto", "editor", NOON)
    const html = await read()
    expect(entriesOn(html).slice(0, 2)).toEqual([
      "Carla Stage made Otto Stage an editor in Streaming readiness",
      expect.stringMatching(/^Carla Stage added a link for person-[0-9a-f]{10} in Streaming readiness$/),
    ])
    expect(wordsOf(html)).toMatch(/\d+ entries, unbroken/)
    expect(html).not.toMatch(/Petra|petra/)
  })

  test("is filtered by what, who and where; the filter stays chosen and can be dropped", async () => {
    await stage.store.noteAudit({ account: "otto" }, { action: "session.opened", subject: "otto" }, NOON)
    const members = await read("/audit?action=member.saved&account=carla&engagement=e1")
    expect(entriesOn(members)).toEqual(["Carla Stage made Otto Stage an editor in Streaming readiness"])
    expect(members).toMatch(/<option value="member.saved" selected>/)
    expect(members).toMatch(/<option value="carla" selected>/)
    expect(members).toContain('<a href="/audit">Show everything</a>')
    expect(entriesOn(await read("/audit?account=otto"))[0]).toBe("Otto Stage signed in")
    const strange = await read("/audit?action=%3Cscript%3E&engagement=gone")
    expect(wordsOf(strange)).toContain("No entry fits.")
    expect(strange).not.toContain("<script>")
  })

  test("is paged; no page's number gives the first, one beyond the last says that nothing fits", async () => {
    for (let at = 0; at < 120; at += 1) await stage.store.noteAudit(program, { action: "test.paged", detail: { at } }, NOON)
    const first = await read("/audit?action=test.paged")
    expect(entriesOn(first)).toHaveLength(50)
    expect(entriesOn(first)[0]).toBe("The program (test) test.paged (at 119)")
    expect(wordsOf(first)).toContain("1 to 50 of 120")
    const older = /<a href="([^"]+)">Older</.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? ""
    expect(entriesOn(await read(older))[0]).toBe("The program (test) test.paged (at 69)")
    const last = await read("/audit?action=test.paged&page=3")
    expect(entriesOn(last)).toHaveLength(20)
    expect(last).not.toContain(">Older<")
    expect(last).toContain(">Newer<")
    for (const page of ["0", "-1", "x", "1e3"])
      expect(entriesOn(await read(`/audit?action=test.paged&page=${page}`))).toHaveLength(50)
    expect(wordsOf(await read("/audit?action=test.paged&page=99"))).toContain("No entry fits")
  })

  test("is downloaded whole as it is filtered, without a formula in it, and that is noted", async () => {
    await stage.store.addAccount(
      program,
      { id: "eve", name: '=HYPERLINK("x")', email: "eve@example.com", role: "consultant" },
      NOON,
    )
    await stage.store.noteAudit({ account: "eve" }, { action: "test.csv", subject: "-1+1" }, NOON)
    const file = await stage.consultant("ada").get("/audit.csv?account=eve").expect(200)
    expect(file.headers["content-type"]).toBe("text/csv; charset=utf-8")
    expect(file.headers["content-disposition"]).toContain("attachment")
    const [head, row, ...rest] = file.text.replace(/^\uFEFF/, "").split("\r\n")
    expect(head).toBe("Number,Time (UTC),Who,What,Action,Actor,Engagement,Subject,Details")
    expect(row).toMatch(/^\d+,2026-11-23T12:00:00\.000Z,"'=HYPERLINK\(""x""\)","'=HYPERLINK/)
    expect(row).toMatch(/,test\.csv,account eve,,'-1\+1,\{\}$/)
    expect(rest).toEqual([""])
    const all = await stage.consultant("ada").get("/audit.csv?action=test.paged").expect(200)
    expect(all.text.trim().split("\r\n")).toHaveLength(121)
    expect(entriesOn(await read("/audit?action=audit.exported"))).toEqual([
      "Ada Stage downloaded the audit log",
      "Ada Stage downloaded the audit log",
    ])
  })

  test("is there for administrators alone", async () => {
    for (const account of ["carla", "rita"] as const) {
      await stage.consultant(account).get("/audit").expect(403)
      await stage.consultant(account).get("/audit.csv").expect(403)
    }
    await stage.visitor().get("/audit").expect(303)
    await (await stage.respondent("petra")).get("/audit").expect(303)
    expect(entriesOn(await read("/audit?action=access.refused"))[0]).toBe("Rita Stage was refused: audit.see")
  })

  test("its download takes a fresh proof", async () => {
    stage.wait(25 * 60_000)
    await stage.consultant("ada").get("/audit").expect(200)
    stage.wait(10 * 60_000)
    await stage.consultant("ada").get("/audit").expect(200)
    const asked = await stage.consultant("ada").get("/audit.csv").expect(303)
    expect(asked.headers["location"]).toBe("/account/confirm?to=%2Faudit.csv")
  })
})

test("a log that somebody changed says where", async () => {
  const store = { ...stage.store, verifyAudit: async () => ({ entries: 1_203, broken: 1_204 }) }
  const site = await openStage({ replace: { store } })
  // The session of the other stage's clock is over; this one's is new.
  await stage.signInAgain()
  const { text } = await site.consultant("ada").get("/audit").expect(200)
  await site.close()
  expect(wordsOf(text)).toContain("Broken at entry 1,204")
})

describe("in words", () => {
  const account = { id: "a", name: "Ann", email: "a@example.com", role: "consultant", createdAt: 1, hasPassword: true } as const
  const engagement = { id: "e", title: "Orders", client: "C", createdAt: 1, archivedAt: null }
  const names = namesIn([account], [{ ...engagement, domains: 0, respondents: 0, submitted: 0, answers: 0 }])
  const entry = { number: 1, at: 1, actor: "account a", action: "x", detail: {} }

  test.each(knownActions)("%s is a sentence", (action) => {
    const said = inWords(
      {
        ...entry,
        action,
        engagement: "e",
        subject: "a",
        detail: {
          role: "owner",
          as: "e",
          version: "1",
          permission: "p",
          people: 3,
          statements: 7,
          class: "P2",
          form: "sheets",
          expiresAt: 1,
          day: "2026-11-27",
        },
      },
      names,
    )
    expect(said).toMatch(/^Ann [a-z]/)
    expect(said).not.toMatch(/undefined|\{\}|\[object/)
  })

  test("what is not known any more is called so, and a new kind of entry shows all it has", () => {
    const gone = inWords({ ...entry, actor: "account b", action: "engagement.erased", engagement: "0123456789" }, names)
    expect(gone).toBe("an account that is not there (b) erased an engagement that is not there (01234567) for good")
    const unknown = {
      ...entry,
      actor: "program mail",
      action: "mail.sent",
      engagement: "e",
      subject: "person-1",
      detail: { tries: 2 },
    }
    expect(inWords(unknown, names)).toBe("The program (mail) mail.sent: person-1 (tries 2) in Orders")
    expect(inWords({ ...entry, actor: "nobody", action: "constructor" }, names)).toBe("Somebody not signed in constructor")
  })
})
