import type { Problem } from "./respond.ts"

const PAGES: Readonly<Record<number, readonly [heading: string, text: string]>> = {
  400: ["This request cannot be read", "Part of the address or form is not what this page expects. Go back and try again."],
  413: ["That is too much at once", "Nothing was saved. Go back, shorten the longest text or send it in parts, and try again."],
  415: ["This kind of content is not read here", "Send the form of the page itself."],
  431: ["The request has too many fields", "Go back and try again with fewer rows at once."],
}

/** The page for an error that a handler or a parser threw: 4xx as it says, all else 500 without any detail. */
export const problemOf = (error: unknown): Problem => {
  const status = statusOf(error)
  const [heading, text] = PAGES[status] ?? [
    "Something went wrong on our side",
    "What was saved before is safe. Go back and try again; if it happens again, report the reference below.",
  ]
  return { reply: "problem", status, heading, text: [text] }
}

const statusOf = (error: unknown): number => {
  if (error instanceof URIError) return 400
  const status = typeof error === "object" && error !== null && "status" in error ? Number(error.status) : 500
  return status in PAGES ? status : status >= 400 && status < 500 ? 400 : 500
}
