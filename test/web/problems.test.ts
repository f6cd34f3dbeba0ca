import { afterEach, describe, expect, test } from "vitest"
import { PdfBusy } from "../../src/report/pdf/worker-pool.ts"
import { StoreBusy, StoreFull, StoreUnwritable } from "../../src/store/store.ts"
import { openStage, type Stage } from "./stage.ts"

let stage: Stage
afterEach(() => stage.close())

describe("when the store cannot take a change", () => {
  test.each([
    ["is busy", new StoreBusy("busy"), 503, "Wait a few seconds and send it again"],
    ["became read-only", new StoreUnwritable("read-only"), 507, "The data folder of this server cannot be written"],
    ["is full", new StoreFull("full"), 507, "The disk of this server is full"],
    [
      "has no room for an upload",
      Object.assign(new Error("secret detail"), { code: "ENOSPC" }),
      507,
      "The disk of this server is full",
    ],
    ["fails in a way nobody foresaw", new Error("secret detail"), 500, "Something went wrong on our side"],
  ])("because it %s, the page says what to do and keeps what was typed", async (_what, error, status, said) => {
    stage = await openStage()
    stage.store.saveDomain = () => Promise.reject(error)
    const { text, headers } = await stage
      .consultant()
      .post("/engagements/e1/domains/new")
      .type("form")
      .send({ name: "Payments & cards" })
      .expect(status)
    expect(text).toContain(said)
    expect(text).toContain("Payments &amp; cards")
    expect(text).not.toContain("secret detail")
    expect(headers["retry-after"]).toBe(status === 503 ? "5" : undefined)
  })
})

test("a PDF that has to wait too long is asked for again", async () => {
  stage = await openStage({ replace: { pdf: { render: () => Promise.reject(new PdfBusy("busy")) } } })
  const { text, headers } = await stage.consultant().get("/engagements/e1/report.pdf").expect(503)
  expect(text).toContain("Many PDFs are being made at this moment")
  expect(headers["retry-after"]).toBe("5")
})
