/** Ids that need each other in a circle. */

/** Every circle once, from its first member in the order given back to it: ["I1", "I2", "I1"]. */
export function cyclesIn(next: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const found: (readonly string[])[] = []
  const done = new Set<string>()
  const walk = (id: string, trail: readonly string[]): void => {
    if (trail.includes(id)) {
      found.push([...trail.slice(trail.indexOf(id)), id])
      return
    }
    if (done.has(id)) return
    for (const each of next.get(id) ?? []) walk(each, [...trail, id])
    done.add(id)
  }
  for (const id of next.keys()) walk(id, [])
  return found
}
