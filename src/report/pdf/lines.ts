import type { Span, Text } from "../blocks.ts"
import type { Ink } from "../drawing.ts"
import type { FontStyle } from "../lettering.ts"
import { measure } from "./fonts.ts"
import { toneInk } from "./ink.ts"

/** Letters of one font, colour and target on one line. */
export interface Run {
  text: string
  readonly style: FontStyle
  readonly ink: Ink
  readonly to?: string | undefined
  readonly href?: string | undefined
  width: number
}

export interface Line {
  readonly runs: Run[]
  width: number
}

export interface Setting {
  readonly size: number
  readonly style: FontStyle
  readonly ink: Ink
}

type Kind = Omit<Run, "text" | "width">

/** Breaks running text into lines no wider than `width`. */
export function breakLines(text: Text, width: number, setting: Setting): Line[] {
  const lines: Line[] = []
  let line: Line = { runs: [], width: 0 }
  const close = (): void => {
    trimEnd(line, setting.size)
    lines.push(line)
    line = { runs: [], width: 0 }
  }
  for (const span of typeof text === "string" ? [text] : text) {
    const kind = kindOf(span, setting)
    const paragraphs = visible(typeof span === "string" ? span : span.text).split("\n")
    paragraphs.forEach((paragraph, index) => {
      if (index > 0) close()
      for (const word of wordsOf(paragraph)) {
        const wide = measure(word.trimEnd(), setting.size, kind.style)
        if (line.width + wide > width && line.runs.length > 0) close()
        if (wide <= width) append(line, word, kind, setting.size)
        else line = breakInside(word, width, kind, setting.size, line, lines)
      }
    })
  }
  if (line.runs.length > 0 || lines.length === 0) close()
  return lines
}

/** What can be seen of a text: invisible characters go, control characters and broken pairs show as a box. */
export function visible(text: string): string {
  if (plain.test(text)) return text
  return text
    .normalize("NFC")
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/\t/g, " ")
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, "")
    .replace(/[^\P{Cc}\n]|\ufffd/gu, "□")
}

const plain = /^[\n\u0020-\u007e\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u00a0\u00d7\u00b7]*$/

function kindOf(span: string | Span, setting: Setting): Kind {
  if (typeof span === "string") return { style: setting.style, ink: setting.ink }
  const style = span.bold ? "semibold" : span.italic ? "italic" : setting.style
  const linked = span.to !== undefined || span.href !== undefined
  const ink = span.tone ? toneInk(span.tone) : linked ? "accent" : setting.ink
  return {
    style,
    ink,
    ...(span.to === undefined ? {} : { to: span.to }),
    ...(span.href === undefined ? {} : { href: span.href }),
  }
}

/** Words with the space after them, a percent sign never alone; a slash or a hyphen between letters also lets a line end. */
function wordsOf(text: string): string[] {
  return text.split(/(?<= )(?![ %])|(?<=\p{L}[/–—-])(?=\p{L})/u)
}

function append(line: Line, text: string, kind: Kind, size: number): void {
  if (line.runs.length === 0 && text.trim() === "") return
  const last = line.runs.at(-1)
  const width = measure(text, size, kind.style)
  if (last && last.style === kind.style && last.ink === kind.ink && last.to === kind.to && last.href === kind.href) {
    last.text += text
    last.width += width
  } else line.runs.push({ ...kind, text, width })
  line.width += width
}

function breakInside(word: string, width: number, kind: Kind, size: number, start: Line, lines: Line[]): Line {
  let line = start
  for (const character of word) {
    if (line.width + measure(character, size, kind.style) > width && line.runs.length > 0) {
      lines.push(line)
      line = { runs: [], width: 0 }
    }
    append(line, character, kind, size)
  }
  return line
}

function trimEnd(line: Line, size: number): void {
  const last = line.runs.at(-1)
  if (!last) return
  const text = last.text.trimEnd()
  if (text === last.text) return
  const width = measure(text, size, last.style)
  line.width += width - last.width
  last.text = text
  last.width = width
}
