/** Where words, strings and comments of SQL end. Every function looks at each character once. */

export const isSpace = (code: number): boolean => code <= 32 || code === 0xa0 || code === 0xfeff
export const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 127
const isWordPart = (code: number): boolean => isLetter(code) || isDigit(code) || code === 36

/** Whether a name can begin here: a letter, `@variable`, `$1`, `#temporary`, `${parameter}` or `{parameter}`. */
export function isWordStart(text: string, at: number, code: number): boolean {
  if (isLetter(code)) return true
  const after = text.charCodeAt(at + 1)
  if (code === 36) return after === 123 || after === 40 || isWordPart(after)
  if (code === 64 || code === 35) return isLetter(after) || after === 64 || after === 36
  return code === 123 && endOfParameter(text, at) !== -1
}

/** End of a name, parameters inside it included. */
export function endOfWord(text: string, from: number, to: number): number {
  let at = from
  while (at < to) {
    const code = text.charCodeAt(at)
    if (isWordPart(code) && !(code === 36 && (text.charCodeAt(at + 1) === 123 || text.charCodeAt(at + 1) === 40))) at++
    else if (at === from && (code === 64 || code === 35)) at += text.charCodeAt(at + 1) === 64 ? 2 : 1
    else {
      const end = code === 36 || code === 123 ? endOfParameter(text, at) : -1
      if (end === -1) break
      at = end
    }
  }
  return Math.max(at, from + 1)
}

const longestParameter = 200

/** End of `${name}`, `$(name)` or `{name}`; -1 when it is none. */
function endOfParameter(text: string, from: number): number {
  const isDollar = text.charCodeAt(from) === 36
  const bracket = from + (isDollar ? 1 : 0)
  const close = text.charCodeAt(bracket) === 40 ? 41 : 125
  if (close === 125 && text.charCodeAt(bracket) !== 123) return -1
  for (let at = bracket + 1; at < text.length && at - from < longestParameter; at++) {
    const code = text.charCodeAt(at)
    if (code === close) return at > bracket + 1 ? at + 1 : -1
    if (!isWordPart(code) && !(isDollar && close === 125 ? code !== 10 && code !== 123 : code === 46)) return -1
  }
  return -1
}

/** End of a comment that begins here; -1 when none does. `#` begins one unless it names a temporary table. */
export function endOfComment(text: string, at: number, code: number, afterFrom: boolean): number {
  const after = text.charCodeAt(at + 1)
  if (code === 45 && after === 45) return endOfLine(text, at)
  if (code === 47 && after === 47) return endOfLine(text, at)
  if (code === 47 && after === 42) {
    const end = text.indexOf("*/", at + 2)
    return end === -1 ? text.length : end + 2
  }
  if (code !== 35) return -1
  // "#>" and "#-" are operators of PostgreSQL.
  if (after === 62 || after === 45) return -1
  return isLetter(after) && (afterFrom || isQualifier(text, at + 1)) ? -1 : endOfLine(text, at)
}

/** `#temporary.column` */
function isQualifier(text: string, from: number): boolean {
  let at = from
  while (at - from < longestParameter && isWordPart(text.charCodeAt(at))) at++
  return text.charCodeAt(at) === 46 && (isLetter(text.charCodeAt(at + 1)) || text.charCodeAt(at + 1) === 91)
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at)
  return end === -1 ? text.length : end + 1
}

/** Where the quote of a string or quoted name stands: here, or after a prefix such as r, b, e, n or x; -1 when none begins. */
export function startsString(text: string, at: number, code: number): number {
  if (code === 39 || code === 34 || code === 96) return at
  if (code === 36) return endOfTag(text, at) === -1 ? -1 : at
  const lower = code | 32
  if (lower !== 114 && lower !== 98 && lower !== 101 && lower !== 110 && lower !== 120) return -1
  const after = text.charCodeAt(at + 1)
  if (after === 39 || (after === 34 && (lower === 114 || lower === 98))) return at + 1
  if ((after | 32) === 114 || (after | 32) === 98) {
    const quote = text.charCodeAt(at + 2)
    if (lower !== (after | 32) && (lower === 98 || lower === 114) && (quote === 39 || quote === 34)) return at + 2
  }
  return -1
}

/** End of `$$` or `$tag$` that begins here; -1 when it is neither. */
function endOfTag(text: string, from: number): number {
  let at = from + 1
  while (isLetter(text.charCodeAt(at)) || (at > from + 1 && isDigit(text.charCodeAt(at)))) at++
  return text.charCodeAt(at) === 36 ? at + 1 : -1
}

/** Where something quoted ends, how long its quotes are, and whether they close. */
interface Quoted {
  readonly end: number
  readonly inner: number
  readonly closed: boolean
}

/** Where what is quoted ends, and how long its quotes are. */
export function endOfQuoted(text: string, at: number, backslash: boolean): Quoted {
  const quote = text[at]!
  if (quote === "$") return upTo(text, at, text.slice(at, endOfTag(text, at)))
  const triple = quote.repeat(3)
  if (quote === "`" || !text.startsWith(triple, at) || text.indexOf(triple, at + 3) === -1) return toQuote(text, at, backslash)
  // In most dialects two quotes stand for one: '''' is a text of one quote.
  const plain = quote === "'" && !/[\r\n]/.test(text[at + 3]!) ? toQuote(text, at, backslash, at + longestPlain) : undefined
  const isPlain = plain?.closed === true && !isWordPart(text.charCodeAt(plain.end))
  return isPlain ? plain : upTo(text, at, triple, backslash)
}

/** Longer texts that begin with a quote of their own are not told from those in three quotes. */
const longestPlain = 300

/** Up to the next quote that is neither doubled nor escaped. */
function toQuote(text: string, at: number, backslash: boolean, limit = text.length): Quoted {
  const code = text.charCodeAt(at)
  for (let place = at + 1; place < Math.min(limit, text.length); place++) {
    const here = text.charCodeAt(place)
    if (here === 92 && backslash && !(place === at + 1 && isWhole(text, place + 1, code))) place++
    else if (here === code) {
      if (text.charCodeAt(place + 1) !== code) return { end: place + 1, inner: 1, closed: true }
      place++
    }
  }
  return { end: text.length, inner: 1, closed: false }
}

/** `'\'`, as after ESCAPE: a backslash alone, although it could escape the quote. */
function isWhole(text: string, at: number, quote: number): boolean {
  const next = text.charCodeAt(at + 1)
  return text.charCodeAt(at) === quote && (Number.isNaN(next) || isSpace(next) || next === 41 || next === 44 || next === 59)
}

function upTo(text: string, at: number, mark: string, backslash = false): Quoted {
  let end = text.indexOf(mark, at + mark.length)
  if (backslash) while (end !== -1 && isEscaped(text, at, end)) end = text.indexOf(mark, end + 1)
  return { end: end === -1 ? text.length : end + mark.length, inner: mark.length, closed: end !== -1 }
}

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(text: string, from: number, at: number): boolean {
  let first = at
  while (first > from && text.charCodeAt(first - 1) === 92) first--
  return (at - first) % 2 === 1
}
