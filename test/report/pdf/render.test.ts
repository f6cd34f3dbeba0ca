import { inflateSync } from "node:zlib"
import { beforeAll, describe, expect, test } from "vitest"
import type { Block } from "../../../src/report/blocks.ts"
import { renderPdf } from "../../../src/report/pdf/render.ts"
import { shortReport } from "../../fixtures/report.ts"
import { nodesOf, readPdf, type ReadPdf } from "./read-back.ts"

const bytes = renderPdf(shortReport(), { format: "A4" })
const latin = Buffer.from(bytes).toString("latin1")

/** The operators of every page. */
function contentStreams(pdf: Uint8Array): string[] {
  const text = Buffer.from(pdf).toString("latin1")
  return [...text.matchAll(/stream\n([\s\S]*?)\nendstream/g)].flatMap(([, body = ""]) => {
    try {
      const stream = inflateSync(Buffer.from(body, "latin1")).toString("latin1")
      return / BDC\b/.test(stream) ? [stream] : []
    } catch {
      return []
    }
  })
}

describe("a report as PDF", () => {
  let pdf: ReadPdf
  beforeAll(async () => {
    pdf = await readPdf(bytes)
  })

  test("is tagged, and says its language, title and date", () => {
    expect(pdf.marked).toBe(true)
    expect(pdf.info["Language"]).toBe("en")
    expect(latin).toContain("/DisplayDocTitle true")
    expect(pdf.info["Title"]).toBe("From batch to streams – Acme Bank")
    expect(String(pdf.info["CreationDate"])).toMatch(/^D:20260302120000/)
  })

  test("every figure has alternative text", () => {
    const figures = pdf.pages.flatMap((page) => nodesOf(page.tree, "Figure"))
    expect(figures.map((figure) => figure.alt)).toEqual(["Payments: slow but sound. Speed 34, integrity 61."])
  })

  test("tables have heads with a scope, one cell per column", () => {
    const [table] = pdf.pages.flatMap((page) => nodesOf(page.tree, "Table"))
    const rows = table ? nodesOf(table, "TR") : []
    expect(rows.map((row) => row.children.map((cell) => cell.role))).toEqual([
      ["TH", "TH"],
      ["TH", "TD"],
      ["TH", "TD"],
    ])
    expect(latin.match(/\/Scope \/Column/g)).toHaveLength(2)
    expect(latin.match(/\/Scope \/Row/g)).toHaveLength(2)
  })

  test("headings descend without a gap from the title", () => {
    const roles = ["H1", "H2", "H3", "H4"].map((role) => pdf.pages.flatMap((page) => nodesOf(page.tree, role)).length)
    expect(roles).toEqual([1, 4, 1, 1])
  })

  test("all text and every line belongs to the structure or is marked as an artifact", () => {
    const streams = contentStreams(bytes)
    expect(streams.length).toBeGreaterThanOrEqual(5)
    for (const stream of streams) {
      let depth = 0
      for (const [operator] of stream.matchAll(/\b(?:BDC|BMC|EMC|Tj|TJ|S|f|B)\b(?=\s)/g)) {
        if (operator === "BDC" || operator === "BMC") depth++
        else if (operator === "EMC") depth--
        else expect(depth, operator).toBeGreaterThan(0)
      }
      expect(depth).toBe(0)
    }
  })

  test("has bookmarks for sections and their headings", () => {
    expect(pdf.outline.map((item) => item.title)).toEqual(["Where you stand", "Contents", "Findings", "Inventories"])
    expect(pdf.outline[2]?.items.map((item) => item.title)).toEqual(["Payments"])
  })

  test("contents lead to their sections and print the page", () => {
    const contents = pdf.pages[2]
    expect(contents?.text).toMatch(/Findings\s+4/)
    expect(contents?.text).toMatch(/Inventories\s+5/)
    expect(contents?.links.map((link) => link.dest)).toContain("body")
    expect(pdf.destinations).toEqual(expect.arrayContaining(["summary", "body", "wide", "finding", "rows", "facts", "matrix"]))
  })

  test("links lead inside the report or to the web, and nowhere else", async () => {
    const hrefs = ["javascript:alert(1)", "file:///etc/passwd", "/etc/passwd", "https://example.org/ok", "mailto:a@example.org"]
    const blocks: Block[] = [{ type: "paragraph", text: hrefs.map((href) => ({ text: "here", href })) }]
    const read = await readPdf(renderPdf(shortReport(blocks), { format: "A4" }))
    expect(read.pages.flatMap((page) => page.links.flatMap((link) => link.url ?? []))).toEqual([
      "https://example.org/ok",
      "mailto:a@example.org",
    ])
  })

  test("says which page of how many on every page but the cover", () => {
    expect(pdf.pages.map((page) => /page \d+ of \d+/.exec(page.text)?.[0])).toEqual([
      undefined,
      "page 2 of 5",
      "page 3 of 5",
      "page 4 of 5",
      "page 5 of 5",
    ])
  })

  test("embeds its typeface and nothing that acts", () => {
    expect(latin).toMatch(/\/FontFile2 /)
    expect(latin).not.toMatch(/\/BaseFont \/(Helvetica|Times|Courier)/)
    expect(latin).not.toMatch(/\/(JS|JavaScript|Launch|OpenAction|AA|EmbeddedFiles|SubmitForm)\b/)
  })

  test("turns wide sections on their side", () => {
    const last = pdf.pages.at(-1)
    expect(last && last.width > last.height).toBe(true)
  })
})

