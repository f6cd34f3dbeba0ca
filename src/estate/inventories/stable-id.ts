/** Ids for rows that are the same from import to import, in the few letters that an id may have. */

/** "import-2f9a…" of what the row is known by; another one where `taken` has it, to which it is added. */
export function stableId(prefix: string, key: string, taken: Set<string>): string {
  const first = `${prefix}-${hash(key, 0x811c9dc5)}${hash(key, 0x01000193)}`
  let id = first
  for (let number = 2; taken.has(id); number += 1) id = `${first}-${number}`
  taken.add(id)
  return id
}

/** FNV-1a over UTF-16 units, as eight digits of hex. */
function hash(text: string, seed: number): string {
  let value = seed
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return (value >>> 0).toString(16).padStart(8, "0")
}
