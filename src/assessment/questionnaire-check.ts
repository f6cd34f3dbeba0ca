/** What is wrong with a questionnaire beyond the shape of its files. */
import type { Draft } from "./checks/draft.ts"
import type { Fault } from "./checks/fault.ts"
import { checkDuplicates } from "./checks/ids.ts"
import { checkLandscape } from "./checks/landscape.ts"
import { checkQuestions } from "./checks/questions.ts"
import { checkRecommendations } from "./checks/recommendations.ts"
import { checkReferences } from "./checks/references.ts"
import { checkScoring } from "./checks/scoring.ts"
import { checkSkips } from "./checks/skips.ts"
import type { Questionnaire } from "./model.ts"

/** Every fault of the parts that could be read. `questionnaire` is what they make together, where nothing is missing. */
export function* checkQuestionnaire(draft: Draft, questionnaire: Questionnaire | undefined): Generator<Fault, void> {
  yield* checkDuplicates(draft)
  yield* checkReferences(draft)
  yield* checkQuestions(draft)
  yield* checkSkips(draft)
  yield* checkScoring(draft)
  yield* checkRecommendations(draft)
  if (questionnaire && isPlaced(questionnaire)) yield* checkLandscape(questionnaire)
}

const isPlaced = ({ scoring: { axes, placement } }: Questionnaire): boolean =>
  [placement.vertical, placement.horizontal].every((id) => axes.some((axis) => axis.id === id))
