/** The sheet of a data product in the Open Data Product Specification, version 4.1 (YAML), with its contract inside. */
import { stringify } from "yaml"
import type { PlannedProduct, Product } from "../model.ts"
import { CONTRACT_VERSION, type SinkOf, contractFields, contractId } from "./odcs.ts"

const SCHEMA = "https://opendataproducts.org/v4.1/schema/odps.json"
const SPECIFICATION = "4.1"
/** The schema allows no more for a value proposition. */
const LONGEST_PROPOSITION = 512

/** The sheet as text; `planned` is the product's place in the plan, where it moves. */
export function odpsSheet(product: Product, planned: PlannedProduct | undefined, sinkOf: SinkOf): string {
  return stringify({
    schema: SCHEMA,
    version: SPECIFICATION,
    product: {
      details: { en: detailsOf(product, planned) },
      contract: {
        id: contractId(product),
        type: "ODCS",
        contractVersion: CONTRACT_VERSION,
        contractURL: `urn:headwater:${encodeURIComponent(contractId(product))}`,
        spec: contractFields(product, sinkOf),
      },
      ...serviceLevels(product),
      ...quality(product),
    },
  })
}

function detailsOf(product: Product, planned: PlannedProduct | undefined): Readonly<Record<string, unknown>> {
  const { name, id, consumers, domain, context } = product
  return {
    name,
    productID: id,
    valueProposition: propositionOf(product),
    description: descriptionOf(product, planned),
    visibility: "organisation",
    status: product.fate === "retire" ? "sunset" : "draft",
    type: "derived data",
    productVersion: CONTRACT_VERSION,
    categories: [...new Set([domain, context])],
    tags: [product.fate, product.contract.output, ...(product.aggregate ? ["aggregate"] : [])],
    useCases: consumers.map((each) => ({
      useCase: { useCaseTitle: each.name, useCaseDescription: each.decision ?? `Reads it (${each.from})` },
    })),
  }
}

function propositionOf({ name, consumers, because }: Product): string {
  const decisions = [...new Set(consumers.flatMap(({ decision }) => decision ?? []))]
  const words = decisions.length > 0 ? `${name}, for: ${decisions.join("; ")}` : `${name}. ${because}`
  return words.length <= LONGEST_PROPOSITION ? words : `${words.slice(0, LONGEST_PROPOSITION - 1)}…`
}

/** What the sheet has no field for: owner, sinks, cone, effort, place in the plan, translations. */
function descriptionOf(product: Product, planned: PlannedProduct | undefined): string {
  const { owner, sinks, cone, sources, effort, translations, because } = product
  const wave = planned === undefined ? "" : planned.wave === "later" ? "Planned later." : `Planned for wave ${planned.wave}.`
  return [
    owner === undefined ? "No owner is named yet." : `Owner: ${owner}.`,
    because,
    wave,
    `Sinks: ${sinks.join(", ")}.`,
    `${cone.length} statements from ${sources.length} sources; ${effort.expected} person-days (${effort.low} to ${effort.high}).`,
    ...(translations.length === 0 ? [] : [`To be translated: ${translations.join(" | ")}.`]),
  ]
    .filter((each) => each !== "")
    .join("\n")
}

/** The schema counts in whole units: what is asked in parts of a minute is given in seconds. */
function serviceLevels({ contract: { freshnessMinutes } }: Product): Readonly<Record<string, unknown>> {
  if (freshnessMinutes === undefined) return {}
  const isWhole = Number.isInteger(freshnessMinutes)
  const latency = {
    dimension: "latency",
    objective: isWhole ? freshnessMinutes : Math.ceil(freshnessMinutes * 60),
    unit: isWhole ? "minutes" : "seconds",
  }
  return { SLA: { declarative: [{ name: { en: "Required by its consumers" }, dimensions: [latency] }] } }
}

function quality({ contract: { completeness } }: Product): Readonly<Record<string, unknown>> {
  if (completeness === undefined) return {}
  const dimension = {
    dimension: "completeness",
    objective: Math.ceil(completeness),
    unit: "percentage",
    description: `At least ${completeness} %`,
  }
  return { dataQuality: { declarative: [{ description: "Required by its consumers", dimensions: [dimension] }] } }
}
