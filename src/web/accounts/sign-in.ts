import { errorOf } from "../fields.ts"
import { typed } from "../forms.ts"
import type { Frame, PageProblem } from "../pages.ts"
import { page, redirect, type Reply } from "../respond.ts"
import { accountSessionOf, sessionCookie, tokenHash } from "../session.ts"
import type { Handler, Tools, Visit } from "../visit.ts"
import { enter, onwardPath, stepAfterPassword } from "./entry.ts"
import { checkPassword, hashPassword } from "./passwords.ts"
import { recoveryCodeHash, stepOfCode } from "./second-factor-codes.ts"
import { tooOften, tryOnce } from "./throttle.ts"

/** The frame of a page for somebody who is not signed in. */
export const outsideFrame = (title: string, more: Partial<Frame> = {}): Frame => ({
  title: [title],
  area: "consultant",
  width: "form",
  ...more,
})

/** The form with which accounts sign in. */
export const askToSignIn: Handler = async (visit, on) => {
  const session = await accountSessionOf(visit, on.store)
  if (session?.step === "open") return redirect(onwardPath(visit.query["to"]))
  return signInPage(on, { email: "", to: visit.query["to"] ?? "" }, [])
}

/** Checks name and password. An unknown name, a wrong password and a disabled account look and take the same. */
export const signIn: Handler = async (visit, on) => {
  const email = typed(visit.form["email"]).trim()
  const password = typed(visit.form["password"])
  const given = { email, to: typed(visit.form["to"]) }
  const missing = [
    ...(email === "" ? [{ target: "email", message: "Enter your e-mail address" }] : []),
    ...(password === "" ? [{ target: "password", message: "Enter your password" }] : []),
  ]
  if (missing.length > 0) return signInPage(on, given, missing)
  const throttle = await tryOnce("sign-in", email, visit, on.store)
  if (throttle.minutes > 0) return tooOften(throttle.minutes)
  const credentials = email.length <= 200 ? await on.store.findCredentials(email) : undefined
  const { right, outdated } = await checkPassword(credentials?.password, password.slice(0, 1000))
  const account = credentials?.account
  if (!right || account === undefined || account.disabledAt !== undefined) return wrong(visit, on, given, account?.id)
  await throttle.forget()
  if (outdated) await on.store.renewPasswordHash(account.id, await hashPassword(password))
  return (
    (await enter(account, stepAfterPassword(account), onwardPath(given.to), visit, on)) ?? wrong(visit, on, given, account.id)
  )
}

const wrong = async (visit: Visit, on: Tools, given: Given, account: string | undefined): Promise<Reply> => {
  const detail = { from: visit.address }
  await on.store.noteAudit(
    "nobody",
    { action: "sign-in.failed", ...(account !== undefined && { subject: account }), detail },
    visit.now,
  )
  return signInPage(on, given, [{ target: "email", message: "The e-mail address or the password is not right" }])
}

interface Given {
  readonly email: string
  readonly to: string
}

const signInPage = async (on: Tools, { email, to }: Given, problems: readonly PageProblem[]): Promise<Reply> =>
  page(
    "accounts/sign-in",
    outsideFrame("Sign in", { problems }),
    {
      to,
      isNew: (await on.store.countAdministrators()) === 0,
      elsewhere: signOnButton(on, to),
      email: {
        id: "email",
        name: "email",
        label: "E-mail address",
        value: email,
        error: errorOf(problems, "email"),
        inputmode: "email",
        autocomplete: "username",
        spellcheck: false,
      },
      password: passwordField("password", "Password", "current-password", errorOf(problems, "password")),
    },
    { status: problems.length > 0 ? 422 : 200, secret: true },
  )

const signOnButton = ({ config }: Tools, to: string) =>
  config.signOn === undefined
    ? undefined
    : { text: config.signOn.name, href: `/sign-on${to === "" ? "" : `?to=${encodeURIComponent(onwardPath(to))}`}` }

/** A field for a password; what was typed is never sent back. */
export const passwordField = (
  id: string,
  label: string,
  autocomplete: "current-password" | "new-password",
  error: string | undefined,
  hint?: string,
) => ({ id, name: id, label, value: "", type: "password", autocomplete, error, ...(hint !== undefined && { hint }) })

// ---------------------------------------------------------------- second factor

/** Asks for the code of the authenticator app, or a recovery code. */
export const askForCode: Handler = async (visit, on) => {
  const session = await accountSessionOf(visit, on.store)
  if (session === undefined) return redirect("/sign-in")
  const to = onwardPath(visit.query["to"])
  return session.step === "second-factor" ? codePage(to, []) : redirect(to)
}

export const takeCode: Handler = async (visit, on) => {
  const session = await accountSessionOf(visit, on.store)
  if (session === undefined) return redirect("/sign-in")
  const to = onwardPath(visit.form["to"])
  if (session.step !== "second-factor") return redirect(to)
  const { account } = session
  const throttle = await tryOnce("code", account.id, visit, on.store)
  if (throttle.minutes > 0) return tooOften(throttle.minutes)
  if (!(await isRightCode(account.id, typed(visit.form["code"]), visit, on))) {
    await on.store.noteAudit("nobody", { action: "sign-in.code-failed", subject: account.id }, visit.now)
    return codePage(to, [{ target: "code", message: "This code is not right, or was used before. Enter the one shown now" }])
  }
  await throttle.forget()
  return (await enter(account, "open", to, visit, on)) ?? redirect("/sign-in")
}

/** Whether it is a code of the account's app, or one of its recovery codes; it is used up then. */
export const isRightCode = async (account: string, code: string, visit: Visit, { store }: Tools): Promise<boolean> => {
  const secret = (await store.credentialsOf(account))?.totpSecret
  if (secret === undefined || code.length > 100) return false
  const step = stepOfCode(secret, code, visit.now)
  return step !== undefined
    ? store.takeTotpStep(account, step)
    : store.takeRecoveryCode(account, recoveryCodeHash(code), visit.now)
}

const codePage = (to: string, problems: readonly PageProblem[]): Reply =>
  page(
    "accounts/code",
    outsideFrame("Enter your code", { problems }),
    { to, code: codeField(errorOf(problems, "code"), "The six figures that your app shows now, or one of your recovery codes") },
    { status: problems.length > 0 ? 422 : 200, secret: true },
  )

/** A field for a code of an app. */
export const codeField = (error: string | undefined, hint: string) => ({
  id: "code",
  name: "code",
  label: "Code",
  value: "",
  hint,
  width: "medium",
  inputmode: "text",
  autocomplete: "one-time-code",
  spellcheck: false,
  error,
})

// ---------------------------------------------------------------- the way out

/** Ends the sign-in on this device. */
export const signOut: Handler = async (visit, { store, config }) => {
  if (visit.accountCookie !== undefined) await store.endAccountSession(tokenHash(visit.accountCookie), visit.now)
  return { ...redirect("/sign-in"), cookie: sessionCookie(config.publicUrl, undefined, "account"), forget: true }
}
