/** A real mail server on a port of this machine, which keeps what it gets and misbehaves as told. */
import { once } from "node:events"
import { createServer, type AddressInfo } from "node:net"
import { SMTPServer } from "smtp-server"

export interface Received {
  readonly recipients: readonly string[]
  readonly text: string
}

export interface MailServerOptions {
  readonly port?: number
  /** What to answer to a recipient: an SMTP code for "no". */
  readonly refuse?: (address: string) => number | undefined
  /** Keeps the client waiting for ever once the whole message is there. */
  readonly silent?: boolean
  /** Wants a password, and takes none. */
  readonly locked?: boolean
}

export const openMailServer = async ({
  port = 0,
  refuse = () => undefined,
  silent = false,
  locked = false,
}: MailServerOptions = {}) => {
  const received: Received[] = []
  const server = new SMTPServer({
    disabledCommands: locked ? ["STARTTLS"] : ["AUTH", "STARTTLS"],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(new Error("Wrong password")),
    logger: false,
    onRcptTo: ({ address }, _session, done) => {
      const code = refuse(address)
      if (code === undefined) done()
      else done(Object.assign(new Error(`Nobody here is ${address}`), { responseCode: code }))
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on("data", (part: Buffer) => parts.push(part))
      stream.on("end", () => {
        if (silent) return
        received.push({
          recipients: session.envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(parts).toString(),
        })
        done()
      })
    },
  })
  server.on("error", () => undefined)
  server.listen(port, "127.0.0.1")
  await once(server.server, "listening")
  const bound = (server.server.address() as AddressInfo).port
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      for (const connection of server.connections as Set<{ close(): void }>) connection.close()
      server.close(() => resolve())
    })
  return { url: `smtp://127.0.0.1:${bound}`, port: bound, received, close }
}

/** A port that nobody listens on. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, "close")
  return port
}

/** The parts of a message as they were written: quoted-printable and base64 undone. */
export const readable = (text: string): string => {
  const plain = text.replaceAll(/=\r?\n/g, "")
  const bytes = plain.replaceAll(/(?:=[0-9A-F]{2})+/g, (run) => Buffer.from(run.replaceAll("=", ""), "hex").toString())
  return bytes.replaceAll(/\r\n/g, "\n").replaceAll(/\n[\t ]+/g, " ")
}
