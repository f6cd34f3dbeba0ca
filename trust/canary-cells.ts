/** Looks for canaries that some output took for more than text. */
import { parse } from "csv-parse/sync"

export interface Output {
  readonly type: string
  readonly text: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** What is wrong with one answer, given the payloads that are stored in the engagement. */
export const canariesIn = ({ type, text, headers }: Output, payload: string): readonly string[] => [
  ...headerFaults(headers),
  ...(type.startsWith("text/html") ? htmlFaults(text, payload) : []),
  ...(type.startsWith("text/csv") ? csvFaults(text) : []),
  ...(type.startsWith("application/pdf") ? pdfFaults(text) : []),
  ...(type.startsWith("application/json") ? jsonFaults(text) : []),
]

/** A payload with a character that must be escaped may nowhere stand as it is; the mark tells the fields apart. */
const htmlFaults = (html: string, payload: string): readonly string[] => {
  const faults: string[] = []
  if (/[<>"']/.test(payload)) {
    const [before = "", after = ""] = payload.split("Z")
    const dangerous = [before, after].filter((part) => /[<>"']/.test(part) && part.length > 3 && !ordinary.has(part))
    for (const part of dangerous) if (html.includes(part)) faults.push(`raw ${part} near ${around(html, part)}`)
  }
  const tags = html.match(/<\/?[a-z][^>]*>/gi) ?? []
  // Values stand in quotes on our pages: what looks like an attribute inside one is text.
  const attributes = tags.flatMap((tag) => [...tag.matchAll(/([\w:-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)/g)])
  const isPlanted =
    tags.some((tag) => /^<\/?(?:zq|base\b)/i.test(tag)) || attributes.some(([, name = ""]) => name.startsWith("zq"))
  if (isPlanted) faults.push(`an element of the canary near ${around(html, "<zq")}`)
  const addresses = attributes
    .filter(([, name = ""]) => /^(?:href|src|action)$/i.test(name))
    .map(([, , value = ""]) => value.replaceAll(/^["']|["']$/g, "").trim())
  if (addresses.some((address) => /^(?:javascript|data|file):(?!image\/)/i.test(address))) faults.push("an active address")
  if (addresses.some((address) => /^(?:https?:)?\/\/zq/i.test(address))) faults.push("an address of another site")
  return faults
}

/** Ends of payloads that any page may have. */
const ordinary = new Set(["</script>", "</style>"])

const around = (text: string, part: string): string => {
  const at = text.indexOf(part)
  return JSON.stringify(text.slice(Math.max(0, at - 80), at + 80))
}

const csvFaults = (text: string): readonly string[] => {
  const rows = parse(text, { bom: true, relax_column_count: true, delimiter: [",", ";"] })
  return rows
    .flat()
    .filter((cell) => /^\s*[=+\-@＝＋－＠]|^[\t\r]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell))
    .map((cell) => `formula ${cell}`)
}

/** Names outside of streams that make a document do something by itself. */
const pdfFaults = (bytes: string): readonly string[] => {
  const outside = bytes.replaceAll(/stream\r?\n[\s\S]*?endstream/g, "").replaceAll(/\((?:\\[\s\S]|[^\\)])*\)/g, "()")
  return ["/JS", "/JavaScript", "/Launch", "/OpenAction", "/AA", "/SubmitForm", "/EmbeddedFile"].filter((name) =>
    new RegExp(`${name}[\\s/(<[]`).test(outside),
  )
}

const jsonFaults = (text: string): readonly string[] => {
  try {
    JSON.parse(text)
    return []
  } catch {
    return ["JSON that cannot be read"]
  }
}

const headerFaults = (headers: Output["headers"]): readonly string[] => {
  const faults = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []]
      .flat()
      .filter((one) => /[\r\n]|zq=1/.test(one))
      .map(() => `header ${name}`),
  )
  const disposition = String(headers["content-disposition"] ?? "")
  if (disposition !== "" && !/^attachment; filename="?[\w .()-]+"?(; filename\*=UTF-8''[\w.%()'-]+)?$/.test(disposition))
    faults.push(`file name ${disposition}`)
  return faults
}