describe("the same report", () => {
  test("gives the same bytes", () => {
    expect(Buffer.from(renderPdf(shortReport(), { format: "A4" })).equals(Buffer.from(bytes))).toBe(true)
  })

  test("comes on A4 or Letter", async () => {
    const letter = await readPdf(renderPdf(shortReport(), { format: "Letter" }))
    expect([letter.pages[0]?.width, letter.pages[0]?.height]).toEqual([612, 792])
    const a4 = await readPdf(bytes)
    expect([a4.pages[0]?.width, a4.pages[0]?.height].map((size) => Math.round(size ?? 0))).toEqual([595, 842])
  })
})

describe("long and strange text", () => {
  const table = (rows: number, cell = "one line"): Block => ({
    type: "table",
    caption: "Long table",
    columns: [
      { label: "Column name", kind: "text", share: 1 },
      { label: "Value", kind: "text", share: 3 },
    ],
    rows: Array.from({ length: rows }, (_, index) => ({ cells: [`row ${index + 1}`, cell] })),
  })

  test("a table's head is repeated on every page, and no row is lost", async () => {
    const read = await readPdf(renderPdf(shortReport([table(150)]), { format: "A4" }))
    const pages = read.pages.filter((page) => page.text.includes("one line"))
    expect(pages.length).toBeGreaterThan(2)
    for (const page of pages) expect(page.text).toContain("Column name")
    const text = read.pages.map((page) => page.text).join(" ")
    for (let row = 1; row <= 150; row++) expect(text).toContain(`row ${row} `)
    const tables = read.pages.flatMap((page) => nodesOf(page.tree, "TH"))
    expect(tables.length).toBeGreaterThanOrEqual(152)
  })

  test("a cell longer than a page goes on over the page", async () => {
    const words = Array.from({ length: 2500 }, (_, index) => `word${index}`).join(" ")
    const read = await readPdf(renderPdf(shortReport([table(1, words)]), { format: "A4" }))
    const text = read.pages.map((page) => page.text).join(" ")
    expect(text).toContain("word0 ")
    expect(text).toContain("word2499")
  })

  test("a comment of 100,000 characters without a space comes out whole", async () => {
    const read = await readPdf(
      renderPdf(shortReport([{ type: "quote", text: "x".repeat(100_000), source: "Data modeler" }]), { format: "A4" }),
    )
    const text = read.pages.map((page) => page.text).join("")
    expect(text.match(/x/g)?.length).toBeGreaterThanOrEqual(100_000)
  })

  test("other scripts come from the fall-back font, and what no font has is a box that can be seen", async () => {
    const text = "Größe 値 שלום Привет\u0000\ud800 👩‍🚀"
    const output = renderPdf(shortReport([{ type: "paragraph", text }]), { format: "A4" })
    const read = await readPdf(output)
    const page = read.pages.find((each) => each.text.includes("Größe"))
    expect(page?.text).toContain("ש")
    expect(page?.text).toContain("Привет")
    expect(page?.text).toContain("□")
    expect(Buffer.from(output).toString("latin1")).toContain("DejaVuSans")
  })

  test("a heading is never the last thing on a page", async () => {
    const filler = Array.from({ length: 60 }, (_, index): Block[] => [
      { type: "heading", level: 3, text: `Heading ${index}`, id: `h-${index}` },
      { type: "paragraph", text: `Body ${index} ${"and more words ".repeat(index % 9)}` },
    ]).flat()
    const read = await readPdf(renderPdf(shortReport(filler), { format: "Letter" }))
    for (const page of read.pages) {
      for (const [, number] of page.text.matchAll(/Heading (\d+)/g)) expect(page.text).toContain(`Body ${number} `)
    }
  })

  test("refuses a report of more than 500 pages", () => {
    const blocks = Array.from({ length: 60 }, (): Block => table(600))
    expect(() => renderPdf(shortReport(blocks), { format: "A4" })).toThrow(/at most 500 are allowed/)
  })
})
