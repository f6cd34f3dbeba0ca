import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { createServer, request as ask, type IncomingMessage } from "node:http"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Request } from "express"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { type Received, receiverOf, UploadRefused } from "../../src/web/uploads.ts"

const most = 1_000_000
const own = mkdtempSync(join(tmpdir(), "headwater-test-"))
const usual = process.env["TMPDIR"]
const foldersNow = () => readdirSync(own).length

let told: { read?: Received; texts?: readonly string[]; silence?: number | undefined; error?: unknown } = {}
/** What comes between a request and the reading of its upload. */
let before: (request: IncomingMessage) => Promise<unknown> = async () => undefined
const server = createServer((request, response) => {
  const receive = receiverOf(request as Request, most)
  const read = before(request).then(() =>
    receive(async (received) => {
      const texts = received.files.map(({ path }) => readFileSync(path, "utf8"))
      told = { read: received, texts, silence: request.socket.timeout }
    }),
  )
  read.then(
    () => response.end("read"),
    (error: unknown) => {
      told = { error }
      response.statusCode = 413
      response.end("refused")
    },
  )
})
beforeAll(async () => {
  process.env["TMPDIR"] = own
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
})
beforeEach(() => {
  told = {}
  before = async () => undefined
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  if (usual === undefined) delete process.env["TMPDIR"]
  else process.env["TMPDIR"] = usual
  rmSync(own, { recursive: true })
})

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const send = async (body: FormData | string, type?: string) => {
  const headers = type === undefined ? {} : { "content-type": type }
  return (await fetch(address(), { method: "POST", body, headers })).status
}

/** Without saying how long it is. */
const sendInParts = async (form: FormData): Promise<number> => {
  const { body, headers } = new Response(form)
  const type = { "content-type": headers.get("content-type") ?? "" }
  return (await fetch(address(), { method: "POST", body, headers: type, duplex: "half" })).status
}

const formOf = (...parts: readonly (readonly [string, string] | readonly [string, string, string])[]): FormData => {
  const form = new FormData()
  for (const [field, text, name] of parts) {
    if (name === undefined) form.append(field, text)
    else form.append(field, new Blob([text]), name)
  }
  return form
}

test("fields and files are read, with folders and any letters in their names; nothing is left behind", async () => {
  const had = foldersNow()
  const form = formOf(
    ["domain", "Aufträge"],
    ["sql", "select 1", "models/über/a b.sql"],
    ["sql", "", "empty.sql"],
    ["none", "", ""],
  )
  expect(await send(form)).toBe(200)
  expect(told.read?.form).toEqual({ domain: "Aufträge" })
  expect(told.read?.files.map(({ field, name, bytes }) => [field, name, bytes])).toEqual([
    ["sql", "models/über/a b.sql", 8],
    ["sql", "empty.sql", 0],
  ])
  expect(told.texts).toEqual(["select 1", ""])
  expect(told.read?.files.some(({ path }) => existsSync(path))).toBe(false)
  expect(foldersNow()).toBe(had)
})

test("more than is taken is refused, in one file and in many, also when its length is not said", async () => {
  const had = foldersNow()
  const large = "x".repeat(600_000)
  expect(await send(formOf(["sql", large, "a"], ["sql", large, "b"]))).toBe(413)
  expect(told.error).toBeInstanceOf(UploadRefused)
  told = {}
  const chunked = ask(address(), { method: "POST", headers: { "content-type": "multipart/form-data; boundary=b" } })
  const answered = once(chunked, "response")
  chunked.write('--b\r\ncontent-disposition: form-data; name="sql"; filename="a"\r\n\r\n')
  for (let part = 0; part < 40; part += 1) chunked.write("y".repeat(100_000))
  chunked.end("\r\n--b--\r\n")
  const [response] = (await answered) as [IncomingMessage]
  response.resume()
  expect(response.statusCode).toBe(413)
  expect(told.error).toBeInstanceOf(UploadRefused)
  expect(foldersNow()).toBe(had)
})

test.each([
  ["no boundary", "x", "multipart/form-data"],
  ["another boundary", "--c\r\n\r\nx\r\n--c--\r\n", "multipart/form-data; boundary=b"],
  ["nothing", "", "multipart/form-data; boundary=b"],
  [
    "an end that is missing",
    '--b\r\ncontent-disposition: form-data; name="a"; filename="a"\r\n\r\nx',
    "multipart/form-data; boundary=b",
  ],
])("%s is no upload, and said to be none", async (_what, body, type) => {
  const had = foldersNow()
  await send(body, type)
  expect(told.error ?? told.read?.files).toSatisfy((got) =>
    Array.isArray(got) ? got.length === 0 : (got as { status: number }).status === 400,
  )
  expect(foldersNow()).toBe(had)
})

test("a field that would change what every object has stays a field", async () => {
  expect(await send(formOf(["__proto__", "x"], ["constructor", "y"]))).toBe(200)
  expect(Object.entries(told.read?.form ?? {})).toEqual([
    ["__proto__", "x"],
    ["constructor", "y"],
  ])
})

test("many small files are all read, and fields count as files do", async () => {
  const names = Array.from({ length: 700 }, (_, at) => `models/m${at}.sql`)
  expect(await send(formOf(...names.map((name) => ["folder", `select '${name}'`, name] as const)))).toBe(200)
  expect(told.read?.files.map(({ name }) => name)).toEqual(names)
  expect(told.texts).toEqual(names.map((name) => `select '${name}'`))
  const large = "x".repeat(600_000)
  told = {}
  const fields = formOf(["a", large], ["b", large])
  const status = await sendInParts(fields)
  expect(status).toBe(413)
  expect(told.error).toBeInstanceOf(UploadRefused)
})

test("names of files count as well", async () => {
  const names = Array.from({ length: 20 }, (_, at) => `${"m".repeat(60_000)}${at}.sql`)
  const status = await sendInParts(formOf(...names.map((name) => ["folder", "", name] as const)))
  expect(status).toBe(413)
  expect(told.error).toBeInstanceOf(UploadRefused)
})

test("whoever waits for an answer is not cut off for their silence", async () => {
  server.setTimeout(30_000)
  expect(await send(formOf(["sql", "select 1", "a.sql"]))).toBe(200)
  server.setTimeout(0)
  expect(told.silence).toBe(0)
})

test("whoever went away before anybody listened leaves nothing and is not waited for", async () => {
  const had = foldersNow()
  before = (request) => new Promise((resolve) => request.once("close", resolve))
  const cut = ask(address(), {
    method: "POST",
    headers: { "content-type": "multipart/form-data; boundary=b", "content-length": 9_000 },
  })
  cut.on("error", () => undefined)
  const came = once(server, "request")
  cut.write("--b")
  await came
  cut.destroy()
  await expect.poll(() => [told.error !== undefined, foldersNow()]).toEqual([true, had])
})

test("whoever goes away in the middle leaves nothing", async () => {
  const had = foldersNow()
  const cut = ask(address(), {
    method: "POST",
    headers: { "content-type": "multipart/form-data; boundary=b", "content-length": 9_000 },
  })
  cut.on("error", () => undefined)
  const came = once(server, "request") as Promise<[IncomingMessage]>
  cut.write('--b\r\ncontent-disposition: form-data; name="sql"; filename="a"\r\n\r\nselect')
  const [request] = await came
  const closed = new Promise((resolve) => request.once("close", resolve))
  await new Promise((resolve) => request.once("readable", resolve))
  cut.destroy()
  await closed
  await expect.poll(() => [told.error !== undefined, foldersNow()]).toEqual([true, had])
})
