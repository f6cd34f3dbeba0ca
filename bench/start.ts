/** From `node` to listening: the server with an empty data folder and with the sample, against a bare node:http listen. */
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { once } from "node:events"
import { type Figure, median, ms } from "./figure.ts"

const main = join(import.meta.dirname, "../src/main.ts")
const bare = "require('node:http').createServer().listen(0, '127.0.0.1', () => console.log('listening'))"

/** Milliseconds from spawn to the first line printed. */
async function untilFirstLine(args: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "headwater-bench-"))
  const start = performance.now()
  const child = spawn(process.execPath, args, {
    env: { ...process.env, DATA_DIR: folder, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  })
  const exited = once(child, "exit")
  await once(child.stdout, "data")
  const taken = performance.now() - start
  child.kill("SIGTERM")
  await exited
  rmSync(folder, { recursive: true, force: true })
  return taken
}

export async function measure(): Promise<readonly Figure[]> {
  const floor: number[] = []
  const empty: number[] = []
  const sample: number[] = []
  for (let round = 0; round < 5; round++) {
    floor.push(await untilFirstLine(["-e", bare]))
    empty.push(await untilFirstLine(["--disable-proto=delete", main, "serve", "--no-sample"]))
    sample.push(await untilFirstLine(["--disable-proto=delete", main, "serve"]))
  }
  const ratio = median(empty) / median(floor)
  return [
    { what: "bare node:http, start to listening", value: ms(median(floor)) },
    { what: "headwater, empty data folder", value: `${ms(median(empty))}, ${ratio.toFixed(1)} × bare` },
    {
      what: "headwater, first start with the sample",
      value: ms(median(sample)),
      goal: { text: "under 2 s", met: median(sample) < 2000 },
    },
  ]
}
