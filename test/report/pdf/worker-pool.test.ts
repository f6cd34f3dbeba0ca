import { afterAll, describe, expect, test } from "vitest"
import type { Block, Report } from "../../../src/report/blocks.ts"
import { renderPdf } from "../../../src/report/pdf/render.ts"
import { createPdfWorker } from "../../../src/report/pdf/worker-pool.ts"
import { shortReport } from "../../fixtures/report.ts"

const huge = shortReport(
  Array.from({ length: 4000 }, (): Block => ({ type: "paragraph", text: "many words on a long page ".repeat(20) })),
)

describe("the PDF worker", () => {
  const worker = createPdfWorker()
  afterAll(() => worker.close())

  test("gives the same bytes as rendering here", async () => {
    const bytes = await worker.render(shortReport(), { format: "Letter" })
    expect(Buffer.from(bytes).equals(Buffer.from(renderPdf(shortReport(), { format: "Letter" })))).toBe(true)
  })

  test("goes on after a report it cannot make", async () => {
    const broken = {
      ...shortReport(),
      sections: [{ id: "x", title: "x", starts: "page", blocks: [{ type: "unknown" }] }],
    } as unknown as Report
    await expect(worker.render(broken, { format: "A4" })).rejects.toThrow()
    await expect(worker.render(shortReport(), { format: "A4" })).resolves.toBeInstanceOf(Uint8Array)
  })

  test("refuses what is too much at once", async () => {
    const small = createPdfWorker({ waiting: 1 })
    const all = await Promise.allSettled([1, 2, 3].map(() => small.render(shortReport(), { format: "A4" })))
    expect(all.map((each) => each.status)).toEqual(["fulfilled", "fulfilled", "rejected"])
    expect(all[2]?.status === "rejected" && String(all[2].reason)).toContain("Try again in a minute")
    await small.close()
  })

  test("gives up on a report that takes too long, and starts anew for the next", async () => {
    const hasty = createPdfWorker({ milliseconds: 1 })
    await expect(hasty.render(huge, { format: "A4" })).rejects.toThrow(/longer than/)
    await hasty.close()
    const patient = createPdfWorker()
    await expect(patient.render(shortReport(), { format: "A4" })).resolves.toBeInstanceOf(Uint8Array)
    await patient.close()
  })

  test("survives a report that needs more memory than it may have", async () => {
    const narrow = createPdfWorker({ megabytes: 8 })
    await expect(narrow.render(huge, { format: "A4" })).rejects.toThrow(/memory ran out/)
    await narrow.close()
  })

  test("has memory enough for the longest report there may be, and makes none longer", async () => {
    const usual = createPdfWorker()
    const paragraphs = (count: number) =>
      shortReport(
        Array.from({ length: count }, (): Block => ({ type: "paragraph", text: "many words on a long page ".repeat(20) })),
      )
    await expect(usual.render(paragraphs(3_200), { format: "A4" })).resolves.toBeInstanceOf(Uint8Array)
    await expect(usual.render(paragraphs(3_400), { format: "A4" })).rejects.toThrow("at most 500 are allowed")
    await usual.close()
  })

  test("rejects what waits when it is closed", async () => {
    const closing = createPdfWorker()
    const waiting = closing.render(shortReport(), { format: "A4" })
    const rejected = expect(waiting).rejects.toThrow("closed")
    await closing.close()
    await rejected
    await expect(closing.render(shortReport(), { format: "A4" })).rejects.toThrow("closed")
  })
})
