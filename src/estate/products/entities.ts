/** What a table is about, by its key, else by its name: "customer" for a table with the key customer_id, or for dim_customers_daily. */
import { bareName } from "../relation-names.ts"

/** Ends of a column's name that say that it identifies something. */
const KEY_ENDS = new Set(["id", "key", "sk", "pk", "uuid", "guid", "code", "number", "no", "nr", "num"])
/** Parts of a table's name that say which layer or form it is, not what it is about. */
const FORM = new Set(
  "dim dimension dims fct fact facts mart marts rpt report reports agg aggregate aggregated stg stage staging int intermediate base ods dwh raw src bronze silver gold core view vw tbl table tmp temp hourly daily weekly monthly quarterly yearly annual history hist snapshot snapshots current latest summary overview by per all final v1 v2 v3".split(
    " ",
  ),
)

/** The entity of a sink's key, several of a combined key joined; `undefined` where neither key nor name says anything. */
export function entityOf(key: readonly string[] | undefined, relation: string): string | undefined {
  const identified = (key ?? []).flatMap((column) => identifiedBy(bareName(column)) ?? [])
  if (identified.length > 0) return [...new Set(identified)].sort().join(", ")
  const words = wordsIn(bareName(relation)).filter((word) => !FORM.has(word) && !/^\d+$/.test(word))
  return words.length === 0 ? undefined : words.map(singular).join(" ")
}

/** "customer_id" → customer; "order_date" → nothing. */
function identifiedBy(column: string): string | undefined {
  const words = wordsIn(column)
  const last = words.at(-1)
  if (words.length < 2 || last === undefined || !KEY_ENDS.has(last)) return undefined
  return words.slice(0, -1).map(singular).join(" ")
}

const wordsIn = (name: string): readonly string[] => name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "")

const singular = (word: string): string => {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") ? word.slice(0, -1) : word
}
