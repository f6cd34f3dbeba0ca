/** Which pieces of a template count: the first branch of a choice, a loop's body once, no macro's definition, no incremental part. */
import { type Expression, readExpression, readLoop } from "./template-expressions.ts"
import { type Piece, insideOf } from "./template-pieces.ts"

interface Frame {
  readonly tag: string
  /** Whether the branch that is open now counts. */
  keeps: boolean
  /** Whether a branch has counted already. */
  taken: boolean
  /** What the branch is for, where that is to be remembered. */
  note?: "incremental" | "between"
  start: number
}

/** A piece of the template, and what it stands for when it is an expression that counts. */
export interface KeptPiece extends Piece {
  readonly isKept: boolean
  readonly expression?: Expression
}

export interface Kept {
  readonly kept: readonly KeptPiece[]
  readonly incremental: readonly { readonly start: number; readonly end: number }[]
  readonly between: readonly { readonly start: number; readonly end: number; readonly text: string }[]
  readonly calls: readonly string[]
}

/** Walks through the pieces with a stack of open tags. */
export function keptPieces(text: string, pieces: readonly Piece[]): Kept {
  const open: Frame[] = []
  // For each open tag, whether it and all around it count; so that no depth is looked through again.
  const counts: boolean[] = []
  const incremental: { start: number; end: number }[] = []
  const between: { start: number; end: number; text: string }[] = []
  const calls: string[] = []
  const variables = new Map<string, Expression>()
  const close = (frame: Frame | undefined, end: number): void => {
    if (frame?.note === "incremental") incremental.push({ start: frame.start, end })
    if (frame?.note === "between")
      between.push({ start: frame.start, end, text: text.slice(frame.start, end).trim().toLowerCase() })
    if (frame !== undefined) delete frame.note
  }
  const kept = pieces.map((piece): KeptPiece => {
    const isOpen = counts.at(-1) ?? true
    if (piece.type === "expression" && isOpen)
      return { ...piece, isKept: true, expression: readExpression(text.slice(piece.start + 2, piece.end - 2), variables) }
    if (piece.type === "tag") {
      const inside = insideOf(text, piece)
      const word = /^\w+/.exec(inside)?.[0] ?? ""
      if (word.startsWith("end")) close(open.pop(), piece.start)
      else if (word === "else" || word === "elif") nextBranch(open.at(-1), word, inside, piece, close)
      else openTag(open, word, inside, piece, { calls: isOpen ? calls : [], variables })
    }
    if (piece.type === "tag") {
      counts.length = Math.min(counts.length, Math.max(0, open.length - 1))
      const frame = open.at(-1)
      if (frame !== undefined) counts.push((counts.at(-1) ?? true) && frame.keeps)
    }
    return { ...piece, isKept: counts.at(-1) ?? true }
  })
  return { kept, incremental, between, calls }
}

function openTag(
  open: Frame[],
  word: string,
  inside: string,
  { end }: Piece,
  into: { readonly calls: string[]; readonly variables: Map<string, Expression> },
): void {
  if (word === "if") {
    const { keeps, note } = judge(inside.slice(2))
    open.push({ tag: word, keeps, taken: keeps, start: end, ...(note === undefined ? {} : { note }) })
  } else if (word === "set") {
    const given = /^set\s+(\w+)\s*=\s*([\s\S]*)$/.exec(inside)
    if (given === null) open.push({ tag: word, keeps: false, taken: true, start: end })
    else into.variables.set(given[1]!, readExpression(given[2]!, into.variables))
  } else if (word === "for") {
    const given = /^for\s+(\w+)\s+in\s+([\s\S]*)$/.exec(inside)
    if (given !== null) into.variables.set(given[1]!, readLoop(given[2]!, into.variables))
    open.push({ tag: word, keeps: true, taken: true, start: end })
  } else if (word === "call") {
    into.calls.push(/^call(?:\s*\([^)]*\))?\s+([\w.]+)/.exec(inside)?.[1]?.toLowerCase() ?? "call")
    open.push({ tag: word, keeps: false, taken: true, start: end })
  } else if (/^(macro|test|materialization|docs)$/.test(word)) open.push({ tag: word, keeps: false, taken: true, start: end })
  else if (/^(snapshot|raw|filter|block)$/.test(word)) open.push({ tag: word, keeps: true, taken: true, start: end })
}

function nextBranch(
  frame: Frame | undefined,
  word: string,
  inside: string,
  { start, end }: Piece,
  close: (frame: Frame, end: number) => void,
): void {
  if (frame === undefined || frame.tag !== "if") return
  close(frame, start)
  const judged = word === "else" ? { keeps: true } : judge(inside.slice(4))
  frame.keeps = judged.keeps && !frame.taken
  frame.taken ||= frame.keeps
  if (judged.note !== undefined) frame.note = judged.note
  frame.start = end
}

const longestCondition = 1000

/** Whether a branch counts in a full run for production; conditions that nobody can know hold. */
function judge(whole: string): { readonly keeps: boolean; readonly note?: "incremental" | "between" } {
  const condition = whole.slice(0, longestCondition)
  const negated = /^\(?\s*not\b/.test(condition.trimStart())
  if (/\bis_incremental\s*\(/.test(condition)) return negated ? { keeps: true } : { keeps: false, note: "incremental" }
  if (/\bloop\.(last|first|index)/.test(condition)) return { keeps: false, note: "between" }
  if (/\btarget\.name\s*(==|in\b)[^=]*['"](dev|ci|test|local|sandbox)/.test(condition)) return { keeps: negated }
  if (/\bvar\s*\([^()]*,\s*false\s*\)/i.test(condition)) return { keeps: negated }
  if (/^\s*false\b/i.test(condition)) return { keeps: false }
  return { keeps: true }
}
