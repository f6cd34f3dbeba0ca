/** Cuts a template into text, expressions `{{ }}`, tags `{% %}` and comments `{# #}`, in one pass. */

export interface Piece {
  readonly type: "text" | "expression" | "tag" | "comment"
  readonly start: number
  readonly end: number
}

const marks: Readonly<Record<string, readonly [type: Piece["type"], close: string]>> = {
  "{{": ["expression", "}}"],
  "{%": ["tag", "%}"],
  "{#": ["comment", "#}"],
}

/** Pieces that follow each other without a gap from the beginning of the text to its end. */
export function cutTemplate(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  const look = { left: 2 * text.length }
  let from = 0
  for (let at = text.indexOf("{"); at !== -1; at = text.indexOf("{", at)) {
    const mark = marks[text.slice(at, at + 2)]
    if (mark === undefined) {
      at++
      continue
    }
    const close = endOf(text, at + 2, mark[0], mark[1], look)
    if (close === -1) break
    if (at > from) pieces.push({ type: "text", start: from, end: at })
    pieces.push({ type: mark[0], start: at, end: close + 2 })
    from = at = close + 2
  }
  if (from < text.length) pieces.push({ type: "text", start: from, end: text.length })
  return pieces
}

/** Where the closing mark stands, not one inside a string; -1 when there is none. `look` is what may be looked at in vain. */
function endOf(text: string, from: number, type: Piece["type"], mark: string, look: { left: number }): number {
  const first = text.indexOf(mark, from)
  if (type === "comment" || first === -1 || look.left <= 0) return first
  for (let at = from; at < text.length; at++) {
    const sign = text[at]!
    if (sign === mark[0] && text[at + 1] === mark[1]) return at
    if (sign !== "'" && sign !== '"') continue
    const end = text.indexOf(sign, at + 1)
    if (end === -1) break
    at = end
  }
  look.left -= text.length - from
  return first
}

/** What stands inside the marks, without the signs that trim white space. */
export const insideOf = (text: string, { start, end }: Piece): string =>
  text
    .slice(start + 2, end - 2)
    .replace(/^[-+]/, "")
    .replace(/[-+]$/, "")
    .trim()
