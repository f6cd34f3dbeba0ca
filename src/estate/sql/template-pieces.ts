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
  let from = 0
  for (let at = text.indexOf("{"); at !== -1; at = text.indexOf("{", at)) {
    const mark = marks[text.slice(at, at + 2)]
    if (mark === undefined) {
      at++
      continue
    }
    const close = text.indexOf(mark[1], at + 2)
    if (close === -1) break
    if (at > from) pieces.push({ type: "text", start: from, end: at })
    pieces.push({ type: mark[0], start: at, end: close + 2 })
    from = at = close + 2
  }
  if (from < text.length) pieces.push({ type: "text", start: from, end: text.length })
  return pieces
}

/** What stands inside the marks, without the signs that trim white space. */
export const insideOf = (text: string, { start, end }: Piece): string =>
  text
    .slice(start + 2, end - 2)
    .replace(/^[-+]/, "")
    .replace(/[-+]$/, "")
    .trim()
