import { createTransport } from "nodemailer"
import { z } from "zod"
import { htmlOf, textOf } from "./letter.ts"
import { type Mail, type Mailer, MailRefused } from "./mailer.ts"

export interface SmtpOptions {
  /** `smtp://` or `smtps://`, with user and password where it asks for them. */
  readonly server: string
  /** The sender, as `Name <address>` or an address alone. */
  readonly from: string
  /** Longest wait for the server in one step, in milliseconds; 20 seconds when absent. */
  readonly patience?: number
}

/** Longest wait for the server in one step. */
const patienceUsually = 20_000

/** Sends through a mail server, one connection and one recipient a message. Certificates are verified; only this machine is trusted without. */
export const createSmtpMailer = ({ server, from, patience = patienceUsually }: SmtpOptions): Mailer => {
  const transport = createTransport({
    ...serverOptions(new URL(server)),
    connectionTimeout: patience,
    greetingTimeout: patience,
    // Servers that look through a message before they take it need longer; asked again too early, they deliver it twice.
    socketTimeout: 3 * patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const sender = senderOf(from)
  return {
    send: async (mail) => {
      await transport.sendMail(messageOf(mail, sender)).catch((error: unknown) => {
        throw refusalOf(error)
      })
    },
    verify: async () => {
      await transport.verify().catch((error: unknown) => {
        throw new MailRefused("server", saidBy(error), { cause: error })
      })
    },
    close: () => transport.close(),
  }
}

const serverOptions = (url: URL) => {
  const secure = url.protocol === "smtps:"
  const host = url.hostname.replaceAll(/^\[|\]$/g, "")
  const isLocal = host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host)
  return {
    host,
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    secure,
    // Without it, somebody between us and the server could keep the connection open to everybody's eyes.
    requireTLS: !secure && !isLocal,
    ignoreTLS: !secure && isLocal,
    tls: { rejectUnauthorized: true, minVersion: "TLSv1.2" as const },
    ...(url.username !== "" && { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
  }
}

interface Sender {
  readonly name: string
  readonly address: string
}

const senderOf = (from: string): Sender => {
  const found = /^(.*)<([^<>]+)>$/.exec(from)
  return { name: oneLine(found?.[1] ?? ""), address: (found?.[2] ?? from).trim() }
}

/** One address and nothing else, so that no field of a person can add a header or a recipient. */
const addressSchema = z.email()

const messageOf = ({ to, replyTo, letter, unsubscribe, id }: Mail, sender: Sender) => {
  if (!addressSchema.safeParse(to.address).success) throw new MailRefused("recipient", "This is no e-mail address")
  const { hostname, protocol } = new URL(unsubscribe)
  return {
    from: sender,
    to: { name: oneLine(to.name), address: to.address },
    ...(replyTo !== undefined &&
      addressSchema.safeParse(replyTo.address).success && {
        replyTo: { name: oneLine(replyTo.name), address: replyTo.address },
      }),
    subject: oneLine(letter.subject),
    text: textOf(letter),
    html: htmlOf({ ...letter, subject: oneLine(letter.subject) }),
    messageId: `<${id}@${hostname}>`,
    headers: {
      "Auto-Submitted": "auto-generated",
      "List-Unsubscribe": { prepared: true, value: `<${unsubscribe}>` },
      // RFC 8058 has it over https only.
      ...(protocol === "https:" && { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }),
    },
  }
}

const oneLine = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}<>]+/gu, " ")
    .trim()
    .slice(0, 200)
    .toWellFormed()

interface SmtpFault {
  readonly code?: unknown
  readonly command?: unknown
  readonly responseCode?: unknown
  readonly response?: unknown
  readonly message?: unknown
}

/** 5xx to the recipient or the content is for good; what the server says before that is about the server. */
const refusalOf = (error: unknown): MailRefused => {
  if (error instanceof MailRefused) return error
  const { command, responseCode, message } = error as SmtpFault
  if (brokenOff.test(String(message))) return new MailRefused("broken-off", saidBy(error), { cause: error })
  const answered = typeof responseCode === "number" ? responseCode : 0
  const toMessage = command === "RCPT TO" || command === "DATA"
  const kind = !toMessage ? "server" : answered >= 500 && answered < 600 ? "recipient" : "message"
  return new MailRefused(kind, saidBy(error), { cause: error })
}

/** As nodemailer says it of a connection that was in use. */
const brokenOff = /^(Timeout|Connection closed)/

const WORDS: Readonly<Record<string, string>> = {
  ECONNECTION: "The mail server does not answer",
  ESOCKET: "The mail server does not answer",
  ECONNREFUSED: "The mail server does not answer",
  ETIMEDOUT: "The mail server takes too long to answer",
  EDNS: "The mail server's name is not known",
  ENOTFOUND: "The mail server's name is not known",
  EAUTH: "The mail server does not take our name and password",
  ETLS: "The mail server offers no protected connection",
}

/** What the server said, in one line, or our words for why it said nothing. */
const saidBy = (error: unknown): string => {
  const { code, response, message } = error as SmtpFault
  const said = typeof response === "string" && response !== "" ? response : undefined
  const known = typeof code === "string" ? WORDS[code] : undefined
  return (
    oneLine([known ?? (said === undefined ? String(message) : undefined), said].filter(Boolean).join(": ")) || "No reason given"
  )
}
