import type { Product } from "../../estate/model.ts"
import { inOrderOfMoving } from "../../estate/plan/order-of-moving.ts"
import type { Block, Section, TableRow, Text } from "../blocks.ts"
import { firstLineage, type Lineage, type Room, wholePage } from "../charts/lineage.ts"
import { mixText } from "../classes.ts"
import type { Dossier } from "../dossier.ts"
import { type EstateDossier, estateAnchors, mostSheets, productLink, productsWithSheets } from "../estate-dossier.ts"
import { capital, count, effortText, sentence, someOf } from "../wording.ts"
import { type Facts, leftFacts, rightFacts, translationsText } from "./product-facts.ts"

/** Half of a page on its side, for two pictures beside each other. */
const halfPage: Room = { width: 349, height: 215, roomy: true }
/** What the facts usually leave of a page. */
const restOfPage: Room = { width: 717, height: 195, roomy: true }
/** The same where the facts stand in two columns. */
const moreOfPage: Room = { ...restOfPage, height: 240 }
/** Right of the facts. */
const besideFacts: Room = { width: 375, height: 215 }
const mostRows = 250

/** One sheet per data product: what it is for, what it is made of, and what its contract has to promise. */
export function writeProducts(dossier: Dossier, estate: EstateDossier): Section {
  const shown = productsWithSheets(estate)
  const sheets = new Set(shown.map(({ id }) => id))
  return {
    id: "products",
    title: "Data products",
    starts: "page",
    wide: true,
    blocks: [
      { type: "paragraph", text: introOf(estate) },
      productsTable(dossier, estate, sheets),
      ...shown.flatMap((product) => sheetOf(dossier, estate, product)),
    ],
  }
}

function introOf({ plan }: EstateDossier): string {
  const all = plan.products.length
  if (all === 0) return "No data product could be found: nothing that the estate writes is read by anybody who is known."
  const cut =
    all > mostSheets
      ? ` The ${mostSheets} that move first have a sheet here, because more would not be read on paper; the sheets of the others are in the exports of the estate.`
      : ""
  return `${capital(count(all, "product"))}, each with the statements that feed what it delivers. A statement that several products need is shared and is built once, by the first of them.${cut}`
}

function productsTable(dossier: Dossier, estate: EstateDossier, sheets: ReadonlySet<string>): Block {
  const { products } = estate.plan
  const sorted = inOrderOfMoving(estate.plan)
  const cut = products.length > mostRows ? `, the first ${mostRows} of ${products.length}` : ""
  return {
    type: "table",
    caption: `Products in the order in which they move${cut}`,
    columns: [
      { label: "Product", kind: "text", share: 3 },
      { label: "Wave", kind: "text", share: 1.3 },
      { label: "Owner", kind: "text", share: 2 },
      { label: "Consumers", kind: "text", share: 3 },
      { label: "Statements", kind: "text", share: 3 },
      { label: "Person-days", kind: "number", share: 1.4 },
      { label: "Added days", kind: "number", share: 1.4 },
    ],
    rows: sorted.slice(0, mostRows).map((product): TableRow => ({
      cells: [
        [productLink(estate, product.id, sheets)],
        waveText(estate, product),
        dossier.anonymous(product.owner ?? "–"),
        someOf(
          product.consumers.map(({ name }) => dossier.anonymous(name)),
          3,
        ) || "–",
        `${product.cone.length}: ${mixText(product.mix)}`,
        effortText(product.effort),
        effortText(product.marginal),
      ],
    })),
  }
}

/**
 * On one page where the pictures allow: both beside each other, or tomorrow's beside the facts and today's across the page.
 * What stays as it is needs no picture of tomorrow where there is no room for two.
 */
function sheetOf(dossier: Dossier, estate: EstateDossier, product: Product): Block[] {
  const id = estateAnchors.product(estate, product.id)
  const head: Block[] = [
    { type: "heading", level: 2, text: product.name, id, fresh: true },
    { type: "paragraph", text: purposeOf(dossier, estate, product), style: "compact", keep: true },
  ]
  const [left, right] = [leftFacts(dossier, product), rightFacts(estate, product)]
  const toTranslate = (most: number) => ({ term: "To translate", text: translationsText(product, most) })
  const inColumns = beside([1, 1], factsBlock([...left, toTranslate(3)]), factsBlock(right))
  const rest = product.fate === "migrate" ? restOfPage : moreOfPage
  const lineage = firstLineage({ product, ...estate.merged }, [
    { today: halfPage, tomorrow: halfPage },
    { today: rest, tomorrow: besideFacts },
    { today: wholePage, tomorrow: besideFacts },
  ])
  if (lineage.kind === "outline")
    return [
      ...head,
      inColumns,
      { type: "paragraph", style: "compact", text: `${lineage.because} Level by level, the hardest first:`, keep: true },
      { type: "table", ...lineage.table },
    ]
  const { today, tomorrow } = chartsOf(lineage, id)
  if (lineage.today.width <= halfPage.width) return [...head, inColumns, beside([1, 1], today, tomorrow)]
  if (product.fate !== "migrate") return [...head, inColumns, today]
  const facts = factsBlock([...left, ...right, toTranslate(2)])
  return [...head, beside([699 - besideFacts.width, besideFacts.width], facts, tomorrow), today]
}

function beside(shares: readonly [number, number], left: Block, right: Block): Block {
  return { type: "columns", shares, left: [left], right: [right] }
}

function factsBlock(items: Facts): Block {
  return { type: "facts", items }
}

/** What becomes of it, what that takes, and why. */
function purposeOf(dossier: Dossier, estate: EstateDossier, product: Product): Text {
  const planned = estate.planned(product.id)
  const fate = {
    migrate: planned ? `Moves, ${waveText(estate, product)}` : "Moves",
    "keep in batch": "Stays in batch",
    retire: "Goes",
  }[product.fate]
  const added =
    product.fate === "migrate" ? `, ${effortText(product.marginal)} beyond what earlier products build` : " if it moved"
  const effort = `${effortText(product.effort)} person-days${added}.`
  const because = sentence(capital(dossier.anonymous(product.because)))
  const wave = planned && typeof planned.wave === "number" ? estateAnchors.wave(planned.wave) : undefined
  const why: Text = wave === undefined ? [] : [" ", { text: "Why in this wave", to: wave }, "."]
  return [{ text: `${fate}. `, bold: true }, `${contextOf(dossier, product)}. ${effort} ${because}`, ...why]
}

function contextOf(dossier: Dossier, { context, domain, aggregate }: Product): string {
  const name = dossier.domainName(domain)
  const where = context === domain || context === name ? name : `${context}, ${name}`
  return aggregate ? `${where}; draws on several systems` : where
}

function chartsOf(
  { today, tomorrow, table }: Extract<Lineage, { kind: "pictures" }>,
  id: string,
): { today: Block; tomorrow: Block } {
  return {
    today: { type: "chart", id: `${id}-today`, drawing: today, note: todayNote, data: table },
    tomorrow: { type: "chart", id: `${id}-tomorrow`, drawing: tomorrow, note: "" },
  }
}

const todayNote = "Darker tab: more work. Dot: keeps state. Thick frame: sink. Dashed frame: shared with other products."

function waveText(estate: EstateDossier, { id, fate }: Product): string {
  const wave = estate.planned(id)?.wave
  if (wave === undefined) return fate === "migrate" ? "not planned" : fate
  return typeof wave === "number" ? `wave ${wave}` : "later"
}
