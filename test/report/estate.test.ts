import { beforeAll, describe, expect, test } from "vitest"
import type { Statement } from "../../src/estate/model.ts"
import type { Block, Report } from "../../src/report/blocks.ts"
import type { ReportInput } from "../../src/report/dossier.ts"
import { type EstateInput, mostSheets } from "../../src/report/estate-dossier.ts"
import { pageOf } from "../../src/report/page.ts"
import { renderPdf } from "../../src/report/pdf/render.ts"
import { writeReport } from "../../src/report/report.ts"
import { mostRows } from "../../src/report/sections/register.ts"
import { statementOf } from "../fixtures/estate.ts"
import { estateInput } from "../fixtures/estate-plan.ts"
import { sampleInput } from "../fixtures/sample.ts"
import { nodesOf, readPdf } from "./pdf/read-back.ts"

let input: ReportInput
let report: Report

beforeAll(async () => {
  input = await sampleInput()
  report = writeReport({ ...input, estate: estateInput })
})

const own = ["estate", "products", "backlog", "statements"]

function sectionOf(id: string, from: Report = report) {
  const section = from.sections.find((each) => each.id === id)
  if (!section) throw new Error(`no section ${id}`)
  return section
}

/** Everything that is written, without what is drawn. */
function written(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => (key === "drawing" || key === "share" ? undefined : part))
}

function blocksOf(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) =>
    block.type === "columns" ? [block, ...blocksOf(block.left), ...blocksOf(block.right)] : [block],
  )
}

function tablesOf(id: string, from: Report = report) {
  return blocksOf(sectionOf(id, from).blocks).filter((block) => block.type === "table")
}

function statementsTable(from: Report = report) {
  return tablesOf("statements", from).find(({ columns }) => columns[0]?.label === "Statement, file")
}

/** An estate with this many statements, each in a product of its own. */
function manyOf(number: number): EstateInput {
  const statements = Array.from({ length: number }, (_, index): Statement =>
    statementOf(`table_${index}`, `folder_${index % 40}`, [], index % 16 === 0 ? ["join-outer", "group-by"] : ["projection"]),
  )
  const [template] = estateInput.plan.products
  const [move] = estateInput.plan.planned
  if (!template || !move) throw new Error("the fixture has no plan")
  const products = statements.map(({ id, name }) => ({
    ...template,
    id: `product.${name}`,
    name,
    sinks: [id],
    cone: [id],
    own: [id],
    shared: [],
    sources: [],
  }))
  const planned = products.map(({ id, cone }, index) => ({
    ...move,
    product: id,
    rank: index + 1,
    statements: cone,
    bridges: [],
  }))
  return {
    ...estateInput,
    merged: { statements, sources: [], consumers: [], notices: [] },
    plan: { ...estateInput.plan, products, planned, cycles: [], shared: [], keepInBatch: [], retire: [] },
    efforts: new Map(),
  }
}

describe("a report with an estate", () => {
  test("has its four sections among the others, which stay as they are", () => {
    const without = writeReport(input)
    expect(report.sections.filter(({ id }) => own.includes(id)).map(({ id }) => id)).toEqual(own)
    expect(report.sections.filter(({ id }) => !own.includes(id))).toEqual(without.sections)
    expect({ ...report, sections: [] }).toEqual({ ...without, sections: [] })
  })

  test("has every anchor once, and no link that leads nowhere", () => {
    const blocks = blocksOf(report.sections.flatMap((section) => section.blocks))
    const anchors = report.sections.map(({ id }) => id)
    for (const block of blocks) {
      if (block.type === "heading") anchors.push(block.id, ...(block.also ?? []))
      if (block.type === "chart" || (block.type === "facts" && block.id)) anchors.push(block.id ?? "")
      if (block.type === "table") anchors.push(...block.rows.flatMap((row) => row.id ?? []))
    }
    expect(anchors.filter((anchor, index) => anchors.indexOf(anchor) !== index)).toEqual([])
    const links = [...written(report.sections.filter(({ id }) => own.includes(id))).matchAll(/"to":"([^"]+)"/g)].map(
      ([, to]) => to,
    )
    expect(links.length).toBeGreaterThan(10)
    expect(links.filter((link) => !anchors.includes(link ?? ""))).toEqual([])
  })

  test("names no respondent, whatever the estate says", () => {
    const [respondent] = input.engagement.respondents
    if (!respondent) throw new Error("the sample has no respondents")
    const products = estateInput.plan.products.map((product) => ({
      ...product,
      owner: respondent.name,
      because: `so says ${respondent.name}`,
      consumers: product.consumers.map((each) => ({ ...each, decision: `ask ${respondent.name}` })),
    }))
    const told = writeReport({ ...input, estate: { ...estateInput, plan: { ...estateInput.plan, products } } })
    expect(written(told)).not.toContain(respondent.name)
  })

  test("says the same on the same day, byte for byte", () => {
    expect(JSON.stringify(writeReport({ ...input, estate: estateInput }))).toBe(JSON.stringify(report))
  })
})

