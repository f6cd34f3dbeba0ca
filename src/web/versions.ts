import { createHash } from "node:crypto"
import type { EngagementVisit } from "./engagement.ts"
import { typed } from "./forms.ts"

/** Stands for what a form showed, as a hidden field `seen`; nothing on record (or an empty list) has a version too. */
export const versionOf = (content: unknown): string =>
  content === undefined || (Array.isArray(content) && content.length === 0)
    ? "none"
    : createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16)

/** Whether what a form showed is still what is on record; a form that does not say showed nothing. */
export const isSeen = (visit: EngagementVisit, content: unknown): boolean =>
  (typed(visit.form["seen"]) || "none") === versionOf(content)
