import { assess } from "../../src/assessment/assess.ts"
import { beforeAll, describe, expect, test } from "vitest"
import type { Block, Report } from "../../src/report/blocks.ts"
import type { ReportInput } from "../../src/report/dossier.ts"
import { renderPdf } from "../../src/report/pdf/render.ts"
import { writeReport } from "../../src/report/report.ts"
import { type Node, nodesOf, readPdf } from "./pdf/read-back.ts"
import { sampleInput } from "../fixtures/sample.ts"

let input: ReportInput
let report: Report

beforeAll(async () => {
  input = await sampleInput()
  report = writeReport(input)
})

function blocksOf(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) =>
    block.type === "columns" ? [block, ...blocksOf(block.left), ...blocksOf(block.right)] : [block],
  )
}

function allBlocks(): Block[] {
  return blocksOf(report.sections.flatMap((section) => section.blocks))
}

/** Everything that is written, without what is drawn. */
function written(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => (key === "drawing" || key === "share" ? undefined : part))
}

/** Levels of the headings in reading order. */
function headingsOf(tree: Node): number[] {
  const own = /^H\d$/.test(tree.role) ? [Number(tree.role.slice(1))] : []
  return [...own, ...tree.children.flatMap(headingsOf)]
}

function anchorsOf(): string[] {
  const own = report.sections.map((section) => section.id)
  return allBlocks().reduce((all, block) => {
    if (block.type === "heading") all.push(block.id, ...(block.also ?? []))
    if (block.type === "chart") all.push(block.id)
    if (block.type === "facts" && block.id) all.push(block.id)
    if (block.type === "table") all.push(...block.rows.flatMap((row) => (row.id ? [row.id] : [])))
    return all
  }, own)
}

describe("the report on the sample", () => {
  test("speaks to executives first and to engineers after", () => {
    expect(report.sections.map((section) => section.id)).toEqual([
      "page-one",
      "contents",
      "reading",
      "position",
      "profile",
      "disagreement",
      "findings",
      "roadmap",
      "waves",
      "batch",
      "next",
      "risks",
      "inventories",
      "initiatives",
      "cutover",
      "answers",
      "method",
      "traceability",
    ])
  })

  test("names no person", () => {
    const everything = JSON.stringify(report)
    expect(input.engagement.respondents.filter(({ name }) => everything.includes(name))).toEqual([])
  })

  test("a person's name in a comment becomes the role", () => {
    const [respondent] = input.engagement.respondents
    if (!respondent) throw new Error("the sample has no respondents")
    const answers = input.engagement.answers.map((answer, index) =>
      index === 0 ? { ...answer, comment: `Ask ${respondent.name} about it` } : answer,
    )
    const engagement = { ...input.engagement, answers }
    const assessment = structuredClone(input.assessment) as unknown as {
      domains: { consensus: { solo: { comment?: string }[] }[] }[]
    }
    for (const each of assessment.domains[0]?.consensus ?? [])
      for (const solo of each.solo) solo.comment = `Ask ${respondent.name} about it`
    const text = written(writeReport({ ...input, engagement, assessment: assessment as never }))
    expect(text.includes(respondent.name)).toBe(false)
    expect(/Ask the [a-z ]+ about it/.test(text)).toBe(true)
  })

  test("every anchor is there once, and every link finds its anchor", () => {
    const anchors = anchorsOf()
    expect(anchors.filter((anchor, index) => anchors.indexOf(anchor) !== index)).toEqual([])
    const links = [...written(report).matchAll(/"to":"([^"]+)"/g)].map(([, to = ""]) => to)
    expect(links.length).toBeGreaterThan(200)
    expect([...new Set(links)].filter((link) => !anchors.includes(link))).toEqual([])
  })

  test("prints indices as whole numbers", () => {
    const executive = report.sections.filter((section) => ["position", "profile", "roadmap"].includes(section.id))
    const page = written(executive)
    expect(page.match(/(?<![\d.,])\d{1,3}\.\d+(?![\d.])/g) ?? []).toEqual([])
  })

  test("shows every domain, wave, ranked initiative and question", () => {
    const anchors = new Set(anchorsOf())
    const { plan, domains } = input.assessment
    for (const domain of domains) {
      expect(anchors.has(`domain-${domain.domain}`)).toBe(true)
      for (const each of domain.consensus)
        expect(anchors.has(`question-${domain.domain}-${each.question}`.toLowerCase())).toBe(true)
    }
    for (const wave of plan.waves) expect(anchors.has(`wave-${wave.number}`)).toBe(true)
    for (const each of plan.ranked) expect(anchors.has(`initiative-${each.id}-${each.domain ?? "all"}`.toLowerCase())).toBe(true)
  })

  test("gives findings in the respondents' own words", () => {
    const quotes =
      report.sections.find((section) => section.id === "findings")?.blocks.filter((block) => block.type === "quote") ?? []
    const comments = input.engagement.answers.flatMap((answer) => answer.comment ?? [])
    expect(quotes.length).toBeGreaterThan(10)
    expect(
      quotes.every((quote) => comments.some((comment) => comment.startsWith(quote.text.replace(/…$/, "").slice(0, 40)))),
    ).toBe(true)
  })

  test("says the same on the same day, byte for byte", () => {
    expect(JSON.stringify(writeReport(input))).toBe(JSON.stringify(report))
  })
})

