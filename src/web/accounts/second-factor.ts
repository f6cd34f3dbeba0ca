import { errorOf } from "../fields.ts"
import { typed } from "../forms.ts"
import type { PageProblem } from "../pages.ts"
import { qrPath } from "../qr-picture.ts"
import { page, redirect, type Reply } from "../respond.ts"
import { tokenHash } from "../session.ts"
import type { AccountVisit, Handler, Tools } from "../visit.ts"
import { enter } from "./entry.ts"
import { accountFrame } from "./frame.ts"
import { withProof } from "./proof.ts"
import { enrolmentAddress, newRecoveryCodes, newSecret, recoveryCodeHash, stepOfCode } from "./second-factor-codes.ts"
import { codeField } from "./sign-in.ts"
import { tooOften, tryOnce } from "./throttle.ts"

/** Shows a QR code for an authenticator app, and asks for a code from it. */
export const askForSecondFactor: Handler<AccountVisit> = async (visit, on) => {
  if (visit.session.account.secondFactorSince !== undefined) return redirect("/account")
  return enrolPage(visit, await proposedSecret(visit, on), [])
}

/** The secret proposed before, so that a reload does not make the app's entry worthless, or a new one. */
const proposedSecret = async ({ session }: AccountVisit, { store }: Tools): Promise<string> => {
  const proposed = (await store.credentialsOf(session.account.id))?.totpSecret
  if (proposed !== undefined) return proposed
  const secret = newSecret()
  await store.proposeTotp(session.account.id, secret)
  return secret
}

/** Takes the second factor into force once a code from the app is right, and shows the recovery codes, this once. */
export const confirmSecondFactor: Handler<AccountVisit> = async (visit, on) => {
  const { account } = visit.session
  if (account.secondFactorSince !== undefined) return redirect("/account")
  const throttle = await tryOnce("code", account.id, visit, on.store)
  if (throttle.minutes > 0) return tooOften(throttle.minutes)
  const secret = await proposedSecret(visit, on)
  const step = stepOfCode(secret, typed(visit.form["code"]), visit.now)
  if (step === undefined) {
    const message = "This code is not right. Enter the one that the app shows now; check that the phone's clock is right"
    return enrolPage(visit, secret, [{ target: "code", message }])
  }
  await throttle.forget()
  const codes = newRecoveryCodes()
  const done = await on.store.confirmTotp(account.id, step, codes.map(recoveryCodeHash), visit.now)
  const entered = done ? await enter(account, "open", "/account", visit, on) : undefined
  if (entered?.reply !== "redirect" || entered.cookie === undefined) return redirect("/sign-in")
  return { ...codesPage(visit, codes), cookie: entered.cookie }
}

/** New recovery codes in the place of the old ones, shown once. */
export const renewRecoveryCodes: Handler<AccountVisit> = withProof(async (visit, { store }) => {
  const codes = newRecoveryCodes()
  const done = await store.replaceRecoveryCodes(visit.session.account.id, codes.map(recoveryCodeHash), visit.now)
  return done ? codesPage(visit, codes) : redirect("/account")
})

/** Asks for confirmation on a page of its own, so that a form is never sent without a fresh proof. */
export const askAboutSecondFactor: Handler<AccountVisit> = withProof((visit) =>
  page(
    "accounts/second-factor-change",
    accountFrame(visit, "Second factor", { back: { href: "/account", text: "Your account" } }),
    { mandatory: visit.session.account.role === "administrator" },
  ),
)

/** Switches the second factor off; an administrator has to have one. */
export const removeSecondFactor: Handler<AccountVisit> = withProof(async (visit, { store }) => {
  const { account } = visit.session
  if (account.role === "administrator") return redirect("/account")
  await store.removeTotp(visit.by, account.id, visit.now, tokenHash(visit.accountCookie ?? ""))
  return redirect("/account?done=second-factor-off")
})

const codesPage = (visit: AccountVisit, codes: readonly string[]): Extract<Reply, { reply: "page" }> => ({
  reply: "page",
  name: "accounts/recovery-codes",
  frame: accountFrame(visit, "Your recovery codes"),
  locals: { codes },
})

const enrolPage = (visit: AccountVisit, secret: string, problems: readonly PageProblem[]): Reply => {
  const { account, step } = visit.session
  return page(
    "accounts/second-factor",
    accountFrame(visit, "Set up a second factor", {
      problems,
      ...(step === "open" && { back: { href: "/account", text: "Your account" } }),
    }),
    {
      mandatory: account.role === "administrator",
      qr: qrPath(enrolmentAddress(secret, account.email)),
      secret: secret.replaceAll(/(.{4})(?=.)/g, "$1 "),
      code: codeField(errorOf(problems, "code"), "The six figures that the app shows now"),
    },
    { status: problems.length > 0 ? 422 : 200 },
  )
}
