/** Most characters (code points) that one answer, comment or reason may have. */
export const textLimit = 10_000

/** What is wrong with a text as typed, in words that say what to do; `undefined` when it can be kept. Length in code points. */
export function problemWithText(text: string, limit: number = textLimit): string | undefined {
  if (text.includes("\0")) return "the text contains a NUL character; remove it"
  if (!text.isWellFormed()) return "the text contains half of a character (a lone surrogate); type that character again"
  const length = lengthOf(text)
  if (length > limit) return `the text has ${inThousands(length)} characters; shorten it to ${inThousands(limit)} or fewer`
  return undefined
}

/** The text as it is kept: NFC, line ends as \n, no control characters but line feed and tab. */
export function cleanText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replaceAll(/\r\n?/g, "\n").replaceAll(/[\u0001-\u0008\u000B-\u001F\u007F-\u009F]/g, "").normalize("NFC")
}

/** A count with commas between thousands: 10,000. */
function inThousands(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ",")
}

function lengthOf(text: string): number {
  let length = text.length
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= 0xd800 && text.charCodeAt(at) <= 0xdbff) length -= 1
  return length
}
