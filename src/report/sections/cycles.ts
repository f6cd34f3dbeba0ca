import type { Block } from "../blocks.ts"
import { shortName } from "../charts/lineage-graph.ts"
import type { Dossier } from "../dossier.ts"
import type { EstateDossier } from "../estate-dossier.ts"
import { capital, count, sentence, someOf } from "../wording.ts"

const mostNamed = 8
const mostRows = 40

/** Statements that feed each other in a circle, and the edge to cut. */
export function cyclesBlocks(dossier: Dossier, estate: EstateDossier): Block[] {
  const { cycles } = estate.plan
  if (cycles.length === 0) return []
  return [
    { type: "heading", level: 2, text: "Cycles, and where to cut them", id: "cycles" },
    {
      type: "paragraph",
      keep: true,
      text: "These feed each other in a circle, so that no order to build them exists. Usually one edge writes results back to where they came from. Cut it: publish the result as a product of its own, and let the source read it as a consumer.",
    },
    {
      type: "table",
      caption: capital(count(cycles.length, "cycle")),
      hideCaption: true,
      columns: [
        { label: "In the circle", kind: "text", share: 4 },
        { label: "Cut between", kind: "text", share: 3 },
        { label: "Why there", kind: "text", share: 4 },
      ],
      rows: cycles.slice(0, mostRows).map(({ nodes, cut }) => ({
        cells: [
          someOf(
            nodes.map((id) => estate.nameOf(id)),
            mostNamed,
          ),
          `${estate.nameOf(cut.from)} → ${estate.nameOf(cut.to)}`,
          sentence(capital(dossier.anonymous(cut.because))),
        ],
      })),
    },
    ...moreOf(cycles.length, "cycle"),
  ]
}

/** Tables that several products read: one owner each, or a copy each. */
export function sharedBlocks(dossier: Dossier, estate: EstateDossier): Block[] {
  const { shared } = estate.plan
  if (shared.length === 0) return []
  const unowned = shared.filter(({ owner }) => owner === undefined).length
  return [
    { type: "heading", level: 2, text: "Tables that several products share", id: "shared-tables" },
    {
      type: "paragraph",
      keep: true,
      text: `${capital(count(shared.length, "table"))}, ${unowned === 0 ? "all with an owner" : `${unowned} without an owner: a risk, because nobody can promise anything for them`}.`,
    },
    {
      type: "table",
      caption: "Shared tables",
      hideCaption: true,
      columns: [
        { label: "Table", kind: "text", share: 2.8 },
        { label: "Read by", kind: "text", share: 3.2 },
        { label: "Owner", kind: "text", share: 1.8 },
        { label: "Advice", kind: "text", share: 4 },
      ],
      rows: [...shared]
        .sort((one, other) => other.products.length - one.products.length)
        .slice(0, mostRows)
        .map(({ id, products, owner, advice }) => ({
          cells: [
            estate.nameOf(id),
            someOf(
              products.map((each) => estate.product(each)?.name ?? each),
              4,
            ),
            owner === undefined ? "nobody" : dossier.anonymous(owner),
            sentence(capital(dossier.anonymous(advice))),
          ],
        })),
    },
    ...moreOf(shared.length, "table"),
  ]
}

/** Sources that several products read: captured once, as products of their own. */
export function sourceBlocks(dossier: Dossier, estate: EstateDossier): Block[] {
  const { sourceProducts } = estate.plan
  if (sourceProducts.length === 0) return []
  return [
    { type: "heading", level: 2, text: "Sources that several products read", id: "source-products" },
    {
      type: "table",
      caption: "Source-aligned products",
      hideCaption: true,
      columns: [
        { label: "Source", kind: "text", share: 2.8 },
        { label: "Read by", kind: "text", share: 3.2 },
        { label: "Owner", kind: "text", share: 1.8 },
        { label: "Advice", kind: "text", share: 4 },
      ],
      rows: sourceProducts.slice(0, mostRows).map(({ name, products, owner, advice }) => ({
        cells: [
          shortName(name),
          someOf(
            products.map((each) => estate.product(each)?.name ?? each),
            4,
          ),
          owner === undefined ? "nobody" : dossier.anonymous(owner),
          sentence(capital(dossier.anonymous(advice))),
        ],
      })),
    },
    ...moreOf(sourceProducts.length, "source"),
  ]
}

function moreOf(all: number, what: string): Block[] {
  const more = all - mostRows
  if (more <= 0) return []
  return [{ type: "paragraph", style: "small", text: `${capital(count(more, `more ${what}`))}: see the estate's export as CSV.` }]
}
