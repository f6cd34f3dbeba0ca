import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { program } from "../../fixtures/program.ts"
import { wordsOf } from "../sample-stage.ts"
import { type Browser, hidden, openStage, type Stage } from "../stage.ts"

const LIST = "/respond/orders/tables/SRC-04"
const scope = { engagement: "e1", by: program }

let stage: Stage
let petra: Browser
beforeEach(async () => {
  stage = await openStage()
  petra = await stage.respondent("petra")
})
afterEach(() => stage.close())

const rows = () => stage.store.loadRows(scope, "orders", "SRC-04")
const send = (fields: Readonly<Record<string, string>>, to = `${LIST}/paste`) => {
  const request = petra.post(to)
  for (const [name, value] of Object.entries(fields)) void request.field(name, value)
  return request
}
const upload = (bytes: Buffer, name = "list.csv") =>
  petra.post(`${LIST}/paste`).field("text", "").field("action", "read").attach("file", bytes, name)
const read = (text: string) => send({ text, action: "read" })
const download = async (): Promise<Buffer> =>
  (await petra.get(`${LIST}/list.csv`).responseType("blob").expect(200)).body as Buffer

const decode: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" }
/** What the form of a page would send as it stands: hidden fields, chosen options and ticked boxes. */
const fieldsOf = (html: string): Record<string, string> => {
  const text = (value: string): string => value.replaceAll(/&(amp|lt|gt|quot|#39);/g, (sign) => decode[sign] ?? sign)
  const hiddenFields = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  const ticked = [...html.matchAll(/<input type="checkbox" id="[^"]+" name="([^"]+)" value="([^"]*)" checked/g)]
  const selects = [...html.matchAll(/<select id="[^"]+" name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g)].map(
    ([, name = "", options = ""]) => [name, /value="([^"]*)" selected/.exec(options)?.[1] ?? ""],
  )
  return Object.fromEntries([
    ...[...hiddenFields, ...ticked].map(([, name = "", value = ""]) => [name, text(value)]),
    ...selects,
  ]) as Record<string, string>
}
const next = (html: string, action: string, more: Readonly<Record<string, string>> = {}) =>
  send({ ...fieldsOf(html), action, ...more })

describe("a pasted table", () => {
  const sheet = 'Source\tAge\tPersonal data\tComment\nERP\t4 h\tyes\tfine\n"CRM\nnew"\t\tno\t\n'

  test("goes from its columns over the preview into the list", async () => {
    await petra.get(`${LIST}/paste`).expect(200)
    const columns = await read(sheet).expect(200)
    expect(fieldsOf(columns.text)).toMatchObject({
      headings: "yes",
      "column-0": "name",
      "column-1": "age",
      "column-2": "personal",
      "column-3": "",
    })
    expect(wordsOf(columns.text)).toContain("ERP · CRM")
    const preview = await next(columns.text, "check").expect(200)
    expect(wordsOf(preview.text)).toContain("2 sources to add")
    expect(await rows()).toEqual([])
    const done = await next(preview.text, "save").expect(303)
    await next(preview.text, "save").expect(303)
    expect((await rows()).map(({ row: { id: _, ...cells } }) => cells)).toEqual([
      { name: "ERP", age: 240, personal: "yes" },
      { name: "CRM\nnew", personal: "no" },
    ])
    expect((await petra.get(done.headers["location"] ?? "")).text).toContain("From your table: 2 added.")
  })

  test.each([
    ["commas", 'Name,Age\n"ERP, old",4 h\n'],
    ["semicolons", "Name;Age\nERP, old;4 h\n"],
    ["its separator said", "sep=;\nName;Age\nERP, old;4 h"],
  ])("may have %s between its cells", async (_what, text) => {
    const preview = await next((await read(text)).text, "check").expect(200)
    await next(preview.text, "save").expect(303)
    expect((await rows()).map(({ row }) => row)).toMatchObject([{ name: "ERP, old", age: 240 }])
  })

  test("without headings is read from its first row", async () => {
    const columns = await read("ERP\t4 h\nCRM\t1 d").expect(200)
    expect(fieldsOf(columns.text)).not.toHaveProperty("headings")
    const preview = await next(columns.text, "check")
    await next(preview.text, "save").expect(303)
    expect((await rows()).map(({ row }) => row["age"])).toEqual([240, 1440])
  })

  test("with cells that cannot be read names row and column, and takes nothing until they are left out", async () => {
    const columns = await read("Name,Age,Modes\nERP,soon,Stream\n,4 h,\nCRM,2 h,Stream; Table\nBI,1 h,Fax\n")
    const preview = await next(columns.text, "check").expect(200)
    const words = wordsOf(preview.text)
    expect(words).toContain("Row 2, Age has “soon” . Enter a duration with its unit")
    expect(words).toContain("Row 3, Name has nothing . Enter a text")
    expect(words).toContain("Row 5, Modes has “Fax” . Choose for &quot;Modes&quot; any of: Stream, Table")
    const refused = await next(preview.text, "save", { "leave-2": "yes" }).expect(422)
    expect(refused.text).toContain('href="#leave-3">Row 3, Name: correct it')
    expect(refused.text).not.toContain('href="#leave-2"')
    expect(refused.text).toMatch(/id="leave-2" name="leave-2" value="yes" checked/)
    expect(await rows()).toEqual([])
    await next(refused.text, "save", { "leave-all": "yes" }).expect(303)
    expect((await rows()).map(({ row }) => row)).toMatchObject([{ name: "CRM", age: 120, modes: ["stream", "table"] }])
  })

  test("needs its required columns, each once", async () => {
    const columns = await read("Name,Age\nERP,4 h")
    const missing = await next(columns.text, "check", { "column-0": "" }).expect(422)
    expect(missing.text).toContain("Choose which column holds &quot;Name&quot;")
    const twice = await next(columns.text, "check", { "column-1": "name" }).expect(422)
    expect(twice.text).toContain('href="#column-1"')
    await next(columns.text, "save", { "column-1": "@nonsense" }).expect(409)
  })

  test("is turned away with what to do when it is empty, too long, too wide, or broken", async () => {
    const refusal = async (text: string) => wordsOf((await read(text).expect(422)).text)
    expect(await refusal("  \n ")).toContain("Paste the rows of your spreadsheet, or choose a file")
    expect(await refusal("Name\tAge\n")).toContain("this table has headings only")
    expect(await refusal(`Name\n${"x\n".repeat(501)}`)).toContain("Paste at most 500 rows at once: this table has 501")
    expect(await refusal(`${"a\t".repeat(61)}\n`)).toContain("Paste at most 60 columns")
    expect(await refusal(`Name\n${"x".repeat(1_000_000)}`)).toContain("Paste at most 1 MB at once")
    expect(await refusal('Name,Age\n"ERP,4 h\nCRM,1 h\n')).toContain("A quotation mark is opened and never closed")
    expect(await refusal("Name\nE\0RP")).toContain("NUL")
    await read(`Name\n${"x\n".repeat(500)}`).expect(200)
  })

  test("does not fit into a list that is full", async () => {
    const many = Array.from({ length: 1999 }, (_, at) => ({ id: `r${at}`, row: { id: `r${at}`, name: `${at}` }, seen: 0 }))
    await stage.store.saveRows(scope, "orders", "SRC-04", many, 1)
    const preview = await next((await read("Name\na\nb")).text, "check")
    expect((await next(preview.text, "save").expect(422)).text).toContain("Add at most 1 row: a list holds 2000")
    await send({ action: "add" }, LIST).expect(415)
    await petra.post(LIST).type("form").send({ action: "add" }).expect(303)
    await stage.store.saveRow(scope, "orders", "SRC-04", { id: "last", name: "last" }, 0, 2)
    await petra.post(LIST).type("form").send({ action: "add" }).expect(422)
  })

  test("stays in the page when the answers are submitted meanwhile", async () => {
    const preview = await next((await read("Name\ntyped with care")).text, "check")
    await stage.store.changeTerms(scope, { confidentiality: "named", closesAt: 5, remindOn: [] }, 3)
    expect((await next(preview.text, "save").expect(409)).text).toContain("typed with care")
    expect(await rows()).toEqual([])
  })
})

describe("an uploaded file", () => {
  test.each([
    ["UTF-8 with its mark", Buffer.from("\uFEFFName,Age\nZürich,4 h\n")],
    ["UTF-16", Buffer.from("\uFEFFName\tAge\nZürich\t4 h\n", "utf16le")],
    ["UTF-16, big end first", Buffer.from("\uFEFFName\tAge\nZürich\t4 h\n", "utf16le").swap16()],
    ["Windows-1252", Buffer.from("Name;Age\nZürich;4 h\n", "latin1")],
  ])("is read as %s", async (_what, bytes) => {
    const preview = await next((await upload(bytes).expect(200)).text, "check").expect(200)
    await next(preview.text, "save").expect(303)
    expect((await rows()).map(({ row }) => row["name"])).toEqual(["Zürich"])
  })

  test.each([
    ["an Excel workbook", Buffer.from("PK\u0003\u0004rest"), "list.xlsx", "This is an Excel workbook or a zip archive"],
    ["an old workbook", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0]), "list.csv", "one with a password"],
    ["a PDF", Buffer.from("%PDF-1.7"), "list.pdf", "This is a PDF"],
    ["nothing", Buffer.alloc(0), "list.csv", "is empty"],
    ["blank lines", Buffer.from("\n \n"), "list.csv", "holds blank lines only"],
    ["bytes", Buffer.from([1, 2, 0, 3, 4, 5]), "list.csv", "is not a text file"],
    ["another kind of file", Buffer.from("{}"), "list.json", "Choose a file that ends in .csv"],
    ["too much", Buffer.alloc(1_200_000, "a"), "list.csv", "has 1.2 MB; at most 1 MB is taken"],
  ])("that is %s is turned away with what to do", async (_what, bytes, name, message) => {
    const { text } = await upload(bytes, name).expect(422)
    expect(wordsOf(text)).toContain(message)
    expect(text).toContain('href="#file"')
  })

  test("and a pasted table at once are not guessed at", async () => {
    const both = petra.post(`${LIST}/paste`).field("text", "Name\na").field("action", "read")
    const { text } = await both.attach("file", Buffer.from("Name\nb"), "b.csv").expect(422)
    expect(text).toContain("Paste a table or choose a file, not both")
    expect(text).toContain("Name\na</textarea>")
  })
})

