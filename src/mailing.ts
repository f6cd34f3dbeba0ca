/** Puts the mail together: mail server, outbox, letters; runs beside the site and never in its way. */
import { randomBytes, randomUUID } from "node:crypto"
import type { Logger } from "pino"
import { dayOf } from "./commands/date.ts"
import type { MailConfig } from "./config.ts"
import { MailRefused, type Mail } from "./mail/mailer.ts"
import { createOutbox } from "./mail/outbox.ts"
import { type Rounds, startRounds } from "./mail/rounds.ts"
import { createSmtpMailer } from "./mail/smtp.ts"
import type { ClaimedMessage, Store } from "./store/store.ts"
import { writeLetter } from "./web/letters.ts"
import { tokenHash } from "./web/session.ts"
import { workOf } from "./web/work.ts"

interface Parts {
  readonly store: Store
  readonly log: Logger
  /** Address that people open: the only one that links are made of. */
  readonly publicUrl: string
  readonly linkDays: number
}

/** How often is looked for what is due. */
const every = 5_000

/** Begins to send. A mail server that does not answer is said in the log and waited for. */
export const startMailing = (config: MailConfig, { store, log, publicUrl, linkDays }: Parts): Rounds => {
  const mailer = createSmtpMailer(config)
  const onTrouble = (error: unknown): void => log.warn(troubleOf(error), "mail could not be sent")
  mailer.verify().catch(onTrouble)
  const outbox = createOutbox({
    store,
    mailer,
    write: (message, token) => writeMail(store, publicUrl, message, token),
    clock: Date.now,
    dayOf: (time) => dayOf(new Date(time)),
    hourOf: (time) => new Date(time).getHours(),
    newId: randomUUID,
    newToken: () => randomBytes(32).toString("base64url"),
    tokenHash,
    linkDays,
    onTrouble,
  })
  return startRounds(outbox, every, onTrouble)
}

/** What a mail server says may hold an address, so the log gets our kind of trouble and the error's code alone. */
const troubleOf = (error: unknown): object => {
  if (!(error instanceof MailRefused)) return { err: error }
  const { code, responseCode } = (error.cause ?? {}) as { readonly code?: unknown; readonly responseCode?: unknown }
  return { kind: error.kind, code, responseCode }
}

/** The mail of a message, with its own link; `undefined` when the person has gone meanwhile. */
export const writeMail = async (
  store: Store,
  publicUrl: string,
  { engagement, id, kind, respondent, name, email, asker }: ClaimedMessage,
  token: string,
): Promise<Mail | undefined> => {
  const response = await store.loadResponse({ engagement, respondent, by: { program: "mail" } })
  if (response === undefined) return undefined
  const unsubscribe = `${publicUrl}/u/${tokenHash(token)}`
  const to = {
    stored: response.stored,
    person: response.respondent,
    work: workOf(response.stored, response.respondent, response.answers),
  }
  return {
    to: { name, address: email },
    ...(asker !== undefined && { replyTo: { name: asker.name, address: asker.email } }),
    letter: writeLetter(kind, to, asker?.name, { personal: `${publicUrl}/r/${token}`, unsubscribe }),
    unsubscribe,
    id,
  }
}
