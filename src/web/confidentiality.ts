import type { Respondent } from "../assessment/model.ts"
import type { Response } from "../store/store.ts"

/** Who sees what, in the words of what was agreed with those who are asked: one sentence a line. */
export const whoSeesWhat = ({ stored, respondent }: Response, everybody: readonly Respondent[]): readonly string[] => {
  const { terms, questionnaire } = stored
  const shared =
    "Lists, such as those of source systems, are shared with the colleagues who are asked about the same domain. Nobody else who is asked sees your answers."
  if (terms.confidentiality === "named") {
    return [
      "The consultants see your name beside your answers. The report shows roles, not names; it may quote a comment with your role.",
      shared,
    ]
  }
  const role = questionnaire.roles.find(({ id }) => id === respondent.role)?.name ?? respondent.role
  const alone = everybody.filter((one) => one.role === respondent.role).length < 2
  return [
    "The consultants see your role beside your answers, not your name. They know who is asked and who has submitted. The report shows roles only; it may quote a comment with your role.",
    ...(alone ? [`You are the only ${role} who is asked, so your answers can be recognised by your role.`] : []),
    shared,
  ]
}
