/** The five next moves: gates and groundwork that can start now, each with the outcome that proves it. */
import type { Plan, Wave } from "./result.ts"
import { type Ranked, URGENCY, compare } from "./worth.ts"
import { inSentence } from "./wave-words.ts"

const MOST_MOVES = 5

/**
 * Takes, in the order of the ranking, what is planned for the earliest waves: gates before the rest of a wave, and what
 * can start now before what waits for it. One move per initiative, in the domain where it ranks first.
 */
export function nextMoves(ranked: readonly Ranked[], waves: readonly Wave[]): Plan["moves"] {
  const rank = new Map(ranked.map((each, at) => [each.key, at]))
  const planned = waves.flatMap((wave) =>
    wave.items.flatMap((item) => {
      const found = ranked.find((each) => each.initiative.id === item.id && each.domain === item.domain)
      return found === undefined ? [] : [{ wave: wave.number, start: item.start, ranked: found, now: canStart(item) }]
    }),
  )
  const best = [...planned].sort(
    (one, other) =>
      one.wave - other.wave ||
      pressing(other.ranked) - pressing(one.ranked) ||
      Number(other.now) - Number(one.now) ||
      (rank.get(one.ranked.key) ?? 0) - (rank.get(other.ranked.key) ?? 0),
  )
  const once = best.filter((each, at) => best.findIndex((other) => other.ranked.initiative === each.ranked.initiative) === at)
  const moves = once
    .slice(0, MOST_MOVES)
    .sort((one, other) => compare(one.start, other.start) || best.indexOf(one) - best.indexOf(other))
  return Array.from(moves, ({ wave, ranked: { initiative, domain } }) => ({
    id: initiative.id,
    ...(domain === undefined ? {} : { domain }),
    wave,
    outcome: `Done when: ${inSentence(initiative.exit)}.`,
  }))
}

/** Gates, then what they and the pilot build on, then what the consultant takes in. */
function pressing({ gate, wished, urgency }: Ranked): number {
  if (gate) return 3
  return wished ? 1 : urgency > URGENCY.none ? 2 : 0
}

const canStart = (item: Wave["items"][number]): boolean => item.needs.every((need) => typeof need.wave !== "number")
