import { formConsensus } from "../assessment/consensus.ts"
import { isSafeLink } from "../assessment/links.ts"
import type { Anchor, Decision, Inventory, Question } from "../assessment/model.ts"
import { questionType } from "../assessment/question-types/register.ts"
import { cellText } from "../assessment/question-types/table.ts"
import type { SoloAnswer } from "../assessment/result.ts"
import { answersHref, listed, listingOf, stateText, stateTone } from "./answers.ts"
import { decisionForm, EVIDENCE } from "./decision-form.ts"
import { domainOf, engagementFrame, type EngagementVisit, questionOf } from "./engagement.ts"
import { hasLevels, levelText } from "./levels.ts"
import type { PageProblem } from "./pages.ts"
import { notFound, page, type Reply } from "./respond.ts"
import { namesOf } from "./results.ts"
import { spreadSvg } from "./spread.ts"
import { versionOf } from "./versions.ts"
import type { Fields } from "./visit.ts"
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
      solos: consensus.solo.map((solo) => soloView(visit, question, solo)),
      asked: question.primary.map(namesOf(visit.stored).role).join(", "),
      inventory:
        question.type === "table" ? inventoryView(visit, domain.id, question, engagement.inventories.find(isHere)) : undefined,
      agreed: decision === undefined ? undefined : agreedView(question, decision),
      conflict: conflict === true,
      seen: versionOf(decision),
      form: decisionForm(question, consensus, decision, form, problems),
      ...neighbours(visit, listed(visit.stored, all, listing), domain.id, question.id),
      action: answersHref(visit, domain.id, question.id, listing),
    },
    problems.length === 0 ? {} : { status: conflict ? 409 : 422 },
  )
}

/** The question before and the one after, within the listing that the visitor came from. */
const neighbours = (
  visit: EngagementVisit,
  rows: readonly (readonly [Question, unknown])[],
  domain: string,
  question: string,
) => {
  const order = visit.stored.questionnaire.questions.map(({ id }) => id)
  const place = (id: string): number => order.indexOf(id)
  const link = (found: readonly [Question, unknown] | undefined) =>
    found && { href: answersHref(visit, domain, found[0].id, listingOf(visit)), text: `${found[0].id} ${found[0].short}` }
  return {
    previous: link(rows.findLast(([one]) => place(one.id) < place(question))),
    next: link(rows.find(([one]) => place(one.id) > place(question))),
  }
}

const agreedView = (question: Question, decision: Decision) => ({
  text: answerText(question, decision),
  why: decision.rationale,
  dissent: decision.dissent ?? "",
  at: decision.time === undefined ? undefined : { iso: decision.time, text: timeText(Date.parse(decision.time)) },
})

const answerText = (question: Question, { value, anchor }: Decision): string => {
  const said = value === undefined ? "" : questionType(question).describe(question, value)
  const level = anchor === undefined || !hasLevels(question) ? "" : `level ${anchor}: ${levelText(question, anchor)}`
  return [said, level].filter((text) => text !== "").join(", ") || "an answer that is not offered any more"
}

const soloView = ({ stored }: EngagementVisit, question: Question, solo: SoloAnswer) => ({
  name: stored.engagement.respondents.find((person) => person.id === solo.respondent)?.name ?? solo.respondent,
  role: namesOf(stored).role(solo.role),
  short: solo.role,
  answer: soloText(question, solo),
  anchor: solo.anchor,
  comment: solo.comment ?? "",
  links: (solo.links ?? []).filter(isSafeLink),
  evidence: solo.evidence === "claim" ? "" : EVIDENCE[solo.evidence],
  hidden: solo.hidden,
})

const soloText = (question: Question, { status, value, reason }: SoloAnswer): string => {
  if (status === "dont-know") return reason === undefined ? "Doesn't know" : `Doesn't know: ${reason}`
  if (status === "not-applicable") return `Not applicable: ${reason ?? ""}`
  if (value === undefined) return ""
  return questionType(question).describe(question, value) || "An answer that is not offered any more"
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
