/** What somebody should know of an import that went well. */
import type { NodeId, Notice, Statement } from "../model.ts"
import type { Items } from "./items.ts"
import { edgesOf } from "./items.ts"
import type { About } from "./origin.ts"
import { isNewer } from "./recognise.ts"

export interface Imported {
  readonly items: Items
  readonly about: About
  readonly statements: readonly Statement[]
  readonly rows: ReadonlyMap<NodeId, number>
  readonly minutes: ReadonlyMap<NodeId, number>
}

/** The version where it is not one of the published ones, missing texts, files that belong to another project, edges left out. */
export function noticesOf({ items, about, statements, rows, minutes }: Imported): readonly Notice[] {
  return [
    ...versionNotices(about),
    ...textNotices(statements),
    ...otherProject("catalog.json", rows, items),
    ...otherProject("run_results.json", minutes, items),
    ...metricNotices(items),
  ]
}

function versionNotices({ version }: About): readonly Notice[] {
  if (version === undefined) {
    const message = "The manifest does not say its schema version: what is known of dbt's versions was looked for"
    return [{ place: "manifest.json", message }]
  }
  if (!isNewer(version)) return []
  const message = `The schema version ${version} is newer than those that are known: compare the number of models with dbt's own`
  return [{ place: "manifest.json", message }]
}

function textNotices(statements: readonly Statement[]): readonly Notice[] {
  const bare = statements.filter(({ textSource, verdict }) => textSource !== "compiled" && verdict.class !== "code").length
  if (bare === 0) return []
  const which = bare === statements.length ? "No model has" : `${bare} of ${statements.length} models do not have`
  const message = `${which} a compiled text: the raw text was read where there is one. Run dbt compile and import again for surer classes`
  return [{ place: "manifest.json", message }]
}

function otherProject(place: string, values: ReadonlyMap<NodeId, number>, { types }: Items): readonly Notice[] {
  if (values.size === 0 || [...values.keys()].some((id) => types.has(id))) return []
  return [{ place, message: "None of its ids is in the manifest: is it of another project?" }]
}

/** Old versions let a model depend on a metric, of which the tables behind it are no dependency of the model. */
function metricNotices({ statements, types }: Items): readonly Notice[] {
  return [...statements].flatMap(([id, node]) => {
    const metrics = edgesOf(node).filter((each) => types.get(each) === "metric")
    if (metrics.length === 0) return []
    return [{ place: id, message: `It depends on ${metrics.join(", ")}, which is a metric and no data: this edge was left out` }]
  })
}
