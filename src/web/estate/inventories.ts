/** Lists of the questionnaire that take rows from the imports of their domain. */
import type { Inventory, TableQuestion } from "../../assessment/model.ts"
import { importedQuestions } from "../../estate/inventories/inventory-rows.ts"
import type { Estate } from "../../estate/model.ts"
import { proposeRows, type RowProposal } from "../../estate/inventories/propose-rows.ts"
import type { RowChange } from "../../store/store.ts"
import { domainOf, type EngagementVisit, gone, inEngagement, mayChange, questionOf } from "../engagement.ts"
import { typed } from "../forms.ts"
import { listHref, longestList } from "../lists/view.ts"
import { redirect } from "../respond.ts"
import type { Tools } from "../visit.ts"
import { versionOf } from "../versions.ts"
import { inventoryPage } from "./inventory-page.ts"
import { estatesOf, type LoadedEstate } from "./loaded.ts"

const NOT_THERE = "There is no list here that takes rows from the estate"

/** A list, the import's rows compared with those on record, and where the list is. */
export interface InventoryPlace {
  readonly question: TableQuestion
  readonly domain: { readonly id: string; readonly name: string }
  readonly proposal: RowProposal
  /** Rows on record. */
  readonly total: number
  /** Of the rows on record and the import: another one after each change to either. */
  readonly state: string
  readonly path: string
}

export const showInventoryRows = inEngagement(async (visit, on) => {
  const place = await placeIn(visit, on)
  return place === undefined ? gone(visit, NOT_THERE) : inventoryPage(visit, place, [])
})

/** Takes the rows that were shown; nothing when the list or the import is another one by now. */
export const takeInventoryRows = inEngagement(async (visit, on) => {
  const place = await placeIn(visit, on)
  if (place === undefined) return gone(visit, NOT_THERE)
  const { question, domain, path, state } = place
  if (typed(visit.form["state"]) !== state) {
    const message = "The list or the import was changed meanwhile. Look at what is different now, then take it"
    return inventoryPage(visit, place, [{ target: "rows", message }], 409)
  }
  const changes = changesOf(place)
  const { engagement, by } = visit.engagementScope
  const evidence = isMeasured(place) ? ("measured" as const) : undefined
  const outcomes = await on.store.saveRows({ engagement, by }, domain.id, question.id, changes, visit.now, evidence)
  if (outcomes === undefined) return gone(visit, NOT_THERE)
  const saved = (isNew: boolean): number =>
    changes.filter(({ seen }, at) => (seen === 0) === isNew && outcomes[at]?.outcome === "saved").length
  return redirect(
    listHref(path, "", { added: saved(true), changed: saved(false), left: changes.length - saved(true) - saved(false) }),
  )
})

/** As many as the list has room for. */
const changesOf = ({ proposal, total }: InventoryPlace): readonly RowChange[] => [
  ...proposal.changed.map(({ id, cells, revision }) => ({ id, row: { ...cells, id }, seen: revision })),
  ...proposal.added
    .slice(0, Math.max(0, longestList - total))
    .flatMap(({ id, cells }) => (id === undefined ? [] : [{ id, row: { ...cells, id }, seen: 0 }])),
]

/** Every row comes from the import, and nobody filled in anything otherwise: else people's words would pass for measurements. */
const isMeasured = ({ proposal, total }: InventoryPlace): boolean =>
  proposal.differing.length === 0 && proposal.changed.length + proposal.unchanged === total

const placeIn = async (visit: EngagementVisit, on: Tools): Promise<InventoryPlace | undefined> => {
  const domain = domainOf(visit)
  const question = questionOf(visit)
  if (domain === undefined || question?.type !== "table" || !takesRows(question.id)) return undefined
  const { engagement, by } = visit.engagementScope
  const estates = (await estatesOf({ engagement, by }, on)).filter((one) => one.domain === domain.id)
  if (estates.length === 0) return undefined
  const recorded = await on.store.loadRows({ engagement, by }, domain.id, question.id)
  return {
    question,
    domain,
    proposal: proposeRows(question, recorded, together(estates)),
    total: recorded.length,
    state: versionOf([
      estates.map(({ id, revision }) => [id, revision]),
      recorded.map(({ row, revision }) => [row.id, revision]),
    ]),
    path: listPath(visit, domain.id, question.id),
  }
}

const takesRows = (question: string): boolean => importedQuestions.some((one) => one === question)

const listPath = ({ home }: EngagementVisit, domain: string, question: string): string =>
  `${home}/tables/${encodeURIComponent(domain)}/${encodeURIComponent(question)}`

/** All imports of a domain as one. */
const together = (estates: readonly LoadedEstate[]): Estate => {
  const [first, ...others] = estates.map(({ estate }) => estate)
  if (first === undefined) throw new Error("There is no import.")
  const all = [first, ...others]
  return {
    ...first,
    statements: all.flatMap(({ statements }) => statements),
    sources: [...new Map(all.flatMap(({ sources }) => sources).map((one) => [one.id, one])).values()],
    consumers: all.flatMap(({ consumers }) => consumers),
  }
}

/** The lists of domains with an import, for those who may change them. */
export const inventoryLinks = (visit: EngagementVisit, estates: readonly LoadedEstate[]) => {
  if (!mayChange(visit)) return []
  const { engagement, questionnaire } = visit.stored
  const imported = new Set(estates.map(({ domain }) => domain))
  const questions = questionnaire.questions.filter(({ id, type }) => type === "table" && takesRows(id))
  return engagement.domains
    .filter(({ id }) => imported.has(id))
    .flatMap((domain) =>
      questions.map(({ id, short }) => ({
        href: `${visit.home}/estate/inventories/${encodeURIComponent(domain.id)}/${encodeURIComponent(id)}`,
        text: `${id} ${short}, ${domain.name}`,
        note: rowsText(engagement.inventories.find((one) => one.domain === domain.id && one.question === id)),
      })),
    )
}

const rowsText = (inventory: Inventory | undefined): string =>
  inventory === undefined ? "nothing said yet" : `${inventory.rows.length} on record`
