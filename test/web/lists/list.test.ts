import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { program } from "../../fixtures/program.ts"
import { wordsOf } from "../sample-stage.ts"
import { type Browser, openStage, type Stage } from "../stage.ts"

const LIST = "/respond/orders/tables/SRC-04"
const OURS = "/engagements/e1/tables/orders/SRC-04"
const scope = { engagement: "e1", by: program }

let stage: Stage
let petra: Browser
beforeEach(async () => {
  stage = await openStage()
  petra = await stage.respondent("petra")
})
afterEach(() => stage.close())

const fill = (names: readonly string[]) =>
  stage.store.saveRows(
    scope,
    "orders",
    "SRC-04",
    names.map((name, at) => ({ id: `r${at}`, row: { id: `r${at}`, name, ...(at % 2 === 0 && { age: at }) }, seen: 0 })),
    1,
  )
const rows = () => stage.store.loadRows(scope, "orders", "SRC-04")
const names = (html: string): readonly string[] =>
  [...html.matchAll(/<th scope="row"><a [^>]*>([^<]*)</g)].map(([, name]) => name ?? "")
const send = (who: Browser, address: string, fields: Record<string, string | string[]>) =>
  who.post(address).type("form").send(fields)

describe("the list page", () => {
  test("shows a hundred rows a page, and finds a row by its words", async () => {
    await fill(Array.from({ length: 250 }, (_, at) => `Source ${at}`))
    const first = await petra.get(LIST).expect(200)
    expect(names(first.text)).toHaveLength(100)
    expect(first.text).toContain("250 sources")
    expect(first.text).toContain("Page 1 of 3")
    expect(names((await petra.get(`${LIST}?page=3`)).text)).toHaveLength(50)
    expect(names((await petra.get(`${LIST}?page=99`)).text)).toHaveLength(50)
    const found = await petra.get(`${LIST}?q=source+249`)
    expect(names(found.text)).toEqual(["Source 249"])
    expect(found.text).toContain("250 sources, 1 shown")
    expect((await petra.get(`${LIST}?q=nowhere`)).text).toContain("No row fits.")
  })

  test("sorts by a column either way, blank cells last, and then offers no up and down", async () => {
    await fill(["b", "c", "a"])
    expect((await petra.get(LIST)).text).toContain("r0/move")
    const up = await petra.get(`${LIST}?sort=name`)
    expect(names(up.text)).toEqual(["a", "b", "c"])
    expect(up.text).toContain('aria-sort="ascending"')
    expect(up.text).not.toContain("/move")
    expect(names((await petra.get(`${LIST}?sort=age&order=down`)).text)).toEqual(["a", "b", "c"])
    expect(names((await petra.get(`${LIST}?sort=age`)).text)).toEqual(["b", "a", "c"])
    expect(names((await petra.get(`${LIST}?sort=constructor&whose=x&page=-1`)).text)).toEqual(["b", "c", "a"])
  })

  test("counts the rows with empty cells and shows them alone", async () => {
    await fill(["a", "b"])
    await stage.store.saveRow(
      scope,
      "orders",
      "SRC-04",
      { id: "f", name: "full", age: 1, personal: "no", modes: ["table"] },
      0,
      2,
    )
    const { text } = await petra.get(LIST)
    expect(wordsOf(text)).toContain("2 sources have empty cells.")
    expect(names((await petra.get(`${LIST}?whose=gaps`)).text)).toEqual(["a", "b"])
  })

  test("moves rows up and down, also when the button is pressed twice", async () => {
    await fill(["a", "b", "c"])
    await send(petra, `${LIST}/r2/move`, { to: "before.r1", view: "" }).expect(303)
    await send(petra, `${LIST}/r2/move`, { to: "before.r1", view: "" }).expect(303)
    expect((await rows()).map(({ row }) => row["name"])).toEqual(["a", "c", "b"])
    await send(petra, `${LIST}/r2/move`, { to: "sideways" }).expect(404)
  })

  test("comes back with its filter after a change, and takes nothing else along", async () => {
    await fill(["a", "b"])
    const done = await send(petra, `${LIST}/r0/remove`, { view: "q=a&sort=name&to=//evil" }).expect(303)
    expect(done.headers["location"]).toBe(`${LIST}?q=a&sort=name&removed=r0`)
  })
})

