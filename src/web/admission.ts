/** Who comes, and whether the policy lets them: every request passes here. */
import type { AccountSession } from "../store/store.ts"
import { gone } from "./engagement.ts"
import { keptFields, sessionEnded } from "./links.ts"
import { type ActorKind, actorsOf } from "./policy.ts"
import { type Problem, redirect, type Reply } from "./respond.ts"
import { accountSessionOf, asRespondent } from "./session.ts"
import type { AccountVisit, Handler, RespondentVisit, Route, Tools, Visit } from "./visit.ts"

/** Lets the visitor in as whoever the route's permission names, or says what to do instead. */
export const admit = async (route: Route, visit: Visit, on: Tools): Promise<Reply> => {
  const actors = actorsOf(route.permission)
  if (actors.includes("anybody")) return (route.handle as Handler)(visit, on)
  if (actors.includes("respondent")) {
    const respondent = await asRespondent(visit, on.store)
    return respondent ? (route.handle as Handler<RespondentVisit>)(respondent, on) : sessionEnded(visit)
  }
  const session = await accountSessionOf(visit, on.store)
  if (session === undefined) return signInFirst(route, visit)
  if (session.step === "second-factor") return redirect("/sign-in/code")
  if (session.step === "enrol" && route.path !== enrolment) return redirect(enrolment)
  const account: AccountVisit = { ...visit, session, by: { account: session.account.id }, standing: undefined }
  return withAccount(await asAccount(route, account, actors, on), session)
}

/** All that an administrator can do without a second factor: set one up. */
const enrolment = "/account/second-factor"

const memberKinds = { owner: "owner", editor: "editor", reader: "member-reader" } as const

const asAccount = async (route: Route, visit: AccountVisit, actors: readonly ActorKind[], on: Tools): Promise<Reply> => {
  const handle = route.handle as Handler<AccountVisit>
  const { engagement } = visit.params
  if (!actors.includes("owner")) {
    return actors.includes(visit.session.account.role) ? handle(visit, on) : refused(route, visit, on, notYours)
  }
  const standing = await on.store.standingOf({ engagement: engagement ?? "", by: visit.by })
  // What is not there and what is somebody else's look the same.
  if (standing === undefined) return refused(route, visit, on, gone(visit))
  return actors.includes(memberKinds[standing]) ? handle({ ...visit, standing }, on) : refused(route, visit, on, readOnly)
}

const refused = async (route: Route, visit: AccountVisit, on: Tools, problem: Problem): Promise<Problem> => {
  const { engagement } = visit.params
  const note = { action: "access.refused", detail: { permission: route.permission } }
  await on.store.noteAudit(
    visit.by,
    { ...note, ...(engagement !== undefined && { engagement: engagement.slice(0, 200) }) },
    visit.now,
  )
  return { ...problem, kept: keptFields(visit.form) }
}

const notYours: Problem = {
  reply: "problem",
  status: 403,
  heading: "Your account may not do this",
  text: ["Nothing was changed. An administrator can give your account another role."],
}

const readOnly: Problem = {
  reply: "problem",
  status: 403,
  heading: "You may read this engagement, not do this",
  text: ["Nothing was changed. One of its owners can make you an editor or an owner."],
}

/** A page is asked for again after the sign-in; what was typed into a form stays on the page, to be sent again. */
const signInFirst = (route: Route, visit: Visit): Reply => {
  if (visit.method === "GET" || visit.method === "HEAD") return redirect(signInPath(visit))
  return {
    reply: "problem",
    status: 403,
    heading: "Sign in again",
    text: [
      "You are not signed in any more: a sign-in ends after 30 minutes without use and after 8 hours in any case.",
      "Sign in in another window, then go back to this page's form and send it once more.",
    ],
    link: { href: "/sign-in", text: "Sign in" },
    ...(route.body !== "json" && { kept: keptFields(visit.form) }),
  }
}

const signInPath = ({ path }: Visit): string => (path === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(path)}`)

/** The account stands in the header of every page that it is shown. */
const withAccount = (reply: Reply, { account, step }: AccountSession): Reply =>
  reply.reply === "page" && step === "open"
    ? { ...reply, frame: { ...reply.frame, account: { name: account.name, role: account.role } } }
    : reply
