/** Before the dangerous things, whoever sits at the device proves once more who they are. */
import { errorOf } from "../fields.ts"
import { typed } from "../forms.ts"
import { keptFields } from "../links.ts"
import type { PageProblem } from "../pages.ts"
import { page, redirect, type Reply } from "../respond.ts"
import { tokenHash } from "../session.ts"
import type { AccountVisit, Handler, Tools } from "../visit.ts"
import { onwardPath } from "./entry.ts"
import { accountFrame } from "./frame.ts"
import { checkPassword } from "./passwords.ts"
import { codeField, isRightCode, passwordField } from "./sign-in.ts"
import { tooOften, tryOnce } from "./throttle.ts"

const MINUTE = 60_000
/** How fresh the proof must be to open such a page, and to send its form: what is begun in time can be finished. */
const fresh = { page: 10 * MINUTE, form: 30 * MINUTE } as const

/** Lets the handler work only for somebody who has proved lately who they are; others prove it first and then come back. */
export const withProof =
  (handle: Handler<AccountVisit>): Handler<AccountVisit> =>
  (visit, on) => {
    const isPage = visit.method === "GET" || visit.method === "HEAD"
    if (visit.now - visit.session.confirmedAt < (isPage ? fresh.page : fresh.form)) return handle(visit, on)
    if (isPage) return redirect(`/account/confirm?to=${encodeURIComponent(visit.path)}`)
    return {
      reply: "problem",
      status: 403,
      heading: "Confirm first that it is you",
      text: ["Nothing was changed yet. Confirm it, then open the page again and send it once more."],
      link: { href: "/account/confirm", text: "Confirm" },
      kept: keptFields(visit.form),
    }
  }

/** Asks for the password, and the code where there is a second factor. */
export const askForProof: Handler<AccountVisit> = (visit, on) => proofPage(visit, on, onwardPath(visit.query["to"]), [])

export const takeProof: Handler<AccountVisit> = async (visit, on) => {
  const { account } = visit.session
  const to = onwardPath(visit.form["to"])
  const throttle = await tryOnce("confirm", account.id, visit, on.store)
  if (throttle.minutes > 0) return tooOften(throttle.minutes)
  const problems = await whatIsWrong(visit, on)
  if (problems.length > 0) {
    await on.store.noteAudit(visit.by, { action: "sign-in.confirm-failed", subject: account.id }, visit.now)
    return proofPage(visit, on, to, problems)
  }
  await throttle.forget()
  await on.store.confirmAccountSession(tokenHash(visit.accountCookie ?? ""), visit.now)
  return redirect(to)
}

const whatIsWrong = async (visit: AccountVisit, on: Tools): Promise<readonly PageProblem[]> => {
  const { account } = visit.session
  const credentials = await on.store.credentialsOf(account.id)
  if (credentials?.password !== undefined) {
    const { right } = await checkPassword(credentials.password, typed(visit.form["password"]).slice(0, 1000))
    if (!right) return [{ target: "password", message: "The password is not right" }]
  }
  if (account.secondFactorSince !== undefined) {
    const right = await isRightCode(account.id, typed(visit.form["code"]), visit, on)
    if (!right) return [{ target: "code", message: "This code is not right, or was used before. Enter the one shown now" }]
  }
  const proved = credentials?.password !== undefined || account.secondFactorSince !== undefined
  return proved ? [] : [{ target: "main", message: "Sign in with your provider once more" }]
}

const proofPage = (visit: AccountVisit, { config }: Tools, to: string, problems: readonly PageProblem[]): Reply => {
  const { account } = visit.session
  const again = `/sign-on?again=1&to=${encodeURIComponent(to)}`
  return page(
    "accounts/confirm",
    accountFrame(visit, "Confirm that it is you", { problems }),
    {
      to,
      password: account.hasPassword
        ? passwordField("password", "Password", "current-password", errorOf(problems, "password"))
        : undefined,
      code:
        account.secondFactorSince === undefined
          ? undefined
          : codeField(errorOf(problems, "code"), "The six figures that your app shows now, or one of your recovery codes"),
      elsewhere: config.signOn === undefined ? undefined : { text: config.signOn.name, href: again },
    },
    { status: problems.length > 0 ? 422 : 200 },
  )
}
