import { odcsContract } from "../../estate/exports/odcs.ts"
import { odpsSheet } from "../../estate/exports/odps.ts"
import { productRows } from "../../estate/exports/product-rows.ts"
import type { Product } from "../../estate/model.ts"
import type { EstateInput } from "../../report/estate-dossier.ts"
import { writeCsv } from "../csv.ts"
import { type EngagementVisit, gone, inEngagement } from "../engagement.ts"
import type { Reply } from "../respond.ts"
import type { Tools } from "../visit.ts"
import { file } from "./exports.ts"
import { refOf } from "./loaded.ts"
import { plannedOf } from "./planned.ts"
import { estatesFor } from "./visible.ts"

const inPlan = async (visit: EngagementVisit, on: Tools): Promise<EstateInput | undefined> =>
  plannedOf(visit, await estatesFor(visit, on))

/** Products, waves and everything else that is planned from the estate. */
export const downloadPlan = inEngagement(async (visit, on) => {
  const planned = await inPlan(visit, on)
  const text = `${JSON.stringify({ format: "headwater-estate-plan/1", ...planned?.plan }, undefined, 2)}\n`
  return file(visit, "products.json", text, "application/json")
})

/** Every product as a row of a table. */
export const downloadProducts = inEngagement(async (visit, on) => {
  const planned = await inPlan(visit, on)
  return file(visit, "products.csv", writeCsv(productRows(planned?.plan ?? { products: [], planned: [] })), "text/csv")
})

/** The sheet of a product as ODPS has it, its contract inside. */
export const downloadSheet = inEngagement((visit, on) =>
  asYaml(visit, on, "product", ({ plan, merged }, product) =>
    odpsSheet(
      product,
      plan.planned.find((one) => one.product === product.id),
      sinksOf(merged),
    ),
  ),
)

/** The contract of a product as ODCS has it. */
export const downloadContract = inEngagement((visit, on) =>
  asYaml(visit, on, "contract", ({ merged }, product) => odcsContract(product, sinksOf(merged))),
)

const asYaml = async (
  visit: EngagementVisit,
  on: Tools,
  kind: string,
  write: (planned: EstateInput, product: Product) => string,
): Promise<Reply> => {
  const planned = await inPlan(visit, on)
  const product = planned?.plan.products.find(({ id }) => refOf(id) === visit.params["product"])
  if (planned === undefined || product === undefined) return gone(visit, "This product is not there any more")
  return file(visit, `${product.name}-${kind}.yaml`, write(planned, product), "application/yaml")
}

const sinksOf = ({ statements }: EstateInput["merged"]) => {
  const byId = new Map(statements.map((one) => [one.id, one]))
  return (id: string) => byId.get(id)
}
