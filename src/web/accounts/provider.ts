/** The OpenID provider: the one file that knows openid-client. Nothing of what the provider says goes further than `Identity`. */
import type { ClientAuth, Configuration, IDToken } from "openid-client"
import { z } from "zod"
import type { SignOnSettings } from "../visit.ts"

/** What goes along to the provider and has to come back; 256 random bits each. */
export interface Trip {
  readonly state: string
  readonly nonce: string
  /** PKCE: whoever has only seen the code cannot use it. */
  readonly verifier: string
}

/** Who the provider says it is. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
  readonly email?: string
  /** The provider vouches for it that the e-mail address is theirs. */
  readonly hasVerifiedEmail: boolean
  /** When they last proved it to the provider, in epoch milliseconds, where it says so. */
  readonly provedAt?: number
  /** The provider says that it asked for more than one factor. */
  readonly isMultiFactor: boolean
}

export interface Provider {
  /** Where the browser goes; `again` asks for a new proof, of whoever has this e-mail address. Throws a `ProviderFailure`. */
  addressFor(trip: Trip, again?: string): Promise<URL>
  /** Who came back with these parameters. Throws a `ProviderFailure`. */
  identityOf(query: Readonly<Record<string, string>>, trip: Trip): Promise<Identity>
}

/** `down`: no usable answer; `refused`: the person or the provider said no; `wrong`: the answer does not hold. */
export class ProviderFailure extends Error {
  override readonly name = "ProviderFailure"
  readonly kind: "down" | "refused" | "wrong"
  /** A code out of a fixed vocabulary, fit for a log: never a token, a name or an address. */
  readonly code: string

  constructor(kind: ProviderFailure["kind"], code: string) {
    super(`${kind}: ${code}`)
    this.kind = kind
    this.code = code
  }
}

/** Where providers send the browser back to. */
export const CALLBACK = "/sign-on/callback"

/** Seconds to wait for each answer of the provider. */
const patience = 8

/** The provider of the settings. It is asked for its addresses when first needed, and again after anything went wrong. */
export const connectProvider = (settings: SignOnSettings, publicUrl: string): Provider => {
  let found: Promise<Configuration> | undefined
  const discovered = (): Promise<Configuration> => (found ??= discover(settings))
  /** Tries, and forgets the provider's addresses when that fails: they may have changed. */
  const trying = async <T>(work: () => Promise<T>, failure: (error: unknown) => ProviderFailure): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      found = undefined
      throw failure(error)
    }
  }
  return {
    addressFor: (trip, again) => trying(async () => addressOf(await discovered(), publicUrl, trip, again), noAnswer),
    identityOf: async (query, trip) => {
      const configuration = await trying(discovered, noAnswer)
      return trying(() => redeem(configuration, publicUrl, query, trip), failureOf)
    },
  }
}

/** A provider on this machine may speak http; the settings let no other do so. */
const discover = async ({ issuer, clientId, clientSecret }: SignOnSettings): Promise<Configuration> => {
  const oidc = await import("openid-client")
  const isLocal = issuer.startsWith("http:")
  const found = await oidc.discovery(
    new URL(issuer),
    clientId,
    undefined,
    clientSecret === undefined ? oidc.None() : withSecret(oidc, clientSecret),
    { timeout: patience, execute: [oidc.enableNonRepudiationChecks, ...(isLocal ? [oidc.allowInsecureRequests] : [])] },
  )
  // A provider that speaks for many organisations at once names none of them, and would let all of them in.
  if (new URL(found.serverMetadata().issuer).href !== new URL(issuer).href) throw new ProviderFailure("down", "other-issuer")
  return found
}

/** In the header, as the standard prefers it, unless the provider only takes it in the body. */
const withSecret =
  ({ ClientSecretBasic, ClientSecretPost }: typeof import("openid-client"), secret: string): ClientAuth =>
  (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"]
    const method = methods.includes("client_secret_basic") ? ClientSecretBasic : ClientSecretPost
    method(secret)(server, ...rest)
  }

const addressOf = async (
  configuration: Configuration,
  publicUrl: string,
  { state, nonce, verifier }: Trip,
  again: string | undefined,
): Promise<URL> => {
  const oidc = await import("openid-client")
  return oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: publicUrl + CALLBACK,
    scope: "openid email",
    response_mode: "query",
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...(again !== undefined && { prompt: "login", max_age: "0", login_hint: again }),
  })
}

const redeem = async (
  configuration: Configuration,
  publicUrl: string,
  query: Readonly<Record<string, string>>,
  { state, nonce, verifier }: Trip,
): Promise<Identity> => {
  const oidc = await import("openid-client")
  const back = new URL(publicUrl + CALLBACK)
  back.search = new URLSearchParams(query).toString()
  const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
  const tokens = await oidc.authorizationCodeGrant(configuration, back, checks)
  const claims = tokens.claims()
  if (claims === undefined) throw new ProviderFailure("wrong", "no-id-token")
  const saysEnough = claims["email_verified"] !== undefined || configuration.serverMetadata().userinfo_endpoint === undefined
  const about = saysEnough ? claims : await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)
  return identity(claims, about)
}

/** What a provider may say, and we hold on to: everything else is not looked at. */
const proof = z.object({
  iss: z.string().min(1).max(500),
  sub: z.string().regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/),
  auth_time: z.number().optional().catch(undefined),
  acr: z.string().optional().catch(undefined),
  amr: z.array(z.string()).optional().catch(undefined),
})
/** Plain ASCII, as in accounts: a look-alike letter must not become another one's address. */
const contact = z.object({ email: z.email().max(200).optional().catch(undefined), email_verified: z.unknown().optional() })

const identity = (claims: IDToken, about: unknown): Identity => {
  const proved = proof.safeParse(claims)
  if (!proved.success) throw new ProviderFailure("wrong", "unusable-claims")
  const { iss, sub, auth_time, acr = "", amr = [] } = proved.data
  const { email, email_verified } = contact.parse(about)
  return {
    issuer: iss,
    subject: sub,
    ...(email !== undefined && { email }),
    hasVerifiedEmail: email_verified === true,
    ...(auth_time !== undefined && { provedAt: auth_time * 1000 }),
    isMultiFactor: amr.includes("mfa") || multiFactor.has(acr),
  }
}

/** Names of the promise that more than one factor was asked for, besides RFC 8176's `mfa`. */
const multiFactor: ReadonlySet<string> = new Set([
  "https://refeds.org/profile/mfa",
  "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
])

const noAnswer = (error: unknown): ProviderFailure =>
  error instanceof ProviderFailure ? error : new ProviderFailure("down", codeOf(error))

const failureOf = (error: unknown): ProviderFailure => {
  if (error instanceof ProviderFailure) return error
  const name = error instanceof Error ? error.name : ""
  if (name === "AuthorizationResponseError") return new ProviderFailure("refused", codeOf(error))
  const isSilent = (error instanceof TypeError && !("code" in error)) || codeOf(error) === "OAUTH_TIMEOUT"
  return new ProviderFailure(isSilent ? "down" : "wrong", codeOf(error))
}

/** The standard's error code, ours, or the network's: as far as it looks like a code and nothing else. */
const codeOf = (error: unknown): string => {
  const { error: standard, code, cause } = (error ?? {}) as Readonly<Record<string, unknown>>
  const inner = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined
  const known = [standard, code, inner].find((one) => typeof one === "string" && /^[A-Za-z_]{1,60}$/.test(one))
  // Of a provider that was given a secret it does not know.
  if (known === "OAUTH_WWW_AUTHENTICATE_CHALLENGE") return "invalid_client"
  return typeof known === "string" ? known : "unknown"
}
