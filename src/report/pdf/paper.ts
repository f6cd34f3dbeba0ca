import type { Ink } from "../drawing.ts"
import type { FontStyle } from "../lettering.ts"
import { documentFonts, lettersOf, widthOfLetters } from "./fonts.ts"
import { colour } from "./ink.ts"
import type { Kit, KitElement } from "./kit.ts"

/** Size and margins of a page, in points. */
export interface Sheet {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Marks on the current page, in points from the top left, and the structure they belong to. */
export interface Paper {
  addPage(sheet: Sheet): void
  /** `y` is the baseline; gives the width of what was written. */
  text(x: number, y: number, text: string, size: number, style: FontStyle, ink: Ink): number
  rectangle(x: number, y: number, width: number, height: number, ink: Ink): void
  line(x1: number, y1: number, x2: number, y2: number, ink: Ink, width: number): void
  /** Raw operators, for drawings; colours set inside must not leak: wrap in q and Q. */
  operators(text: string): void
  withOpacity(value: number, paint: () => void): void
  /** Says that colours may have changed outside of this paper's own marks. */
  forgetColours(): void
  /** A structure element under a parent; end none by hand, `finish` ends them all. */
  element(
    parent: KitElement,
    type: string,
    options?: { alt?: string; scope?: "Column" | "Row"; title?: string; bbox?: number[] },
  ): KitElement
  /** Content that belongs to an element. */
  tagged(element: KitElement, type: string, paint: () => void): void
  /** Content that is no part of the text: running heads, rules, repeated table heads. */
  artifact(paint: () => void, type?: "Pagination" | "Layout"): void
  /** A link whose annotation belongs to `element`; targets other than anchors, http, https and mailto are dropped. */
  link(
    element: KitElement,
    box: { x: number; y: number; width: number; height: number },
    target: { to?: string | undefined; href?: string | undefined; text: string },
  ): void
  destination(name: string, y: number): void
  readonly kit: Kit
}

const allowed = /^(https?:\/\/|mailto:)[^\s]+$/i

export function openPaper(kit: Kit): Paper {
  const fontOf = documentFonts(kit)
  let fill = ""
  let stroke = ""

  const setFill = (ink: Ink): void => {
    const operands = colour(ink)
    if (operands !== fill) kit.addContent(`${operands} rg`)
    fill = operands
  }

  const write = (x: number, y: number, hex: string, size: number, id: string): void => {
    kit.addContent(`BT /${id} ${size} Tf 1 0 0 -1 ${short(x)} ${short(y)} Tm <${hex}> Tj ET`)
  }

  return {
    kit,
    addPage(sheet) {
      kit.addPage({ size: [sheet.width, sheet.height], margin: 0 })
      this.forgetColours()
    },
    text(x, y, text, size, style, ink) {
      if (!text) return 0
      setFill(ink)
      let right = x
      for (const letters of lettersOf(text, style)) {
        const { font, encode } = fontOf(letters.font)
        kit.page.fonts[font.id] ??= font.ref()
        write(right, y, encode(letters.text), size, font.id)
        right += widthOfLetters(letters, size)
      }
      return right - x
    },
    rectangle(x, y, width, height, ink) {
      setFill(ink)
      kit.addContent(`${short(x)} ${short(y)} ${short(width)} ${short(height)} re f`)
    },
    line(x1, y1, x2, y2, ink, width) {
      const operands = colour(ink)
      if (operands !== stroke) kit.addContent(`${operands} RG`)
      stroke = operands
      kit.addContent(`${width} w ${short(x1)} ${short(y1)} m ${short(x2)} ${short(y2)} l S`)
    },
    operators(text) {
      kit.addContent(text)
    },
    withOpacity(value, paint) {
      kit.save().opacity(value)
      paint()
      kit.restore()
    },
    forgetColours() {
      fill = ""
      stroke = ""
    },
    element(parent, type, options = {}) {
      const element = kit.struct(type, options)
      parent.add(element)
      return element
    },
    tagged(element, type, paint) {
      const content = kit.markStructureContent(type)
      paint()
      kit.endMarkedContent()
      element.add(content)
    },
    artifact(paint, type = "Layout") {
      kit.markContent("Artifact", { type })
      paint()
      kit.endMarkedContent()
    },
    link(element, box, target) {
      const options = { structParent: element, Contents: textObject(target.text) }
      // A destination of its own instead of pdfkit's goTo, which writes one more object per link.
      if (target.to) kit.annotate(box.x, box.y, box.width, box.height, { Subtype: "Link", Dest: target.to, ...options })
      else if (target.href && allowed.test(target.href)) kit.link(box.x, box.y, box.width, box.height, target.href, options)
    },
    destination(name, y) {
      kit.addNamedDestination(name, "XYZ", 0, Math.max(0, y), null)
    },
  }
}

/** pdfkit tells text from names by the String object. */
function textObject(text: string): InstanceType<typeof String> {
  // oxlint-disable-next-line no-new-wrappers -- a plain string would be written as a PDF name
  return new String(text)
}

export function short(value: number): string {
  return String(Math.round(value * 100) / 100)
}
