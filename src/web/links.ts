import type { Response } from "../store/store.ts"
import { askedOf, openQuestions } from "./asked.ts"
import { answersUntil, overSince } from "./closing.ts"
import { whoSeesWhat } from "./confidentiality.ts"
import { moment } from "./question-view.ts"
import { notFound, page, type Problem } from "./respond.ts"
import { sessionCookie, tokenHash } from "./session.ts"
import type { Fields, Handler, RespondentVisit, Visit } from "./visit.ts"
import { aboutMinutes, count, listed, withArticle } from "./words.ts"

const SESSION = 8 * 60 * 60 * 1000

/** What a personal link shows: who asks, what for, how long it takes, who sees what. Changes nothing: mail scanners open links too. */
export const askToStart: Handler = async (visit, { store }) => {
  const link = await store.readLink(tokenHash(visit.params["token"] ?? ""), visit.now)
  const response = link && (await store.loadResponse(link.scope))
  if (link === undefined || response === undefined) return unknownLink()
  const { engagement } = response.stored
  if (link.expired) return expiredLink(engagement.client)
  const over = overSince(response.stored, visit.now)
  const until = answersUntil(response.stored, link.scope.respondent)
  return page(
    "respond/welcome",
    { title: ["Your answers", engagement.title], area: "respondent", place: engagement.title, width: "form" },
    {
      engagement,
      respondent: response.respondent,
      submitted: response.submittedAt !== undefined,
      begun: response.answers.length > 0,
      askers: whoAsks(await store.ownersOf(link.scope), engagement.client),
      ...whatIsAsked(response),
      whoSees: whoSeesWhat(response, await store.listAsked(link.scope)),
      over: over === undefined ? undefined : moment(over),
      until: until === undefined ? undefined : moment(until),
    },
    { secret: true },
  )
}

/** The consultants by name, and for whom they ask. */
const whoAsks = (names: readonly string[], client: string): string =>
  names.length === 0
    ? `A consultant who works for ${client}.`
    : `${listed(names)}, ${names.length === 1 ? "a consultant who works" : "consultants who work"} for ${client}.`

const whatIsAsked = (response: Response): { readonly asked: string; readonly time: string | undefined } => {
  const asked = askedOf(response)
  const { questions, minutes } = openQuestions(asked)
  const { questionnaire } = response.stored
  const role = questionnaire.roles.find((role) => role.id === response.respondent.role)?.name ?? response.respondent.role
  const domains = listed(asked.map(({ domain }) => domain.name))
  const left = response.answers.length > 0 ? "left for you" : `for you as ${withArticle(role)}`
  return {
    asked:
      questions === 0
        ? `About ${domains}. You have answered everything; check your answers and submit them.`
        : `${count(questions, "question")} ${left}, about ${domains}.`,
    time: questions === 0 ? undefined : aboutMinutes(minutes).replace(/^./, (first) => first.toUpperCase()),
  }
}

/** Exchanges the link for a session, so that the token leaves the address. */
export const start: Handler = async (visit, { store, newToken, config }) => {
  const session = newToken()
  const hash = tokenHash(visit.params["token"] ?? "")
  const scope = await store.openSession(hash, tokenHash(session), visit.now + SESSION, visit.now)
  const to = visit.form["go"] === "instead" ? "/respond/instead" : "/respond"
  if (scope !== undefined) return { reply: "redirect", to, cookie: sessionCookie(config.publicUrl, session) }
  const link = await store.readLink(hash, visit.now)
  const response = link && (await store.loadResponse(link.scope))
  return response ? expiredLink(response.stored.engagement.client) : unknownLink()
}

/** Ends the session on this device. The answers stay; the link opens them again. */
export const leave: Handler<RespondentVisit> = async (visit, { store, config }) => {
  if (visit.cookie !== undefined) await store.endSession(tokenHash(visit.cookie))
  return { reply: "redirect", to: "/goodbye", cookie: sessionCookie(config.publicUrl, undefined), forget: true }
}

/** Says that the answers are kept and how to come back. */
export const goodbye: Handler = () =>
  page("respond/goodbye", { title: ["Your answers are kept"], area: "respondent", width: "form" }, {})

/** A respondent's page without a session; what was typed stays on the page, to be copied. */
export const sessionEnded = (visit: Visit): Problem => ({
  reply: "problem",
  status: 403,
  heading: "Open your personal link again",
  text: [
    "This device is not signed in, or was signed in more than 8 hours ago.",
    "Your saved answers are kept. The link in your invitation opens them.",
  ],
  kept: keptFields(visit.form),
})

/** What a refused form held, field by field. */
export const keptFields = (form: Fields): readonly { name: string; value: string }[] =>
  Object.entries(form)
    .filter(([name]) => !/\.(seen|key|unheard)$|^(action|return|for|password|new-password|repeated-password|code)$/.test(name))
    .map(([name, value]) => ({ name, value: [value].flat().join("; ") }))
    .filter((item) => item.value !== "")

/** Unknown and revoked links are the same page. */
export const unknownLink = (): Problem => ({
  ...notFound(),
  heading: "This link does not open anything",
  text: ["Check that you copied all of it, or ask the person who sent it for a new one."],
})

const expiredLink = (client: string): Problem => ({
  reply: "problem",
  status: 410,
  heading: "This link has expired",
  text: [`Your saved answers are kept. Ask the consultant who works for ${client} for a new link to go on.`],
})
