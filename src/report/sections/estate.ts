import { classOf } from "../../estate/judgement.ts"
import type { Statement, StatementClass } from "../../estate/model.ts"
import type { EffortRange } from "../../assessment/result.ts"
import type { Block, Section } from "../blocks.ts"
import { drawClassMix } from "../charts/class-mix.ts"
import { classOrder, classText, mixText } from "../classes.ts"
import type { Dossier } from "../dossier.ts"
import type { EstateDossier } from "../estate-dossier.ts"
import { capital, count, effortText, percent, sentence, series } from "../wording.ts"
import { driversTable, hardestTable } from "./estate-drivers.ts"
import { certaintyText, originFacts } from "./estate-reading.ts"

const mostListed = 30

/** For the executive: what runs today, how sure that is, what it costs to move, and what is better left alone. */
export function writeEstate(dossier: Dossier, estate: EstateDossier): Section {
  return {
    id: "estate",
    title: "What runs today, and what it takes to move it",
    starts: "page",
    blocks: [
      { type: "paragraph", style: "lead", text: leadOf(estate) },
      figures(estate),
      mixChart(estate),
      { type: "heading", level: 2, text: "What was read, and how sure it is", id: "estate-read" },
      { type: "facts", items: originFacts(dossier, estate) },
      { type: "paragraph", text: certaintyText(estate) },
      ...driversTable(estate),
      ...hardestTable(dossier, estate),
      ...stays(dossier, estate),
      ...goes(dossier, estate),
      ...notices(dossier, estate),
    ],
  }
}

function leadOf({ merged, plan }: EstateDossier): string {
  const { mix } = plan
  const easy = mix.P1 + mix.P2
  const open = mix.code + mix.unknown
  const all = merged.statements.length
  const parts = [
    `${easy} can be ported or adapted`,
    `${mix.P3 + mix.P4} need a redesign`,
    `${mix.P5} would have to be rebuilt or stay in batch`,
    ...(open > 0 ? [`for ${open} nobody can say yet`] : []),
  ]
  const moving = plan.products.filter(({ fate }) => fate === "migrate").length
  const staying = plan.products.filter(({ fate }) => fate === "keep in batch").length
  const fates =
    staying > 0
      ? ` ${capital(count(moving, "product moves", "products move"))}, ${staying === 1 ? "1 stays" : `${staying} stay`} in batch.`
      : ""
  return `${count(all, "statement feeds", "statements feed")} ${count(plan.products.length, "data product")}: ${series(parts)}.${fates}`
}

function figures({ merged, plan }: EstateDossier): Block {
  const consumers = new Set(plan.products.flatMap(({ consumers: read }) => read.map(({ name }) => name)))
  return {
    type: "figures",
    items: [
      { value: `${merged.statements.length}`, label: "statements", note: `from ${count(merged.sources.length, "source")}` },
      { value: `${plan.products.length}`, label: "data products", note: `for ${count(consumers.size, "consumer")}` },
      { value: effortText(plan.effort), label: "person-days for all statements", note: "whatever becomes of them" },
      {
        value: percent(plan.mix.P1 / Math.max(1, merged.statements.length)),
        label: "with nothing to rewrite (P1)",
        note: "if inputs and sink allow",
      },
    ],
  }
}

function mixChart(estate: EstateDossier): Block {
  const byClass = Map.groupBy(estate.merged.statements, classOf)
  const rows = classOrder.map((name) => {
    const members = byClass.get(name) ?? []
    const effort = sumOf(estate, members)
    return { class: name, statements: members.length, ...(effort ? { effort } : {}) }
  })
  return {
    type: "chart",
    id: "estate-classes",
    drawing: drawClassMix(rows, 471, `By class: ${mixText(estate.plan.mix) || "nothing read"}`),
    note: "The darker a bar, the more work one statement takes. Dashed: no class of effort can be given yet.",
    data: {
      caption: "Statements and effort by class",
      columns: [
        { label: "Class", kind: "text", share: 3 },
        { label: "Statements", kind: "number", share: 1 },
        { label: "Person-days", kind: "number", share: 1.4 },
      ],
      rows: rows.map((row) => ({
        cells: [capital(classText(row.class)), `${row.statements}`, row.effort ? effortText(row.effort) : "–"],
      })),
    },
  }
}

/** Undefined where no member has an effort. */
function sumOf({ efforts }: EstateDossier, members: readonly Statement[]): EffortRange | undefined {
  const known = members.flatMap(({ id }) => efforts.get(id) ?? [])
  if (known.length === 0) return undefined
  const sum = (of: (effort: EffortRange) => number): number => known.reduce((total, effort) => total + of(effort), 0)
  return { low: sum(({ low }) => low), expected: sum(({ expected }) => expected), high: sum(({ high }) => high) }
}

function stays(dossier: Dossier, estate: EstateDossier): Block[] {
  const { keepInBatch } = estate.plan
  const head: Block = { type: "heading", level: 2, text: "What stays in batch", id: "estate-batch" }
  if (keepInBatch.length === 0)
    return [head, { type: "paragraph", text: "No product of the estate could be shown to be right in batch." }]
  return [
    head,
    {
      type: "table",
      caption: `${capital(count(keepInBatch.length, "product stays", "products stay"))} in batch`,
      hideCaption: true,
      columns: [
        { label: "Product", kind: "text", share: 2.4 },
        { label: "Classes", kind: "text", share: 2.2 },
        { label: "Why", kind: "text", share: 5 },
      ],
      rows: keepInBatch.slice(0, mostListed).map(({ product: id, reason }) => {
        const product = estate.product(id)
        return { cells: [product?.name ?? id, product ? mixText(product.mix) : "", sentence(capital(dossier.anonymous(reason)))] }
      }),
    },
    ...moreOf(keepInBatch.length, "product"),
  ]
}

function goes(dossier: Dossier, estate: EstateDossier): Block[] {
  const { retire } = estate.plan
  if (retire.length === 0) return []
  return [
    { type: "heading", level: 2, text: "What can go", id: "estate-retire" },
    {
      type: "table",
      caption: `${capital(count(retire.length, "statement"))} that can be retired`,
      hideCaption: true,
      columns: [
        { label: "Statement", kind: "text", share: 3.6 },
        { label: "Class", kind: "text", share: 1.2 },
        { label: "Why", kind: "text", share: 5 },
      ],
      rows: retire.slice(0, mostListed).map(({ id, reason }) => {
        const statement = estate.statement(id)
        const name: StatementClass | undefined = statement && classOf(statement)
        return {
          cells: [
            estate.nameOf(id),
            name ? (classText(name).split(" ")[0] ?? "") : "",
            sentence(capital(dossier.anonymous(reason))),
          ],
        }
      }),
    },
    ...moreOf(retire.length, "statement"),
  ]
}

function moreOf(all: number, what: string): Block[] {
  const more = all - mostListed
  if (more <= 0) return []
  return [{ type: "paragraph", style: "small", text: `${capital(count(more, `more ${what}`))}: see the estate's export as CSV.` }]
}

function notices(dossier: Dossier, estate: EstateDossier): Block[] {
  const { merged, plan } = estate
  const all = [...new Set([...merged.notices, ...plan.notices])]
  if (all.length === 0) return []
  const shown = all.slice(0, 8).map((notice) => sentence(dossier.named(estate.named(dossier.anonymous(notice)))))
  const more = all.length > shown.length ? [`And ${count(all.length - shown.length, "more notice")}.`] : []
  return [{ type: "callout", tone: "medium", title: "To know about the estate", text: [...shown, ...more].join("\n") }]
}
