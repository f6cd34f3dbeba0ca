import { createLine, type LineLimits } from "../../threads/line.ts"
import type { Report } from "../blocks.ts"
import type { PdfOptions } from "./render.ts"
import type { PdfJob } from "./worker.ts"

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

const defaults: LineLimits = { milliseconds: 30_000, waiting: 10, megabytes: 256 }

/** One thread for PDFs, started with the first report and again after it died; reports wait in line. */
export function createPdfWorker(limits: Partial<LineLimits> = {}): PdfWorker {
  const line = createLine<PdfJob, Uint8Array>(
    new URL("./worker.ts", import.meta.url),
    { ...defaults, ...limits },
    {
      busy: () => new PdfBusy("Too many PDFs are being made right now. Try again in a minute."),
      closed: "The PDF worker is closed.",
      stopped: "The PDF could not be made: its worker stopped. Try again.",
      outOfMemory: "The report is too large for a PDF: memory ran out.",
      slow: (seconds) => `The PDF took longer than ${seconds} seconds and was given up.`,
      failed: (why) => `The PDF could not be made: ${why}`,
    },
  )
  return { render: (report, options) => line.run({ report, options }), close: () => line.close() }
}
