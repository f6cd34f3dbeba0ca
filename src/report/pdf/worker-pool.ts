import { Worker } from "node:worker_threads"
import type { Report } from "../blocks.ts"
import type { PdfOptions } from "./render.ts"
import type { PdfJob, PdfReply } from "./worker.ts"

/** Too many PDFs wait to be made: the same one can be made a little later. */
export class PdfBusy extends Error {
  override readonly name = "PdfBusy"
}

export interface PdfWorker {
  /** The PDF's bytes. Rejects with `PdfBusy` when too many wait, with another message when one takes too long or memory runs out. */
  render(report: Report, options: PdfOptions): Promise<Uint8Array>
  /** Ends the thread; what still waits is rejected. */
  close(): Promise<void>
}

export interface PdfWorkerLimits {
  /** Longest time for one report, from its start. */
  readonly milliseconds: number
  /** Reports that may wait behind the one in work. */
  readonly waiting: number
  readonly megabytes: number
}

interface Waiting {
  readonly job: PdfJob
  resolve(bytes: Uint8Array): void
  reject(error: Error): void
}

const defaults: PdfWorkerLimits = { milliseconds: 30_000, waiting: 10, megabytes: 256 }

/** One thread for PDFs, started with the first report and again after it died; reports wait in line. */
export function createPdfWorker(limits: Partial<PdfWorkerLimits> = {}): PdfWorker {
  const { milliseconds, waiting, megabytes } = { ...defaults, ...limits }
  const line: Waiting[] = []
  let worker: Worker | undefined
  let current: Waiting | undefined
  let timer: NodeJS.Timeout | undefined
  let lastId = 0
  let closed = false

  const settle = (outcome: Uint8Array | Error): void => {
    clearTimeout(timer)
    const done = current
    current = undefined
    worker?.unref()
    if (outcome instanceof Error) done?.reject(outcome)
    else done?.resolve(outcome)
    next()
  }

  const start = (): Worker => {
    const started = new Worker(new URL("./worker.ts", import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: megabytes } })
    started.on("message", (reply: PdfReply) => {
      if (reply.id === current?.job.id) settle("bytes" in reply ? reply.bytes : new Error(reply.problem))
    })
    started.on("error", (error) => lose(started, failure(error)))
    started.on("exit", () => lose(started, new Error("The PDF could not be made: its worker stopped. Try again.")))
    started.unref()
    return started
  }

  const lose = (lost: Worker, error: Error): void => {
    if (worker !== lost) return
    worker = undefined
    if (current) settle(error)
  }

  const next = (): void => {
    if (current || closed) return
    current = line.shift()
    if (!current) return
    worker ??= start()
    worker.ref()
    timer = setTimeout(giveUp, milliseconds)
    worker.postMessage(current.job)
  }

  const giveUp = (): void => {
    const slow = worker
    worker = undefined
    void slow?.terminate()
    settle(new Error(`The PDF took longer than ${Math.round(milliseconds / 1000)} seconds and was given up.`))
  }

  return {
    render(report, options) {
      if (closed) return Promise.reject(new Error("The PDF worker is closed."))
      if (line.length >= waiting)
        return Promise.reject(new PdfBusy("Too many PDFs are being made right now. Try again in a minute."))
      return new Promise((resolve, reject) => {
        line.push({ job: { id: ++lastId, report, options }, resolve, reject })
        next()
      })
    },
    async close() {
      closed = true
      clearTimeout(timer)
      const ending = worker
      worker = undefined
      for (const each of [...(current ? [current] : []), ...line.splice(0)]) each.reject(new Error("The PDF worker is closed."))
      current = undefined
      await ending?.terminate()
    },
  }
}

function failure(error: unknown): Error {
  const code = error instanceof Error && "code" in error ? error.code : undefined
  if (code === "ERR_WORKER_OUT_OF_MEMORY") return new Error("The report is too large for a PDF: memory ran out.")
  return new Error(`The PDF could not be made: ${error instanceof Error ? error.message : String(error)}`)
}
