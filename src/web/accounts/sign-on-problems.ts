/** What single sign-on says when it does not lead in. */
import type { Problem } from "../respond.ts"
import type { Tools } from "../visit.ts"
import type { ProviderFailure } from "./provider.ts"

const problem = (status: number, heading: string, ...text: readonly string[]): Problem => ({
  reply: "problem",
  status,
  heading,
  text,
  link: { href: "/sign-in", text: "Back to the sign-in" },
})

/** The provider by the name on its button. */
const nameOf = ({ config }: Tools): string => `“${config.signOn?.name ?? ""}”`

/** The state is unknown, used, too old, or another browser's. */
export const tripIsOver = (): Problem =>
  problem(
    403,
    "This sign-in cannot go on",
    "It was finished already, took longer than ten minutes, or began in another browser. Begin again: nothing is lost.",
  )

/** The provider, or the person there, did not finish it. */
export const failedThere = (kind: ProviderFailure["kind"], on: Tools): Problem => {
  if (kind === "down") {
    const wait = "Try again in a few minutes. If you have a password here, it works as before."
    return { ...problem(503, "The sign-in service does not answer", `${nameOf(on)} cannot be reached. ${wait}`), retryAfter: 60 }
  }
  if (kind === "refused") {
    return problem(403, "You were not signed in", `The sign-in at ${nameOf(on)} was refused or broken off. You can try again.`)
  }
  return problem(
    403,
    "The answer of the sign-in service does not hold",
    `What came back from ${nameOf(on)} could not be verified, so you were not signed in. Try again; if it happens twice, tell an administrator.`,
  )
}

/** For whoever the provider cannot be asked about. */
const linkYourself = "If you have a password here, sign in with it. You can then link your account on its own page."

export const isUnknown = (on: Tools, email: string | undefined): Problem =>
  email === undefined
    ? problem(
        403,
        "Your account was not found",
        `${nameOf(on)} knows you, but gave no e-mail address to find it by.`,
        linkYourself,
      )
    : problem(
        403,
        "You have no account here yet",
        `${nameOf(on)} knows you as ${email}, but nobody has made an account for this address.`,
        "Ask an administrator of Headwater to make one.",
      )

export const isUnverified = (on: Tools, email: string): Problem =>
  problem(
    403,
    "Your address is not confirmed",
    `${nameOf(on)} knows you as ${email}, but does not vouch for it that this address is yours. Whoever runs it can confirm the address.`,
    linkYourself,
  )

export const isDisabled = (on: Tools): Problem =>
  problem(403, "Your account is disabled", `${nameOf(on)} knows you, but your account here is disabled. Ask an administrator.`)

export const hasAnotherIdentity = (on: Tools, email: string): Problem =>
  problem(
    403,
    "This account is linked to somebody else",
    `The account of ${email} signs in with another identity of ${nameOf(on)}. An administrator can take that link off.`,
  )

export const isLinkedElsewhere = (on: Tools): Problem => ({
  ...problem(
    403,
    "Nothing was linked",
    `Either your account signs in with another identity of ${nameOf(on)} already, or this identity opens another account here. An administrator can take such links off.`,
  ),
  link: { href: "/account", text: "Back to your account" },
})

const confirmAgain = (to: string): Pick<Problem, "link"> => ({
  link: { href: `/account/confirm?to=${encodeURIComponent(to)}`, text: "Confirm again" },
})

export const somebodyElse = (on: Tools, to: string): Problem => ({
  ...problem(
    403,
    "This was somebody else",
    `At ${nameOf(on)} you signed in as another person than here, so nothing was confirmed. Sign out there, then confirm again as yourself.`,
  ),
  ...confirmAgain(to),
})

export const notProvedAgain = (on: Tools, to: string): Problem => ({
  ...problem(
    403,
    "This was no fresh proof",
    `${nameOf(on)} did not ask you again who you are, or does not say so. Sign out there, then try again.`,
  ),
  ...confirmAgain(to),
})
