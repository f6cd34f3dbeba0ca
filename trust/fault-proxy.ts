/** A bad network: stands between browsers and the server and loses, delays, repeats and reorders what it carries. */
import { once } from "node:events"
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { setTimeout as pause } from "node:timers/promises"
import { between, type Chance, oneOf } from "./experiment.ts"

/** What the network of one person is like just now. */
export interface Weather {
  mode: "calm" | "storm" | "offline"
}

/** One change as a browser asked for it, whether it arrived or not. */
export interface Asked {
  readonly question: string
  readonly key: string
  readonly seen: number
  readonly unheard: readonly string[]
}

const faults = [
  "drop request",
  "drop response",
  "break response",
  "delay request",
  "delay response",
  "delay response",
  "twice",
  "hold back",
  "429",
  "503",
  "502",
] as const
type Fault = (typeof faults)[number] | "none"

interface Carried {
  readonly status: number
  readonly headers: IncomingMessage["headers"]
  readonly body: Buffer
}

/** Carries requests to `target`. `longest` is the longest delay in milliseconds. */
export const openFaultProxy = async (target: string, chance: Chance, longest: number) => {
  const weathers = new Map<string, Weather>()
  const asked: Asked[] = []
  const counts = new Map<Fault, number>()

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    // The icon: the browser draws it anew for every page, which costs time, and it says nothing of saving.
    if (incoming.url?.includes("mark.svg")) return void outgoing.writeHead(404).end()
    const body = await bodyOf(incoming)
    const isSave = incoming.method === "PUT" || (incoming.method === "POST" && incoming.url?.startsWith("/respond/") === true)
    if (isSave) asked.push(...changesIn(incoming, body))
    const weather = weathers.get(/headwater=([^;]+)/.exec(incoming.headers.cookie ?? "")?.[1] ?? "")?.mode ?? "calm"
    if (weather === "offline") return void incoming.socket.destroy()
    const fault: Fault = isSave && weather === "storm" && chance() < 0.5 ? oneOf(chance, faults) : "none"
    if (isSave) counts.set(fault, (counts.get(fault) ?? 0) + 1)
    await carry(fault, incoming, body, outgoing)
  }

  const carry = async (fault: Fault, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): Promise<void> => {
    if (fault === "drop request") return void incoming.socket.destroy()
    if (fault === "429" || fault === "503") return refuse(outgoing, Number(fault))
    if (fault === "502") return void outgoing.writeHead(502, { "content-type": "text/html" }).end("<p>Bad gateway")
    if (fault === "delay request") await pause(between(chance, 50, longest))
    // Long enough for a later request to overtake it.
    if (fault === "hold back") await pause(between(chance, 300, 1_500))
    if (fault === "twice") await forward(target, incoming, body)
    const reply = await forward(target, incoming, body)
    if (fault === "delay response") await pause(between(chance, 50, longest))
    if (fault === "drop response") return void incoming.socket.destroy()
    outgoing.writeHead(reply.status, reply.headers)
    if (fault !== "break response") return void outgoing.end(reply.body)
    outgoing.write(reply.body.subarray(0, reply.body.length / 2))
    await pause(20)
    incoming.socket.destroy()
  }

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => incoming.socket.destroy())
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    counts,
    /** From now on, requests with this session's cookie meet this weather. */
    setWeather: (session: string, weather: Weather): void => void weathers.set(session, weather),
    close: (): void => {
      server.closeAllConnections()
      server.close()
    },
  }
}

export type FaultProxy = Awaited<ReturnType<typeof openFaultProxy>>

const refuse = (outgoing: ServerResponse, status: number): void => {
  const headers = { "content-type": "application/json", "retry-after": "1" }
  outgoing.writeHead(status, headers).end(JSON.stringify({ message: "Wait 1 second" }))
}

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => Buffer.concat((await message.toArray()) as Buffer[])

const forward = (target: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Carried> =>
  new Promise((resolve, reject) => {
    const onward = request(new URL(url ?? "/", target), { method, headers: { ...headers, connection: "close" } }, (reply) => {
      bodyOf(reply).then((text) => {
        const { connection: _connection, "transfer-encoding": _encoding, ...kept } = reply.headers
        resolve({ status: reply.statusCode ?? 502, headers: kept, body: text })
      }, reject)
    })
    onward.on("error", reject)
    onward.end(body)
  })

const changesIn = ({ method, url = "" }: IncomingMessage, body: Buffer): readonly Asked[] => {
  if (method === "PUT") {
    const sent = JSON.parse(body.toString()) as Asked & { unheard?: readonly string[] }
    return [{ question: url.split("/").at(-1) ?? "", key: sent.key, seen: sent.seen, unheard: sent.unheard ?? [] }]
  }
  const fields = new URLSearchParams(body.toString())
  return [...fields.keys()]
    .filter((name) => name.endsWith(".key"))
    .map((name) => {
      const question = name.slice(0, -".key".length)
      const unheard = (fields.get(`${question}.unheard`) ?? "").split(" ").filter(Boolean)
      return { question, key: fields.get(name) ?? "", seen: Number(fields.get(`${question}.seen`)), unheard }
    })
}
