/** T15: ten thousand hostile requests; the server refuses them and goes on. */
import { readFileSync } from "node:fs"
import { connect } from "node:net"
import { seededRandom } from "../src/assessment/random.ts"
import { routes } from "../src/web/routes.ts"
import type { Answer } from "./ask.ts"
import { type Experiment, grouped, none, quantile } from "./experiment.ts"
import { type HostileRequest, hostileRequest } from "./hostile-requests.ts"
import { type HostileSite, openHostileSite } from "./hostile-site.ts"
import { eachOf } from "./inflow.ts"

export const experiment: Experiment = {
  title: "hostile requests",
  run: async ({ seed, count, say }) => {
    const site = await openHostileSite()
    try {
      const requests = count(10_000, 100_000)
      const found: Found = { failures: [], traces: [], broken: 0, taken: [] }
      const fields = await fieldsOf(site)
      const chance = seededRandom(seed, "fuzz")
      const before = memoryOf(site.pid)
      const queue = Array.from({ length: requests }, () => hostileRequest(chance, site, fields))
      await eachOf(queue.entries(), 4, async ([at, request]) => {
        await send(site, request, found)
        if ((at + 1) % 2_500 === 0) say(`${grouped(at + 1)} requests`)
      })
      const raw = await smuggle(site, found)
      const alive = await site.ask("/livez").then(
        ({ status }) => status === 200,
        () => false,
      )
      const grown = memoryOf(site.pid) - before
      return {
        done: `${grouped(requests)} requests from ${routes.length} routes and ${fields.length} field names, ${raw} raw ones`,
        found: `${found.failures.length} × 5xx, ${found.traces.length} stack traces, ${alive ? "0 exits" : "1 exit"}; p99 ${Math.round(quantile(found.taken, 0.99))} ms, memory +${grown} MB`,
        goals: [
          none("× 5xx", found.failures.length),
          none("stack traces", found.traces.length),
          { text: "alive at the end", met: alive },
          { text: "at least half of them answered", met: found.broken < requests / 2 },
        ],
        wrong: [...found.failures, ...found.traces, ...failuresLogged(site)].slice(0, 25),
      }
    } finally {
      await site.close()
    }
  },
}

interface Found {
  readonly failures: string[]
  readonly traces: string[]
  /** Connections that ended without an answer: too large a body is cut off. */
  broken: number
  readonly taken: number[]
}

/** Names of the fields of every page's forms. */
const fieldsOf = async ({ ask, cookies }: HostileSite): Promise<readonly string[]> => {
  const names = new Set<string>(["action", "return"])
  const shown = routes.filter(({ method }) => method === "get")
  for (const { path } of shown) {
    const address = path
      .replace(":engagement", "e0")
      .replace(":domain", "orders")
      .replace(":section", "SRC")
      .replace(":person", "petra")
      .replace(":question", path.includes("tables") ? "SRC-04" : "SRC-01")
      .replace(":account", "victim")
      .replace(":row", "3c3f6a4e-8a5c-4f0e-9a53-6f2b1f0f7a11")
      .replaceAll(/:\w+/g, "x")
    for (const cookie of [cookies[0], cookies.at(-1), cookies.at(-3)]) {
      const { text } = await ask(address, { headers: { cookie } })
      for (const [, name = ""] of text.matchAll(/name="([^"]+)"/g)) names.add(name)
    }
  }
  return [...names]
}

const send = async ({ ask }: HostileSite, { path, question }: HostileRequest, found: Found): Promise<void> => {
  const began = performance.now()
  const answer = await ask(path, question).catch(() => undefined)
  found.taken.push(performance.now() - began)
  if (answer === undefined) found.broken += 1
  else judge(`${question.method} ${path.slice(0, 120)} ${String(question.body ?? "").slice(0, 120)}`, answer, found)
}

const judge = (name: string, { status, text }: Pick<Answer, "status" | "text">, found: Found): void => {
  if (status >= 500) found.failures.push(`${status} ${JSON.stringify(name)}`)
  if (/\n\s+at .*(\.ts|\.js|node:)|node_modules|SQLITE_|SqliteError/.test(text)) found.traces.push(JSON.stringify(name))
}

const line = "Host: 127.0.0.1\r\n"
const rawRequests = [
  `POST /sign-in HTTP/1.1\r\n${line}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  `POST /sign-in HTTP/1.1\r\n${line}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`,
  `POST /sign-in HTTP/1.1\r\n${line}Transfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n0\r\n\r\n`,
  `POST /sign-in HTTP/1.1\r\n${line}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
  `GET / HTTP/1.1\r\n${line}X: ${"a".repeat(40_000)}\r\n\r\n`,
  `GET / HTTP/1.1\r\n${line}No colon here\r\n\r\n`,
  `GET / HTTP/1.1\r\n${line}X: a\u0000b\r\n\r\n`,
  `GET / HTTP/1.1\r\n${line}${line}\r\n`,
  `GET / HTTP/1.1\r\n\r\n`,
  `GET http://elsewhere.example/ HTTP/1.1\r\n${line}\r\n`,
  `GET //elsewhere.example/..%2f HTTP/1.1\r\n${line}\r\n`,
  `GET /\r\nX: 1 HTTP/1.1\r\n${line}\r\n`,
  `CONNECT 127.0.0.1:80 HTTP/1.1\r\n${line}\r\n`,
  `GET / HTTP/0.9\r\n\r\n`,
  `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`,
  `OPTIONS * HTTP/1.1\r\n${line}\r\n`,
  `GET / HTTP/1.1\r\n${line}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
  `GET / HTTP/1.1\r\n${line}Expect: 200-maybe\r\n\r\n`,
]

/** Bytes that no client library would send. */
const smuggle = async ({ address }: HostileSite, found: Found): Promise<number> => {
  for (const bytes of rawRequests) {
    const text = await exchange(Number(new URL(address).port), bytes)
    for (const [, status] of text.matchAll(/^HTTP\/1\.1 (\d{3})/gm))
      judge(bytes.slice(0, 80), { status: Number(status), text }, found)
  }
  return rawRequests.length
}

const exchange = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve) => {
    const parts: Buffer[] = []
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes, "latin1"))
    socket.setTimeout(700, () => socket.destroy())
    socket.on("data", (part) => parts.push(Buffer.from(part))).on("error", () => undefined)
    socket.on("close", () => resolve(Buffer.concat(parts).toString("latin1")))
  })

const memoryOf = (pid: number): number => {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024)
  } catch {
    return Number.NaN
  }
}

/** What the server said of its own failures: the way to the fault. */
const failuresLogged = ({ logged }: HostileSite): readonly string[] =>
  [...new Set(logged.flatMap((text) => /"stack":"([^"]{0,400})/.exec(text)?.[1] ?? []))].slice(0, 8)
