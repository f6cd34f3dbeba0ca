import type { Wave } from "../../assessment/result.ts"
import type { PlannedProduct, ProductWave } from "../../estate/model.ts"
import type { Block, Section, Span, Text } from "../blocks.ts"
import { type Dossier, initiativeLink } from "../dossier.ts"
import { type EstateDossier, estateAnchors, productLink, productsWithSheets } from "../estate-dossier.ts"
import { capital, count, dateText, duration, effortText, sentence, series, someOf } from "../wording.ts"
import { joined, linkTo, productsTable, stepsParagraph, waveName } from "./backlog-products.ts"
import { bridgesTable } from "./bridges.ts"
import { cyclesBlocks, sharedBlocks, sourceBlocks } from "./cycles.ts"

const mostNamed = 10

/** Which products move in which wave, in what order their statements are built, and when a wave is done. */
export function writeBacklog(dossier: Dossier, estate: EstateDossier): Section {
  const { waves } = estate.plan
  const sheets = new Set(productsWithSheets(estate).map(({ id }) => id))
  return {
    id: "backlog",
    title: "Wave backlog of the estate",
    starts: "page",
    blocks: [
      {
        type: "paragraph",
        text:
          waves.length > 0
            ? "Initiatives that make a wave possible come first, then its products. Statements stand in the order in which they are built: what is read before what reads it, and what keeps no state before what does."
            : "No product is planned in a wave.",
      },
      ...waves.flatMap((wave) => waveBlocks(dossier, estate, wave, sheets)),
      ...laterBlocks(dossier, estate, sheets),
      ...cyclesBlocks(dossier, estate),
      ...sharedBlocks(dossier, estate),
      ...sourceBlocks(dossier, estate),
    ],
  }
}

function waveBlocks(dossier: Dossier, estate: EstateDossier, wave: ProductWave, sheets: ReadonlySet<string>): Block[] {
  const same = dossier.assessment.plan.waves.find(({ number }) => number === wave.number)
  const planned = plannedIn(estate, wave)
  return [
    { type: "heading", level: 2, text: waveName(wave), id: estateAnchors.wave(wave.number) },
    {
      type: "paragraph",
      keep: true,
      text: [
        { text: `${dateText(wave.start)} to ${dateText(wave.finish)}. `, bold: true },
        `${count(wave.products.length, "product")}, ${effortText(wave.effort)} person-days of the ${Math.round(wave.capacity)} that are there for products.`,
      ],
    },
    ...enablingBlocks(dossier, estate, wave, same),
    ...(planned.length > 0 ? [productsTable(dossier, estate, wave, planned, sheets)] : []),
    ...planned.map((each) => stepsParagraph(estate, each)),
    ...bridgesTable(dossier, estate, wave, planned),
    { type: "paragraph", text: [{ text: "The wave is done when", bold: true }], keep: true },
    { type: "checklist", items: exitCriteria(estate, planned, same) },
  ]
}

function plannedIn(estate: EstateDossier, wave: ProductWave): PlannedProduct[] {
  return wave.products.flatMap((id) => estate.planned(id) ?? [])
}

/** What has to be there first, each named once in the backlog, then what else the plan does in this wave. */
function enablingBlocks(dossier: Dossier, estate: EstateDossier, wave: ProductWave, same: Wave | undefined): Block[] {
  const before = new Set(
    estate.plan.waves.flatMap((each) => (each.number < wave.number ? each.enabling.map(({ id }) => id) : [])),
  )
  const fresh = wave.enabling.filter(({ id }) => !before.has(id))
  const first = fresh.map(({ id, wave: done }): (string | Span)[] => [
    linkTo(dossier, id),
    done === wave.number ? " (in this wave)" : ` (wave ${done})`,
  ])
  const enabling = new Set(wave.enabling.map(({ id }) => id))
  const others = (same?.items ?? []).filter(({ id }) => !enabling.has(id))
  const parts: Block[] = []
  const lead = fresh.length < wave.enabling.length ? "First, besides what earlier waves needed: " : "First: "
  if (first.length > 0) parts.push({ type: "paragraph", keep: true, text: [{ text: lead, bold: true }, ...joined(first), "."] })
  if (others.length > 0) {
    const links = others.slice(0, mostNamed).map(({ id, domain }): (string | Span)[] => [initiativeLink(dossier, id, domain)])
    const more = others.length > links.length ? ` and ${others.length - links.length} more` : ""
    parts.push({
      type: "paragraph",
      style: "compact",
      keep: true,
      text: [
        { text: "At the same time: ", bold: true },
        ...joined(links),
        `${more}. `,
        { text: "See the wave.", to: `wave-${wave.number}` },
      ],
    })
  }
  return parts
}

/** What the wave of the plan asks for, then what each product has to show (E.7, E.8). */
function exitCriteria(estate: EstateDossier, planned: readonly PlannedProduct[], same: Wave | undefined): Text[] {
  const products = planned.flatMap(({ product }) => estate.product(product) ?? [])
  const promises = products.map(({ name, contract: { freshnessMinutes, completeness } }) => {
    const promised = [
      freshnessMinutes === undefined ? "" : `at most ${duration(freshnessMinutes)} old for 95 of 100 reads`,
      completeness === undefined ? "" : `at least ${completeness}\u00a0% complete`,
    ].filter(Boolean)
    return promised.length > 0
      ? `${name} is ${series(promised)}, measured for four weeks.`
      : `${name} has an agreed contract, and meets it for four weeks.`
  })
  const sinks = someOf(
    products.flatMap((product) => product.sinks.map((id) => estate.nameOf(id))),
    mostNamed,
  )
  return [
    ...(same && same.exit.length > 0
      ? [
          [
            "All that the ",
            { text: "plan’s wave", to: `wave-${same.number}` },
            ` asks of its initiatives is met (${count(same.exit.length, "line")}).`,
          ],
        ]
      : []),
    ...promises,
    ...(sinks ? [`The old jobs that write ${sinks} are switched off, and nobody reads their copies.`] : []),
    ...(planned.some(({ bridges }) => bridges.length > 0)
      ? ["Every bridge of the wave has an owner and an end date, and none is overdue."]
      : []),
  ]
}

function laterBlocks(dossier: Dossier, estate: EstateDossier, sheets: ReadonlySet<string>): Block[] {
  const later = estate.plan.planned.filter(({ wave }) => wave === "later")
  if (later.length === 0) return []
  return [
    { type: "heading", level: 2, text: "Later", id: "backlog-later" },
    {
      type: "table",
      caption: "Products that wait, and why",
      hideCaption: true,
      columns: [
        { label: "Product", kind: "text", share: 3 },
        { label: "Person-days", kind: "number", share: 1.4 },
        { label: "Why", kind: "text", share: 6 },
      ],
      rows: later.map((each) => ({
        cells: [
          [productLink(estate, each.product, sheets)],
          effortText(each.effort),
          each.reasons.map((reason) => sentence(capital(dossier.anonymous(reason)))).join("\n") || "–",
        ],
      })),
    },
  ]
}
