import { afterEach, beforeEach, expect, test } from "vitest"
import { type Browser, hidden, openStage, type Stage } from "../stage.ts"
import { program } from "../../fixtures/program.ts"

const LIST = "/respond/orders/tables/SRC-04"

let stage: Stage
let petra: Browser
beforeEach(async () => {
  stage = await openStage()
  petra = await stage.respondent("petra")
})
afterEach(() => stage.close())

const send = (address: string, fields: Record<string, string | string[]>) => petra.post(address).type("form").send(fields)
const rows = () => stage.store.loadRows({ engagement: "e1", by: program }, "orders", "SRC-04")
const newRow = async (): Promise<string> => (await send(LIST, { action: "add" }).expect(303)).headers["location"] ?? ""

test("a row is added under an id of its own address, so sending it twice adds it once", async () => {
  const address = await newRow()
  expect(address).toMatch(/^\/respond\/orders\/tables\/SRC-04\/[0-9a-f-]{36}$/)
  const fields = { seen: "0", name: "ERP", age: "4 h", personal: "yes", modes: ["stream", "table"] }
  await send(address, fields).expect(303)
  await send(address, fields)
  expect((await rows()).map(({ row }) => row)).toEqual([
    { id: address.split("/").at(-1), name: "ERP", age: 240, personal: "yes", modes: ["stream", "table"] },
  ])
  const { text } = await petra.get(LIST).expect(200)
  expect(text).toContain("1 source")
  expect(text).toContain("4 h")
  expect((await petra.get("/respond/orders/SRC")).text).toContain("1 listed.")
})

test("each cell that cannot be read has its message, and everything typed stays", async () => {
  const { text } = await send(await newRow(), { seen: "0", name: "", age: "soon", personal: "maybe", modes: "stream" }).expect(
    422,
  )
  expect(text).toContain('<a href="#name">Enter a text')
  expect(text).toContain('<a href="#age">Enter a duration with its unit')
  expect(text).toContain('<a href="#personal">')
  expect(text).toContain('value="soon"')
  expect(text).toMatch(/value="stream" checked/)
  expect(await rows()).toEqual([])
})

test("a duplicate opens with the same cells and is saved as a row of its own", async () => {
  await send(await newRow(), { seen: "0", name: "ERP", age: "90 min" }).expect(303)
  const link = /href="([^"]+\?from=[^"]+)"/.exec((await petra.get(LIST)).text)?.[1] ?? ""
  const { text } = await petra.get(link).expect(200)
  expect(text).toContain('value="ERP"')
  expect(text).toContain('value="90 min"')
  await send(link, { seen: hidden(text, "seen"), name: "ERP 2", age: "90 min" }).expect(303)
  expect((await rows()).map(({ row }) => row["name"])).toEqual(["ERP", "ERP 2"])
})

test("removing is one click, and one more undoes it: content and place are as before", async () => {
  const [erp, crm] = [await newRow(), await newRow()]
  await send(erp, { seen: "0", name: "ERP", age: "4 h" }).expect(303)
  await send(crm, { seen: "0", name: "CRM" }).expect(303)
  const before = await rows()
  const done = await send(`${erp}/remove`, {}).expect(303)
  await send(`${erp}/remove`, {}).expect(303)
  expect((await rows()).map(({ row }) => row["name"])).toEqual(["CRM"])
  const { text } = await petra.get(done.headers["location"] ?? "").expect(200)
  expect(text).toContain("Removed ERP.")
  expect(text).toContain(`action="${erp}/restore"`)
  const restored = await send(`${erp}/restore`, {}).expect(303)
  await send(`${erp}/restore`, {}).expect(303)
  expect((await rows()).map(({ row }) => row)).toEqual(before.map(({ row }) => row))
  expect((await petra.get(restored.headers["location"] ?? "")).text).toContain("The source is back in its place.")
  expect((await petra.get(done.headers["location"] ?? "")).text).not.toContain("Removed ERP.")
})

test("a row changed by a colleague meanwhile shows both versions; removed, it says so", async () => {
  const address = await newRow()
  await send(address, { seen: "0", name: "ERP", age: "4 h" }).expect(303)
  await send(address, { seen: "1", name: "ERP", age: "1 h" }).expect(303)
  const { text } = await send(address, { seen: "1", name: "ERP", age: "2 d" }).expect(409)
  expect(text).toContain('<td class="as-typed">1 h</td><td class="as-typed">2 d</td>')
  const again = { seen: hidden(text, "seen"), conflict: "1", name: "ERP", age: "2 d" }
  await send(address, again).expect(409)
  await send(address, { ...again, keep: "theirs" }).expect(303)
  expect((await rows())[0]?.row["age"]).toBe(60)
  await send(address, { ...again, keep: "mine" }).expect(303)
  expect((await rows())[0]?.row["age"]).toBe(2880)
  await send(`${address}/remove`, {}).expect(303)
  expect((await send(address, { seen: "3", name: "ERP" }).expect(409)).text).toContain("Somebody removed this row")
})

test("there are none: said, shown and taken back; not while rows are listed", async () => {
  await send(LIST, { action: "continue", none: "yes" }).expect(303)
  expect((await petra.get(LIST)).text).toContain("There are none, as stated.")
  expect((await petra.get("/respond/orders/SRC")).text).toContain("There are none, as stated.")
  await send(LIST, { action: "continue" }).expect(303)
  expect((await petra.get(LIST)).text).toContain("Nothing is listed yet.")
  await send(await newRow(), { seen: "0", name: "ERP" }).expect(303)
  const { text } = await send(LIST, { action: "continue", none: "yes" }).expect(422)
  expect(text).toMatch(/<a href="#rows">This list holds 1 [a-z ]+ by now: remove each of them first/)
  expect(text).toContain('id="rows"')
})

test("a list is shared in the domain, and open only to those who are asked it", async () => {
  await send(await newRow(), { seen: "0", name: "ERP" }).expect(303)
  const david = await stage.respondent("david")
  await david.get(LIST).expect(404)
  await petra.get("/respond/billing/tables/SRC-04").expect(200)
  expect((await petra.get("/respond/billing/tables/SRC-04")).text).not.toContain("ERP")
})

test("ids that the server did not make, other questions and other domains are not found", async () => {
  await petra.get(`${LIST}/not-a-row`).expect(404)
  await petra.get("/respond/orders/tables/SRC-01").expect(404)
  await petra.get("/respond/elsewhere/tables/SRC-04").expect(404)
  const { text } = await send(`${LIST}/not-a-row`, { name: "typed with care" }).expect(404)
  expect(text).toContain("typed with care")
})
