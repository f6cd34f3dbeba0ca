import type { Letter } from "./letter.ts"

/** One message to one person. */
export interface Mail {
  readonly to: { readonly name: string; readonly address: string }
  /** Whom an answer goes to; the sender's address stays that of the settings. */
  readonly replyTo?: { readonly name: string; readonly address: string }
  readonly letter: Letter
  /** Address that ends reminders by one POST. */
  readonly unsubscribe: string
  /** Stays the same when a message is sent again, so that a mailbox can tell the second from a new one. */
  readonly id: string
}

/**
 * What became of a message that was not sent: the recipient's side refuses it for good; something about it may work later; the mail server
 * as a whole cannot be used, which is not this message's fault; or it broke off in the middle, and may have taken the message or not.
 */
export class MailRefused extends Error {
  override readonly name = "MailRefused"
  readonly kind: "recipient" | "message" | "server" | "broken-off"

  constructor(kind: MailRefused["kind"], message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

/** Sends mail. */
export interface Mailer {
  /** Resolves once the mail server has taken the message; rejects with `MailRefused`. */
  send(mail: Mail): Promise<void>
  /** Whether the mail server can be reached and takes our name and password; rejects with `MailRefused`. */
  verify(): Promise<void>
  close(): void
}
