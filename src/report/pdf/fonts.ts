import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { covers, type FontStyle, widthOf } from "../lettering.ts"
import { type Kit, type KitFont, openKit, type ParsedFont } from "./kit.ts"

/** A piece of a line in one font. */
export interface Lettering {
  readonly text: string
  readonly font: FontStyle | "fallback"
}

const files: Record<FontStyle, string> = {
  regular: "headwater-sans-400.ttf",
  semibold: "headwater-sans-600.ttf",
  bold: "headwater-sans-700.ttf",
  italic: "headwater-sans-400i.ttf",
}

/** Stands for a character that no font here has: seen, so that nobody overlooks that something is missing. */
const missing = "□"

const parsed = new Map<FontStyle | "fallback", ParsedFont>()

/** The parsed font of a style; read once and kept, because parsing costs more than a page. */
export function parsedFont(style: FontStyle | "fallback"): ParsedFont {
  const known = parsed.get(style)
  if (known) return known
  const path = style === "fallback" ? fallbackPath() : new URL(`../../../public/fonts/${files[style]}`, import.meta.url)
  const kit = openKit({ title: "", author: "", subject: "", language: "en", date: new Date(0), font: readFileSync(path) })
  const font = kit._font.font
  parsed.set(style, font)
  return font
}

/** A font of one document that writes text as hexadecimal glyph numbers. */
export interface WritingFont {
  readonly font: KitFont
  readonly encode: (text: string) => string
}

/** The fonts of one document, opened when first needed. */
export function documentFonts(kit: Kit): (style: FontStyle | "fallback") => WritingFont {
  const fonts = new Map<FontStyle | "fallback", WritingFont>()
  return (style) => {
    const known = fonts.get(style)
    if (known) return known
    kit.font(parsedFont(style))
    const font = kit._font
    const writing = { font, encode: style === "fallback" ? (text: string) => font.encode(text)[0].join("") : byCharacter(font) }
    fonts.set(style, writing)
    return writing
  }
}

/** Our own fonts have no shaping tables, so a character is always the same glyph and need be looked up only once. */
function byCharacter(font: KitFont): (text: string) => string {
  const glyphs: string[] = []
  return (text) => {
    let hex = ""
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      hex += glyphs[code] ??= font.encode(text.charAt(index))[0].join("")
    }
    return hex
  }
}

/** Splits a line by the font that has its characters; what no font has becomes a box. */
export function lettersOf(text: string, style: FontStyle): Lettering[] {
  if (isCovered(text)) return [{ text, font: style }]
  const letters: { text: string; font: FontStyle | "fallback" }[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    const own = covers(code)
    const font = own || !parsedFont("fallback").hasGlyphForCodePoint(code) ? style : "fallback"
    const seen = own || font === "fallback" ? character : missing
    const last = letters.at(-1)
    if (last?.font === font) last.text += seen
    else letters.push({ text: seen, font })
  }
  return letters
}

/** Width in points of a line as `lettersOf` would set it. */
export function measure(text: string, size: number, style: FontStyle): number {
  if (isCovered(text)) return widthOf(text, size, style)
  return lettersOf(text, style).reduce((sum, letters) => sum + widthOfLetters(letters, size), 0)
}

export function widthOfLetters(letters: Lettering, size: number): number {
  if (letters.font !== "fallback") return widthOf(letters.text, size, letters.font)
  const font = parsedFont("fallback")
  return (font.layout(letters.text).advanceWidth * size) / font.unitsPerEm
}

function isCovered(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (!covers(text.charCodeAt(index))) return false
  return true
}

function fallbackPath(): string {
  return createRequire(import.meta.url).resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf")
}
