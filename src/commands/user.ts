import { randomBytes, randomUUID } from "node:crypto"
import type { Config } from "../config.ts"
import type { Account, AccountRole, Store } from "../store/store.ts"
import { wrong } from "./arguments.ts"
import { type Command, exitCode, type Given, type Io, Refusal } from "./command.ts"

/** `headwater user …`: accounts from the shell, for the first one and for the day nobody can sign in. */
export const user: Command = {
  name: "user",
  summary: "add, list, reset, disable or enable accounts",
  operands: "add NAME EMAIL | reset EMAIL | disable EMAIL | enable EMAIL | list",
  operandCount: [1, 3],
  options: {
    role: { type: "string", value: "ROLE", help: "administrator, consultant (when absent) or reader, with add" },
    "second-factor": { type: "boolean", help: "take the second factor off too, with reset" },
  },
  notes:
    "add and reset print a link with which the person sets a password; it works once, for a day.\nThe embedded database belongs to one program at a time: stop the server first. PostgreSQL takes this while it runs.",
  run,
}

const by = { program: "command line" }
const DAY = 24 * 60 * 60 * 1000

type Action = (store: Store, operands: readonly string[], given: Given, config: Config) => Promise<string>

const actions: Readonly<Record<string, { readonly operands: number; readonly run: Action }>> = {
  add: { operands: 2, run: add },
  reset: { operands: 1, run: reset },
  disable: { operands: 1, run: (store, [email]) => setDisabled(store, email, true) },
  enable: { operands: 1, run: (store, [email]) => setDisabled(store, email, false) },
  list: { operands: 0, run: list },
}

async function run(given: Given, io: Io): Promise<number> {
  const [name = "", ...operands] = given.operands
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (action === undefined || operands.length !== action.operands) throw wrong(user, `Use headwater user ${user.operands}.`)
  const { readConfig } = await import("../config.ts")
  const read = readConfig()
  if ("problems" in read) throw new Refusal(exitCode.usage, read.problems.join("\n"))
  const { openStore } = await import("../open-store.ts")
  const { store } = await openStore(read.config, Date.now(), () => undefined)
  try {
    io.out(await action.run(store, operands, given, read.config))
    return exitCode.ok
  } finally {
    await store.close()
  }
}

async function add(store: Store, operands: readonly string[], given: Given, config: Config): Promise<string> {
  const { person } = await import("../web/accounts/set-up.ts")
  const [name, email] = operands
  const read = person.safeParse({ name, email })
  if (!read.success) throw wrong(user, `${read.error.issues.map(({ message }) => message).join(". ")}.`)
  const account = { id: randomUUID(), ...read.data, role: roleOf(given) }
  if (!(await store.addAccount(by, account, Date.now())))
    throw new Refusal(exitCode.usage, `There is an account with the address ${email} already.`)
  return `${account.name} is added as ${account.role}.\n${await passwordLink(store, account.id, config)}`
}

function roleOf(given: Given): AccountRole {
  const role = given.text("role") ?? "consultant"
  if (role === "administrator" || role === "consultant" || role === "reader") return role
  throw wrong(user, `"${role}" is no role: give administrator, consultant or reader.`)
}

async function reset(store: Store, [email]: readonly string[], given: Given, config: Config): Promise<string> {
  const account = await find(store, email)
  if (given.has("second-factor")) await store.removeTotp(by, account.id, Date.now())
  return `${account.name} can set a new password.\n${await passwordLink(store, account.id, config)}`
}

async function setDisabled(store: Store, email: string | undefined, disabled: boolean): Promise<string> {
  const account = await find(store, email)
  if (await store.disableAccount(by, account.id, disabled, Date.now()))
    return `${account.name} ${disabled ? "can no longer sign in" : "can sign in again"}.\n`
  throw new Refusal(exitCode.usage, `${account.name} is the last administrator. Make another one first.`)
}

async function list(store: Store): Promise<string> {
  const accounts = await store.listAccounts()
  if (accounts.length === 0) return "There are no accounts yet.\n"
  return accounts
    .map(({ email, role, name, disabledAt }) => `${email}\t${role}\t${name}${disabledAt === undefined ? "" : "\tdisabled"}\n`)
    .join("")
}

async function find(store: Store, email: string | undefined): Promise<Account> {
  const found = await store.findCredentials(email ?? "")
  if (found === undefined) throw new Refusal(exitCode.usage, `There is no account with the address ${email}.`)
  return found.account
}

async function passwordLink(store: Store, account: string, config: Config): Promise<string> {
  const { tokenHash } = await import("../web/session.ts")
  const { localUrl } = await import("../public-url.ts")
  const token = randomBytes(32).toString("base64url")
  const now = Date.now()
  await store.issueToken(by, tokenHash(token), { purpose: "password", account }, now + DAY, now)
  const address = config.publicUrl ?? localUrl(config.host, config.port)
  return `Link to set the password, once, within a day (the server must be running at this address):\n${address}/password/${token}\n`
}
