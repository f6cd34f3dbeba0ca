import { affectedAnswers } from "../assessment/affected-answers.ts"
import { assess } from "../assessment/assess.ts"
import type { Questionnaire } from "../assessment/model.ts"
import { compareQuestionnaires } from "../assessment/questionnaire-changes.ts"
import type { StoredEngagement } from "../store/store.ts"
import { changeInEngagement, engagementFrame, type EngagementVisit, inEngagement, withDone } from "./engagement.ts"
import type { PageProblem } from "./pages.ts"
import { page, redirect, type Reply } from "./respond.ts"
import { assessmentOf, whole } from "./results.ts"
import type { Dependencies } from "./visit.ts"

/** The shipped questionnaire, when it is another edition of the one that is frozen into the engagement. */
export const newerQuestionnaire = (
  { questionnaire: frozen }: StoredEngagement,
  { questionnaire: shipped }: Pick<Dependencies, "questionnaire">,
): Questionnaire | undefined => (shipped.id === frozen.id && shipped.hash !== frozen.hash ? shipped : undefined)

/** What the shipped questionnaire changes against the engagement's, what that does to the answers, and the button to move. */
export const showQuestionnaire = inEngagement((visit, on) => questionnairePage(visit, newerQuestionnaire(visit.stored, on), []))

/** Moves the engagement to the edition that the page compared, deliberately and no other. */
export const moveToQuestionnaire = changeInEngagement(async (visit, on) => {
  const newer = newerQuestionnaire(visit.stored, on)
  if (newer === undefined) return redirect(visit.home)
  if (visit.form["to"] !== newer.hash || visit.form["from"] !== visit.stored.questionnaire.hash) {
    return questionnairePage(visit, newer, [
      { target: "move", message: "Read the comparison again: the questionnaires are others than those you compared" },
    ])
  }
  const done = await on.store.changeQuestionnaire(visit.engagementScope, newer, visit.now)
  return done ? redirect(withDone(visit.home, "moved")) : "again"
})

const questionnairePage = (visit: EngagementVisit, newer: Questionnaire | undefined, problems: readonly PageProblem[]): Reply => {
  const { engagement, questionnaire } = visit.stored
  const back = { href: visit.home, text: "Overview" }
  const frame = engagementFrame(visit, "overview", "Questionnaire", { width: "wide", back, problems })
  if (newer === undefined) {
    const sentence = `This engagement uses ${questionnaire.title}, version ${questionnaire.version}. There is no other one to compare it with.`
    return page("engagements/questionnaire-same", frame, { sentence })
  }
  const affected = affectedAnswers(questionnaire, newer, engagement)
  return page(
    "engagements/questionnaire",
    frame,
    {
      home: visit.home,
      from: editionText(questionnaire, newer),
      to: editionText(newer, questionnaire),
      hashes: { from: questionnaire.hash, to: newer.hash },
      groups: compareQuestionnaires(questionnaire, newer),
      lost: affected.filter(({ effect }) => effect === "lost").map(affectedView),
      other: affected.filter(({ effect }) => effect === "other").map(affectedView),
      axes: newer.scoring.axes.map(({ name }) => name),
      domains: positions(visit, newer),
    },
    problems.length > 0 ? { status: 422 } : {},
  )
}

/** "version 2"; two editions of one version are told apart by the beginning of their hashes. */
export const editionText = ({ version, hash }: Questionnaire, other: Questionnaire): string =>
  version === other.version ? `version ${version} (${hash.slice(0, 8)})` : `version ${version}`

const affectedView = ({ question, name, text }: { question?: string; name: string; text: string }) => ({
  name: question === undefined ? name : `${question} ${name}`,
  text,
})

/** Where each domain stands now, and where it would stand after the move. */
const positions = (visit: EngagementVisit, newer: Questionnaire) => {
  const before = assessmentOf(visit.stored)
  const after = assess(newer, visit.stored.engagement)
  const figure = (value: number | undefined): string => (value === undefined ? "–" : whole(value))
  return before.domains.map((domain) => {
    const moved = after.domains.find((one) => one.domain === domain.domain)
    return {
      name: domain.name,
      axes: newer.scoring.axes.map(({ id }) => {
        const [old, now] = [figure(domain.axes[id]?.capped), figure(moved?.axes[id]?.capped)]
        return old === now ? old : `${old} → ${now}`
      }),
      before: domain.position.statement,
      after: moved?.position.statement ?? "",
    }
  })
}
