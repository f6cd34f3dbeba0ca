import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { serverClock, serverZone } from "../../src/web/server-time.ts"
import { program } from "../fixtures/program.ts"
import { wordsOf } from "./sample-stage.ts"
import { type AccountName, NOON, openStage, type Stage } from "./stage.ts"

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const path = "/engagements/e1/terms"
const save = (form: object, by: AccountName = "carla") => stage.consultant(by).post(path).type("form").send(form)
const terms = async () => (await stage.store.loadEngagement({ engagement: "e1", by: program }))?.terms
const answer = () =>
  stage.store.saveAnswers(
    { engagement: "e1", respondent: "petra", by: { respondent: "petra" } },
    [{ domain: "orders", question: "SRC-01", seen: 0, key: "k", content: { status: "answered", value: 2 } }],
    NOON,
  )

describe("what people are promised", () => {
  test("is saved, and said on the settings and the overview, with the zone of the server", async () => {
    await save({ confidentiality: "role", day: "2026-12-18", time: "18:00" }).expect(303)
    const at = (await terms())?.closesAt ?? 0
    expect(serverClock(at)).toEqual({ day: "2026-12-18", time: "18:00" })
    for (const page of ["/engagements/e1", "/engagements/e1/settings"]) {
      const words = wordsOf((await stage.consultant().get(page).expect(200)).text)
      expect(words).toContain(`Answers are seen by role only. Answers are taken until 18 December 2026, 18:00 (${serverZone()}).`)
    }
    const { text } = await stage.consultant().get(path).expect(200)
    expect(text).toContain('value="2026-12-18"')
    expect(text).toContain('value="18:00"')
    expect(wordsOf(text)).toContain(`In the time of this server, ${serverZone()}`)
  })

  test.each([
    ["", "", undefined],
    ["2026-12-18", "", "23:59"],
    ["2026-12-18", "8:30", "08:30"],
    ["2026-12-18", "0830", "08:30"],
    ["2028-02-29", "00:00", "00:00"],
  ])("the day “%s” and the time “%s” close at %s", async (day, time, clock) => {
    await save({ confidentiality: "named", day, time }).expect(303)
    const at = (await terms())?.closesAt
    expect(at === undefined ? undefined : serverClock(at)).toEqual(clock === undefined ? undefined : { day, time: clock })
  })

  test.each([
    ["2026-02-30", "12:00", "Enter the day as in"],
    ["soon", "", "Enter the day as in"],
    ["0026-12-18", "", "Enter the day as in"],
    ["2026-12-18", "25:00", "Enter the time as in 18:00"],
    ["2026-12-18", "noon", "Enter the time as in 18:00"],
    ["", "18:00", "Enter the last day for answers"],
  ])("the day “%s” and the time “%s” are refused: %s", async (day, time, said) => {
    const before = await terms()
    const { text } = await save({ confidentiality: "named", day, time }).expect(422)
    expect(wordsOf(text)).toContain(said)
    expect(text).toContain(`value="${day}"`)
    expect(text).toContain(`value="${time}"`)
    expect(await terms()).toEqual(before)
  })

  test.each([{}, { confidentiality: "secret" }, { confidentiality: ["named", "role"] }])("%o names no promise", async (form) => {
    expect(wordsOf((await save(form).expect(422)).text)).toContain("Select what is seen with an answer")
  })

  test("names are not promised away again once somebody has answered; all else still changes", async () => {
    await save({ confidentiality: "role" }).expect(303)
    await save({ confidentiality: "named" }).expect(303)
    await save({ confidentiality: "role" }).expect(303)
    await answer()
    const { text } = await save({ confidentiality: "named", day: "2026-12-18" }).expect(422)
    expect(wordsOf(text)).toContain("people have answered under this promise")
    expect(wordsOf((await stage.consultant().get(path)).text)).toContain("it cannot be taken back any more")
    await save({ confidentiality: "role", day: "2026-12-18" }).expect(303)
    expect(await terms()).toMatchObject({ confidentiality: "role", closesAt: expect.any(Number) })
  })

  test("an answer that was taken back was given under the promise as well", async () => {
    await save({ confidentiality: "role" }).expect(303)
    await answer()
    await stage.store.saveAnswers(
      { engagement: "e1", respondent: "petra", by: { respondent: "petra" } },
      [{ domain: "orders", question: "SRC-01", seen: 1, key: "k2", content: undefined }],
      NOON,
    )
    expect(wordsOf((await save({ confidentiality: "named" }).expect(422)).text)).toContain("under this promise")
  })

  test("the days of reminders stay as they are", async () => {
    const scope = { engagement: "e1", by: program }
    await stage.store.changeTerms(scope, { confidentiality: "named", remindOn: ["2026-12-01"] }, NOON)
    await save({ confidentiality: "role", day: "2026-12-18" }).expect(303)
    expect((await terms())?.remindOn).toEqual(["2026-12-01"])
  })

  test("is for owners and editors", async () => {
    await save({ confidentiality: "role" }, "otto").expect(404)
    await stage.store.saveMember({ engagement: "e1", by: program }, "rita", "reader", NOON)
    await save({ confidentiality: "role" }, "rita").expect(403)
    await stage.consultant("rita").get(path).expect(403)
    await save({ confidentiality: "role" }, "ada").expect(303)
  })
})
