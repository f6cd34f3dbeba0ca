/** What text may be anywhere in the program: the same on every storage engine, in every page, file and PDF. */
import { z } from "zod"

/** Longest free text of an answer, comment or reason, in code points. */
export const longestText = 10_000

/**
 * Text as it is kept (line ends as \n, other control characters but tab removed, NFC, trimmed), or the problem with it:
 * NUL, half of a surrogate pair, or more than `limit` code points.
 */
export function cleanText(raw: string, limit: number = longestText): { readonly text: string } | { readonly problem: string } {
  const nul = raw.indexOf("\u0000")
  if (nul >= 0) return { problem: `Remove the NUL character at position ${nul + 1}: it cannot be stored` }
  if (!raw.isWellFormed()) {
    return { problem: `Remove or retype the broken character at position ${brokenAt(raw) + 1}: half of it is missing` }
  }
  const text = raw
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .normalize("NFC")
    .trim()
  const length = codePoints(text)
  if (length > limit) {
    return { problem: `Shorten the text to ${grouped(limit)} characters or fewer; it has ${grouped(length)}` }
  }
  return { text }
}

/** A zod schema of text under `cleanText`, at most `limit` code points. */
export const textUpTo = (limit: number = longestText) =>
  z.string().transform((raw, context): string => {
    const cleaned = cleanText(raw, limit)
    if ("text" in cleaned) return cleaned.text
    context.addIssue({ code: "custom", message: cleaned.problem })
    return z.NEVER
  })

function brokenAt(raw: string): number {
  const whole = raw.toWellFormed()
  let at = 0
  while (raw[at] === whole[at]) at += 1
  return at
}

// `[...text].length` would build an array of a million strings for a pasted file.
function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ",")
