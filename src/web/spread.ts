import type { Question } from "../assessment/model.ts"
import type { Consensus } from "../assessment/result.ts"
import { countedAnswers, drawSpread } from "../report/charts/spread.ts"
import { toSvg } from "../report/svg.ts"

/** The answers to one question by role and level, as a picture. */
export const spreadSvg = (question: Question, consensus: Consensus): string =>
  toSvg(
    drawSpread(
      [
        {
          id: question.id,
          name: question.short,
          answers: countedAnswers(
            consensus.solo.flatMap((solo) =>
              solo.hidden || solo.anchor === undefined ? [] : [{ role: solo.role, level: solo.anchor }],
            ),
          ),
          ...(consensus.anchor !== undefined && { agreed: consensus.anchor }),
          decided: consensus.state === "decided",
        },
      ],
      440,
      `Answers to ${question.id} by role`,
    ),
    `spread-${question.id}`,
  )
