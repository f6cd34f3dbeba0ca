/** The sample's tagged PDF from the worker, against a warm headless Chromium printing the same report page. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium } from "playwright-core"
import { type Figure, median, ms } from "./figure.ts"
import { sampleInput } from "../test/fixtures/sample.ts"
import { writeReport } from "../src/report/report.ts"
import { createPdfWorker } from "../src/report/pdf/worker-pool.ts"

const rounds = 7

/** Milliseconds of one round of each, interleaved so that a noisy moment hits both. */
export async function measure(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "headwater-bench-"))
  const server = spawn(process.execPath, ["--disable-proto=delete", join(import.meta.dirname, "../src/main.ts"), "serve"], {
    env: { ...process.env, DATA_DIR: folder, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  })
  const exited = once(server, "exit")
  const [line] = (await once(server.stdout, "data")) as [Buffer]
  const address = /http:\/\/\S+/.exec(line.toString())?.[0] ?? ""
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] })
  const pdf = createPdfWorker()
  try {
    const page = await browser.newPage()
    await page.goto(address)
    const engagement = await page.locator("main .card a").first().getAttribute("href")
    const answer = await page.goto(new URL(`${engagement}/report`, address).href)
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
    server.kill("SIGTERM")
    await exited
    rmSync(folder, { recursive: true, force: true })
  }
}
