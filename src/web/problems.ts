import { PdfBusy } from "../report/pdf/worker-pool.ts"
import { StoreBusy, StoreFull, StoreUnwritable, UnstorableText } from "../store/store.ts"
import type { Problem } from "./respond.ts"
import { UploadRefused } from "./uploads.ts"

const PAGES: Readonly<Record<number, readonly [heading: string, text: string]>> = {
  400: ["This request cannot be read", "Part of the address or form is not what this page expects. Go back and try again."],
  413: [
    "That is too much at once",
    "Nothing was saved. Go back, shorten the longest text or send it in parts, and try again. A file may have 20 MB.",
  ],
  415: ["This kind of content is not read here", "Send the form of the page itself."],
  422: [
    "Part of the text cannot be stored",
    "Nothing was saved. Remove the broken or invisible character from what you typed and try again.",
  ],
  431: ["The request has too many fields", "Go back and try again with fewer rows at once."],
  503: ["Too much is being saved at this moment", "Nothing was saved. Wait a few seconds and send it again."],
  507: [
    "The disk of this server is full",
    "Nothing was saved; what was saved before is safe and can be read. Tell whoever runs Headwater, and send it again afterwards.",
  ],
}

/** The page for an error that a handler or a parser threw: 4xx as it says, all else 500 without any detail. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof PdfBusy) return manyPdfs
  if (error instanceof StoreUnwritable) return unwritable
  if (error instanceof UploadRefused) return { ...tooLarge, text: [error.message, ...tooLarge.text] }
  const status = statusOf(error)
  const [heading, text] = PAGES[status] ?? [
    "Something went wrong on our side",
    "What was saved before is safe. Go back and try again; if it happens again, report the reference below.",
  ]
  return { reply: "problem", status, heading, text: [text], ...(status === 503 && { retryAfter: 5 }) }
}

const manyPdfs: Problem = {
  reply: "problem",
  status: 503,
  heading: "Many PDFs are being made at this moment",
  text: ["Wait a few seconds, go back and ask for yours again."],
  retryAfter: 5,
}

const tooLarge: Problem = {
  reply: "problem",
  status: 413,
  heading: "That is too much at once",
  text: ["Go back and send less: only the files that are asked for, or one project after the other."],
}

const unwritable: Problem = {
  reply: "problem",
  status: 507,
  heading: "The data folder of this server cannot be written",
  text: [
    "Nothing was saved; what was saved before is safe. Tell whoever runs Headwater to look at the folder's rights and its disk, and send it again afterwards.",
  ],
}

const statusOf = (error: unknown): number => {
  if (error instanceof URIError) return 400
  if (error instanceof StoreBusy) return 503
  if (error instanceof StoreFull || isDiskFull(error)) return 507
  if (error instanceof UnstorableText) return 422
  const status = typeof error === "object" && error !== null && "status" in error ? Number(error.status) : 500
  return status in PAGES ? status : status >= 400 && status < 500 ? 400 : 500
}

/** An upload found no room where temporary files are. */
const isDiskFull = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOSPC"
