import { formConsensus } from "../assessment/consensus.ts"
import type { Anchor, Decision, Inventory, Question } from "../assessment/model.ts"
import { questionType } from "../assessment/question-types/register.ts"
import { cellText } from "../assessment/question-types/table.ts"
import { stateText, stateTone } from "./answers.ts"
import { decisionForm, EVIDENCE } from "./decision-form.ts"
import { domainOf, engagementFrame, type EngagementVisit, mayChange, questionOf } from "./engagement.ts"
import { hasLevels, levelText } from "./levels.ts"
import { answersHref, listingOf, neighbours } from "./listing.ts"
import type { PageProblem } from "./pages.ts"
import { notFound, page, type Reply } from "./respond.ts"
import { namesOf } from "./results.ts"
import { spreadSvg } from "./spread.ts"
import { versionOf } from "./versions.ts"
import type { Fields } from "./visit.ts"
import { statisticsView, voicesView } from "./voices.ts"
import { timeText } from "./words.ts"

interface Shown {
  /** As typed; without it, what is on record. */
  readonly form?: Fields
  readonly problems: readonly PageProblem[]
  /** The agreed answer was changed since the form was opened. */
  readonly conflict?: true
}

/** One question in one domain: what everybody said, how far apart, what counts, and the form for the agreed answer. */
export const answersPage = (visit: EngagementVisit, { form, problems, conflict }: Shown): Reply => {
  const domain = domainOf(visit)
  const question = questionOf(visit)
  if (domain === undefined || question === undefined) return notFound()
  const { engagement, questionnaire } = visit.stored
  const all = formConsensus(questionnaire, engagement, domain.id)
  const consensus = all.find((one) => one.question === question.id)
  if (consensus === undefined) return notFound()
  const isHere = (one: { readonly domain: string; readonly question: string }): boolean =>
    one.domain === domain.id && one.question === question.id
  const decision = engagement.decisions.find(isHere)
  const level = (anchor: Anchor | undefined) => (anchor === undefined ? undefined : { anchor, text: levelText(question, anchor) })
  const listing = listingOf(visit)
  return page(
    "answers/question",
    engagementFrame(visit, "answers", `${question.id} ${question.short}`, {
      width: "wide",
      problems,
      back: { href: answersHref(visit, domain.id, "", listing), text: `Answers: ${domain.name}` },
    }),
    {
      domain,
      question,
      state: stateText(consensus),
      tone: stateTone(consensus),
      because: consensus.skippedBecause ?? "",
      level: level(consensus.anchor),
      median: consensus.median === consensus.anchor ? undefined : level(consensus.median),
      drawing: consensus.solo.some((solo) => solo.anchor !== undefined) ? spreadSvg(question, consensus) : undefined,
      statistics: statisticsView(visit, domain.id, question, consensus),
      voices: voicesView(visit, domain.id, question, consensus),
      asked: question.primary.map(namesOf(visit.stored).role).join(", "),
      inventory:
        question.type === "table" ? inventoryView(visit, domain.id, question, engagement.inventories.find(isHere)) : undefined,
      agreed: decision === undefined ? undefined : agreedView(question, decision),
      mayChange: mayChange(visit),
      conflict: conflict === true,
      seen: versionOf(decision),
      form: decisionForm(question, consensus, decision, form, problems),
      ...neighbourLinks(visit, domain.id, neighbours(visit.stored, all, listing, question.id)),
      action: answersHref(visit, domain.id, question.id, listing),
    },
    problems.length === 0 ? {} : { status: conflict ? 409 : 422 },
  )
}

/** The question before and the one after, within the listing that the visitor came from. */
const neighbourLinks = (visit: EngagementVisit, domain: string, { previous, next }: ReturnType<typeof neighbours>) => {
  const link = (question: Question | undefined) =>
    question && {
      href: answersHref(visit, domain, question.id, listingOf(visit)),
      text: `${question.id} ${question.short}`,
    }
  return { previous: link(previous), next: link(next) }
}

/** The agreed answer in words, for the page and for paper. */
export const agreedView = (question: Question, decision: Decision) => ({
  text: answerText(question, decision),
  why: decision.rationale,
  dissent: decision.dissent ?? "",
  evidence: EVIDENCE[decision.evidence ?? "claim"],
  at: decision.time === undefined ? undefined : { iso: decision.time, text: timeText(Date.parse(decision.time)) },
})

const answerText = (question: Question, { value, anchor }: Decision): string => {
  const said = value === undefined ? "" : questionType(question).describe(question, value)
  const level = anchor === undefined || !hasLevels(question) ? "" : `level ${anchor}: ${levelText(question, anchor)}`
  return [said, level].filter((text) => text !== "").join(", ") || "an answer that is not offered any more"
}

const inventoryView = (
  visit: EngagementVisit,
  domain: string,
  question: Extract<Question, { type: "table" }>,
  inventory: Inventory | undefined,
) => ({
  href: `${visit.home}/tables/${encodeURIComponent(domain)}/${encodeURIComponent(question.id)}`,
  columns: question.columns.map((column) => column.label),
  rows: (inventory?.rows ?? []).map((row) => question.columns.map((column) => cellText(column, row[column.id]))),
  stated: inventory !== undefined,
})
