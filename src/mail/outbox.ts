/** Sends what is due: the table of messages says what, so no restart, second process or silent mail server loses or doubles any. */
import type { ClaimedMessage, MessageOutcome, Store } from "../store/store.ts"
import { type Mail, type Mailer, MailRefused } from "./mailer.ts"

/** Who acts in the store. */
const by = { program: "mail" } as const

const MINUTE = 60_000
/** Longer than a message can take with a slow server: nobody else gets it meanwhile. */
const lease = 5 * MINUTE
/** Waits after each failed try of a message; after the last one it is given up. */
const waits = [2 * MINUTE, 10 * MINUTE, 60 * MINUTE, 240 * MINUTE]
/** Waits while the server as a whole cannot be used. */
const serverWaits = [MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE]
/** Reminders of a day go out from this hour on, local time. */
const reminderHour = 8

export interface OutboxOptions {
  readonly store: Store
  readonly mailer: Mailer
  /** Writes the mail that holds a link with this token; `undefined` when there is nobody to write to any more. */
  readonly write: (message: ClaimedMessage, token: string, now: number) => Promise<Mail | undefined>
  readonly clock: () => number
  /** The calendar day and hour of a moment where the program runs. */
  readonly dayOf: (time: number) => string
  readonly hourOf: (time: number) => number
  readonly newId: () => string
  readonly newToken: () => string
  readonly tokenHash: (token: string) => string
  readonly linkDays: number
  /** Told of a server that cannot be used, and of what went wrong on our side; never holds an address. */
  readonly onTrouble: (error: unknown) => void
}

export interface Outbox {
  /** Puts out the day's reminders and sends all that is due; gives how many were sent. Ends at the first sign that the server is away. */
  deliver(goOn?: () => boolean): Promise<number>
}

export const createOutbox = (on: OutboxOptions): Outbox => {
  let serverFailures = 0
  let serverBackAt = 0

  const deliver = async (goOn: () => boolean = () => true): Promise<number> => {
    const now = on.clock()
    if (on.hourOf(now) >= reminderHour) await on.store.putOutReminders(by, on.dayOf(now), on.newId, expiry(on, now), now)
    let sent = 0
    while (goOn() && on.clock() >= serverBackAt) {
      const outcome = await sendNext(on, waitForServer)
      if (outcome === undefined) break
      if (outcome === "sent") sent += 1
      if (outcome === "sent") serverFailures = 0
    }
    return sent
  }

  /** When the server may be asked again. */
  const waitForServer = (): number => {
    serverBackAt = on.clock() + (serverWaits[Math.min(serverFailures, serverWaits.length - 1)] ?? MINUTE)
    serverFailures += 1
    return serverBackAt
  }

  return { deliver }
}

const expiry = ({ linkDays }: OutboxOptions, now: number): number => now + linkDays * 24 * 60 * MINUTE

const sendNext = async (on: OutboxOptions, waitForServer: () => number): Promise<"sent" | "not-sent" | "again" | undefined> => {
  const now = on.clock()
  const token = on.newToken()
  const link = { tokenHash: on.tokenHash(token), expiresAt: expiry(on, now) }
  const message = await on.store.claimMessage(by, link, lease, now)
  if (message === undefined || message === "again") return message
  const outcome = await attempt(on, message, token, waitForServer)
  await on.store.settleMessage(by, message, outcome, on.clock())
  return outcome.outcome === "sent" ? "sent" : "not-sent"
}

const attempt = async (
  on: OutboxOptions,
  message: ClaimedMessage,
  token: string,
  waitForServer: () => number,
): Promise<MessageOutcome> => {
  try {
    const mail = await on.write(message, token, on.clock())
    if (mail === undefined) return { outcome: "given-up", problem: "There is nobody to write to any more" }
    await on.mailer.send(mail)
    return { outcome: "sent" }
  } catch (error) {
    if (!(error instanceof MailRefused)) on.onTrouble(error)
    const kind = error instanceof MailRefused ? error.kind : "message"
    const problem = error instanceof MailRefused ? error.message : "It could not be written; the log says why"
    if (kind === "recipient") return { outcome: "undeliverable", problem }
    if (kind === "server") {
      on.onTrouble(error)
      return { outcome: "waiting", dueAt: waitForServer(), problem, counts: false }
    }
    if (kind === "broken-off") waitForServer()
    const wait = waits[message.tries - 1]
    return wait === undefined
      ? { outcome: "given-up", problem }
      : { outcome: "waiting", dueAt: on.clock() + wait, problem, counts: true }
  }
}
