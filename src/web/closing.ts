import type { StoredEngagement } from "../store/store.ts"
import type { RespondentVisit } from "./visit.ts"

/** Whether the engagement takes no answers any more: its time is over, or it is archived. */
export const isOver = ({ archivedAt, terms }: StoredEngagement, now: number): boolean =>
  archivedAt !== undefined || (terms.closesAt !== undefined && terms.closesAt <= now)

/** Since when; `undefined` while answers are taken. */
export const overSince = ({ archivedAt, terms }: StoredEngagement, now: number): number | undefined => {
  const times = [archivedAt, terms.closesAt].filter((time) => time !== undefined && time <= now)
  return times.length === 0 ? undefined : Math.min(...(times as number[]))
}

/** The last moment to answer with this link: when it expires or the engagement closes, whichever is earlier. */
export const answersUntil = (stored: StoredEngagement, respondent: string): number | undefined => {
  const link = stored.responses.find((one) => one.respondent === respondent)?.link
  const times = [link?.expiresAt, stored.terms.closesAt].filter((time) => time !== undefined)
  return times.length === 0 ? undefined : Math.min(...times)
}

/** Why this respondent's answers cannot be changed now; `undefined` while they can. */
export const closedFor = ({ response, now }: RespondentVisit): "submitted" | "closed" | undefined =>
  isOver(response.stored, now) ? "closed" : response.submittedAt === undefined ? undefined : "submitted"
