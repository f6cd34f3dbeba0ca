import { z } from "zod"
import { textUpTo } from "../../assessment/text.ts"
import { errorOf, readFields } from "../fields.ts"
import { typed } from "../forms.ts"
import type { PageProblem } from "../pages.ts"
import { notFound, page, type Problem, redirect, type Reply } from "../respond.ts"
import { tokenHash } from "../session.ts"
import type { Fields, Handler, Tools, Visit } from "../visit.ts"
import { enter } from "./entry.ts"
import { passwordProblem } from "./password-rules.ts"
import { hashPassword } from "./passwords.ts"
import { outsideFrame, passwordField } from "./sign-in.ts"

/** Name and address of an account, as forms give them. */
export const person = z.object({
  name: z
    .string({ error: "Enter the name" })
    .pipe(textUpTo(200))
    .refine((text) => text !== "", { error: "Enter the name" }),
  email: z
    .string({ error: "Enter the e-mail address" })
    .max(200, { error: "Shorten the e-mail address to 200 characters" })
    .pipe(z.email({ error: "Enter an e-mail address, such as ana@example.com" })),
})

const hashOf = (visit: Visit): string => tokenHash(visit.params["token"] ?? "")

/** The form that makes the first administrator; the address is gone as soon as there is one. */
export const askForAdministrator: Handler = async (visit, { store }) => {
  const use = await store.readToken(hashOf(visit), visit.now)
  if (use?.purpose !== "set-up" || (await store.countAdministrators()) > 0) return noLink()
  return setUpPage({}, [])
}

export const addAdministrator: Handler = async (visit, on) => {
  const { store } = on
  const use = await store.readToken(hashOf(visit), visit.now)
  if (use?.purpose !== "set-up" || (await store.countAdministrators()) > 0) return noLink()
  const { value, problems = [] } = readFields(person, pick(visit.form, ["name", "email"]))
  const password = await newPassword(visit.form, [value?.name ?? "", value?.email ?? ""])
  const all = [...problems, ...password.problems]
  if (value === undefined || all.length > 0) return setUpPage(visit.form, all)
  const id = on.newId()
  const made = await store.addFirstAdministrator(
    hashOf(visit),
    { id, ...value, password: await hashPassword(password.password) },
    visit.now,
  )
  const account = made ? await store.findAccount(id) : undefined
  if (account === undefined) return noLink()
  return (await enter(account, "enrol", "/", visit, on)) ?? noLink()
}

/** The two fields of a new password, read and checked. */
export const newPassword = async (
  form: Fields,
  about: readonly string[],
): Promise<{ readonly password: string; readonly problems: readonly PageProblem[] }> => {
  const password = typed(form["new-password"])
  if (password === "") return { password, problems: [{ target: "new-password", message: "Enter a new password" }] }
  const message = await passwordProblem(password, about)
  if (message !== undefined) return { password, problems: [{ target: "new-password", message }] }
  const same = typed(form["repeated-password"]) === password
  return { password, problems: same ? [] : [{ target: "repeated-password", message: "Enter the same password once more" }] }
}

export const newPasswordFields = (problems: readonly PageProblem[]) => [
  passwordField(
    "new-password",
    "New password",
    "new-password",
    errorOf(problems, "new-password"),
    "12 characters or more; four unrelated words are easy to remember and hard to guess",
  ),
  passwordField("repeated-password", "The same once more", "new-password", errorOf(problems, "repeated-password")),
]

const pick = (form: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(names.flatMap((name) => (form[name] === undefined ? [] : [[name, form[name]]])))

/** The fields of a name and an address. */
export const personFields = (form: Fields, problems: readonly PageProblem[], whose: "own" | "other") => [
  {
    id: "name",
    name: "name",
    label: whose === "own" ? "Your name" : "Name",
    value: typed(form["name"]),
    error: errorOf(problems, "name"),
    ...(whose === "own" && { autocomplete: "name" }),
  },
  {
    id: "email",
    name: "email",
    label: whose === "own" ? "Your e-mail address" : "E-mail address",
    hint: "What one signs in with",
    value: typed(form["email"]),
    error: errorOf(problems, "email"),
    inputmode: "email",
    spellcheck: false,
    ...(whose === "own" && { autocomplete: "email" }),
  },
]

const setUpPage = (form: Fields, problems: readonly PageProblem[]): Reply =>
  page(
    "accounts/set-up",
    outsideFrame("Set up Headwater", { problems }),
    { fields: [...personFields(form, problems, "own"), ...newPasswordFields(problems)] },
    { status: problems.length > 0 ? 422 : 200, secret: true },
  )

const noLink = (): Problem => ({
  ...notFound(),
  heading: "This link does not open anything",
  text: ["It was used already, or its time is over. An administrator can make a new one."],
  link: { href: "/sign-in", text: "Sign in" },
})

// ---------------------------------------------------------------- a link to set a password

/** The form with which somebody sets a password by the one-time link that they were given. */
export const askForPassword: Handler = async (visit, { store }) => {
  const use = await store.readToken(hashOf(visit), visit.now)
  const account = use?.purpose === "password" ? await store.findAccount(use.account) : undefined
  return account === undefined ? noLink() : passwordPage(account, [])
}

export const savePassword: Handler = async (visit, on) => {
  const { store } = on
  const use = await store.readToken(hashOf(visit), visit.now)
  const account = use?.purpose === "password" ? await store.findAccount(use.account) : undefined
  if (account === undefined) return noLink()
  const { password, problems } = await newPassword(visit.form, [account.name, account.email])
  if (problems.length > 0) return passwordPage(account, problems)
  const done = await store.redeemPasswordToken(hashOf(visit), await hashPassword(password), visit.now)
  return done === undefined ? noLink() : redirect("/sign-in")
}

const passwordPage = (account: { readonly name: string; readonly email: string }, problems: readonly PageProblem[]): Reply =>
  page(
    "accounts/new-password",
    outsideFrame("Set your password", { problems }),
    { account, fields: newPasswordFields(problems) },
    { status: problems.length > 0 ? 422 : 200, secret: true },
  )

/** Makes a one-time link with which somebody sets a password; gives its address. */
export const passwordLink = async (account: string, visit: Visit, by: { account: string }, on: Tools): Promise<string> => {
  const token = on.newToken()
  const use = { purpose: "password", account } as const
  await on.store.issueToken(by, tokenHash(token), use, visit.now + passwordLinkLasts, visit.now)
  return `${on.config.publicUrl}/password/${token}`
}

/** A day. */
export const passwordLinkLasts = 24 * 60 * 60 * 1000
