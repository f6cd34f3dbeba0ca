/** What the reader must know about an engagement's data: a questionnaire that changed, answers that are kept but do not count. */
import type { DomainScores } from "./domain.ts"
import type { Engagement, Questionnaire } from "./model.ts"
import type { Consensus } from "./result.ts"

/** Plain sentences, the questionnaire first, then by domain and question. */
export function noticesOn(
  questionnaire: Questionnaire,
  engagement: Engagement,
  domains: readonly DomainScores[],
): readonly string[] {
  return [
    ...questionnaireNotices(questionnaire, engagement),
    ...unknownQuestions(questionnaire, engagement),
    ...domains.flatMap((domain) => domain.consensus.flatMap((consensus) => uncounted(domain, consensus))),
  ]
}

function questionnaireNotices(questionnaire: Questionnaire, { questionnaire: begun }: Engagement): readonly string[] {
  const here = `${questionnaire.id} ${questionnaire.version}`
  if (begun.id !== questionnaire.id)
    return [`The engagement was begun with the questionnaire ${begun.id}; it is assessed with ${here}`]
  if (begun.version !== questionnaire.version) {
    return [
      `The engagement was begun with ${begun.id} ${begun.version}; it is assessed with ${here}. Compare only questions that both have`,
    ]
  }
  if (begun.hash === undefined || begun.hash === questionnaire.hash) return []
  return [`${here} has changed since the engagement began, although its version is the same`]
}

function unknownQuestions(questionnaire: Questionnaire, engagement: Engagement): readonly string[] {
  const known = new Set(questionnaire.questions.map((each) => each.id))
  const said = [...engagement.answers, ...engagement.inventories, ...engagement.decisions].map((each) => each.question)
  return [...new Set(said)]
    .filter((question) => !known.has(question))
    .map((question) => `What was said about ${question} is kept, not counted: the questionnaire has no such question`)
}

/** Answers to skipped questions, one sentence for all of a question's. */
function uncounted({ name }: DomainScores, { question, state, solo, skippedBecause }: Consensus): readonly string[] {
  const hidden = solo.filter((each) => each.hidden && each.status === "answered").length
  if (hidden === 0) return []
  const answers = hidden === 1 ? "1 answer" : `${hidden} answers`
  const kept = `${answers} to ${question} in ${name} ${hidden === 1 ? "is" : "are"} kept, not counted`
  if (state === "skipped")
    return [`${kept}, because the question is skipped${skippedBecause === undefined ? "" : `: ${skippedBecause}`}`]
  return [
    `${kept}, because ${hidden === 1 ? "its author's" : "their authors'"} own earlier answers skip the question, or the value gives no level`,
  ]
}
