/**
 * Replays the Dockerfile's steps in an empty folder: COPY and RUN as written, then CMD, HEALTHCHECK and SIGTERM.
 * Absolute paths of the image are moved below that folder and the image's user is the one who runs this.
 */
import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { once } from "node:events"
import { createInterface } from "node:readline"
import type { Readable } from "node:stream"

const project = join(import.meta.dirname, "..")
const image = mkdtempSync(join(tmpdir(), "headwater-image-"))
const steps = readFileSync(join(project, "Dockerfile"), "utf8")
  .split("\n")
  .filter((line) => line.trim() !== "" && !line.startsWith("#"))
  .map((line) => ({ verb: line.split(" ", 1)[0] ?? "", rest: line.slice(line.indexOf(" ") + 1).trim() }))

// The machine's own npm settings (a registry, a proxy) are not the image's business, so they are kept.
const env: NodeJS.ProcessEnv = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`, PORT: "0" }
let workdir = image
let health: string[] = []
let command: string[] = []

/** `/data` of the image → the same below the folder. */
const inside = (text: string) =>
  text.replaceAll(/(^|[\s=])\/(app|data)\b/g, (_, before: string, name: string) => `${before}${join(image, name)}`)

function take(verb: string, rest: string): void {
  console.log(`${verb} ${rest}`)
  if (verb === "ENV")
    for (const pair of rest.split(" "))
      env[pair.slice(0, pair.indexOf("="))] = inside(` ${pair.slice(pair.indexOf("=") + 1)}`).trim()
  if (verb === "WORKDIR") mkdirSync((workdir = join(image, rest)), { recursive: true })
  if (verb === "COPY") copy(rest.split(" "))
  if (verb === "RUN") {
    const owner = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`
    execFileSync("sh", ["-ec", inside(rest).replaceAll("node:node", owner)], { cwd: workdir, env, stdio: "inherit" })
  }
  if (verb === "HEALTHCHECK") health = JSON.parse(rest.slice(rest.indexOf("["))) as string[]
  if (verb === "CMD") command = JSON.parse(rest) as string[]
}

function copy(words: string[]): void {
  const target = words.at(-1) ?? "."
  for (const source of words.slice(0, -1)) {
    cpSync(join(project, source), target.endsWith("/") ? join(workdir, target, basename(source)) : join(workdir, target), {
      recursive: true,
    })
  }
}

async function startAndStop(): Promise<void> {
  const server = spawn(command[0] ?? "node", command.slice(1), { cwd: workdir, env, stdio: ["ignore", "pipe", "inherit"] })
  const exited = once(server, "exit")
  try {
    const port = await printedPort(server)
    execFileSync(health[0] ?? "node", health.slice(1), { cwd: workdir, env: { ...env, PORT: port }, stdio: "inherit" })
    console.log("HEALTHCHECK passed")
  } finally {
    // Also when something failed: a server that goes on would keep this script waiting for it.
    server.kill("SIGTERM")
  }
  const [code] = (await exited) as [number | null]
  if (code !== 0) throw new Error(`SIGTERM ended the server with ${code ?? "a signal"}, not 0.`)
  console.log("SIGTERM: exit 0")
}

async function printedPort(server: ChildProcessByStdio<null, Readable, null>): Promise<string> {
  for await (const line of createInterface({ input: server.stdout })) {
    console.log(`  ${line}`)
    const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1]
    if (port !== undefined) return port
  }
  throw new Error("The server printed no address.")
}

try {
  for (const { verb, rest } of steps) take(verb, rest)
  await startAndStop()
  console.log("The Dockerfile's steps work.")
} finally {
  rmSync(image, { recursive: true, force: true })
}
