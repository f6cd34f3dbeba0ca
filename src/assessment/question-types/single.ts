import type { SingleQuestion } from "../model.ts"
import { readAnswer } from "./form.ts"
import type { QuestionTypeOf } from "./type.ts"

/** One of several options; the value is the anchor of the option. */
export const single: QuestionTypeOf<SingleQuestion> = {
  problemWith: (question, value) =>
    optionOf(question, value) === undefined
      ? `Choose one of the levels ${question.options.map((option) => option.anchor).join(", ")} of ${question.id}`
      : undefined,

  anchorOf: (question, value) => optionOf(question, value)?.anchor,

  describe: (question, value) => optionOf(question, value)?.text ?? "",

  readForm: (question, fields) =>
    readAnswer(question, fields, (sent) => {
      if (sent.length === 0) return undefined
      if (new Set(sent).size > 1) return { problems: [{ field: question.id, message: "Select one answer only" }] }
      const option = question.options.find((option) => String(option.anchor) === sent[0])
      if (option === undefined) return { problems: [{ field: question.id, message: "Select one of the answers shown" }] }
      return { value: option.anchor }
    }),
}

const optionOf = (question: SingleQuestion, value: unknown) => question.options.find((option) => option.anchor === value)
