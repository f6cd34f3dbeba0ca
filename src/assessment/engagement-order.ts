/** The fixed order of everything in an engagement file, so that the same engagement is always the same bytes. */
import { keysOf } from "./engagement-schema.ts"
import type { Engagement, Inventory } from "./model.ts"

/** Gives every list and object of an engagement its place in the file, whatever order they came in. */
export function inOrder(engagement: Engagement): Engagement {
  const places = placesOf(engagement)
  const sorted = <T extends object>(list: keyof typeof keysOf, items: readonly T[], key: (item: T) => string): readonly T[] =>
    items
      .map((item) => ({ item: ordered(item, keysOf[list] ?? []), key: key(item) }))
      .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
      .map(({ item }) => item)
  const whole: Engagement = {
    ...engagement,
    questionnaire: ordered(engagement.questionnaire, keysOf["questionnaire"] ?? []),
    plan: ordered(engagement.plan, keysOf["plan"] ?? []),
    domains: engagement.domains.map((domain) => ordered(domain, keysOf["domains"] ?? [])),
    respondents: engagement.respondents.map((respondent) => ordered(respondent, keysOf["respondents"] ?? [])),
    answers: sorted(
      "answers",
      engagement.answers,
      (each) => places.domain(each.domain) + places.respondent(each.respondent) + each.question,
    ),
    inventories: sorted(
      "inventories",
      engagement.inventories.map(orderedRows),
      (each) => places.domain(each.domain) + each.question,
    ),
    decisions: sorted("decisions", engagement.decisions, (each) => places.domain(each.domain) + each.question),
    overrides: sorted(
      "overrides",
      engagement.overrides,
      (each) => `${each.initiative} ${places.domain(each.domain)} ${each.action}`,
    ),
  }
  return ordered(whole, keysOf[""] ?? [])
}

/** Sortable places of the ids that the engagement lists in the order people chose. */
function placesOf(engagement: Engagement): { domain: Place; respondent: Place } {
  return { domain: placesIn(engagement.domains), respondent: placesIn(engagement.respondents) }
}

type Place = (id: string | undefined) => string

function placesIn(list: readonly { readonly id: string }[]): Place {
  const places = new Map(list.map(({ id }, at) => [id, `${String(at).padStart(6, "0")} `]))
  return (id) => (id === undefined ? " " : (places.get(id) ?? `~${id} `))
}

function orderedRows(inventory: Inventory): Inventory {
  const rows = inventory.rows.map((row) =>
    ordered(row, [
      "id",
      ...Object.keys(row)
        .filter((key) => key !== "id")
        .sort(),
    ]),
  )
  return { ...inventory, rows }
}

/** The same object with its keys in this order, absent ones left out. */
function ordered<T extends object>(object: T, keys: readonly string[]): T {
  const values = object as Readonly<Record<string, unknown>>
  return Object.fromEntries(keys.flatMap((key) => (values[key] === undefined ? [] : [[key, values[key]]]))) as T
}
