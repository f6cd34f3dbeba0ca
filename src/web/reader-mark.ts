import { createHash } from "node:crypto"
import type { ResponseScope } from "../store/store.ts"
import type { Problem } from "./respond.ts"

/**
 * Whose page a form is. One browser has one session: once somebody opens another person's link in it, a page that is still open must not
 * save into that person's answers.
 */
export const readerMark = ({ engagement, respondent }: Pick<ResponseScope, "engagement" | "respondent">): string =>
  createHash("sha256").update(`${engagement}\n${respondent}`).digest("base64url").slice(0, 16)

/** Whether a form says that it belongs to somebody else's page; pages without the mark are taken as they are. */
export const isOthers = (mark: unknown, scope: ResponseScope): boolean =>
  typeof mark === "string" && mark !== "" && mark !== readerMark(scope)

/** The page for a form that was opened with another personal link than the one now in use. */
export const othersForm = (kept: NonNullable<Problem["kept"]>): Problem => ({
  reply: "problem",
  status: 403,
  heading: "This page was opened with another personal link",
  text: [
    "Somebody else's link has been opened in this browser since. Nothing was saved, so that your answers do not get mixed.",
    "Open your own personal link again to go on.",
  ],
  kept,
})