test("the page has the same pictures, each with its table", () => {
  const page = JSON.stringify(pageOf(report).sections.filter(({ id }) => own.includes(id)))
  expect(page.match(/<svg /g)?.length).toBeGreaterThan(estateInput.plan.products.length)
  expect(page).toContain("What Stock on hand is made of")
})

describe("for the executive", () => {
  test("counts what runs, says how sure that is and what drives the effort", () => {
    const text = written(sectionOf("estate"))
    expect(text).toMatch(/33 statements feed 6 data products/)
    expect(text).toContain("dbt manifest v12 for snowflake, made on 20 Nov 2026")
    expect(text).toContain("48 × test and 3 × disabled")
    expect(text).toMatch(/1 class was set by hand/)
  })

  test("names the five hardest, hardest first, with what to do", () => {
    const table = tablesOf("estate").find(({ caption }) => caption.includes("most work"))
    expect(table?.rows.map(({ cells }) => cells[1])).toEqual([
      "P5 rebuild or keep in batch",
      "P5 rebuild or keep in batch",
      "P5 rebuild or keep in batch",
      "code, not SQL",
      "P4 redesign, stateful",
    ])
    expect(table?.rows.every(({ cells }) => written(cells[3]).length > 12)).toBe(true)
  })

  test("keeps in batch and retires with reasons", () => {
    const text = written(sectionOf("estate"))
    expect(text).toMatch(/Monthly close.*Its consumers decide once a month\./)
    expect(text).toMatch(/old_stock_report.*Nobody is known to read it\./)
  })
})

describe("the backlog", () => {
  test("names enabling initiatives first, then products in the order in which they are built", () => {
    const text = written(sectionOf("backlog"))
    expect(text.indexOf('"First: "')).toBeLessThan(text.indexOf("build in this order"))
    expect(text).toMatch(/base_prices\u00a0P3 → price_list\u00a0P2/)
  })

  test("gives a bridge its owner, and the wave with which it ends", () => {
    const bridges = tablesOf("backlog").find(({ caption }) => caption.startsWith("Bridges"))
    expect(bridges?.rows).toHaveLength(1)
    const [from, to, , owner] = bridges?.rows[0]?.cells ?? []
    expect([from, to, owner]).toEqual(["int_receipts_with_items", "fct_order_backlog", "Order desk"])
  })

  test("says when a wave is done", () => {
    const list = sectionOf("backlog").blocks.find((block) => block.type === "checklist")
    expect(written(list)).toMatch(/Stock on hand is at most 15.min old .* at least 99\.5.% complete/)
    expect(written(list)).toContain("The old jobs that write")
  })

  test("proposes where to cut a cycle, and names shared tables that nobody owns", () => {
    const text = written(sectionOf("backlog"))
    expect(text).toContain("crm_export → segment_overrides")
    expect(text).toMatch(/2 tables, 1 without an owner/)
  })
})

