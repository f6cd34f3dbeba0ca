/** Signing in with an OpenID provider: the way there, and the way back. */
import type { Account } from "../../store/store.ts"
import { notFound, page, redirect, type Reply } from "../respond.ts"
import { accountSessionOf, sessionCookie, tokenHash } from "../session.ts"
import type { AccountVisit, Handler, Tools, Visit } from "../visit.ts"
import { enter, onwardPath, stepAfterPassword } from "./entry.ts"
import { accountFrame } from "./frame.ts"
import { withProof } from "./proof.ts"
import { type Identity, ProviderFailure } from "./provider.ts"
import { accountFor } from "./sign-on-account.ts"
import { failedThere, isDisabled, isLinkedElsewhere, notProvedAgain, somebodyElse, tripIsOver } from "./sign-on-problems.ts"
import { beginTrip, endTrip } from "./sign-on-trip.ts"
import { tooOften } from "./throttle.ts"

/** Setting out costs a row in the database, and an office comes from one address. */
const most = { trips: 300, within: 15 * 60_000 }

/** Sends the browser to the provider; with `again`, to prove once more who is signed in here. */
export const goToProvider: Handler = async (visit, on) => {
  const { provider } = on
  if (provider === undefined) return notFound()
  const to = onwardPath(visit.query["to"])
  const session = await accountSessionOf(visit, on.store)
  const account = session?.step === "open" ? session.account : undefined
  const isAgain = visit.query["again"] === "1"
  if (isAgain && account === undefined) return redirect("/sign-in")
  if (!isAgain && account !== undefined) return redirect(to)
  const wait = await on.store.countAttempt(`sign-on from ${visit.address}`.slice(0, 200), most.trips, most.within, visit.now)
  if (wait > 0) return tooOften(Math.ceil(wait / 60_000))
  return reaching(visit, on, async () => {
    const { address, cookie } = await beginTrip({ purpose: isAgain ? "confirm" : "sign-in", account, to }, visit, provider, on)
    return { reply: "provider", to: address, cookie }
  })
}

/**
 * Shows the way to the provider to somebody who wants to sign in with it from now on. It takes their own click: another site could lead
 * them there by itself, as somebody else.
 */
export const askToLink: Handler<AccountVisit> = withProof((visit, on) => {
  const { provider, config } = on
  if (provider === undefined || config.signOn === undefined) return notFound()
  const { name } = config.signOn
  return reaching(visit, on, async () => {
    const plan = { purpose: "link", account: visit.session.account, to: "/account?done=linked" } as const
    const { address, cookie } = await beginTrip(plan, visit, provider, on)
    const frame = accountFrame(visit, "Single sign-on", { back: { href: "/account", text: "Your account" } })
    return { ...page("accounts/link-sign-on", frame, { name, href: address.href }, { secret: true }), cookie }
  })
})

/** Takes whoever comes back from the provider. The trip ends here, whatever comes of it. */
export const comeBack: Handler = async (visit, on) => {
  const { provider } = on
  if (provider === undefined) return notFound()
  const trip = await endTrip(visit, on)
  if (trip === undefined) return tripIsOver()
  const reply = await reaching(visit, on, async () => {
    const identity = await provider.identityOf(visit.query, trip)
    if (trip.purpose === "link") return link(identity, trip, visit, on)
    const account = await accountFor(identity, visit, on)
    if ("reply" in account) return account
    return trip.purpose === "confirm" ? confirm(account, identity, trip, visit, on) : open(account, identity, trip.to, visit, on)
  })
  return reply.reply === "redirect" ? withoutTrip(reply, on) : reply
}

type EndedTrip = NonNullable<Awaited<ReturnType<typeof endTrip>>>

/** A provider that says when it last asked counts as proof from then on; one that does not say, not at all. */
const open = async (account: Account, identity: Identity, to: string, visit: Visit, on: Tools): Promise<Reply> => {
  const confirmedAt = Math.min(identity.provedAt ?? 0, visit.now)
  return (await enter(account, stepAfterSignOn(account, identity), to, visit, on, confirmedAt)) ?? isDisabled(on)
}

/** A second factor kept here is asked for in any case; administrators without one need one, unless the provider asked for it. */
const stepAfterSignOn = (account: Account, { isMultiFactor }: Identity) => {
  const step = stepAfterPassword(account)
  return step === "enrol" && isMultiFactor ? "open" : step
}

/** The provider stands in for the password only: whoever has a second factor here enters the code as well. */
const confirm = async (account: Account, identity: Identity, trip: EndedTrip, visit: Visit, on: Tools): Promise<Reply> => {
  const owner = await ownerOf(trip, visit, on)
  if (owner?.id !== account.id) return refuseOther(owner, trip, visit, on)
  if (!isFresh(identity, trip)) return notProvedAgain(on, trip.to)
  if (account.secondFactorSince !== undefined) return open(account, identity, trip.to, visit, on)
  await on.store.confirmAccountSession(tokenHash(visit.accountCookie ?? ""), visit.now)
  return redirect(trip.to)
}

/** Both sides are proved here, so that no address has to be the same, nor to be confirmed. */
const link = async (identity: Identity, trip: EndedTrip, visit: Visit, on: Tools): Promise<Reply> => {
  const owner = await ownerOf(trip, visit, on)
  if (owner === undefined) return refuseOther(owner, trip, visit, on)
  if (!isFresh(identity, trip)) return notProvedAgain(on, "/account")
  const known = await on.store.accountOfIdentity(identity.issuer, identity.subject)
  const isLinked = known?.id === owner.id || (await on.store.linkIdentity(owner.id, identity.issuer, identity.subject, visit.now))
  return isLinked ? redirect(trip.to) : isLinkedElsewhere(on)
}

/** Who is signed in here, as long as that is who set out. */
const ownerOf = async (trip: EndedTrip, visit: Visit, on: Tools): Promise<Account | undefined> => {
  const session = await accountSessionOf(visit, on.store)
  return session?.step === "open" && session.account.id === trip.account ? session.account : undefined
}

/** Clocks differ a little. */
const skew = 60_000

const isFresh = ({ provedAt }: Identity, { begunAt }: EndedTrip): boolean => provedAt !== undefined && provedAt >= begunAt - skew

const refuseOther = async (owner: Account | undefined, trip: EndedTrip, visit: Visit, on: Tools): Promise<Reply> => {
  if (owner === undefined) return redirect("/sign-in")
  const detail = { from: visit.address, because: "somebody-else" }
  const entry = { action: "sign-in.confirm-failed", subject: owner.id, detail }
  await on.store.noteAudit({ account: owner.id }, entry, visit.now)
  return somebodyElse(on, trip.to)
}

/** The cookie of the trip goes, beside whatever the reply sets. */
const withoutTrip = (reply: Extract<Reply, { reply: "redirect" }>, { config }: Tools): Reply => ({
  ...reply,
  cookie: [reply.cookie ?? [], sessionCookie(config.publicUrl, undefined, "sign-on")].flat(),
})

const reaching = async (visit: Visit, on: Tools, work: () => Promise<Reply>): Promise<Reply> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    const { kind, code } = error
    on.log.warn({ id: visit.requestId, kind, code }, "single sign-on failed")
    return failedThere(kind, on)
  }
}