describe.each(["A4", "Letter"] as const)("the sample's PDF on %s", (format) => {
  test("keeps page one on one page, its contents right and its figures described", async () => {
    const pdf = await readPdf(renderPdf(report, { format }))
    expect(pdf.pages[1]?.text.includes("What not knowing costs")).toBe(true)
    expect(pdf.pages[2]?.text).toContain("Contents")
    for (const section of report.sections.filter((each) => each.id !== "contents")) {
      const page = pdf.pages.findIndex(
        (each) =>
          [...nodesOf(each.tree, "H2")].length > 0 &&
          each.text.includes(section.title) &&
          each.text.indexOf(section.title) !== -1,
      )
      expect(page, section.title).toBeGreaterThan(0)
    }
    const figures = pdf.pages.flatMap((page) => nodesOf(page.tree, "Figure"))
    expect(figures.length).toBeGreaterThan(12)
    expect(figures.filter((figure) => !figure.alt)).toEqual([])
    expect(pdf.pages.flatMap((page, index) => (page.text.length < 250 ? [index + 1] : []))).toEqual([])
    const outline = pdf.outline.map((item) => item.title)
    expect(outline).toEqual(report.sections.map((section) => section.title))
  })
})

describe("headings of the sample's PDF", () => {
  test("descend without a gap", async () => {
    const pdf = await readPdf(renderPdf(report, { format: "A4" }))
    const levels = pdf.pages.flatMap((page) => headingsOf(page.tree))
    expect(levels[0]).toBe(1)
    expect(levels.flatMap((level, index) => (level > (levels[index - 1] ?? 0) + 1 ? [index] : []))).toEqual([])
  })
})

describe("hundreds of respondents", () => {
  test("are counted by role and level instead of listed one by one", () => {
    const [first] = input.assessment.domains
    const consensus = first?.consensus.find((each) => each.solo.length > 2)
    if (!first || !consensus) throw new Error("the sample has too few answers")
    const solo = Array.from({ length: 40 }, () => consensus.solo).flat()
    const many = { ...first, consensus: first.consensus.map((each) => (each === consensus ? { ...each, solo } : each)) }
    const assessment = { ...input.assessment, domains: [many, ...input.assessment.domains.slice(1)] }
    const answers = writeReport({ ...input, assessment }).sections.find((section) => section.id === "answers")
    expect(written(answers)).toMatch(/"text":"[A-Z]+: ","bold":true\},"40 × level \d\."/)
  })
})

describe("an engagement that has hardly begun", () => {
  test("still makes a report that says what is missing", async () => {
    const engagement = { ...input.engagement, answers: [], inventories: [], decisions: [], overrides: [] }
    const begun = writeReport({ ...input, engagement, assessment: assess(input.questionnaire, engagement) })
    const pdf = await readPdf(renderPdf(begun, { format: "A4" }))
    expect(pdf.pages[1]?.text).toMatch(/cannot be placed yet|Not placed yet/)
    expect(JSON.stringify(begun).match(/.{0,60}(?:NaN|Infinity|undefined[,.]|\[object).{0,60}/)?.[0]).toBeUndefined()
  })

  test("without any domain it does not fall over", () => {
    const engagement = { ...input.engagement, domains: [], answers: [], inventories: [], decisions: [], overrides: [] }
    const bare = writeReport({ ...input, engagement, assessment: assess(input.questionnaire, engagement) })
    expect(renderPdf(bare, { format: "Letter" }).byteLength).toBeGreaterThan(10_000)
  })
})