describe("the register", () => {
  test("lists every statement of a small estate in the order of the import", () => {
    const table = statementsTable()
    expect(table?.rows.map(({ cells }) => (Array.isArray(cells[0]) ? (cells[0] as readonly unknown[])[0] : cells[0]))).toEqual(
      estateInput.merged.statements.map(({ name }) => name),
    )
  })

  test("has every construct with its rewrite once, and in the rows only the one that sets the class", () => {
    const [constructs] = tablesOf("statements")
    const names = constructs?.rows.map(({ cells }) => cells[0]) ?? []
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain("Year-on-year, lifetime history")
    const row = statementsTable()?.rows.find(({ cells }) => written(cells[0]).includes("rpt_sales_year_on_year"))
    expect(row?.cells[4]).toMatch(
      /^Year-on-year, lifetime history \(5\): keep in batch .*\.\nAlso LEFT.* \(4\) and ORDER BY.* \(3\)\.$/,
    )
  })

  test("says why a class is not known, and that a person decided", () => {
    const text = written(sectionOf("statements"))
    expect(text).toContain("A macro writes its body: needs compiled SQL.")
    expect(text).toContain("Set by hand: Corrections arrive up to two years late.")
  })

  test("prints the hardest of 5,600, says how many and where the others are, and stays within the pages of a PDF", () => {
    const large = writeReport({ ...input, estate: manyOf(5600) })
    const table = statementsTable(large)
    expect(table?.rows).toHaveLength(mostRows)
    expect(table?.rows.filter(({ cells }) => cells[2] === "P4")).toHaveLength(350)
    expect(written(sectionOf("statements", large))).toMatch(
      /The 400 of 5600 statements that take the most work\. The other 5200 .* as CSV/,
    )
    expect(blocksOf(sectionOf("products", large).blocks).filter((block) => block.type === "heading")).toHaveLength(mostSheets)
    expect(renderPdf(large, { format: "A4" }).byteLength).toBeGreaterThan(100_000)
  })
})

test("products of one name are told apart by what they deliver", () => {
  const products = estateInput.plan.products.map((each) => ({ ...each, name: "Sales" }))
  const told = writeReport({ ...input, estate: { ...estateInput, plan: { ...estateInput.plan, products } } })
  const names = blocksOf(sectionOf("products", told).blocks).flatMap((block) => (block.type === "heading" ? [block.text] : []))
  expect(names).toContain("Sales (fct_orders)")
  expect(new Set(names).size).toBe(names.length)
})

test("anti joins stand in the report with the statement's own tables and keys, three ways", () => {
  const statement = statementOf("late", "marts", [], ["not-exists"], {
    text: "select o.* from shop.orders o where not exists (select 1 from shop.payments p where p.order_id = o.id)",
  })
  const many = manyOf(1)
  const told = writeReport({ ...input, estate: { ...many, merged: { ...many.merged, statements: [statement] } } })
  const table = tablesOf("statements", told).at(-1)
  expect(table?.columns.map(({ label }) => label).slice(2)).toEqual([
    "NOT EXISTS",
    "Left join and a test for NULL",
    "Outer interval join and a test for NULL",
  ])
  expect(table?.rows).toHaveLength(1)
  expect(table?.rows[0]?.cells.slice(2).every((sql) => written(sql).includes("p.order_id = o.id"))).toBe(true)
})

describe("an empty estate", () => {
  test("is said to be empty", () => {
    const nothing = { ...manyOf(0), origins: [] }
    const empty = writeReport({ ...input, estate: { ...nothing, plan: { ...nothing.plan, waves: [] } } })
    expect(written(sectionOf("products", empty))).toContain("No data product could be found")
    expect(written(sectionOf("statements", empty))).toContain("No statement was found.")
    expect(written(empty.sections.filter(({ id }) => own.includes(id)))).not.toMatch(/NaN|Infinity|undefined/)
    expect(renderPdf(empty, { format: "Letter" }).byteLength).toBeGreaterThan(10_000)
  })
})

describe("the PDF with an estate", () => {
  test("starts each product on a page of its own, with described pictures", async () => {
    const pdf = await readPdf(renderPdf(report, { format: "A4" }))
    const starting = (text: string): number => pdf.pages.findIndex((each) => each.text.includes(text))
    for (const { name, fate } of estateInput.plan.products) {
      const head = pdf.pages.findIndex(({ text }) => text.includes("To translate") && text.split("Owner")[0]?.includes(name))
      expect(head, name).toBeGreaterThan(0)
      expect([head, head + 1], name).toContain(starting(`Today: ${name},`))
      if (fate === "migrate") expect(head, name).toBe(starting(`Tomorrow: ${name} `))
    }
    const figures = pdf.pages.flatMap((page) => nodesOf(page.tree, "Figure"))
    expect(figures.filter(({ alt }) => !alt)).toEqual([])
    expect(pdf.pages.flatMap((page, index) => (page.text.length < 250 ? [index + 1] : []))).toEqual([])
  })
})
