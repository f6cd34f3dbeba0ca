/** How much is taken from one source at a time, so that no program keeps the others from working. */
import { isIPv6 } from "node:net"
import { createLimiter } from "./limiter.ts"
import type { Problem } from "./respond.ts"
import type { Route } from "./visit.ts"
import { count } from "./words.ts"

export interface Limits {
  readonly requestsPerMinute: number
  readonly pdfsPerMinute: number
  readonly pdfsAtOnce: number
  readonly exportsPerHour: number
}

export const usualLimits: Limits = { requestsPerMinute: 300, pdfsPerMinute: 5, pdfsAtOnce: 2, exportsPerHour: 10 }

/** A request as the limits see it. */
export interface Passage {
  readonly route: Route
  readonly address: string
  /** Tokens of the sessions that it claims to have. */
  readonly sessions: readonly string[]
}

export interface Traffic {
  /** Before anything is looked up: too much from this address without a session that was let in before. */
  enter(passage: Passage): Problem | undefined
  /** A session begins that a personal link opened. */
  welcome(session: string): void
  /** Somebody was recognised: from now on their session counts by itself. Too much from them, or of what is dear to make. */
  arrive(passage: Passage, actor: string): Problem | undefined
  /** The request was answered. */
  leave(passage: Passage, status: number, actor: string | undefined): void
}

const HOUR = 3_600_000

/**
 * A room full of people has one address, so those whose session was let in are counted each by themselves, and of opening personal links
 * only what fails is counted: nobody can keep the others from theirs.
 */
export const createTraffic = (limits: Limits, elapsed: () => number): Traffic => {
  const requests = createLimiter(limits.requestsPerMinute, elapsed)
  const badLinks = createLimiter(limits.requestsPerMinute, elapsed)
  const pdfs = createLimiter(limits.pdfsPerMinute, elapsed)
  const exports = createLimiter(limits.exportsPerHour, elapsed, HOUR)
  const known = createKnown()
  const making = new Map<string, number>()
  const isUncounted = ({ route }: Passage): boolean => route.permission === "health.see"

  const dear = (kind: Kind, actor: string): number => {
    if (kind === "export") return exports(actor)
    if (kind === "pdf") return (making.get(actor) ?? 0) >= limits.pdfsAtOnce ? 1 : pdfs(actor)
    return 0
  }

  return {
    enter(passage) {
      if (isUncounted(passage) || passage.sessions.some((session) => known.has(session))) return undefined
      const from = networkOf(passage.address)
      return tooMuch(passage.route.permission === "link.open" ? badLinks(from, "look") : requests(from))
    },
    welcome: (session) => known.add(session),
    arrive({ route, sessions }, actor) {
      for (const session of sessions) known.add(session)
      const kind = kindOf(route)
      // Saving has a limit of its own, told to the script that waits and tries again.
      const wait = (kind === "save" ? 0 : requests(actor)) || dear(kind, actor)
      if (wait === 0 && kind === "pdf") making.set(actor, (making.get(actor) ?? 0) + 1)
      return tooMuch(wait)
    },
    leave({ route, address }, status, actor) {
      if (route.permission === "link.open" && status >= 400) badLinks(networkOf(address))
      if (actor === undefined || kindOf(route) !== "pdf" || status === 429) return
      const left = (making.get(actor) ?? 0) - 1
      if (left > 0) making.set(actor, left)
      else making.delete(actor)
    },
  }
}

type Kind = "save" | "pdf" | "export" | "page"

const kindOf = ({ method, path }: Route): Kind => {
  if (method === "put") return "save"
  if (path.endsWith(".pdf")) return "pdf"
  return /\.(json|csv|ics|yaml|sql)$/.test(path) ? "export" : "page"
}

/** An IPv6 network is one subscriber: its addresses are as many as anybody wants. */
const networkOf = (address: string): string =>
  isIPv6(address) && !address.startsWith("::ffff:") ? address.split(":").slice(0, 4).join(":") : address

const MOST_KNOWN = 10_000

/** The sessions that were let in last. */
const createKnown = () => {
  const kept = new Set<string>()
  return {
    has: (session: string): boolean => kept.has(session),
    add(session: string): void {
      kept.delete(session)
      kept.add(session)
      for (const oldest of kept) if (kept.size > MOST_KNOWN) kept.delete(oldest)
    },
  }
}

const tooMuch = (wait: number): Problem | undefined =>
  wait === 0
    ? undefined
    : {
        reply: "problem",
        status: 429,
        heading: "That was a lot at once",
        text: [`Nothing was changed. Wait ${count(wait, "second")}, then go back and try again.`],
        retryAfter: wait,
      }
