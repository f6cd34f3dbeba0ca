/** The providers with which accounts sign in. */
import { notFound, redirect } from "../respond.ts"
import type { AccountVisit, Handler, Tools } from "../visit.ts"
import { withProof } from "./proof.ts"

/** Names of the providers with which the account signs in, as they stand on buttons; of a provider of earlier settings, its host. */
export const providersOf = async (account: string, { store, config: { signOn } }: Tools): Promise<readonly string[]> =>
  (await store.listIdentities(account)).map(({ issuer }) => {
    const { href, host } = new URL(issuer)
    return signOn !== undefined && new URL(signOn.issuer).href === href ? signOn.name : host
  })

/** Takes the link to the provider off an account, for whoever the provider now knows as somebody else. */
export const takeOffSignOn: Handler<AccountVisit> = withProof(async (visit, { store }) => {
  const done = await store.unlinkIdentities(visit.by, visit.params["account"] ?? "", visit.now)
  return done ? redirect("/accounts?done=without-sign-on") : notFound()
})
