/** The imports of an engagement, and what was odd about them. */
import { type EngagementVisit, mayChange } from "../engagement.ts"
import { withQuery } from "../paging.ts"
import { namesOf } from "../results.ts"
import { count, timeText } from "../words.ts"
import { filterHref } from "./filter.ts"
import type { LoadedEstate } from "./loaded.ts"
import { ORIGINS } from "./words.ts"

const noticesShown = 50

export const importsView = (visit: EngagementVisit, estates: readonly LoadedEstate[]) =>
  estates.map(({ id, name, domain, importedAt, statements, estate }) => ({
    name,
    href: filterHref(visit.home, { from: id, order: "imported" }),
    domain: namesOf(visit.stored).domain(domain),
    origin: originText(estate.origin),
    statements,
    sources: estate.sources.length,
    consumers: estate.consumers.length,
    passedOver: passedOverText(estate.origin.passedOver),
    time: timeText(importedAt),
    again: mayChange(visit) ? withQuery(`${visit.home}/estate/import`, { kind: kindOf(estate.origin.kind), domain, name }) : "",
    remove: mayChange(visit) ? `${visit.home}/estate/imports/${encodeURIComponent(id)}/remove` : "",
  }))

/** "dbt project, manifest v12, snowflake". */
export const originText = (origin: LoadedEstate["estate"]["origin"]): string =>
  [
    ORIGINS[origin.kind],
    ...(origin.schemaVersion === undefined ? [] : [`manifest ${origin.schemaVersion}`]),
    ...(origin.dialect === undefined ? [] : [origin.dialect]),
  ].join(", ")

/** "120 tests, 3 disabled": what was seen and not taken. */
export const passedOverText = (passedOver: Readonly<Record<string, number>>): string =>
  Object.entries(passedOver)
    .map(([what, number]) => `${number} ${what}`)
    .join(", ")

/** The part of the import page's address that says what is read. */
export const kindOf = (kind: LoadedEstate["kind"]): "dbt" | "sql" | "jobs" =>
  ({ "dbt-manifest": "dbt", "sql-files": "sql", "job-list": "jobs" } as const)[kind]

/** What was passed over or looked odd, with its place. */
export const noticesView = (estates: readonly Pick<LoadedEstate, "estate">[]) => {
  const all = estates.flatMap(({ estate }) => estate.notices)
  return {
    title: count(all.length, "notice"),
    shown: all.slice(0, noticesShown).map(({ place, line, message }) => ({
      place: line === undefined ? place : `${place}, line ${line}`,
      message,
    })),
    more: all.length > noticesShown ? `And ${all.length - noticesShown} more; the JSON file has them all.` : "",
  }
}
