/** Renders reports away from the thread that answers requests; started by worker-pool.ts. */
import { parentPort } from "node:worker_threads"
import type { Report } from "../blocks.ts"
import { type PdfOptions, renderPdf } from "./render.ts"

export interface PdfJob {
  readonly id: number
  readonly report: Report
  readonly options: PdfOptions
}

export type PdfReply = { readonly id: number } & ({ readonly bytes: Uint8Array } | { readonly problem: string })

parentPort?.on("message", (job: PdfJob) => {
  const reply = answer(job)
  parentPort?.postMessage(reply, "bytes" in reply ? [reply.bytes.buffer as ArrayBuffer] : [])
})

function answer({ id, report, options }: PdfJob): PdfReply {
  try {
    // A copy of its own, so that its buffer may be handed over instead of copied again.
    return { id, bytes: new Uint8Array(renderPdf(report, options)) }
  } catch (error) {
    return { id, problem: error instanceof Error ? error.message : String(error) }
  }
}
