import { UnstorableText } from "./errors.ts"

const refuseText = (text: string, place: string): void => {
  if (text.includes("\0")) throw new UnstorableText(place || "the top", "a NUL character (U+0000)")
  if (!text.isWellFormed()) throw new UnstorableText(place || "the top", "half of a surrogate pair")
}

/**
 * Throws `UnstorableText` for NUL and lone surrogates anywhere in `given`, keys included. PostgreSQL refuses the first and
 * SQLite keeps it; both replace the second silently: so neither gets to see them.
 */
export const refuseUnstorableText = (given: unknown, place = ""): void => {
  if (typeof given === "string") return refuseText(given, place)
  if (typeof given !== "object" || given === null) return
  if (Array.isArray(given)) {
    for (let index = 0; index < given.length; index += 1) refuseUnstorableText(given[index], `${place}[${index}]`)
    return
  }
  for (const [key, value] of Object.entries(given)) {
    refuseText(key, place)
    if (typeof value === "string" || typeof value === "object") refuseUnstorableText(value, place ? `${place}.${key}` : key)
  }
}
