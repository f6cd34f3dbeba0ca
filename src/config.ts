/** The environment, checked: the only place that reads it. */
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
}

const whole = (from: number, to: number, usual: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `Give a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine((value) => value >= from && value <= to, `Give a whole number from ${from} to ${to}`)
    .prefault(String(usual))

const environmentSchema = z.object({
  DATA_DIR: z.string().prefault("data"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, "Give an address that begins with postgres://, or leave it out for the embedded database")
    .optional(),
  HOST: z
    .string()
    .refine(
      (host) => host === "localhost" || host === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host),
      "Use 127.0.0.1: there are no accounts yet, so Headwater answers this machine only",
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
})

/** Reads the configuration, or says everything that is wrong with it, a line each. An empty variable counts as absent. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): { readonly config: Config } | { readonly problems: readonly string[] } {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""))
  const read = environmentSchema.safeParse(given)
  if (!read.success) return { problems: read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}.`) }
  const { DATA_DIR, DATABASE_URL, HOST, PORT, LOG_LEVEL, PUBLIC_URL, LINK_DAYS, SAVES_PER_MINUTE } = read.data
  const config: Config = {
    dataFolder: DATA_DIR,
    host: HOST,
    port: PORT,
    logLevel: LOG_LEVEL,
    linkDays: LINK_DAYS,
    savesPerMinute: SAVES_PER_MINUTE,
    ...(DATABASE_URL !== undefined && { databaseUrl: DATABASE_URL }),
    ...(PUBLIC_URL !== undefined && { publicUrl: PUBLIC_URL }),
  }
  return { config }
}
