/** Random numbers that repeat: the same seed and names always give the same sequence. */

/** A generator of numbers in [0, 1), seeded with a number and any names mixed in (sfc32, started by FNV-1a). */
export function seededRandom(seed: number, ...names: readonly string[]): () => number {
  const label = [String(seed), ...names]
  let a = hash(label, 0x811c9dc5)
  let b = hash(label, 0x9e3779b9)
  let c = hash(label, 0x85ebca6b)
  let counter = 1
  const next = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4294967296
  }
  for (let round = 0; round < 12; round++) next()
  return next
}

/** FNV-1a over the UTF-16 units of all parts, each closed with a separator so that ("ab", "c") is not ("a", "bc"). */
function hash(parts: readonly string[], basis: number): number {
  let mixed = basis
  for (const part of parts) {
    for (let at = 0; at < part.length; at++) mixed = Math.imul(mixed ^ part.charCodeAt(at), 0x01000193)
    mixed = Math.imul(mixed ^ 0x1ffff, 0x01000193)
  }
  return mixed
}
