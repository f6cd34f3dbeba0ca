/** What still works while the disk fills up: reading always, writing while there is room for it. */
import { keptFields } from "./links.ts"
import type { Problem, Reply } from "./respond.ts"
import type { Route, Visit } from "./visit.ts"

/** "low" stops what needs much room, "none" every change. */
export type Room = "enough" | "low" | "none"

const LOW = 500_000_000
const NONE = 100_000_000
const LOOKED_AT_EVERY = 1000

/** Tells how much room there is; looks again after a second, so that work goes on by itself once there is some. */
export const createRoom = (freeBytes: () => number, elapsed: () => number): (() => Room) => {
  let last: { at: number; room: Room } | undefined
  return () => {
    const now = elapsed()
    if (last === undefined || now - last.at >= LOOKED_AT_EVERY) last = { at: now, room: roomIn(freeBytes()) }
    return last.room
  }
}

const roomIn = (free: number): Room => (free < NONE ? "none" : free < LOW ? "low" : "enough")

/** Signing in and out, opening a link, and erasing go on to the end. */
const alwaysTaken = new Set<Route["permission"]>(["health.see", "sign-in.use", "link.open", "response.see", "engagement.own"])

/** Why the request has to wait for room, when it has to; what was typed stays on the page. */
export const roomFor = (route: Route, room: Room, form: Visit["form"]): Problem | undefined => {
  if (room === "enough") return undefined
  const changes = route.method !== "get" && !alwaysTaken.has(route.permission)
  if (room === "none" && changes) return { ...noRoom, kept: keptFields(form) }
  return route.body === "upload" || route.body === "files" || route.path.endsWith(".pdf") ? noRoom : undefined
}

const noRoom: Problem = {
  reply: "problem",
  status: 507,
  heading: "The disk of this server is nearly full",
  text: [
    "Nothing was saved just now; what was saved before is safe and can be read. Tell whoever runs Headwater.",
    "As soon as there is room, send it again: no restart is needed.",
  ],
}

/** A consultant's page says so at its head, and is not taken from what the browser keeps. */
export const withRoomTold = (reply: Reply, room: Room): Reply => {
  if (room === "enough" || reply.reply !== "page" || reply.frame.area !== "consultant") return reply
  const { tag: _, ...shown } = reply
  return { ...shown, frame: { ...reply.frame, warning: room === "low" ? lowText : noneText } }
}

const lowText =
  "The disk of this server is nearly full. Answers are still saved; PDFs and imports wait until there is more room. Tell whoever runs Headwater."
const noneText =
  "The disk of this server is full. Nothing can be saved until there is room; reading and exporting go on. Tell whoever runs Headwater."
