import { changeInEngagement, type EngagementVisit, gone, inEngagement, withDone } from "../engagement.ts"
import type { PageProblem } from "../pages.ts"
import { redirect, type Reply } from "../respond.ts"
import { isSeen, versionOf } from "../versions.ts"
import type { Tools } from "../visit.ts"
import { readDecision } from "./classify-form.ts"
import { statementPage, type StatementPlace } from "./statement-page.ts"
import { statementHref } from "./statement-rows.ts"
import { estatesFor } from "./visible.ts"

const NOT_THERE = "This statement is not there any more"

const CHANGED: PageProblem = {
  target: "class",
  message: "Somebody else classified this while the page was open. Look at what stands now, then record yours or leave it",
}

export const showStatement = inEngagement(async (visit, on) => {
  const place = await placeIn(visit, on)
  return place === undefined ? gone(visit, NOT_THERE) : statementPage(visit, place, { problems: [] })
})

/** The whole text as a file. */
export const downloadText = inEngagement(async (visit, on) => {
  const place = await placeIn(visit, on)
  if (place?.text === undefined) return gone(visit, NOT_THERE)
  const bytes = new TextEncoder().encode(place.text)
  return {
    reply: "file",
    bytes,
    type: "text/plain; charset=utf-8",
    name: [place.statement.name, "sql"].join("."),
  } satisfies Reply
})

/** Sets the class by hand, with its reason, or takes that back; what was decided elsewhere meanwhile is shown, not overwritten. */
export const classifyStatement = changeInEngagement(async (visit, on) => {
  const place = await placeIn(visit, on)
  if (place === undefined) return gone(visit, NOT_THERE)
  const { estate, statement } = place
  const stored = estate.decisions.get(statement.id)
  const href = statementHref(visit, estate, statement)
  const decide = (decision: Parameters<Tools["store"]["decideStatement"]>[3]) =>
    on.store.decideStatement(visit.engagementScope, estate.id, statement.id, decision, visit.now)
  if (visit.form["action"] === "take-back") {
    if (stored === undefined) return redirect(withDone(href, "unclassified"))
    if (!isSeen(visit, stored)) return statementPage(visit, place, { problems: [CHANGED], conflict: true })
    return (await decide(undefined)) ? redirect(withDone(href, "unclassified")) : "again"
  }
  const { decision, problems } = readDecision(visit.form)
  if (decision === undefined) return statementPage(visit, place, { form: visit.form, problems })
  if (stored !== undefined && sameWord(stored, decision) && !stored.outdated) return redirect(withDone(href, "classified"))
  if (!isSeen(visit, stored)) return statementPage(visit, place, { form: visit.form, problems: [CHANGED], conflict: true })
  return (await decide(decision)) ? redirect(withDone(href, "classified")) : "again"
})

type Word = { readonly class: string; readonly stateful: boolean | null; readonly reason: string }

const sameWord = (one: Word, other: Word): boolean => {
  const word = ({ class: set, stateful, reason }: Word) => versionOf([set, stateful, reason])
  return word(one) === word(other)
}

const placeIn = async (visit: EngagementVisit, on: Tools): Promise<StatementPlace | undefined> => {
  const { revision: _, ...scope } = visit.engagementScope
  const estates = await estatesFor(visit, on)
  const estate = estates.find(({ id }) => id === visit.params["estate"])
  const statement = estate?.byRef.get(visit.params["statement"] ?? "")
  if (estate === undefined || statement === undefined) return undefined
  return { estates, estate, statement, text: await on.store.loadStatementText(scope, estate.id, statement.id) }
}