describe("a downloaded list", () => {
  const fill = (cells: readonly Readonly<Record<string, string | number | readonly string[]>>[]) =>
    stage.store.saveRows(
      scope,
      "orders",
      "SRC-04",
      cells.map((one, at) => ({ id: `r${at}`, row: { id: `r${at}`, ...one }, seen: 0 })),
      1,
    )

  test("opens in a spreadsheet: mark of UTF-8, quotes, no formulas, ids", async () => {
    await fill([
      { name: '=HYPERLINK("http://x")', age: 90, modes: ["stream", "table"] },
      { name: "Zürich,\nwest", personal: "no" },
      { name: "＠full width" },
    ])
    const { headers } = await petra.get(`${LIST}/list.csv`).expect(200)
    expect(headers["content-disposition"]).toContain("orders-SRC-04.csv")
    expect((await download()).toString()).toBe(
      [
        "\uFEFFName,Age,Personal data,Modes,Row id,Row version",
        '"\'=HYPERLINK(""http://x"")",90 min,,"Stream; Table",r0,1',
        '"Zürich,\nwest",,no,,r1,1',
        "'＠full width,,,,r2,1",
        "",
      ].join("\r\n"),
    )
    expect((await stage.store.readAudit(program, { action: "list.exported", offset: 0, limit: 9 }))?.total).toBe(2)
  })

  test("uploaded unchanged changes nothing", async () => {
    await fill([
      { name: "=1+1", age: 90 },
      { name: "'-quoted", modes: ["table"] },
    ])
    const { text } = await upload(await download()).expect(200)
    expect(wordsOf(text)).toContain("There is nothing to change. 2 rows are as on record.")
    expect(text).not.toContain('value="save"')
  })

  test("uploaded with changes shows old and new of each cell and applies them in one go", async () => {
    await fill([{ name: "ERP", age: 90 }, { name: "CRM" }, { name: "BI" }])
    const changed = (await download())
      .toString()
      .replace("ERP,90 min", "ERP,2 h")
      .replace(/BI,.*\r\n/, "New one,1 d,,,,\r\n")
    const preview = await upload(Buffer.from(changed)).expect(200)
    expect(preview.text).toMatch(/ERP[\s\S]*Age<[\s\S]*90 min<[\s\S]*<strong>2 h</)
    const words = wordsOf(preview.text)
    expect(words).toContain("1 source to add")
    expect(words).toContain("1 source not in your table")
    await next(preview.text, "save").expect(303)
    expect((await rows()).map(({ row }) => [row["name"], row["age"]])).toEqual([
      ["ERP", 120],
      ["CRM", undefined],
      ["BI", undefined],
      ["New one", 1440],
    ])
    const again = await upload(Buffer.from(changed.replace(/New one.*\r\n/, "")))
    expect(wordsOf(again.text)).toContain("2 rows are as on record. 2 sources not in your table BI, New one.")
    const done = await next((await upload(await withoutLine(/^BI,/))).text, "save", { remove: "yes" }).expect(303)
    expect(done.headers["location"]).toContain("taken=1")
    expect((await rows()).map(({ row }) => row["name"])).toEqual(["ERP", "CRM", "New one"])
  })

  const withoutLine = async (line: RegExp): Promise<Buffer> =>
    Buffer.from(
      (await download())
        .toString()
        .split("\r\n")
        .filter((one) => !line.test(one))
        .join("\r\n"),
    )

  test("leaves rows that somebody changed or removed since, unless told otherwise", async () => {
    await fill([{ name: "ERP", age: 90 }, { name: "CRM" }, { name: "BI" }])
    const mine = (await download()).toString().replace("90 min", "2 h").replace("CRM,", "CRM 2,").replace("BI,", "BI 2,")
    await stage.store.saveRow(scope, "orders", "SRC-04", { id: "r0", name: "ERP", age: 5 }, 1, 2)
    await stage.store.removeRow(scope, "orders", "SRC-04", "r1", 3)
    const preview = await upload(Buffer.from(mine)).expect(200)
    const words = wordsOf(preview.text)
    expect(words).toContain("1 source changed by somebody else meanwhile")
    expect(words).toContain("1 source no longer in the list")
    const values = async () => (await rows()).map(({ row }) => [row["name"], row["age"]])
    await next(preview.text, "save").expect(303)
    expect(await values()).toEqual([
      ["ERP", 5],
      ["BI 2", undefined],
    ])
    const again = await upload(Buffer.from(mine.replace(/BI 2.*\r\n/, "")))
    const numbers = [...again.text.matchAll(/name="(mine-\d+)"/g)].map(([, name = ""]) => [name, "yes"])
    expect(numbers).toHaveLength(2)
    await next(again.text, "save", Object.fromEntries(numbers) as Record<string, string>).expect(303)
    expect(await values()).toEqual([
      ["ERP", 120],
      ["BI 2", undefined],
      ["CRM 2", undefined],
    ])
  })

  test("of more rows than may be pasted at once comes back whole", async () => {
    await fill(Array.from({ length: 700 }, (_, at) => ({ name: `System ${at}` })))
    expect(wordsOf((await upload(await download()).expect(200)).text)).toContain("700 rows are as on record.")
  })

  test("looked at while somebody changes a row of it has to be looked at once more", async () => {
    await fill([{ name: "ERP", age: 90 }])
    const preview = await upload(Buffer.from((await download()).toString().replace("90 min", "2 h")))
    await stage.store.saveRow(scope, "orders", "SRC-04", { id: "r0", name: "ERP", age: 5 }, 1, 2)
    const { text } = await next(preview.text, "save").expect(409)
    expect(text).toContain("The list was changed while this page was open")
    expect(hidden(text, "state")).not.toBe(hidden(preview.text, "state"))
    expect((await rows())[0]?.row["age"]).toBe(5)
  })

  test("with columns missing leaves those cells alone, and with an id twice says so", async () => {
    await fill([{ name: "ERP", age: 90, personal: "no" }])
    const preview = await next((await read("Name,Row id\nERP 2,r0")).text, "check")
    await next(preview.text, "save").expect(303)
    expect((await rows())[0]?.row).toEqual({ id: "r0", name: "ERP 2", age: 90, personal: "no" })
    const twice = await next((await read("Name,Row id\nERP 3,r0\nERP 4,r0")).text, "check")
    expect(wordsOf(twice.text)).toContain("Clear the row id in one of them: row 2 has the same")
  })
})

test("the pages of a consultant work alike, and readers and strangers get none of it", async () => {
  const address = "/engagements/e1/tables/orders/SRC-04"
  await stage.consultant().get(`${address}/paste`).expect(200)
  await stage.consultant().get(`${address}/list.csv`).expect(200)
  const sent = await stage.consultant().post(`${address}/paste`).field("text", "Name\nERP").field("action", "read")
  expect(sent.text).toContain("Which column is which")
  await stage.consultant("otto").get(`${address}/list.csv`).expect(404)
  await stage.consultant("otto").post(`${address}/paste`).field("text", "Name\nERP").expect(404)
  const david = await stage.respondent("david")
  await david.get(`${LIST}/list.csv`).expect(404)
  await david.get(`${LIST}/paste`).expect(404)
})
