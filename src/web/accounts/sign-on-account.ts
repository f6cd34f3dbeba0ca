import type { Account } from "../../store/store.ts"
import type { Problem } from "../respond.ts"
import type { Tools, Visit } from "../visit.ts"
import type { Identity } from "./provider.ts"
import { hasAnotherIdentity, isDisabled, isUnknown, isUnverified } from "./sign-on-problems.ts"

/**
 * The account of whoever comes from the provider: the one that was linked before, else the one with their address, which then is linked.
 * Nobody gets an account by coming here. Whoever runs the provider decides whose an address is; a second factor kept here stays asked for.
 */
export const accountFor = async (identity: Identity, visit: Visit, on: Tools): Promise<Account | Problem> => {
  const refuse = refusing(visit, on)
  const known = await on.store.accountOfIdentity(identity.issuer, identity.subject)
  if (known !== undefined) return known.disabledAt === undefined ? known : refuse(isDisabled(on), "disabled", known)
  const { email } = identity
  if (email === undefined) return refuse(isUnknown(on, undefined), "no-address")
  if (!identity.hasVerifiedEmail) return refuse(isUnverified(on, email), "unverified-address")
  const account = (await on.store.findCredentials(email))?.account
  if (account === undefined) return refuse(isUnknown(on, email), "no-account")
  if (account.disabledAt !== undefined) return refuse(isDisabled(on), "disabled", account)
  if (await on.store.linkIdentity(account.id, identity.issuer, identity.subject, visit.now)) return account
  return refuse(hasAnotherIdentity(on, email), "another-identity", account)
}

const refusing =
  (visit: Visit, { store }: Tools) =>
  async (problem: Problem, because: string, account?: Account): Promise<Problem> => {
    const entry = { action: "sign-in.failed", ...(account && { subject: account.id }), detail: { from: visit.address, because } }
    await store.noteAudit("nobody", entry, visit.now)
    return problem
  }
