/** A link of a letter, on a line of its own. */
export interface LetterLink {
  readonly href: string
  readonly text: string
}

/** What is written to somebody, without any layout: paragraphs and links, the small print last. */
export interface Letter {
  readonly subject: string
  readonly body: readonly (string | LetterLink)[]
  readonly smallPrint: readonly (string | LetterLink)[]
}

/** As plain text. */
export const textOf = ({ body, smallPrint }: Letter): string =>
  `${[...body, ...(smallPrint.length > 0 ? ["--"] : []), ...smallPrint].map(plain).join("\n\n")}\n`

const plain = (part: string | LetterLink): string => (typeof part === "string" ? part : `${part.text}:\n${part.href}`)

/** As a document of its own that asks nothing of the network: no pictures, no styles from elsewhere, nothing that counts who reads it. */
export const htmlOf = ({ subject, body, smallPrint }: Letter): string =>
  [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>`,
    '<body style="font-family: sans-serif; font-size: 16px; line-height: 1.5; max-width: 36em">',
    ...body.map(paragraph),
    ...(smallPrint.length > 0 ? ['<hr><div style="font-size: 14px">', ...smallPrint.map(paragraph), "</div>"] : []),
    "</body></html>\n",
  ].join("\n")

const paragraph = (part: string | LetterLink): string =>
  typeof part === "string"
    ? `<p>${escaped(part)}</p>`
    : `<p><a href="${escaped(part.href)}">${escaped(part.text)}</a><br>${escaped(part.href)}</p>`

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
