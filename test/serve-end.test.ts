/** How the server ends, and what it says meanwhile: the real program in a process of its own. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, readdirSync } from "node:fs"
import { connect } from "node:net"
import { join } from "node:path"
import { describe, expect, onTestFinished, test } from "vitest"
import { folderWith } from "./commands/running.ts"

const root = join(import.meta.dirname, "..")

const start = async (environment: Readonly<Record<string, string>> = {}, flags: readonly string[] = []) => {
  const argv = ["--disable-proto=delete", ...flags, "src/main.ts", "serve", "--no-sample"]
  const child = spawn(process.execPath, argv, {
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", PORT: "0", DATA_DIR: folderWith(), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  })
  onTestFinished(() => void child.kill("SIGKILL"))
  let log = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => (log += text))
  const ended = once(child, "close").then(([code]) => ({ code: code as number, log, at: performance.now() }))
  const [line] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string]
  return { child, ended, address: /http:\/\/[^\s/]+/.exec(line)?.[0] ?? "", log: () => log }
}

const readyAt = (address: string): Promise<number> =>
  fetch(`${address}/readyz`, { headers: { connection: "close" } }).then(
    ({ status }) => status,
    () => 0,
  )

const until = async (is: () => Promise<boolean>): Promise<void> => {
  while (!(await is()));
}

describe("serve", { timeout: 60_000 }, () => {
  test("says that it stops before it does, for as long as DRAIN_DELAY, and a second signal changes nothing", async () => {
    const { child, ended, address } = await start({ DRAIN_DELAY: "2" })
    expect(await readyAt(address)).toBe(200)
    const began = performance.now()
    child.kill("SIGTERM")
    await until(async () => (await readyAt(address)) === 503)
    child.kill("SIGTERM")
    expect((await fetch(`${address}/livez`, { headers: { connection: "close" } })).status).toBe(200)
    const { code, at } = await ended
    expect(code).toBe(0)
    expect(at - began).toBeGreaterThan(1_900)
    expect(at - began).toBeLessThan(15_000)
  })

  test("a connection that never ends its request is cut: the stop takes no longer than 15 seconds", async () => {
    const { child, ended, address } = await start()
    const socket = connect(Number(new URL(address).port), "127.0.0.1")
    await once(socket, "connect")
    socket.on("error", () => undefined)
    socket.write(
      "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\na",
    )
    await readyAt(address)
    const began = performance.now()
    child.kill("SIGTERM")
    const { code, at } = await ended
    expect(code).toBe(0)
    expect(at - began).toBeLessThan(15_000)
  })

  test.each([
    ["uncaughtException", 'process.on("SIGUSR2", () => { throw new Error("planted") })'],
    ["unhandledRejection", 'process.on("SIGUSR2", () => { Promise.reject(new Error("planted")) })'],
  ])("%s is logged and ends the process with 1 within 3 seconds", async (_, code) => {
    const { child, ended, address } = await start({}, ["--import", `data:text/javascript,${encodeURIComponent(code)}`])
    expect(await readyAt(address)).toBe(200)
    const began = performance.now()
    child.kill("SIGUSR2")
    const end = await ended
    expect(end.code).toBe(1)
    expect(end.at - began).toBeLessThan(5_000)
    expect(end.log).toContain("planted")
    expect(
      end.log
        .trimEnd()
        .split("\n")
        .every((line) => typeof JSON.parse(line) === "object"),
    ).toBe(true)
  })

  test("answers what is no request with protective headers and nothing else", async () => {
    const { address } = await start()
    const raw = (text: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(Number(new URL(address).port), "127.0.0.1", () => socket.write(text))
        let answer = ""
        socket.on("data", (chunk) => (answer += String(chunk))).on("error", () => undefined)
        socket.on("close", () => resolve(answer))
      })
    const cases = [
      ["NONSENSE\r\n\r\n", 400],
      ["BREW / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400],
      [`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431],
      ["POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400],
    ] as const
    for (const [request, status] of cases) {
      const answer = await raw(request)
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
      expect(answer).toContain("Content-Security-Policy: default-src 'none'")
      expect(answer.split("\r\n\r\n")[1]).toBe("")
    }
  })

  test("makes a verified backup by itself, and the ledger goes beside it", async () => {
    const backups = join(folderWith(), "backups")
    const { child, ended, address } = await start({ BACKUP_DIR: backups, LOG_LEVEL: "info" })
    const made = () => (existsSync(backups) ? readdirSync(backups) : []).filter((name) => name.endsWith(".sqlite.json"))
    await until(async () => (await readyAt(address)) === 200 && made().length > 0)
    expect(readdirSync(backups)).toContain("headwater.ledger")
    child.kill("SIGTERM")
    expect((await ended).log).toContain("made a backup")
  })
})