describe("rows for somebody", () => {
  const keyOf = (html: string, name: string): string => new RegExp(`<option value="([^"]+)">${name}`).exec(html)?.[1] ?? ""

  test("a consultant gives six rows to Petra, who finds them waiting until she has saved each", async () => {
    await fill(["a", "b", "c", "d", "e", "f", "g"])
    const carla = stage.consultant()
    const six = ["r0", "r1", "r2", "r3", "r4", "r5"]
    const given = await send(carla, OURS, {
      action: "give",
      rows: six,
      owner: keyOf((await carla.get(OURS)).text, "Petra Vogel"),
      view: "",
    }).expect(303)
    expect((await carla.get(given.headers["location"] ?? "")).text).toContain("6 sources are given to the person.")
    const tasks = await petra.get("/respond")
    expect(tasks.text).toContain(`href="${LIST}?whose=me">6 sources are waiting for you</a> in Orders`)
    expect((await petra.get("/respond/orders/SRC")).text).toContain("6 sources are waiting for you.")
    const mine = await petra.get(`${LIST}?whose=me`)
    expect(names(mine.text)).toEqual(["a", "b", "c", "d", "e", "f"])
    expect(names((await petra.get(`${LIST}?whose=nobody`)).text)).toEqual(["g"])
    await send(petra, `${LIST}/r0`, { seen: "1", name: "a", age: "0 min" }).expect(303)
    expect((await petra.get("/respond")).text).toContain("5 sources are waiting for you")
    expect((await petra.get(`${LIST}/r1`)).text).toContain("You are asked to fill this in.")
  })

  test("nothing selected, nobody chosen and a stranger's key are said, not guessed", async () => {
    await fill(["a"])
    expect((await send(petra, LIST, { action: "give", owner: "nobody" }).expect(422)).text).toContain('href="#rows"')
    expect((await send(petra, LIST, { action: "give", rows: "r0", owner: "petra" }).expect(422)).text).toContain('href="#owner"')
  })

  test("colleagues are called by their role where only roles are seen, and no id of theirs is on the page", async () => {
    await fill(["a"])
    await stage.store.giveRows(scope, "orders", "SRC-04", ["r0"], "anil", 2)
    expect(wordsOf((await petra.get(LIST)).text)).toContain("Anil Rao (not yet)")
    await stage.store.changeTerms(scope, { confidentiality: "role", remindOn: [] }, 3)
    const { text } = await petra.get(LIST)
    expect(wordsOf(text)).toContain("analytics engineer (not yet)")
    expect(text).not.toMatch(/anil|Rao|marta|Nowak/i)
    expect((await stage.consultant().get(OURS)).text).toContain("Anil Rao")
  })
})

test("a list that became closed meanwhile refuses every change and keeps what was typed", async () => {
  await fill(["a"])
  await stage.store.changeTerms(scope, { confidentiality: "named", closesAt: 5, remindOn: [] }, 3)
  const refused = [
    send(petra, `${LIST}/r0`, { seen: "1", name: "typed with care" }),
    send(petra, `${LIST}/r0/remove`, {}),
    send(petra, `${LIST}/r0/move`, { to: "before.r1" }),
    send(petra, LIST, { action: "give", rows: "r0", owner: "nobody" }),
  ]
  const [first, ...others] = await Promise.all(refused)
  expect(first?.status).toBe(409)
  expect(first?.text).toContain("typed with care")
  expect(others.map(({ status }) => status)).toEqual([409, 409, 409])
})
