import type { Logger } from "pino"
import type { Questionnaire } from "../assessment/model.ts"
import type { AccountSession, Actor, MemberRole, Response, ResponseScope, Store } from "../store/store.ts"
import type { Provider } from "./accounts/provider.ts"
import type { EstateReader } from "./estate/reader.ts"
import type { Limiter } from "./limiter.ts"
import type { Permission } from "./policy.ts"
import type { Problem, Reply } from "./respond.ts"
import type { Room } from "./room.ts"
import type { Limits } from "./traffic.ts"
import type { Receive } from "./uploads.ts"

/** What the web needs from outside; `main.ts` and the tests hand it in. */
export interface Dependencies {
  readonly store: Store
  /** Frozen into new engagements. */
  readonly questionnaire: Questionnaire
  /** Builds a PDF off the main thread. */
  readonly pdf: { render(report: unknown, options: { format: "A4" | "Letter" }): Promise<Uint8Array> }
  /** Reads and compares imports off the main thread. */
  readonly estates: EstateReader
  /** Epoch milliseconds. */
  readonly clock: () => number
  /** The calendar day of a moment where the program runs, an ISO date. */
  readonly dayOf: (time: number) => string
  /** A new UUID. */
  readonly newId: () => string
  /** 256 random bits, base64url. */
  readonly newToken: () => string
  readonly log: Logger
  readonly config: WebConfig
  /** Where accounts may also sign in; made of `config.signOn` when absent. */
  readonly provider?: Provider | undefined
  /** True once the process is stopping: `/readyz` then says so. */
  readonly draining: () => boolean
  /** Milliseconds of a clock that only goes forward, for what is limited by time; the process' own when absent. */
  readonly elapsed?: () => number
  /** Free bytes where the data is; without end when absent. */
  readonly freeBytes?: () => number
  /** When the last good backup was made, where the program makes them; for `/readyz`. */
  readonly lastBackup?: () => number | undefined
}

export interface WebConfig {
  /** Address that people open, without a slash at the end: `http://127.0.0.1:3000`. */
  readonly publicUrl: string
  /** How long a personal link works. */
  readonly linkDays: number
  /** Saves a minute for each respondent, before 429. */
  readonly savesPerMinute: number
  /** Addresses or ranges of proxies whose word on where a request comes from is taken. */
  readonly trustedProxies: readonly string[]
  /** Whether invitations and reminders can be sent by e-mail. */
  readonly mail: boolean
  /** What one source may do at a time; the usual limits when absent. */
  readonly limits?: Partial<Limits>
  /** Where accounts may also sign in, by OpenID Connect. */
  readonly signOn?: SignOnSettings
}

/** An OpenID provider, and how it knows this program. */
export interface SignOnSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret?: string
  /** As it stands on the button. */
  readonly name: string
}

/** Fields of a form or query as sent; a name sent more than once has a list. */
export type Fields = Readonly<Record<string, string | readonly string[]>>

/** One request, already checked for host, origin, size and type. */
export interface Visit {
  readonly method: string
  /** The path with its query, as it was asked for. */
  readonly path: string
  /** Parts of the path by name, decoded, without control characters. */
  readonly params: Readonly<Record<string, string>>
  /** Each at most once. */
  readonly query: Readonly<Record<string, string>>
  /** Empty unless the route reads a form. */
  readonly form: Fields
  /** Files and fields of a route that takes an upload. */
  readonly files: readonly { readonly field: string; readonly name: string; readonly bytes: Uint8Array }[]
  /** Reads the files of a route that takes large ones. */
  readonly receive: Receive
  /** The body of a JSON route, nested at most 20 deep. */
  readonly json: unknown
  /** The token of a respondent's session. */
  readonly cookie: string | undefined
  /** The token of an account's session. */
  readonly accountCookie: string | undefined
  /** Binds the way to the OpenID provider and back to one browser. */
  readonly signOnCookie: string | undefined
  /** Where the request comes from: an address of a client, or of a proxy that is not trusted. */
  readonly address: string
  /** What the browser says of itself, shortened. */
  readonly browser: string
  /** Version tags that the browser already holds. */
  readonly holds: (tag: string) => boolean
  readonly requestId: string
  /** Says who it is, once that is known; what comes back is to be answered instead. */
  readonly arrive: (actor: string) => Problem | undefined
  readonly now: number
  /** The day of `now`, which stands on reports: an ISO date. */
  readonly today: string
}

/** The visit of a respondent whose session is valid. */
export interface RespondentVisit extends Visit {
  readonly scope: ResponseScope
  readonly response: Response
}

/** The visit of somebody who is signed in. */
export interface AccountVisit extends Visit {
  readonly session: AccountSession
  /** The account, as the store's scopes name it. */
  readonly by: Actor
  /** What they may do with the engagement of the address, where it names one. */
  readonly standing: MemberRole | undefined
}

/** What handlers work with. */
export interface Tools extends Dependencies {
  /** Part of every page's version tag: another after each start, for pages, scripts and sums may then be others. */
  readonly release: string
  readonly waitBeforeSaving: Limiter
  readonly room: () => Room
}

export type Handler<V extends Visit = Visit> = (visit: V, on: Tools) => Promise<Reply> | Reply

/** What a route reads from the body. */
export type Body = "none" | "form" | "json" | "upload" | "files"

export interface Route {
  readonly method: "get" | "post" | "put"
  readonly path: string
  readonly permission: Permission
  readonly body: Body
  readonly handle: Handler | Handler<RespondentVisit> | Handler<AccountVisit>
}
