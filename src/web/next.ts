import type { NextQuestion } from "../assessment/result.ts"
import { answersHref } from "./listing.ts"
import type { EngagementVisit } from "./engagement.ts"
import { namesOf, whole } from "./results.ts"

/** One open question, with what it could move and whom to ask. */
export const nextView = (visit: EngagementVisit, one: NextQuestion) => {
  const names = namesOf(visit.stored)
  return {
    href: answersHref(visit, one.domain, one.question),
    id: one.question,
    short: names.short(one.question),
    domain: names.domain(one.domain),
    why: one.why === "unknown" ? "Unknown" : "Disputed",
    moves: movesText(one),
    minutes: one.minutes,
    ask: one.ask.map(names.role).join(", "),
  }
}

const movesText = ({ span, couldChangeQuadrant, rules }: NextQuestion): string => {
  const index = span < 0.5 ? [] : [`an index by ${whole(span)} points`]
  const moved = [...index, ...(couldChangeQuadrant ? ["the quadrant"] : [])].join(", and ")
  const decides = rules.length > 0 ? `decides ${rules.join(", ")}` : ""
  return [moved, decides].filter((text) => text !== "").join("; ") || "no index"
}
