import type { Anchor, Question } from "../assessment/model.ts"

/** The level of a scored question in its own words: the option, the band, or the share. "" for questions without levels. */
export const levelText = (question: Question, anchor: Anchor): string => {
  switch (question.type) {
    case "single":
      return question.options.find((option) => option.anchor === anchor)?.text ?? ""
    case "number":
      return (
        question.bands.find((band) => band.anchor === anchor)?.text ??
        question.special?.find((special) => special.anchor === anchor)?.text ??
        ""
      )
    case "multi":
      return question.bands?.find((band) => band.anchor === anchor)?.text ?? ""
    case "table":
      return question.score?.bands.find((band) => band.anchor === anchor)?.text ?? ""
    case "text":
      return ""
  }
}

/** Whether an answer to the question has a level at all. */
export const hasLevels = (question: Question): boolean => levelText(question, 0) !== "" || levelText(question, 4) !== ""
