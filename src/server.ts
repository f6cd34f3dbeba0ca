/** Puts the running server together: configuration → store → web, and takes it apart again in order. */
import { randomBytes, randomUUID } from "node:crypto"
import { createServer } from "node:http"
import { setTimeout as pause } from "node:timers/promises"
import pino, { type Logger } from "pino"
import type { Questionnaire } from "./assessment/model.ts"
import { exitCode, Refusal } from "./commands/command.ts"
import { dayOf } from "./commands/date.ts"
import type { Config } from "./config.ts"
import { type Disk, embeddedDisk } from "./embedded-disk.ts"
import { startMailing } from "./mailing.ts"
import { createEstateReader } from "./estate-reader.ts"
import { freezePrototypes } from "./freeze.ts"
import { boundPort, closeServer, refuseBrokenRequests } from "./listening.ts"
import { openStore } from "./open-store.ts"
import { localUrl } from "./public-url.ts"
import { createPdfWorker } from "./report/pdf/worker-pool.ts"
import { addSample } from "./sample.ts"
import type { Store } from "./store/store.ts"
import { createApp } from "./web/app.ts"
import { tokenHash } from "./web/session.ts"
import { removeLeftUploads } from "./web/upload-folders.ts"
import type { WebConfig } from "./web/visit.ts"

export interface RunningServer {
  /** What people open. */
  readonly address: string
  /** Opens the form that makes the first administrator, for an hour; `undefined` when there is one. */
  readonly setUpLink: string | undefined
  /**
   * Says at /readyz that it stops, waits as the settings say, stops accepting, lets requests finish for up to 10 seconds and closes the
   * rest: 15 seconds at most in all. Calling it again changes nothing.
   */
  stop(): void
  /** Logs what broke, then stops within 3 seconds with exit code 1. */
  fail(error: unknown): void
  /** The exit code, once everything is closed. */
  readonly stopped: Promise<number>
}

/** Longest that requests may take to finish after a stop, in milliseconds. */
const graceAfterStop = 10_000
/** Longest from the signal to the last connection's end; what comes after takes less than a second. */
const longestStop = 14_000
const graceAfterFailure = 2_000

/**
 * Starts everything, with the shipped questionnaire unless another is given. Throws a `Refusal` that says what to do when the store or
 * the port cannot be had.
 */
export async function startServer(
  config: Config,
  on: { readonly sample: boolean; readonly today: string; readonly questionnaire?: Questionnaire },
): Promise<RunningServer> {
  freezePrototypes()
  const log = pino({ level: config.logLevel, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2))
  const questionnaire = on.questionnaire ?? (await (await import("./questionnaire-files.ts")).shippedQuestionnaire())
  const { store, isNew } = await openStore(
    config,
    Date.now(),
    (error) => log.warn({ err: error }, "lost a database connection"),
    (error) => log.error({ err: error }, "the ledger of what was ended cannot be written; it is tried again"),
  )
  await removeLeftUploads()
  const pdf = createPdfWorker()
  const estates = createEstateReader()
  const disk = await embeddedDisk(config, log)
  const closeAll = async (): Promise<void> => {
    await disk.backups?.stop()
    await pdf.close()
    await estates.close()
    await store.close()
  }
  try {
    if (!config.isLocal) await requireAdministrator(store)
    if (on.sample && isNew) await addSample(store, questionnaire, on.today, Date.now())
    return await listen(config, { store, pdf, estates, questionnaire, log, disk, closeAll })
  } catch (error) {
    await closeAll()
    throw error
  }
}

/** Before others can reach it, somebody must be in charge of who may do what. */
async function requireAdministrator(store: Store): Promise<void> {
  if ((await store.countAdministrators()) > 0) return
  throw new Refusal(
    exitCode.start,
    'There is no administrator yet, and HOST lets other machines in. Make one first: headwater user add "Your Name" you@example.com --role administrator',
  )
}

interface Parts {
  readonly store: Store
  readonly pdf: ReturnType<typeof createPdfWorker>
  readonly estates: ReturnType<typeof createEstateReader>
  readonly questionnaire: Questionnaire
  readonly log: Logger
  readonly disk: Disk
  readonly closeAll: () => Promise<void>
}

async function listen(
  config: Config,
  { store, pdf, estates, questionnaire, log, disk, closeAll }: Parts,
): Promise<RunningServer> {
  const server = createServer({
    headersTimeout: 10_000,
    // A project of 50 MB takes a while over a slow line; a connection that falls silent ends earlier, below.
    requestTimeout: 180_000,
    connectionsCheckingInterval: 2_000,
    maxHeaderSize: 16_384,
  })
  server.keepAliveTimeout = 65_000
  server.maxRequestsPerSocket = 1_000
  server.maxConnections = 2_000
  server.timeout = 30_000
  refuseBrokenRequests(server)
  const port = await boundPort(server, config)
  const address = config.publicUrl ?? localUrl(config.host, port)
  const delay = config.drainDelay * 1_000
  let draining = false
  let setUpLink: string | undefined
  try {
    // In the turn in which the port was bound: no request can have come yet.
    server.on(
      "request",
      createApp({
        store,
        questionnaire,
        pdf,
        estates,
        clock: Date.now,
        dayOf: (time) => dayOf(new Date(time)),
        newId: randomUUID,
        newToken,
        log,
        config: webConfig(config, address),
        draining: () => draining,
        ...(disk.freeBytes && { freeBytes: disk.freeBytes }),
        ...(disk.backups && { lastBackup: disk.backups.last }),
      }),
    )
    setUpLink = await newSetUpLink(store, address)
  } catch (error) {
    server.close()
    throw error
  }
  const mailing = config.mail && startMailing(config.mail, { store, log, publicUrl: address, linkDays: config.linkDays })
  const { promise: stopped, resolve, reject } = Promise.withResolvers<number>()
  const end = (code: number, delay: number, grace: number): void => {
    if (draining) return
    draining = true
    pause(delay)
      .then(() => Promise.all([closeServer(server, grace), mailing?.stop(grace)]))
      .then(closeAll)
      .then(() => resolve(code), reject)
  }
  return {
    address,
    setUpLink,
    stop: () => end(exitCode.ok, delay, Math.min(graceAfterStop, longestStop - delay)),
    fail: (error) => {
      log.fatal({ err: error }, "stopping after an unexpected failure")
      setTimeout(() => process.exit(exitCode.failure), 3_000).unref()
      end(exitCode.failure, 0, graceAfterFailure)
    },
    stopped,
  }
}

/** What the web needs to know of the configuration. */
const webConfig = (
  { linkDays, savesPerMinute, requestsPerMinute, trustedProxies, signOn, mail }: Config,
  publicUrl: string,
): WebConfig => ({
  publicUrl,
  linkDays,
  savesPerMinute,
  trustedProxies,
  mail: mail !== undefined,
  limits: { requestsPerMinute },
  ...(signOn && { signOn }),
})

const setUpLasts = 60 * 60 * 1000

async function newSetUpLink(store: Store, address: string): Promise<string | undefined> {
  if ((await store.countAdministrators()) > 0) return undefined
  const token = newToken()
  const now = Date.now()
  await store.issueToken({ program: "start" }, tokenHash(token), { purpose: "set-up" }, now + setUpLasts, now)
  return `${address}/set-up/${token}`
}

/** 256 random bits, base64url. */
const newToken = (): string => randomBytes(32).toString("base64url")
