import { z } from "zod"
import type { Account } from "../../store/store.ts"
import { errorOf, readFields } from "../fields.ts"
import { typed } from "../forms.ts"
import type { PageProblem } from "../pages.ts"
import { moment } from "../question-view.ts"
import { notFound, page, redirect, type Reply } from "../respond.ts"
import type { AccountVisit, Fields, Handler, Tools } from "../visit.ts"
import { accountFrame } from "./frame.ts"
import { providersOf } from "./identities.ts"
import { ROLES } from "./own-account.ts"
import { withProof } from "./proof.ts"
import { passwordLink, person, personFields } from "./set-up.ts"

const roles = ["administrator", "consultant", "reader"] as const

const accountForm = person.extend({ role: z.enum(roles, { error: "Select what the account may do" }) })

/** Everybody who can sign in. */
export const listAccounts: Handler<AccountVisit> = async (visit, { store }) => {
  const linked = new Set((await store.listIdentities()).map(({ account }) => account))
  const accounts = (await store.listAccounts()).map((account) => ({
    name: account.name,
    email: account.email,
    role: account.role,
    href: hrefOf(account),
    state: stateText(account, linked.has(account.id)),
    secondFactor: account.secondFactorSince === undefined ? "no" : "yes",
  }))
  return page("accounts/list", accountFrame(visit, "Accounts", { width: "page" }), { accounts })
}

const hrefOf = ({ id }: Pick<Account, "id">): string => `/accounts/${encodeURIComponent(id)}`

const stateText = (account: Account, isLinked: boolean): string => {
  if (account.disabledAt !== undefined) return "Disabled"
  return account.hasPassword ? "Can sign in" : isLinked ? "Signs in with single sign-on" : "Has no password yet"
}

/** The form for a new account. */
export const askForAccount: Handler<AccountVisit> = withProof((visit, on) =>
  accountPage(visit, on, undefined, { role: "consultant" }, []),
)

/** Adds the account and shows the link with which its owner sets a password. */
export const addAccount: Handler<AccountVisit> = withProof(async (visit, on) => {
  const { value, problems } = readFields(accountForm, visit.form)
  if (problems !== undefined) return accountPage(visit, on, undefined, visit.form, problems)
  const id = on.newId()
  if (!(await on.store.addAccount(visit.by, { id, ...value }, visit.now))) {
    return accountPage(visit, on, undefined, visit.form, [isTaken])
  }
  return linkPage(visit, value.name, await newLink(id, visit, on))
})

const isTaken: PageProblem = { target: "email", message: "Another account signs in with this address. Enter another one" }

/** One account: name, role, and the ways to help its owner. */
export const showAccount: Handler<AccountVisit> = withProof(async (visit, on) => {
  const account = await on.store.findAccount(visit.params["account"] ?? "")
  return account === undefined ? notFound() : accountPage(visit, on, account, account as unknown as Fields, [])
})

export const saveAccount: Handler<AccountVisit> = withProof(async (visit, on) => {
  const account = await on.store.findAccount(visit.params["account"] ?? "")
  if (account === undefined) return notFound()
  const { value, problems } = readFields(accountForm, visit.form)
  if (problems !== undefined) return accountPage(visit, on, account, visit.form, problems)
  const outcome = await on.store.changeAccount(visit.by, account.id, value, visit.now)
  if (outcome === "gone") return notFound()
  if (outcome === "taken") return accountPage(visit, on, account, visit.form, [isTaken])
  if (outcome === "last-administrator") return accountPage(visit, on, account, visit.form, [lastOne])
  return redirect(account.id === visit.session.account.id && value.role !== account.role ? "/sign-in" : "/accounts?done=saved")
})

const lastOne: PageProblem = { target: "role", message: "Make somebody else an administrator first: this is the last one" }

/** Disables the account, or enables it again. */
export const disableAccount: Handler<AccountVisit> = withProof(async (visit, on) => {
  const account = await on.store.findAccount(visit.params["account"] ?? "")
  if (account === undefined) return notFound()
  const disabled = visit.form["action"] === "disable"
  if (await on.store.disableAccount(visit.by, account.id, disabled, visit.now))
    return redirect(`/accounts?done=${disabled ? "disabled" : "enabled"}`)
  return accountPage(visit, on, account, account as unknown as Fields, [lastOne])
})

/** Makes a one-time link with which the owner sets a password, for the administrator to hand over. */
export const makePasswordLink: Handler<AccountVisit> = withProof(async (visit, on) => {
  const account = await on.store.findAccount(visit.params["account"] ?? "")
  if (account === undefined || account.disabledAt !== undefined) return notFound()
  return linkPage(visit, account.name, await newLink(account.id, visit, on))
})

/** Takes the second factor off an account whose owner has lost it. */
export const takeOffSecondFactor: Handler<AccountVisit> = withProof(async (visit, { store }) => {
  const done = await store.removeTotp(visit.by, visit.params["account"] ?? "", visit.now)
  return done ? redirect("/accounts?done=without-factor") : notFound()
})

const newLink = (account: string, visit: AccountVisit, on: Tools): Promise<string> =>
  passwordLink(account, visit, { account: visit.session.account.id }, on)

const linkPage = (visit: AccountVisit, name: string, link: string): Reply =>
  page(
    "accounts/link",
    accountFrame(visit, "Link to set a password", { back: { href: "/accounts", text: "Accounts" }, scripts: ["copy.js"] }),
    { name, link },
    { secret: true },
  )

const accountPage = async (
  visit: AccountVisit,
  on: Tools,
  account: Account | undefined,
  form: Fields,
  problems: readonly PageProblem[],
): Promise<Reply> => {
  const role = typed(form["role"])
  const providers = account === undefined ? [] : await providersOf(account.id, on)
  return page(
    "accounts/account",
    accountFrame(visit, account?.name ?? "Add an account", { problems, back: { href: "/accounts", text: "Accounts" } }),
    {
      heading: account?.name ?? "Add an account",
      fields: personFields(form, problems, "other"),
      role: {
        id: "role",
        name: "role",
        label: "What the account may do",
        error: errorOf(problems, "role"),
        choices: roles.map((one) => ({ value: one, text: ROLES[one], checked: one === role })),
      },
      known: account && {
        href: hrefOf(account),
        state: stateText(account, false),
        signsInWith: providers.map((name) => `“${name}”`).join(", "),
        disabled: account.disabledAt !== undefined,
        since: moment(account.createdAt),
        secondFactor: account.secondFactorSince !== undefined,
        isOwn: account.id === visit.session.account.id,
      },
    },
    { status: problems.length > 0 ? 422 : 200 },
  )
}
