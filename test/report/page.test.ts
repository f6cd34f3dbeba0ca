import { join } from "node:path"
import { describe, expect, test } from "vitest"
import type { Block } from "../../src/report/blocks.ts"
import { pageOf } from "../../src/report/page.ts"
import { createPages } from "../../src/web/pages.ts"
import { everyBlock, shortReport } from "../fixtures/report.ts"

const pages = createPages(join(import.meta.dirname, "../../views"), (file) => `/${file}`)

function html(blocks: readonly Block[] = everyBlock): string {
  return pages.part("report/report", { report: pageOf(shortReport(blocks)) })
}

describe("the report as a page", () => {
  test("prints every type of block", () => {
    const text = html()
    for (const words of [
      "A lead that says",
      "link inside",
      "second ",
      "28 to 41",
      "Credit desk",
      "The dot is today",
      "We find out when",
      "Two roles disagree",
      "Data platform engineer",
      "Contract agreed",
      ">left<",
      ">right<",
    ])
      expect(text).toContain(words)
    expect(text).toContain('<svg class="drawing"')
    expect(text).toContain('<th scope="col" class="number')
    expect(text).toContain('<th scope="row">')
    expect(text).toContain("<details><summary>The figures as a table</summary>")
  })

  test("every anchor is there, and links lead to them", () => {
    const text = html()
    for (const id of ["body", "payments", "finding", "rows", "matrix", "facts", "wide"]) expect(text).toContain(`id="${id}"`)
    expect(text).toContain('<a href="#rows">link inside</a>')
    expect(text).toContain('<a href="#body">Findings</a>')
  })

  test("escapes what people wrote, everywhere", () => {
    const evil = '"><script>alert(1)</script>'
    const text = html([
      { type: "heading", level: 3, text: evil, id: "x", mark: evil, tone: "high" },
      { type: "paragraph", text: [evil, { text: evil, bold: true }, { text: evil, to: "x" }] },
      { type: "quote", text: evil, source: evil },
      { type: "table", caption: evil, columns: [{ label: evil, kind: "text", share: 1 }], rows: [{ cells: [evil] }] },
      { type: "callout", title: evil, text: evil, tone: "high" },
      { type: "facts", items: [{ term: evil, text: evil }] },
      { type: "figures", items: [{ value: evil, label: evil, note: evil }] },
    ])
    expect(text).not.toContain("<script")
    expect(text.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(10)
  })

  test("leaves out addresses that are not of the web", () => {
    const text = html([
      {
        type: "paragraph",
        text: [
          { text: "a", href: "javascript:alert(1)" },
          { text: "b", href: "https://example.org" },
        ],
      },
    ])
    expect(text).not.toContain("javascript:")
    expect(text).toContain('<a href="https://example.org">b</a>')
  })

  test("needs no inline style and no script", () => {
    expect(html()).not.toMatch(/ style=| on[a-z]+="/)
  })
})
