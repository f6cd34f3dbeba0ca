/** Addresses that people give as evidence: kept, shown and printed only when they are http, https or mailto. */
import { cleanText } from "./text.ts"

/** Most links of one answer. */
export const mostLinks = 3
const longestLink = 2_000

/** Whether a page or PDF may link to it. */
export function isSafeLink(address: string): boolean {
  return (
    /^(https?:\/\/[^\s/]+|mailto:[^\s@]+@[^\s@]+)\S*$/i.test(address) && address.length <= longestLink && URL.canParse(address)
  )
}

/** The links of a text that holds one a line, or what to repair. */
export function readLinks(text: string): { readonly links: readonly string[] } | { readonly problem: string } {
  const cleaned = cleanText(text)
  if ("problem" in cleaned) return cleaned
  const links = [...new Set(cleaned.text.split("\n").map((line) => line.trim()))].filter((line) => line !== "")
  const wrong = links.find((link) => !isSafeLink(link))
  if (wrong !== undefined) {
    const shown = wrong.length > 60 ? `${wrong.slice(0, 60)}…` : wrong
    return { problem: `Enter addresses that begin with https:// or mailto:, one a line: “${shown}” is none` }
  }
  if (links.length > mostLinks) return { problem: `Enter at most ${mostLinks} links: there are ${links.length}` }
  return { links }
}
