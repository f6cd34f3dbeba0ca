import { type PageProblem } from "../pages.ts"
import { page, redirect, type Reply } from "../respond.ts"
import { accountIdle, tokenHash } from "../session.ts"
import { errorOf } from "../fields.ts"
import { typed } from "../forms.ts"
import type { AccountVisit, Handler, Tools } from "../visit.ts"
import { count } from "../words.ts"
import { moment } from "../question-view.ts"
import { enter } from "./entry.ts"
import { accountFrame } from "./frame.ts"
import { providersOf } from "./identities.ts"
import { checkPassword, hashPassword } from "./passwords.ts"
import { withProof } from "./proof.ts"
import { newPassword, newPasswordFields } from "./set-up.ts"
import { passwordField } from "./sign-in.ts"
import { tooOften, tryOnce } from "./throttle.ts"

/** The account's own page: who one is, the second factor, the password, and where one is signed in. */
export const showOwnAccount: Handler<AccountVisit> = async (visit, on) => {
  const { store, config } = on
  const { account } = visit.session
  const providers = await providersOf(account.id, on)
  const sessions = await store.listAccountSessions(account.id, visit.now, accountIdle)
  return page("accounts/own", accountFrame(visit, "Your account"), {
    account,
    role: ROLES[account.role],
    since: account.secondFactorSince === undefined ? undefined : moment(account.secondFactorSince),
    signOn:
      config.signOn === undefined && providers.length === 0
        ? undefined
        : { providers: providers.map((name) => `“${name}”`).join(", ") },
    mandatory: account.role === "administrator",
    codesLeft: count(await store.recoveryCodesLeft(account.id), "recovery code"),
    sessions: sessions.map(({ id, browser, address, createdAt, seenAt }) => ({
      id,
      browser,
      address,
      from: moment(createdAt),
      seen: moment(seenAt),
      isThis: id === visit.session.id,
    })),
  })
}

/** What each role may do, in a few words. */
export const ROLES = {
  administrator: "Administrator: everything, with accounts and the audit log",
  consultant: "Consultant: own engagements and those shared",
  reader: "Reader: engagements shared for reading, without names",
} as const

/** Ends one sign-in, or all but this one. */
export const endSessions: Handler<AccountVisit> = async (visit, { store }) => {
  const { account } = visit.session
  const id = typed(visit.form["session"])
  const which = id === "" ? { except: tokenHash(visit.accountCookie ?? "") } : { id }
  const ended = await store.endAccountSessions(account.id, which, visit.now)
  return redirect(id === visit.session.id ? "/sign-in" : `/account?done=${ended === 0 ? "no-session-ended" : "sessions-ended"}`)
}

/** The form for a new password. */
export const askForOwnPassword: Handler<AccountVisit> = (visit) => ownPasswordPage(visit, [])

/** Changes the password; every other sign-in ends, and this one goes on under a new token. */
export const saveOwnPassword: Handler<AccountVisit> = async (visit, on) => {
  const { account } = visit.session
  const { password, problems } = await newPassword(visit.form, [account.name, account.email])
  const wrong = await wrongPassword(visit, on)
  if (typeof wrong === "number") return tooOften(wrong)
  if (problems.length + wrong.length > 0) return ownPasswordPage(visit, [...wrong, ...problems])
  await on.store.setPassword(visit.by, account.id, await hashPassword(password), visit.now)
  return (await enter(account, "open", "/account?done=password", visit, on)) ?? redirect("/sign-in")
}

/** What is wrong with the present password that was entered, or the minutes to wait. */
const wrongPassword = async (visit: AccountVisit, { store }: Tools): Promise<readonly PageProblem[] | number> => {
  const credentials = await store.credentialsOf(visit.session.account.id)
  if (credentials?.password === undefined) return []
  const throttle = await tryOnce("password", visit.session.account.id, visit, store)
  if (throttle.minutes > 0) return throttle.minutes
  const { right } = await checkPassword(credentials.password, typed(visit.form["password"]).slice(0, 1000))
  if (!right) return [{ target: "password", message: "This is not your present password" }]
  await throttle.forget()
  return []
}

const ownPasswordPage = (visit: AccountVisit, problems: readonly PageProblem[]): Reply => {
  const { account } = visit.session
  const present = account.hasPassword
    ? [passwordField("password", "Present password", "current-password", errorOf(problems, "password"))]
    : []
  const frame = accountFrame(visit, "Change your password", { problems, back: { href: "/account", text: "Your account" } })
  return page(
    "accounts/own-password",
    frame,
    { fields: [...present, ...newPasswordFields(problems)], email: account.email },
    { status: problems.length > 0 ? 422 : 200 },
  )
}

/** An account that signs in elsewhere gets its first password only after it has proved who it is. */
export const askForFirstOrNewPassword: Handler<AccountVisit> = (visit, on) =>
  visit.session.account.hasPassword ? askForOwnPassword(visit, on) : withProof(askForOwnPassword)(visit, on)
