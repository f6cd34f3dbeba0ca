import { withProof } from "./accounts/proof.ts"
import { amongPeople, engagementFrame, withDone } from "./engagement.ts"
import { backToPeople, personOf } from "./person.ts"
import { notFound, page, redirect } from "./respond.ts"
import { count } from "./words.ts"

/** Lets somebody who has submitted change their answers again. */
export const reopenAnswers = amongPeople(async (visit, { store }) => {
  const done = await store.reopen({ ...visit.engagementScope, respondent: visit.params["person"] ?? "" }, visit.now)
  return done ? redirect(withDone(`${visit.home}/people`, "reopened")) : notFound()
})

/** Says what is erased, what stays and why, before a person is. */
export const askToRemovePerson = withProof(
  amongPeople((visit) => {
    const person = personOf(visit)
    if (person === undefined) return notFound()
    const answers = visit.stored.engagement.answers.filter((answer) => answer.respondent === person.id).length
    return page(
      "people/remove",
      engagementFrame(visit, "people", "Erase a person", { width: "form", back: backToPeople(visit) }),
      {
        person,
        answers: count(answers, "answer"),
        home: visit.home,
      },
    )
  }),
)

/** Erases the person for good, from an archived engagement too. */
export const removePerson = withProof(
  amongPeople(
    async (visit, { store }) => {
      const done = await store.removeRespondent(visit.engagementScope, visit.params["person"] ?? "", visit.now)
      return done ? redirect(withDone(`${visit.home}/people`, "person-removed")) : notFound()
    },
    { whileArchived: true },
  ),
)
