import { spawn, type ChildProcessByStdio } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:http"
import { connect, type AddressInfo } from "node:net"
import { join } from "node:path"
import type { Readable } from "node:stream"
import { describe, expect, onTestFinished, test } from "vitest"
import { shortFile } from "./fixtures/short-file.ts"
import { folderWith, headwater } from "./commands/running.ts"
import { codeAt, keyOn } from "./web/accounts/signing-in.ts"

const root = join(import.meta.dirname, "..")

/** The real program in a process of its own; ended after the test whatever happens. */
function start(argv: readonly string[], environment: Readonly<Record<string, string>> = {}): Program {
  const child = spawn(process.execPath, ["--disable-proto=delete", "src/main.ts", ...argv], {
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  })
  onTestFinished(() => void child.kill("SIGKILL"))
  let [out, err] = ["", ""]
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text))
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text))
  const ended = once(child, "close").then(([code, signal]) => ({ code: (code ?? signal) as number | string, out, err }))
  return { child, ended }
}

interface Program {
  readonly child: ChildProcessByStdio<null, Readable, Readable>
  readonly ended: Promise<{ readonly code: number | string; readonly out: string; readonly err: string }>
}

/** A running server on a free port and an own folder, once it has printed its address. */
async function serve(
  environment: Readonly<Record<string, string>> = {},
  argv: readonly string[] = [],
): Promise<Program & { readonly address: string; readonly setUpLink: string }> {
  const program = start(["serve", ...argv], { PORT: "0", DATA_DIR: folderWith(), ...environment })
  const [line] = (await Promise.race([
    once(program.child.stdout, "data"),
    program.ended.then(({ code, err }) => {
      throw new Error(`ended with ${code}: ${err}`)
    }),
  ])) as [string]
  const [address = "", setUpLink = ""] = line.match(/http:\/\/\S+/g) ?? []
  return { ...program, address, setUpLink }
}

const own = { "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded" }

/** Makes the first administrator, with a second factor; gives the cookie of the sign-in. */
async function setUp(link: string): Promise<string> {
  const [newPassword, repeatedPassword] = [
    "new-password=violet+tractor+sandwich+9",
    "repeated-password=violet+tractor+sandwich+9",
  ]
  const body = `name=Ada&email=ada%40example.com&${newPassword}&${repeatedPassword}`
  const made = await fetch(link, { method: "POST", redirect: "manual", headers: own, body })
  const page = new URL("/account/second-factor", link)
  const cookie = cookieOf(made)
  const key = keyOn(await (await fetch(page, { headers: { cookie } })).text())
  const headers = { ...own, cookie }
  return cookieOf(await fetch(page, { method: "POST", headers, body: `code=${codeAt(key, Date.now())}` }))
}

const cookieOf = (answer: Response): string => answer.headers.getSetCookie()[0]?.split(";")[0] ?? ""

/** Resolves when nobody listens at the address any more. */
async function closed(address: string): Promise<void> {
  while (
    await fetch(`${address}/livez`).then(
      () => true,
      () => false,
    )
  );
}

describe("the command line", () => {
  test("without a command shows what there is and ends with 2", async () => {
    const { code, out, err } = await headwater([])
    expect([code, out]).toEqual([2, ""])
    for (const name of ["serve", "assess", "estate", "report", "check", "user", "audit"]) expect(err).toContain(`  ${name}`)
  })

  test("shows the same as help, with 0", async () => {
    for (const argv of [["--help"], ["-h"], ["help"]]) expect(await headwater(argv)).toMatchObject({ code: 0, err: "" })
  })

  test.each(["serve", "assess", "estate", "report", "check", "user", "audit"])("helps with %s, by either way", async (name) => {
    const { code, out } = await headwater([name, "--help"])
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`^Usage: headwater ${name}`))
    expect((await headwater(["help", name])).out).toBe(out)
  })

  test.each([
    [["asses"], 'There is no command "asses"; did you mean "assess"? See headwater --help.\n'],
    [["migrate-now"], 'There is no command "migrate-now". See headwater --help.\n'],
    [["serve", "now"], '"now" is one argument too many. See headwater serve --help.\n'],
    [["serve", "--no-samples"], "There is no option --no-samples; did you mean --no-sample? See headwater serve --help.\n"],
  ])("refuses %j", async (argv, message) => {
    expect(await headwater(argv)).toMatchObject({ code: 2, err: message, out: "" })
  })
})

