/** What a product's sheet says in words: owner, consumers, contract, tables, and what has to be translated. */
import type { Product, ProductConsumer } from "../../estate/model.ts"
import type { Block } from "../blocks.ts"
import { shortName } from "../charts/lineage-graph.ts"
import type { Dossier } from "../dossier.ts"
import type { EstateDossier } from "../estate-dossier.ts"
import { capital, count, duration, sentence, series, shorten, someOf } from "../wording.ts"

const mostNamed = 6
const mostConsumers = 4
const translationLength = 84

export type Facts = Extract<Block, { type: "facts" }>["items"]

export function leftFacts(dossier: Dossier, product: Product): Facts {
  const consumers = product.consumers.slice(0, mostConsumers).map((each) => consumerText(dossier, each))
  const more = product.consumers.length - consumers.length
  return [
    {
      term: "Owner",
      text: product.owner ? dossier.anonymous(product.owner) : "Nobody is named: find one before the wave starts.",
    },
    { term: "Consumers", text: [...consumers, ...(more > 0 ? [`and ${more} more`] : [])].join("\n") || "None is known." },
    { term: "Contract", text: contractText(product) },
  ]
}

function consumerText(dossier: Dossier, consumer: ProductConsumer): string {
  const { name, critical, requiredAge, actualAge, completeness, decision } = consumer
  const needs = [
    requiredAge === undefined ? "" : `${duration(requiredAge)} old`,
    completeness === undefined ? "" : `${completeness}\u00a0% complete`,
  ].filter(Boolean)
  const wish = needs.length > 0 ? `needs it ${series(needs)}` : ""
  const today = actualAge === undefined ? "" : `today ${duration(actualAge)}`
  const said = [critical ? "critical" : "", decision ?? "", wish, today].filter(Boolean)
  return dossier.anonymous(said.length > 0 ? `${name}: ${said.join(", ")}` : name)
}

function contractText({ contract }: Product): string {
  const { freshnessMinutes, completeness, output, key } = contract
  return [
    freshnessMinutes === undefined ? "Age to be agreed." : `At most ${duration(freshnessMinutes)} old.`,
    completeness === undefined ? "Completeness to be agreed." : `${completeness}\u00a0% complete.`,
    { changelog: "Rows change: the sink takes updates.", append: "Rows are only added." }[output as string] ??
      `Output ${output}.`,
    key && key.length > 0 ? `One row per ${series(key)}.` : "No key is declared.",
  ].join(" ")
}

export function rightFacts(estate: EstateDossier, product: Product): Facts {
  const names = (ids: readonly string[], short = (name: string): string => name): string =>
    someOf(
      ids.map((id) => short(estate.nameOf(id))),
      mostNamed,
    )
  return [
    { term: "Sinks", text: names(product.sinks) || "None." },
    { term: "Sources", text: names(product.sources, shortName) || "None." },
    { term: "Shared tables", text: names(product.shared) || "None: everything is its own." },
  ]
}

/** The hardest; the register has the rest. */
export function translationsText({ translations }: Product, most: number): string {
  const shown = translations.slice(0, most).map((each) => sentence(capital(shorten(each, translationLength))))
  const more = translations.length - shown.length
  if (more > 0) shown.push(`And ${count(more, "lighter kind")} of construct.`)
  return shown.join("\n") || "Nothing beyond porting."
}
