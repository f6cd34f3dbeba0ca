/** The contract of a data product in the Open Data Contract Standard, version 3 (YAML): what is agreed so far, as a draft. */
import { stringify } from "yaml"
import type { Product, Statement } from "../model.ts"

/** Accepted by every version 3 of the schema. */
const API_VERSION = "v3.0.1"
export const CONTRACT_VERSION = "0.1.0"

/** What a contract says of a sink besides its id. */
export type SinkOf = (id: string) => Pick<Statement, "name" | "writes" | "description" | "key"> | undefined

/** The contract as text. */
export function odcsContract(product: Product, sinkOf: SinkOf): string {
  return stringify(contractFields(product, sinkOf))
}

/** The contract as plain fields, to be written on its own or inside a product sheet. */
export function contractFields(product: Product, sinkOf: SinkOf): Readonly<Record<string, unknown>> {
  return {
    version: CONTRACT_VERSION,
    kind: "DataContract",
    apiVersion: API_VERSION,
    id: contractId(product),
    name: `Contract of ${product.name}`,
    status: "draft",
    domain: product.domain,
    dataProduct: product.name,
    description: {
      purpose: purposeOf(product),
      usage:
        product.consumers.length === 0
          ? "Its readers are not known yet."
          : `Read by ${product.consumers.map(({ name }) => name).join(", ")}.`,
      limitations: `Output: ${product.contract.output}. ${product.because}`,
    },
    schema: product.sinks.map((id) => tableOf(id, sinkOf(id), product.contract.key)),
    ...(product.owner === undefined ? {} : { team: [{ username: product.owner, role: "owner" }] }),
    slaProperties: serviceLevels(product),
    customProperties: [
      { property: "boundedContext", value: product.context },
      { property: "outputKind", value: product.contract.output },
      { property: "fate", value: product.fate },
    ],
  }
}

/** Id of a product's contract: that of the product, as one contract. */
export const contractId = ({ id }: Pick<Product, "id">): string => id.replace(/^product\./, "contract.")

function purposeOf({ name, consumers }: Product): string {
  const decisions = [...new Set(consumers.flatMap(({ decision }) => decision ?? []))]
  return decisions.length === 0 ? `Serves ${name} to its consumers.` : `Serves ${name} for: ${decisions.join("; ")}.`
}

function tableOf(id: string, sink: ReturnType<SinkOf>, agreed: readonly string[] | undefined): Readonly<Record<string, unknown>> {
  const key = sink?.key ?? agreed ?? []
  return {
    name: sink?.name ?? id,
    physicalName: sink?.writes[0] ?? id,
    logicalType: "object",
    physicalType: "table",
    ...(sink?.description === undefined ? {} : { description: sink.description }),
    ...(key.length === 0 ? {} : { properties: key.map(keyColumn) }),
  }
}

function keyColumn(name: string, at: number): Readonly<Record<string, unknown>> {
  return { name, primaryKey: true, primaryKeyPosition: at + 1, required: true }
}

/** Latency in minutes and completeness in percent, where consumers ask for them. */
function serviceLevels({ contract }: Product): readonly Readonly<Record<string, unknown>>[] {
  const { freshnessMinutes, completeness } = contract
  return [
    ...(freshnessMinutes === undefined ? [] : [{ property: "latency", value: freshnessMinutes, unit: "minutes" }]),
    ...(completeness === undefined ? [] : [{ property: "completeness", value: completeness, unit: "percent" }]),
  ]
}
