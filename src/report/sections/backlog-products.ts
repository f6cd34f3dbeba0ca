/** The products of a wave: why they are in it, what they need, and in what order their statements are built. */
import { classOf } from "../../estate/judgement.ts"
import type { PlannedProduct, ProductWave } from "../../estate/model.ts"
import type { Block, Span, TableRow, Text } from "../blocks.ts"
import { classLooks } from "../classes.ts"
import { type Dossier, initiativeLink } from "../dossier.ts"
import { type EstateDossier, productLink } from "../estate-dossier.ts"
import { capital, count, effortText, sentence, someOf } from "../wording.ts"

/** Statements named per product; all of them have their wave in the register or the export. */
const mostSteps = 40

export function waveName({ number, name }: ProductWave): string {
  if (/^wave\b/i.test(name.trim())) return name.trim()
  return name.trim() ? `Wave ${number}: ${name.trim()}` : `Wave ${number}`
}

export function productsTable(
  dossier: Dossier,
  estate: EstateDossier,
  wave: ProductWave,
  planned: readonly PlannedProduct[],
  sheets: ReadonlySet<string>,
): Block {
  return {
    type: "table",
    caption: `Products of ${waveName(wave)}`,
    hideCaption: true,
    columns: [
      { label: "Product", kind: "text", share: 2.4 },
      { label: "Person-days", kind: "number", share: 1.4 },
      { label: "Rank", kind: "text", share: 1 },
      { label: "Why in this wave", kind: "text", share: 5.2 },
      { label: "Needs", kind: "text", share: 1.7 },
      { label: "New sources", kind: "text", share: 2 },
    ],
    rows: planned.map((each): TableRow => ({
      cells: [
        [productLink(estate, each.product, sheets)],
        effortText(each.effort),
        rankText(each),
        reasonsText(dossier, each),
        needsText(dossier, estate, each, sheets),
        someOf(
          each.newSources.map((id) => estate.nameOf(id).split(".").at(-1) ?? id),
          5,
        ) || "–",
      ],
    })),
  }
}

/** What the wave asks for first stands above the table already. */
function reasonsText(dossier: Dossier, { reasons }: PlannedProduct): string {
  const own = reasons.filter((reason) => !/^builds on I\d/i.test(reason))
  return own.map((reason) => sentence(capital(dossier.anonymous(reason)))).join("\n") || "–"
}

/** Products whose ranks overlap are ties that people decide. */
function rankText({ rank, ranks }: PlannedProduct): string {
  return ranks.low === ranks.high ? `${rank}` : `${rank} (${ranks.low}–${ranks.high})`
}

/** Products and initiatives are named by their id in a plan. */
function needsText(dossier: Dossier, estate: EstateDossier, { needs }: PlannedProduct, sheets: ReadonlySet<string>): Text {
  if (needs.length === 0) return "–"
  const parts = needs.map((need): (string | Span)[] => {
    if (estate.product(need)) return [productLink(estate, need, sheets)]
    return dossier.initiative(need) ? [linkTo(dossier, need)] : [dossier.anonymous(need)]
  })
  return joined(parts)
}

export function stepsParagraph(estate: EstateDossier, { product, statements }: PlannedProduct): Block {
  const shown = statements.slice(0, mostSteps).map((id) => {
    const statement = estate.statement(id)
    return statement ? `${statement.name}\u00a0${classLooks[classOf(statement)].mark}` : id
  })
  const more = statements.length - shown.length
  const rest = more > 0 ? ` → and ${count(more, "more", "more")}, in the register` : ""
  const name = estate.product(product)?.name ?? product
  const steps = shown.length > 0 ? `${shown.join(" → ")}${rest}.` : "Nothing of its own: earlier products build all it needs."
  return { type: "paragraph", style: "compact", text: [{ text: `${name}, build in this order: `, bold: true }, steps] }
}

export function linkTo(dossier: Dossier, id: string): Span {
  const ranked = dossier.assessment.plan.ranked.find((each) => each.id === id)
  return initiativeLink(dossier, id, ranked?.domain)
}

export function joined(parts: readonly (readonly (string | Span)[])[]): (string | Span)[] {
  return parts.flatMap((part, index) => [...(index > 0 ? ["; "] : []), ...part])
}
