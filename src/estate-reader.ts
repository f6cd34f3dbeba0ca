import type { EstateJob } from "./estate-worker.ts"
import { createLine, type LineLimits, TookTooLong } from "./threads/line.ts"
import type { EstateReader, EstateReading, EstateSource } from "./web/estate/reader.ts"

export interface RunningEstateReader extends EstateReader {
  /** Ends the thread; what still waits is rejected. */
  close(): Promise<void>
}

const defaults: LineLimits = { milliseconds: 120_000, stepMilliseconds: 10_000, waiting: 5, megabytes: 1500 }

/** How many texts that take too long are left out before the whole import is given up. */
const mostSlow = 3

/** One thread for imports, with a limit for each text and one for the whole; imports wait in line. */
export function createEstateReader(limits: Partial<LineLimits> = {}): RunningEstateReader {
  const line = createLine<EstateJob, EstateReading>(
    new URL("./estate-worker.ts", import.meta.url),
    { ...defaults, ...limits },
    {
      busy: () => new Error("Several imports are being read right now. Try again in a minute."),
      closed: "The server is being stopped: nothing was imported. Try again in a minute.",
      stopped: "The import could not be read: its worker stopped. Try again.",
      outOfMemory: "This is too large to be read at once: memory ran out. Import it in parts, one for each project or folder.",
      slow: (seconds) => `Reading took longer than ${seconds} seconds and was given up. Import it in parts.`,
      failed: (why) => `The import could not be read: ${why}`,
    },
  )
  return { read: (source) => readPatiently(line.run, source), close: () => line.close() }
}

/** Reads once more without a text that took too long; gives every other failure as a problem of the import. */
async function readPatiently(run: (job: EstateJob) => Promise<EstateReading>, source: EstateSource): Promise<EstateReading> {
  const tooSlow: string[] = []
  for (;;) {
    try {
      return await run({ source, tooSlow })
    } catch (error) {
      const at = error instanceof TookTooLong ? error.at : undefined
      if (at === undefined || tooSlow.includes(at) || tooSlow.length >= mostSlow) return problemOf(error)
      tooSlow.push(at)
    }
  }
}

const problemOf = (error: unknown): EstateReading => ({
  problems: [{ path: "", message: error instanceof Error ? error.message : String(error) }],
})
