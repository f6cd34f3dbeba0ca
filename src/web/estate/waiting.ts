/** An import that waits: looked at, mapped otherwise, taken or left. */
import { type EngagementVisit, gone, inEngagement, withDone } from "../engagement.ts"
import { typed } from "../forms.ts"
import { redirect, type Reply } from "../respond.ts"
import type { StoredEstate } from "../../store/store.ts"
import type { Tools } from "../visit.ts"
import { putAside } from "./import.ts"
import { compareImport, type ImportComparison } from "./import-preview.ts"
import { previewPage } from "./preview-page.ts"
import type { JobSource } from "./reader.ts"

const NOT_THERE = "This import does not wait any more: send it again"

export const showWaiting = inEngagement(async (visit, on) => {
  const found = await waitingIn(visit, on)
  if (found === undefined) return gone(visit, NOT_THERE)
  return show(visit, on, found, [])
})

/** Takes the import, reads its columns otherwise, or leaves it. */
export const decideWaiting = inEngagement(async (visit, on) => {
  const found = await waitingIn(visit, on)
  if (found === undefined) return gone(visit, NOT_THERE)
  const { action } = visit.form
  if (action === "columns") return mapAgain(visit, on, found)
  return action === "drop" ? drop(visit, on, found.waiting) : take(visit, on, found)
})

interface Found {
  readonly waiting: StoredEstate
  readonly comparison: ImportComparison
}

const scopeOf = ({ engagementScope: { engagement, by } }: EngagementVisit) => ({ engagement, by })

const waitingIn = async (visit: EngagementVisit, { store }: Tools): Promise<Found | undefined> => {
  const waiting = await store.loadWaitingEstate(scopeOf(visit), visit.params["estate"] ?? "")
  if (waiting === undefined) return undefined
  const heads = await store.listEstates(scopeOf(visit))
  const head = heads.find(({ domain, name }) => domain === waiting.domain && name === waiting.name)
  const earlier = head && (await store.loadEstate(scopeOf(visit), head.id))
  return { waiting, comparison: compareImport(earlier, waiting) }
}

const show = async (
  visit: EngagementVisit,
  on: Tools,
  { waiting, comparison }: Found,
  problems: Parameters<typeof previewPage>[3]["problems"],
  status?: number,
): Promise<Reply> => {
  const source = jobSourceOf(waiting)
  const reading = source && (await on.estates.read(source))
  return previewPage(visit, waiting, comparison, {
    problems,
    ...(status !== undefined && { status }),
    ...(reading !== undefined && { reading }),
    leaveOut: source?.leaveOut === true,
  })
}

/** What a list of jobs was read from, with the columns chosen last; only this program wrote it. */
const jobSourceOf = ({ upload }: StoredEstate): JobSource | undefined =>
  upload === undefined ? undefined : (JSON.parse(upload) as JobSource)

const take = async (visit: EngagementVisit, on: Tools, found: Found): Promise<Reply> => {
  const { waiting, comparison } = found
  if (waiting.estate.statements.length === 0) {
    return show(visit, on, found, [
      { target: "import", message: "Say which column holds what first: nothing can be imported yet" },
    ])
  }
  const seen = typed(visit.form["seen"])
  const moved = comparison.changes.moved.map(({ from, to }) => ({ from, to }))
  const outcome = await on.store.takeEstate(
    scopeOf(visit),
    waiting.id,
    { moved, ...(seen !== "" && { replaces: seen }) },
    visit.now,
  )
  if (outcome === "gone") return gone(visit, NOT_THERE)
  if (outcome === "taken") return redirect(withDone(`${visit.home}/estate`, "estate-imported"))
  const message = "Somebody else imported the same meanwhile. Look at what is different now, then take it"
  const again = await waitingIn(visit, on)
  return again === undefined ? gone(visit, NOT_THERE) : show(visit, on, again, [{ target: "import", message }], 409)
}

const drop = async (visit: EngagementVisit, on: Tools, { id }: StoredEstate): Promise<Reply> => {
  await on.store.removeEstate(scopeOf(visit), id, visit.now)
  return redirect(withDone(`${visit.home}/estate`, "estate-dropped"))
}

/** Reads the same list with the columns that the form says. */
const mapAgain = async (visit: EngagementVisit, on: Tools, found: Found): Promise<Reply> => {
  const { waiting } = found
  const before = jobSourceOf(waiting)
  if (before === undefined) return gone(visit, NOT_THERE)
  const { form } = visit
  const { table, problems } = await on.estates.read(before)
  // Too many imports at once, as an example: what was mapped before stays.
  if (table === undefined) {
    const message = problems[0]?.message ?? "The list cannot be read just now. Try again in a minute."
    return show(visit, on, found, [{ target: "import", message }], 503)
  }
  const targets = Array.from({ length: table.targets.length }, (_, at) => typed(form[`column-${at}`]) || undefined)
  const { kind, name, text } = before
  const source: JobSource = {
    kind,
    name,
    text,
    mapping: { headings: form["headings"] === "yes", targets },
    leaveOut: form["leave-out"] === "yes",
  }
  const { estate } = await on.estates.read(source)
  const kept = estate ?? { ...waiting.estate, statements: [], sources: [], consumers: [], notices: [] }
  return putAside(visit, on, { domain: waiting.domain, name: waiting.name, source, estate: kept })
}
