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
}

export interface PlacedLabel extends Box {
  /** Drawn when the label had to move away from its point. */
  readonly leader?: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
}

const steps = [0, 5, 10, 16, 24, 34, 46, 60]
const directions: readonly (readonly [number, number])[] = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [0.8, -0.8],
  [-0.8, -0.8],
  [0.8, 0.8],
  [-0.8, 0.8],
]

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
    const places = candidates(wish).filter((place) => isFree(place, frame, taken))
    const clear = places.find((place) => !soft.some((other) => overlap(place, other)))
    const box = clear ?? places[0] ?? anywhere(wish, frame, taken)
    if (!box) return undefined
    taken.push(box)
    return withLeader(wish, box)
  })
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

function candidates(wish: LabelWish): Box[] {
  const { width, height } = wish
  const around = steps.flatMap((step) =>
    directions.map(([dx, dy]) => {
      const reach = wish.clear + step
      const x = wish.x + dx * reach + (dx > 0 ? 0 : dx < 0 ? -width : -width / 2)
      const y = wish.y + dy * reach + (dy > 0 ? 0 : dy < 0 ? -height : -height / 2)
      return { x, y, width, height }
    }),
  )
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
