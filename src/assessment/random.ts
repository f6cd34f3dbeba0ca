/** Random numbers that repeat: the same seed and names always give the same sequence. */

/** A generator of numbers in [0, 1), seeded with a number and any names mixed in (sfc32 after FNV-1a). */
export function seededRandom(seed: number, ...names: readonly string[]): () => number {
  let a = mix(seed >>> 0, String(seed))
  let b = names.reduce(mix, 0x811c9dc5)
  let c = mix(a ^ b, "c")
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

/** FNV-1a over the UTF-16 units of a name, closed with a separator so that ("ab", "c") is not ("a", "bc"). */
function mix(hash: number, name: string): number {
  let mixed = hash
  for (let at = 0; at < name.length; at++) mixed = Math.imul(mixed ^ name.charCodeAt(at), 0x01000193)
  return Math.imul(mixed ^ 0x1ff, 0x01000193)
}
