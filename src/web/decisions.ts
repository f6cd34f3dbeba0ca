import type { Anchor, Decision, Question } from "../assessment/model.ts"
import { evidenceGrades } from "../assessment/question-types/form.ts"
import { questionType } from "../assessment/question-types/register.ts"
import { answersHref, listingOf } from "./listing.ts"
import { answersPage } from "./answers-page.ts"
import { changeInEngagement, computedPage, domainOf, type EngagementVisit, gone, questionOf, withDone } from "./engagement.ts"
import { errorOf, readText } from "./fields.ts"
import { typed } from "./forms.ts"
import { hasLevels } from "./levels.ts"
import type { PageProblem } from "./pages.ts"
import { redirect } from "./respond.ts"
import { isSeen, versionOf } from "./versions.ts"

/** Everybody's answer to one question in one domain, the spread by role, and the agreed answer. */
export const showAnswers = computedPage((visit) => answersPage(visit, { problems: [] }))

/**
 * Records the agreed answer, or takes it back. What was agreed on elsewhere while the page was open is shown beside what
 * was typed, and nothing is overwritten.
 */
export const saveDecision = changeInEngagement(async (visit, { store }) => {
  const domain = domainOf(visit)
  const question = questionOf(visit)
  if (domain === undefined || question === undefined) return gone(visit, "This question or domain is not there any more")
  const current = visit.stored.engagement.decisions.find((one) => one.domain === domain.id && one.question === question.id)
  const takesBack = visit.form["action"] === "take-back"
  const { decision, problems } = takesBack ? { decision: undefined, problems: [] } : readDecision(visit, domain.id, question)
  if (problems.length > 0) return answersPage(visit, { form: visit.form, problems })
  const done = withDone(answersHref(visit, domain.id, question.id, listingOf(visit)), takesBack ? "undecided" : "decided")
  if (versionOf(withoutTime(current)) === versionOf(withoutTime(decision))) return redirect(done)
  if (!isSeen(visit, current))
    return answersPage(visit, { form: visit.form, problems: [changedMeanwhile(question)], conflict: true })
  const saved = await store.saveDecision(visit.engagementScope, domain.id, question.id, decision, visit.now)
  return saved ? redirect(done) : "again"
})

const changedMeanwhile = (question: Question): PageProblem => ({
  target: question.type === "table" ? "level" : question.id,
  message: "The agreed answer was changed while this page was open. Compare the two, then record yours or leave the other",
})

/** In one order of keys, so that the same answer is the same, wherever it comes from. */
const withoutTime = (decision: Decision | undefined): unknown =>
  decision && [decision.value, decision.anchor, decision.rationale, decision.dissent ?? "", decision.evidence ?? "claim"]

const readDecision = (
  visit: EngagementVisit,
  domain: string,
  question: Question,
): { readonly decision?: Decision; readonly problems: readonly PageProblem[] } => {
  const problems: PageProblem[] = []
  const level = typed(visit.form["level"])
  const anchor = /^[0-4]$/.test(level) && hasLevels(question) ? (Number(level) as Anchor) : undefined
  const read = questionType(question).readForm(question, { [question.id]: visit.form[question.id] ?? "" })
  if (anchor === undefined) problems.push(...read.problems.map(({ message }) => ({ target: question.id, message })))
  const value = read.content?.status === "answered" ? read.content.value : undefined
  if (anchor === undefined && value === undefined && problems.length === 0) {
    problems.push({ target: question.type === "table" ? "level" : question.id, message: "Select the answer you agreed on" })
  }
  const rationale = readText(visit.form, "rationale", problems)
  const dissent = readText(visit.form, "dissent", problems)
  if (rationale === "" && errorOf(problems, "rationale") === undefined) {
    problems.push({ target: "rationale", message: "Say why this answer was agreed" })
  }
  const evidence = evidenceGrades.find((grade) => grade === visit.form["evidence"])
  if (problems.length > 0) return { problems }
  return {
    problems,
    decision: {
      domain,
      question: question.id,
      ...(value !== undefined && { value }),
      ...(anchor !== undefined && { anchor }),
      rationale,
      ...(dissent !== "" && { dissent }),
      ...(evidence !== undefined && { evidence }),
      time: new Date(visit.now).toISOString(),
    },
  }
}
