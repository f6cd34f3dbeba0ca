import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { shortFile } from "../fixtures/short-file.ts"
import { readPdf } from "../report/pdf/read-back.ts"
import { folderWith, headwater } from "./running.ts"

test("report writes a PDF, the same bytes for the same input and date", async () => {
  const folder = folderWith({ "e.json": shortFile })
  const [first, second] = [join(folder, "one.pdf"), join(folder, "two.pdf")]
  for (const file of [first, second]) {
    expect(await headwater(["report", join(folder, "e.json"), "-o", file, "--date", "2026-11-22"])).toMatchObject({
      code: 0,
      out: "",
      err: "",
    })
  }
  const bytes = readFileSync(first)
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-")
  expect(readFileSync(second).equals(bytes)).toBe(true)
  expect(readdirSync(folder).sort()).toEqual(["e.json", "one.pdf", "two.pdf"])
})

test("report writes Letter on request, and to standard output", async () => {
  const letter = await headwater(["report", "-", "-o", "-", "--letter"], shortFile)
  expect(letter.code).toBe(0)
  expect(Buffer.from(letter.bytes).toString("latin1")).toMatch(/\/MediaBox \[0 0 612 792\]/)
})

test("report replaces an earlier plan whole, and leaves it alone when the file has problems", async () => {
  const folder = folderWith({ "e.json": shortFile, "bad.json": "{}", "plan.pdf": "earlier" })
  const plan = join(folder, "plan.pdf")
  const broken = await headwater(["report", join(folder, "bad.json"), "-o", plan])
  expect(broken.code).toBe(3)
  expect(broken.err).toContain('$.format: Add "format": it is missing\n')
  expect(readFileSync(plan, "utf8")).toBe("earlier")
  expect((await headwater(["report", join(folder, "e.json"), "-o", plan])).code).toBe(0)
  expect(statSync(plan).size).toBeGreaterThan(10_000)
})

const orders = "insert into gold.orders select o.id, p.amount from raw.orders o left join raw.payments p on p.id = o.id"

test("report plans what runs today when an estate is named, and says nothing of one otherwise", async () => {
  const folder = folderWith({ "e.json": shortFile, "orders.sql": orders })
  const [plain, full] = [join(folder, "plain.pdf"), join(folder, "full.pdf")]
  const file = join(folder, "e.json")
  expect(await headwater(["report", file, "-o", plain])).toMatchObject({ code: 0, err: "" })
  expect(await headwater(["report", file, "--estate", join(folder, "orders.sql"), "-o", full])).toMatchObject({
    code: 0,
    err: "",
  })
  const texts = async (path: string) => (await readPdf(readFileSync(path))).pages.map(({ text }) => text).join(" ")
  expect(await texts(plain)).not.toMatch(/Register of statements/)
  expect(await texts(full)).toMatch(/What runs today, and what it takes to move it.*Data products.*Register of statements/)
})

test.each([
  ["that is not there", "nothing.json", 4, "There is no file or folder FOLDER/nothing.json. Check its name.\n"],
  ["with problems", "e.json", 3, /this is an engagement file.*\nThe estate cannot be read\. Nothing was computed\.\n$/],
])("report leaves everything alone for an estate %s", async (_, name, code, message) => {
  const folder = folderWith({ "e.json": shortFile })
  const done = await headwater(["report", join(folder, "e.json"), "--estate", join(folder, name), "-o", join(folder, "plan.pdf")])
  expect(done.code).toBe(code)
  const told = done.err.replaceAll(folder, "FOLDER")
  if (typeof message === "string") expect(told).toBe(message)
  else expect(told).toMatch(message)
  expect(readdirSync(folder)).toEqual(["e.json"])
})

test("report says for which domain an estate is taken where there are several, and takes the one that is named", async () => {
  const folder = folderWith({ "orders.sql": orders })
  const sample = join(import.meta.dirname, "../../data/sample/meridian-foods.json")
  const path = join(folder, "orders.sql")
  const write = (value: string) =>
    headwater(["report", sample, "--draws", "10", "--estate", value, "-o", join(folder, "plan.pdf")])
  expect((await write(path)).err).toBe(`${path} is taken for the domain online. For another one write --estate DOMAIN=${path}.\n`)
  expect(await write(`supply=${path}`)).toMatchObject({ code: 0, err: "" })
})

test.each([
  ["no output", (): string[] => [], 2, "Name the file to write: -o plan.pdf. See headwater report --help.\n"],
  [
    "a folder that is not there",
    (folder: string) => ["-o", join(folder, "no", "plan.pdf")],
    4,
    "There is no folder FOLDER/no. Create it, or name another file.\n",
  ],
  [
    "a folder for a file",
    (folder: string) => ["-o", join(folder, "sub")],
    4,
    "FOLDER/sub is a folder. Name a file in it, such as FOLDER/sub/plan.pdf.\n",
  ],
  [
    "a file for a folder",
    (folder: string) => ["-o", join(folder, "e.json", "plan.pdf")],
    4,
    "FOLDER/e.json is a file, not a folder. Name another file.\n",
  ],
  [
    "the engagement file itself",
    (folder: string) => ["-o", join(folder, "e.json")],
    4,
    "FOLDER/e.json is the engagement file itself. Name another file.\n",
  ],
])("report refuses %s", async (_what, output, code, message) => {
  const folder = folderWith({ "e.json": shortFile })
  mkdirSync(join(folder, "sub"))
  const { code: ended, err } = await headwater(["report", join(folder, "e.json"), ...output(folder)])
  expect({ code: ended, err: err.replaceAll(folder, "FOLDER") }).toEqual({ code, err: message })
  expect(readFileSync(join(folder, "e.json"), "utf8")).toBe(shortFile)
})

test.runIf(process.platform === "linux")("report says so when the disk refuses", async () => {
  const file = join("/proc", "plan.pdf")
  const { code, err } = await headwater(["report", "-", "-o", file], shortFile)
  expect(code).toBe(4)
  expect(err).toMatch(/^\/proc\/plan\.pdf cannot be written: .+\.\n$/)
})
