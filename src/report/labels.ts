/** Places labels beside their points so that no two overlap: the step between a chart's data and its drawing. */

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface LabelWish {
  /** The point the label belongs to. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Distance kept from the point; 0 puts the label on the point itself when there is room. */
  readonly clear: number
  /** The label has a ground of its own and may lie over soft obstacles. */
  readonly covers?: true
}

export interface PlacedLabel extends Box {
  /** Drawn when the label had to move away from its point. */
  readonly leader?: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
}

const steps = [0, 5, 10, 16, 24, 34, 46, 60]
/** What one overlap with a soft obstacle costs, counted in places further down the list. */
const softCost = 40

/**
 * One place per wish, in order, inside `frame` and clear of `obstacles`; undefined where the frame is full. `soft` obstacles
 * are kept clear of as long as there is room near the point.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  frame: Box,
  obstacles: readonly Box[],
  soft: readonly Box[] = [],
): (PlacedLabel | undefined)[] {
  const taken = [...obstacles]
  return wishes.map((wish) => {
    const box = best(candidates(wish), frame, taken, wish.covers ? [] : soft) ?? anywhere(wish, frame, taken)
    if (!box) return undefined
    taken.push(box)
    return withLeader(wish, box)
  })
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/** The first free place, where each soft obstacle it lies over sends it back in the line. */
function best(places: readonly Box[], frame: Box, taken: readonly Box[], soft: readonly Box[]): Box | undefined {
  let found: Box | undefined
  let least = Infinity
  places.forEach((place, index) => {
    if (index >= least || !isFree(place, frame, taken)) return
    const cost = index + softCost * soft.filter((other) => overlap(place, other)).length
    if (cost < least) [found, least] = [place, cost]
  })
  return found
}

/** Places around the point, near ones first: beside it, above and below it (centred or shifted), at its corners. */
function candidates(wish: LabelWish): Box[] {
  const { width, height } = wish
  const around = steps.flatMap((step) => {
    const reach = wish.clear + step
    const corner = 0.8 * reach
    const middle = wish.y - height / 2
    const rows = [wish.y - reach - height, wish.y + reach]
    const places: [number, number][] = [
      [wish.x + reach, middle],
      [wish.x - reach - width, middle],
      ...rows.flatMap((y) => [0.5, 0.25, 0.75, 0.08, 0.92].map((share): [number, number] => [wish.x - width * share, y])),
      [wish.x + corner, wish.y - corner - height],
      [wish.x - corner - width, wish.y - corner - height],
      [wish.x + corner, wish.y + corner],
      [wish.x - corner - width, wish.y + corner],
    ]
    return places.map(([x, y]) => ({ x, y, width, height }))
  })
  if (wish.clear > 0) return around
  return [{ x: wish.x - width / 2, y: wish.y - height / 2, width, height }, ...around]
}

function anywhere(wish: LabelWish, frame: Box, taken: readonly Box[]): Box | undefined {
  let best: Box | undefined
  let nearest = Infinity
  for (let y = frame.y; y + wish.height <= frame.y + frame.height; y += 4) {
    for (let x = frame.x; x + wish.width <= frame.x + frame.width; x += 4) {
      const distance = Math.hypot(x + wish.width / 2 - wish.x, y + wish.height / 2 - wish.y)
      const box = { x, y, width: wish.width, height: wish.height }
      if (distance < nearest && isFree(box, frame, taken)) [best, nearest] = [box, distance]
    }
  }
  return best
}

function isFree(box: Box, frame: Box, taken: readonly Box[]): boolean {
  const inside =
    box.x >= frame.x &&
    box.y >= frame.y &&
    box.x + box.width <= frame.x + frame.width &&
    box.y + box.height <= frame.y + frame.height
  return inside && !taken.some((other) => overlap(box, other))
}

function withLeader(wish: LabelWish, box: Box): PlacedLabel {
  const x = Math.min(Math.max(wish.x, box.x), box.x + box.width)
  const y = Math.min(Math.max(wish.y, box.y), box.y + box.height)
  const distance = Math.hypot(x - wish.x, y - wish.y)
  if (distance <= wish.clear + 5) return box
  return { ...box, leader: { x1: wish.x, y1: wish.y, x2: x, y2: y } }
}