describe("the program", { timeout: 60_000 }, () => {
  test("prints the complete result and ends with 0; a reader that leaves early is no failure", async () => {
    const file = join(folderWith({ "e.json": shortFile }), "e.json")
    const whole = await start(["assess", file, "--json", "--date", "2026-11-20"]).ended
    expect(whole).toMatchObject({ code: 0, err: "" })
    expect(whole.out).toBe((await headwater(["assess", file, "--json", "--date", "2026-11-20"])).out)
    const program = start(["assess", file, "--json"])
    program.child.stdout.destroy()
    expect(await program.ended).toMatchObject({ code: 0, err: "" })
  })

  test("ends with 3 and every problem for a broken file", async () => {
    const file = join(folderWith({ "e.json": "{ 'a': 1 }" }), "e.json")
    const { code, err } = await start(["assess", file]).ended
    expect(code).toBe(3)
    expect(err).toMatch(/^\$: Repair the JSON at line 1, column 3: /)
  })
})

describe("serve", { timeout: 60_000 }, () => {
  test("prints its address and, as long as there is no administrator, a link to make one; ends with 0 when told to", async () => {
    const folder = folderWith()
    const first = await serve({ DATA_DIR: folder })
    expect((await fetch(first.address, { redirect: "manual" })).headers.get("location")).toBe("/sign-in")
    const cookie = await setUp(first.setUpLink)
    expect(await (await fetch(first.address, { headers: { cookie } })).text()).toContain("Meridian Foods")
    expect((await fetch(first.setUpLink)).status).toBe(404)
    expect((await fetch(`${first.address}/readyz`)).status).toBe(200)
    first.child.kill("SIGTERM")
    const said = `Headwater is ready at ${first.address}\nNobody can sign in yet. Make the first administrator, within an hour:\n${first.setUpLink}\n`
    expect(await first.ended).toEqual({ code: 0, out: said, err: "" })
    const second = await serve({ DATA_DIR: folder })
    const again = await (await fetch(second.address, { headers: { cookie } })).text()
    expect(again.match(/Meridian Foods/g)).toHaveLength(1)
    second.child.kill("SIGINT")
    expect(await second.ended).toEqual({ code: 0, out: `Headwater is ready at ${second.address}\n`, err: "" })
  })

  test("starts empty on request", async () => {
    const { address, setUpLink } = await serve({}, ["--no-sample"])
    const cookie = await setUp(setUpLink)
    const shown = await (await fetch(address, { headers: { cookie } })).text()
    expect(shown).toContain("Engagements")
    expect(shown).not.toContain("Meridian Foods")
  })

  test("lets nobody else in before there is an administrator", async () => {
    const environment = { HOST: "0.0.0.0", PORT: "0", PUBLIC_URL: "https://headwater.example.com", DATA_DIR: folderWith() }
    const { code, err } = await start(["serve"], environment).ended
    expect([code, err]).toEqual([
      5,
      'There is no administrator yet, and HOST lets other machines in. Make one first: headwater user add "Your Name" you@example.com --role administrator\n',
    ])
  })

  test("lets a request that has begun finish before it ends", async () => {
    const { address, child, ended } = await serve()
    const { port } = new URL(address)
    const socket = connect(Number(port), "127.0.0.1")
    let answer = ""
    socket.setEncoding("utf8").on("data", (text: string) => (answer += text))
    await once(socket, "connect")
    socket.write("GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n")
    await fetch(`${address}/livez`)
    child.kill("SIGTERM")
    await closed(address)
    socket.write("Connection: close\r\n\r\n")
    expect(await ended).toMatchObject({ code: 0 })
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  })

  test("says which port is in use", async () => {
    const other = createServer().listen(0, "127.0.0.1")
    onTestFinished(() => void other.close())
    await once(other, "listening")
    const { port } = other.address() as AddressInfo
    expect(await start(["serve"], { PORT: String(port), DATA_DIR: folderWith() }).ended).toEqual({
      code: 5,
      out: "",
      err: `Port ${port} is in use. Stop the program that has it, or choose another: PORT=${port + 1} npm start.\n`,
    })
  })

  test("says what is wrong with the data folder", async () => {
    const file = join(folderWith({ data: "" }), "data")
    const { code, err } = await start(["serve"], { PORT: "0", DATA_DIR: file }).ended
    expect(code).toBe(5)
    expect(err).toContain(file)
    expect(err).not.toContain("    at ")
  })

  test("says everything that is wrong with its settings", async () => {
    const { code, err } = await start(["serve"], { PORT: "many", HOST: "example" }).ended
    expect(code).toBe(2)
    expect(err).toBe(
      "HOST: Give an address of this machine: 127.0.0.1 for it alone, 0.0.0.0 or :: for every network it is in.\nPORT: Give a whole number from 0 to 65535.\n",
    )
  })
})
