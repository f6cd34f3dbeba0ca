/** Strongly connected parts: sets of statements that each depend, by some way round, on one another. */
import type { Adjacency } from "./graph.ts"

export interface Parts {
  /** Number of each node's part; parts are numbered so that a part reads only from itself and from lower numbers. */
  readonly of: Uint32Array
  readonly count: number
}

const none = 0xffffffff

/** The strongly connected parts of a graph (Tarjan 1972, with its own stacks in place of recursion). Linear. */
export function strongParts({ offsets, targets }: Adjacency): Parts {
  const count = offsets.length - 1
  const of = new Uint32Array(count).fill(none)
  /** When a node was first seen, from 1, and the earliest node of its open part that it is known to reach. */
  const seen = new Uint32Array(count)
  const reach = new Uint32Array(count)
  const next = offsets.slice(0, count)
  const path = new Uint32Array(count)
  const open = new Uint32Array(count)
  let [clock, depth, opened, parts] = [0, 0, 0, 0]
  for (let root = 0; root < count; root++) {
    let entering = seen[root] === 0 ? root : none
    while (entering !== none || depth > 0) {
      if (entering !== none) {
        seen[entering] = reach[entering] = ++clock
        path[depth++] = open[opened++] = entering
      }
      const node = path[depth - 1] as number
      entering = none
      const end = offsets[node + 1] as number
      let at = next[node] as number
      let earliest = reach[node] as number
      for (; at < end && entering === none; at++) {
        const target = targets[at] as number
        if (seen[target] === 0) entering = target
        else if (of[target] === none && (seen[target] as number) < earliest) earliest = seen[target] as number
      }
      next[node] = at
      reach[node] = earliest
      if (entering !== none) continue
      depth -= 1
      if (earliest === seen[node]) {
        let member = none
        while (member !== node) of[(member = open[--opened] as number)] = parts
        parts += 1
      } else {
        const parent = path[depth - 1] as number
        if (earliest < (reach[parent] as number)) reach[parent] = earliest
      }
    }
  }
  return { of, count: parts }
}
