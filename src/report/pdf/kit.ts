/**
 * The part of pdfkit this program uses, in one place: its published types are behind, and some of it (parsed fonts, encoded text)
 * has no public name.
 */
import PDFDocument from "pdfkit"

export interface KitReference {
  readonly id: number
}

/** A node of the structure tree; one that is never ended keeps the document from finishing. */
export interface KitElement {
  add(child: KitElement | KitContent): KitElement
  end(): void
}

/** A stretch of page content that belongs to a structure element. */
export interface KitContent {
  readonly refs: unknown
}

export interface KitOutline {
  addItem(title: string, options: { top: number; left: number; zoom: number; expanded?: boolean }): KitOutline
}

/** A parsed font file; it outlives documents. */
export interface ParsedFont {
  readonly unitsPerEm: number
  hasGlyphForCodePoint(codePoint: number): boolean
  layout(text: string): { readonly advanceWidth: number }
}

/** A font inside one document. */
export interface KitFont {
  readonly id: string
  readonly font: ParsedFont
  ref(): KitReference
  /** Hexadecimal glyph numbers, and the advance of each in thousandths of an em. */
  encode(text: string): [string[], { xAdvance: number; advanceWidth: number; xOffset: number; yOffset: number }[]]
}

export interface Kit {
  page: { readonly width: number; readonly height: number; readonly fonts: Record<string, KitReference> }
  readonly outline: KitOutline
  _font: KitFont
  addPage(options: { size: [number, number]; margin: number }): Kit
  addContent(operators: string): Kit
  font(source: Uint8Array | ParsedFont): Kit
  struct(type: string, options: { alt?: string; scope?: string; title?: string; bbox?: number[] }): KitElement
  addStructure(element: KitElement): Kit
  markContent(tag: string, options: { type: string }): Kit
  markStructureContent(tag: string): KitContent
  endMarkedContent(): Kit
  addNamedDestination(name: string, fit: "XYZ", x: number, y: number, zoom: null): void
  link(
    x: number,
    y: number,
    width: number,
    height: number,
    url: string,
    options: { structParent: KitElement; Contents: InstanceType<typeof String> },
  ): Kit
  annotate(
    x: number,
    y: number,
    width: number,
    height: number,
    options: { Subtype: "Link"; Dest: string; structParent: KitElement; Contents: InstanceType<typeof String> },
  ): Kit
  save(): Kit
  restore(): Kit
  opacity(value: number): Kit
  end(): void
  read(): Uint8Array | null
}

export interface KitOptions {
  readonly title: string
  readonly author: string
  readonly subject: string
  readonly language: string
  readonly date: Date
  readonly font: Uint8Array | ParsedFont
}

/** An empty tagged document that has no page yet. */
export function openKit(options: KitOptions): Kit {
  const settings = {
    autoFirstPage: false,
    pdfVersion: "1.7",
    tagged: true,
    lang: options.language,
    displayTitle: true,
    subset: "PDF/UA",
    font: options.font,
    info: {
      Title: options.title,
      Author: options.author,
      Subject: options.subject,
      Creator: "Headwater",
      Producer: "Headwater",
      CreationDate: options.date,
      ModDate: options.date,
    },
  }
  return new PDFDocument(settings as unknown as PDFKit.PDFDocumentOptions) as unknown as Kit
}
