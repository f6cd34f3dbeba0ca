import type { TextQuestion } from "../model.ts"
import { cleanText } from "../text.ts"
import { readAnswer } from "./form.ts"
import type { QuestionTypeOf } from "./type.ts"

/** Free text, never scored. */
export const text: QuestionTypeOf<TextQuestion> = {
  problemWith(question, value) {
    if (typeof value !== "string") return `Give a text for ${question.id}`
    const cleaned = cleanText(value)
    if ("problem" in cleaned) return cleaned.problem
    return cleaned.text === "" ? `Enter a text for ${question.id}, or leave the answer out` : undefined
  },

  anchorOf: () => undefined,

  describe: (_question, value) => (typeof value === "string" ? value : ""),

  readForm: (question, fields) =>
    readAnswer(question, fields, (sent) => {
      if (sent.length === 0) return undefined
      if (sent.length > 1) return { problems: [{ field: question.id, message: `Enter one text: ${sent.length} were sent` }] }
      const cleaned = cleanText(sent[0]!)
      if ("problem" in cleaned) return { problems: [{ field: question.id, message: cleaned.problem }] }
      return cleaned.text === "" ? undefined : { value: cleaned.text }
    }),
}
