/** Every construct of a statement whose structure was understood. */
import type { FoundConstruct } from "../../model.ts"
import type { Structure } from "../structure.ts"
import { findAggregates } from "./aggregates.ts"
import type { Definitions } from "../definitions.ts"
import { findChanges } from "./changes.ts"
import { findFeeds } from "./feeds.ts"
import type { Search } from "./found.ts"
import { findFunctions } from "./functions.ts"
import { findJoins } from "./joins.ts"
import { findResults } from "./results.ts"
import { findSubqueries, ignoredQueries } from "./subqueries.ts"
import { findWindows } from "./windows.ts"

/** Constructs in the order of the text, without their lines. */
export function findConstructs(structure: Structure, definitions?: Definitions): readonly FoundConstruct[] {
  const search: Search = { structure, found: [], ignored: ignoredQueries(structure), definitions }
  findJoins(search)
  findSubqueries(search)
  findAggregates(search)
  findWindows(search)
  findResults(search)
  findFunctions(search)
  findChanges(search)
  findFeeds(search)
  return search.found.sort((one, other) => one.start - other.start || one.end - other.end)
}
