/** How fast the disk is just now: it stands beside each figure that waits for it. */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { quantile } from "./experiment.ts"

/** Milliseconds of one sync after 4 KiB, in the middle and for the slowest in a hundred. */
export const measureDisk = (rounds = 300): { readonly p50: number; readonly p99: number } => {
  const folder = mkdtempSync(join(tmpdir(), "headwater-trust-"))
  const file = openSync(join(folder, "sync"), "w")
  const page = Buffer.alloc(4096, 1)
  const taken: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    writeSync(file, page)
    const start = performance.now()
    fdatasyncSync(file)
    taken.push(performance.now() - start)
  }
  closeSync(file)
  rmSync(folder, { recursive: true })
  const short = (value: number): number => Math.round(value * 100) / 100
  return { p50: short(quantile(taken, 0.5)), p99: short(quantile(taken, 0.99)) }
}
