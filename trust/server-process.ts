/** The server as a process of its own, so that it can be killed. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"

const root = join(import.meta.dirname, "..")

export interface ServerProcess {
  readonly address: string
  /** Milliseconds from start to ready. */
  readonly readyAfter: number
  readonly pid: number
  /** The last lines of its log. */
  readonly logged: readonly string[]
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<void>
}

/** `whole` is the command line's `serve`; `lean` the same server without reading the shipped questionnaire's files. */
export type Start = "whole" | "lean"

const command: Readonly<Record<Start, readonly string[]>> = {
  whole: [join(root, "src/main.ts"), "serve", "--no-sample"],
  lean: [join(root, "trust/lean-server.ts")],
}

/** Starts the server on a free port and waits until it says that it is ready. */
export const startServerProcess = async (
  settings: Readonly<Record<string, string>>,
  start: Start = "whole",
): Promise<ServerProcess> => {
  const began = performance.now()
  const child = spawn(process.execPath, ["--disable-proto=delete", ...command[start]], {
    env: {
      PATH: process.env["PATH"],
      PORT: "0",
      LOG_LEVEL: "fatal",
      SAVES_PER_MINUTE: "10000",
      REQUESTS_PER_MINUTE: "1000000",
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  })
  const logged: string[] = []
  child.stderr.on("data", (lines: Buffer) => {
    logged.push(...lines.toString().split("\n").filter(Boolean))
    if (logged.length > 2_000) logged.splice(0, 1_000)
  })
  const exited = once(child, "exit")
  const first = await Promise.race([once(child.stdout, "data"), exited.then(() => [""])])
  const address = /http:\/\/\S+/.exec(String(first[0]))?.[0]
  if (address === undefined) throw new Error(`The server did not start. ${logged.slice(-5).join(" ")}`)
  return {
    address,
    readyAfter: performance.now() - began,
    pid: child.pid ?? 0,
    logged,
    end: async (signal) => {
      child.kill(signal)
      await exited
    },
  }
}
