import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs"

export interface Node {
  readonly role: string
  readonly alt?: string
  readonly children: readonly Node[]
  /** Ids of marked content below this node. */
  readonly content: readonly string[]
}

export interface ReadPage {
  readonly text: string
  readonly tree: Node
  readonly links: readonly { readonly url?: string; readonly dest?: unknown }[]
  readonly width: number
  readonly height: number
}

export interface ReadPdf {
  readonly pages: readonly ReadPage[]
  readonly info: Readonly<Record<string, unknown>>
  readonly outline: readonly { readonly title: string; readonly items: readonly { readonly title: string }[] }[]
  readonly destinations: readonly string[]
  readonly marked: boolean
}

interface RawNode {
  readonly role?: string
  readonly alt?: string
  readonly children?: readonly RawNode[]
  readonly type?: string
  readonly id?: string
}

/** Reads a PDF back with another program's eyes. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const loading = getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false })
  const pdf = await loading.promise
  const pages: ReadPage[] = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const content = await page.getTextContent()
    const annotations = (await page.getAnnotations()) as { subtype: string; url?: string; dest?: unknown }[]
    const view = page.getViewport({ scale: 1 })
    pages.push({
      text: content.items.map((item) => ("str" in item ? item.str : "")).join(" "),
      tree: nodeOf((await page.getStructTree()) ?? {}),
      links: annotations.filter((each) => each.subtype === "Link"),
      width: view.width,
      height: view.height,
    })
  }
  const metadata = await pdf.getMetadata()
  const read: ReadPdf = {
    pages,
    info: metadata.info as Record<string, unknown>,
    outline: (await pdf.getOutline()) ?? [],
    destinations: [...((await pdf.getDestinations()) as unknown as Map<string, unknown>).keys()],
    marked: ((await pdf.getMarkInfo()) as unknown as Map<string, boolean> | null)?.get("Marked") === true,
  }
  await loading.destroy()
  return read
}

export function nodesOf(tree: Node, role: string): Node[] {
  return [...(tree.role === role ? [tree] : []), ...tree.children.flatMap((child) => nodesOf(child, role))]
}

function nodeOf(raw: RawNode): Node {
  const children = raw.children ?? []
  return {
    role: raw.role ?? "",
    ...(raw.alt === undefined ? {} : { alt: raw.alt }),
    children: children.filter((child) => child.role !== undefined).map(nodeOf),
    content: children.flatMap((child) => (child.type === "content" && child.id ? [child.id] : [])),
  }
}
