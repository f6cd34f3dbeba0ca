/** The sample's tagged PDF from the worker, against a warm headless Chromium printing the same report page. */
import { chromium } from "playwright-core"
import { type Figure, median, ms } from "./figure.ts"
import { sampleInput } from "../test/fixtures/sample.ts"
import { writeReport } from "../src/report/report.ts"
import { openSite } from "../trust/site.ts"
import { createPdfWorker } from "../src/report/pdf/worker-pool.ts"

const rounds = 7

/** Milliseconds of one round of each, interleaved so that a noisy moment hits both. */
export async function measure(): Promise<readonly Figure[]> {
  const site = await openSite()
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] })
  const pdf = createPdfWorker()
  try {
    const context = await browser.newContext()
    const [name = "", value = ""] = site.accountCookie("carla").split("=")
    await context.addCookies([{ name, value, url: site.address }])
    const page = await context.newPage()
    const answer = await page.goto(`${site.address}/engagements/e1/report`)
    if (answer?.status() !== 200) throw new Error(`The report page answered ${answer?.status()}.`)
    const report = writeReport(await sampleInput())
    const ours: number[] = []
    const theirs: number[] = []
    let size = 0
    for (let round = -2; round < rounds; round++) {
      const start = performance.now()
      size = (await pdf.render(report, { format: "A4" })).byteLength
      const between = performance.now()
      await page.pdf({ format: "A4", tagged: true })
      if (round >= 0) ours.push(between - start)
      if (round >= 0) theirs.push(performance.now() - between)
    }
    const ratio = median(ours) / median(theirs)
    return [
      { what: "warm Chromium printing the report page, tagged", value: ms(median(theirs)) },
      {
        what: "headwater, tagged PDF from the worker",
        value: `${ms(median(ours))}, ${Math.round(size / 1024)} KB, ${ratio.toFixed(2)} × Chromium`,
        goal: { text: "at most 0.25 × Chromium", met: ratio <= 0.25 },
      },
    ]
  } finally {
    await pdf.close()
    await browser.close()
    await site.close()
  }
}
