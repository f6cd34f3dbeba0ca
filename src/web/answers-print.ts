import { formConsensus } from "../assessment/consensus.ts"
import type { Question } from "../assessment/model.ts"
import type { Consensus } from "../assessment/result.ts"
import { agreedView } from "./answers-page.ts"
import { narrowedText, stateText } from "./answers.ts"
import { computedPage, domainOf, engagementFrame, type EngagementVisit } from "./engagement.ts"
import { levelText } from "./levels.ts"
import { answersHref, listed, listingOf } from "./listing.ts"
import { notFound, page } from "./respond.ts"
import { namesOf } from "./results.ts"
import { levelLines, statisticsView } from "./voices.ts"
import { count } from "./words.ts"

/** Comments printed with a question; the question's page has the others. */
const COMMENTS_SHOWN = 8

/** The questions of a listing with what was said, on paper for a workshop: by level and role, nobody by name. */
export const printAnswers = computedPage((visit) => {
  const domain = domainOf(visit)
  if (domain === undefined) return notFound()
  const { engagement, questionnaire } = visit.stored
  const listing = listingOf(visit)
  const rows = listed(visit.stored, formConsensus(questionnaire, engagement, domain.id), listing)
  const back = { href: answersHref(visit, domain.id, "", listing), text: `Answers: ${domain.name}` }
  return page("answers/print", engagementFrame(visit, "answers", `To print: ${domain.name}`, { width: "page", back }), {
    domain,
    narrowed: narrowedText(visit, listing),
    amount: count(rows.length, "question"),
    questions: rows.map(([question, consensus]) => paperView(visit, domain.id, question, consensus)),
  })
})

const paperView = (visit: EngagementVisit, domain: string, question: Question, consensus: Consensus) => {
  const { stored } = visit
  const decision = stored.engagement.decisions.find((one) => one.domain === domain && one.question === question.id)
  const comments = consensus.solo.filter(({ hidden, comment }) => !hidden && comment !== undefined)
  return {
    id: question.id,
    href: answersHref(visit, domain, question.id, listingOf(visit)),
    text: question.text,
    state: stateText(consensus),
    because: consensus.skippedBecause ?? "",
    counts:
      consensus.anchor === undefined ? undefined : { anchor: consensus.anchor, text: levelText(question, consensus.anchor) },
    statistics: statisticsView(visit, domain, question, consensus),
    lines: levelLines(visit, question, consensus),
    comments: comments
      .slice(0, COMMENTS_SHOWN)
      .map(({ role, anchor, comment }) => ({ role: namesOf(stored).role(role), anchor, text: comment ?? "" })),
    more: Math.max(0, comments.length - COMMENTS_SHOWN),
    agreed: decision === undefined ? undefined : agreedView(question, decision),
  }
}
