/** The environment, checked: the only place that reads it. */
import { isIP } from "node:net"
import { z } from "zod"
import { shownUrl } from "./public-url.ts"

export interface Config {
  /** Where the embedded database lives. */
  readonly dataFolder: string
  /** `postgres://…`; the embedded database when absent. */
  readonly databaseUrl?: string
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly logLevel: "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent"
  /** Address that people open, without a slash at the end; by host and port when absent. */
  readonly publicUrl?: string
  readonly linkDays: number
  readonly savesPerMinute: number
  /** Pages and changes that one person, or one address without a session, may ask for in a minute. */
  readonly requestsPerMinute: number
  /** Seconds between saying that the server stops and taking no more requests. */
  readonly drainDelay: number
  /** Backups of the embedded database that the server makes by itself. */
  readonly backup?: BackupConfig
  /** Addresses or ranges of proxies that are believed when they say where a request comes from. */
  readonly trustedProxies: readonly string[]
  /** Listens on this machine's own interface alone. */
  readonly isLocal: boolean
  /** The mail server that invitations and reminders go through. */
  readonly mail?: MailConfig
  /** The OpenID provider that accounts may sign in with. */
  readonly signOn?: SignOnConfig
}

export interface BackupConfig {
  readonly folder: string
  /** From one backup to the next. */
  readonly hours: number
  /** How many of them stay. */
  readonly keep: number
}

export interface MailConfig {
  /** `smtp://` or `smtps://`, with user and password where it asks for them. */
  readonly server: string
  readonly from: string
}

export interface SignOnConfig {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret?: string
  /** As it stands on the button. */
  readonly name: string
}

const whole = (from: number, to: number, usual: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `Give a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine((value) => value >= from && value <= to, `Give a whole number from ${from} to ${to}`)
    .prefault(String(usual))

const isRange = (text: string): boolean => {
  const [address = "", bits] = text.split("/")
  const most = isIP(address) === 6 ? 128 : 32
  return isIP(address) !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
}

const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host)

const httpsAddress = (what: string) =>
  z
    .string()
    .refine((url) => URL.canParse(url) && /^https:|^http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?:[:/]|$)/.test(url), what)

const environmentSchema = z.object({
  DATA_DIR: z.string().prefault("data"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, "Give an address that begins with postgres://, or leave it out for the embedded database")
    .optional(),
  HOST: z
    .string()
    .refine(
      (host) => host === "localhost" || isIP(host) !== 0,
      "Give an address of this machine: 127.0.0.1 for it alone, 0.0.0.0 or :: for every network it is in",
    )
    .prefault("127.0.0.1"),
  PORT: whole(0, 65_535, 3000),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
      error: "Use trace, debug, info, warn, error, fatal or silent",
    })
    .prefault("warn"),
  PUBLIC_URL: z
    .string()
    .refine((url) => shownUrl(url) !== undefined, "Give an address without a path, such as https://headwater.example.com")
    .transform((url) => shownUrl(url) ?? url)
    .refine(
      (url) => /^(?:https:|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::|$))/.test(url),
      "Give an https address: over plain http, browsers would send answers and sessions unprotected",
    )
    .optional(),
  LINK_DAYS: whole(1, 365, 30),
  SAVES_PER_MINUTE: whole(1, 10_000, 120),
  REQUESTS_PER_MINUTE: whole(60, 1_000_000, 300),
  DRAIN_DELAY: whole(0, 10, 0),
  BACKUP_DIR: z.string().optional(),
  BACKUP_HOURS: whole(1, 168, 24),
  BACKUP_KEEP: whole(1, 1_000, 14),
  TRUST_PROXY: z
    .string()
    .transform((text) => text.split(",").flatMap((part) => part.trim() || []))
    .refine(
      (parts) => parts.every((part) => ["loopback", "linklocal", "uniquelocal"].includes(part) || isRange(part)),
      "Give addresses or ranges of your own proxies, such as 10.0.0.5 or 10.0.0.0/24, with commas between them",
    )
    .prefault(""),
  SMTP_URL: z
    .string()
    .refine(
      (url) => URL.canParse(url) && /^smtps?:$/.test(new URL(url).protocol) && new URL(url).hostname !== "",
      "Give the mail server as smtps://user:password@mail.example.com, or smtp:// for one that starts TLS by itself",
    )
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(
      /^[^\r\n<>]*<[^@\s<>]+@[^@\s<>]+>$|^[^@\s<>]+@[^@\s<>]+$/,
      "Give an address, such as Headwater <headwater@example.com>",
    )
    .optional(),
  OIDC_ISSUER: httpsAddress("Give the https address of your OpenID provider, as it names itself").optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(40, "Give a name of at most 40 characters: it stands on a button").prefault("Single sign-on"),
})

type Environment = z.output<typeof environmentSchema>

/** Settings that only make sense together. */
const together = ({ HOST, PUBLIC_URL, SMTP_URL, MAIL_FROM, OIDC_ISSUER, OIDC_CLIENT_ID }: Environment): readonly string[] => [
  ...(isLoopback(HOST) || PUBLIC_URL?.startsWith("https:")
    ? []
    : [`PUBLIC_URL: Give the https address that people open: HOST=${HOST} can be reached from other machines.`]),
  ...(SMTP_URL === undefined || MAIL_FROM !== undefined ? [] : ["MAIL_FROM: Give the sender's address: SMTP_URL is set."]),
  ...((OIDC_ISSUER === undefined) === (OIDC_CLIENT_ID === undefined)
    ? []
    : ["OIDC_ISSUER, OIDC_CLIENT_ID: Give both for single sign-on, or neither."]),
]

/** Reads the configuration, or says everything that is wrong with it, a line each. An empty variable counts as absent. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): { readonly config: Config } | { readonly problems: readonly string[] } {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""))
  const read = environmentSchema.safeParse(given)
  if (!read.success) return { problems: read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}.`) }
  const problems = together(read.data)
  if (problems.length > 0) return { problems }
  const { DATA_DIR, DATABASE_URL, HOST, PORT, LOG_LEVEL, PUBLIC_URL, LINK_DAYS, SAVES_PER_MINUTE } = read.data
  const { SMTP_URL, MAIL_FROM, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = read.data
  const config: Config = {
    dataFolder: DATA_DIR,
    host: HOST,
    port: PORT,
    logLevel: LOG_LEVEL,
    linkDays: LINK_DAYS,
    savesPerMinute: SAVES_PER_MINUTE,
    requestsPerMinute: read.data.REQUESTS_PER_MINUTE,
    drainDelay: read.data.DRAIN_DELAY,
    trustedProxies: read.data.TRUST_PROXY,
    isLocal: isLoopback(HOST),
    ...(read.data.BACKUP_DIR !== undefined && {
      backup: { folder: read.data.BACKUP_DIR, hours: read.data.BACKUP_HOURS, keep: read.data.BACKUP_KEEP },
    }),
    ...(DATABASE_URL !== undefined && { databaseUrl: DATABASE_URL }),
    ...(PUBLIC_URL !== undefined && { publicUrl: PUBLIC_URL }),
    ...(SMTP_URL !== undefined && { mail: { server: SMTP_URL, from: MAIL_FROM ?? "" } }),
    ...(OIDC_ISSUER !== undefined && {
      signOn: {
        issuer: OIDC_ISSUER,
        clientId: OIDC_CLIENT_ID ?? "",
        name: OIDC_NAME,
        ...(OIDC_CLIENT_SECRET !== undefined && { clientSecret: OIDC_CLIENT_SECRET }),
      },
    }),
  }
  return { config }
}
