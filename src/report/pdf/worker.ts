/** Renders reports away from the thread that answers requests; started by worker-pool.ts. */
import { answerJobs } from "../../threads/answer-jobs.ts"
import type { Report } from "../blocks.ts"
import { type PdfOptions, renderPdf } from "./render.ts"

export interface PdfJob {
  readonly report: Report
  readonly options: PdfOptions
}

answerJobs(
  (job) => {
    const { report, options } = job as PdfJob
    // A copy of its own, so that its buffer may be handed over instead of copied again.
    return new Uint8Array(renderPdf(report, options))
  },
  (bytes) => [bytes.buffer],
)
