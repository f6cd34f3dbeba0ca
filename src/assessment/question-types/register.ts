import type { Question, QuestionType } from "../model.ts"
import { multi } from "./multi.ts"
import { number } from "./number.ts"
import { single } from "./single.ts"
import { table } from "./table.ts"
import { text } from "./text.ts"
import type { QuestionTypeOf } from "./type.ts"

const register: { readonly [T in QuestionType]: QuestionTypeOf<Extract<Question, { type: T }>> } = {
  single,
  multi,
  number,
  text,
  table,
}

/** The type of a question: how its values are checked, levelled, shown and read from a form. */
export const questionType = (question: Question): QuestionTypeOf<Question> => register[question.type]
