/** The server's port and its connections. */
import type { Server } from "node:http"
import { exitCode, Refusal } from "./commands/command.ts"
import type { Config } from "./config.ts"

/** The port that the server listens on from now on. Throws a `Refusal` that says what to do when it cannot. */
export function boundPort(server: Server, { host, port }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(refusedPort(error, host, port)))
    server.listen(port, host, () => {
      const bound = server.address()
      server.removeAllListeners("error")
      resolve(typeof bound === "object" && bound !== null ? bound.port : port)
    })
  })
}

function refusedPort(error: NodeJS.ErrnoException, host: string, port: number): Refusal {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is in use. Stop the program that has it, or choose another: PORT=${port + 1} npm start.`,
    EACCES: `Port ${port} needs more rights. Choose one above 1023: PORT=3000 npm start.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Use HOST=127.0.0.1.`,
  }
  const message =
    reasons[error.code ?? ""] ?? `Headwater cannot listen on ${host}, port ${port} (${error.code ?? error.message}).`
  return new Refusal(exitCode.start, message, { cause: error })
}

/**
 * Answers what is no HTTP request, or comes too slowly or with too much of a head: with the protective headers that every answer has, and
 * nothing to see.
 */
export function refuseBrokenRequests(server: Server): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const status = brokenRequests[error.code ?? ""] ?? "400 Bad Request"
    if (!socket.writable || error.code === "ECONNRESET") socket.destroy()
    else socket.end(`HTTP/1.1 ${status}\r\n${bareHeaders.join("\r\n")}\r\n\r\n`)
  })
}

const brokenRequests: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
}

const bareHeaders = [
  "Connection: close",
  "Content-Length: 0",
  "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options: nosniff",
  "Cache-Control: no-store",
]

/** Resolves when no connection is left; those still open after `grace` milliseconds are cut. */
export function closeServer(server: Server, grace: number): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), 100)
    const cut = setTimeout(() => server.closeAllConnections(), grace)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
