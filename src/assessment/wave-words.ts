/** What a wave is called, when it is done, and when to stop (E.7). */
import { isPilot, movesProducts } from "./moving.ts"
import type { Questionnaire } from "./model.ts"
import type { Situation } from "./situation.ts"
import type { Seat } from "./wave-board.ts"
import type { FilledWave } from "./waves.ts"

/** Where products move, a wave ends with the old path switched off, or it stops here. */
const STOP_WHERE_PRODUCTS_MOVE = [
  "The tolerance of the parallel run is missed twice in a row",
  "The number of estates that run twice has grown",
  "No consumer decides on the new product 30 days after cutover",
]
const STOP_BEFORE_PRODUCTS_MOVE = "What the next wave needs from this one is not done when it ends"

/** "Wave 1: pilot in Payments". */
export function nameOf(questionnaire: Questionnaire, situations: readonly Situation[], wave: FilledWave): string {
  const seats = wave.seats.filter((seat) => !seat.ranked.initiative.everyWave)
  const pilots = seats.filter(({ ranked }) => isPilot(ranked.initiative))
  if (pilots.length > 0) return `Wave ${wave.number}: pilot${placesOf(situations, pilots)}`
  if (wave.kind === 0) return `Wave ${wave.number}: groundwork`
  if (seats.length === 0)
    return `Wave ${wave.number}: ${series(wave.seats.map(({ ranked }) => inSentence(ranked.initiative.title)))}`
  if (seats.every(({ ranked }) => ranked.initiative.stage === 0)) return `Wave ${wave.number}: groundwork, continued`
  const movers = seats.filter(({ ranked }) => movesProducts(ranked.initiative))
  const main = heaviestTheme(movers.length > 0 ? movers : seats)
  const theme = questionnaire.themes.find((each) => each.id === main.theme)?.name ?? main.theme
  return `Wave ${wave.number}: ${inSentence(theme)}${placesOf(situations, main.seats)}`
}

/** Exit criteria of everything in the wave. */
export function exitOf(situations: readonly Situation[], wave: FilledWave): readonly string[] {
  return wave.seats.map(({ ranked }) => {
    const place = ranked.domain === undefined ? "" : ` (${domainName(situations, ranked.domain)})`
    return `${ranked.initiative.id}${place}: ${ranked.initiative.exit}`
  })
}

/** When to stop instead of starting the next wave. */
export function stopOf(situations: readonly Situation[], wave: FilledWave): readonly string[] {
  const gates = wave.seats.flatMap(({ ranked }) =>
    ranked.gate ? ranked.findings.filter((finding) => finding.gate && finding.initiatives[0] === ranked.initiative.id) : [],
  )
  const open = gates.map(({ rule, name, domain }) => {
    const place = domain === undefined ? "" : ` in ${domainName(situations, domain)}`
    return `${rule} (${inSentence(name)}) still holds${place}`
  })
  const moves = wave.seats.some(({ ranked }) => movesProducts(ranked.initiative))
  return [...new Set(open), ...(moves ? STOP_WHERE_PRODUCTS_MOVE : [STOP_BEFORE_PRODUCTS_MOVE])]
}

/** "I01, I02 and I03". */
export function series(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`
}

/** "Movement" → "movement" inside a sentence; "SQL estate" stays. */
export function inSentence(words: string): string {
  return /^\p{Lu}\p{Ll}/u.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words
}

/** Name of a domain, or its id where it has none. */
export function domainName(situations: readonly Situation[], domain: string): string {
  return situations.find((each) => each.domain === domain)?.name ?? domain
}

function heaviestTheme(seats: readonly Seat[]): { readonly theme: string; readonly seats: readonly Seat[] } {
  const themes = [...Map.groupBy(seats, ({ ranked }) => ranked.initiative.theme)].map(([theme, own]) => ({
    theme,
    seats: own,
    effort: own.reduce((sum, each) => sum + each.effort.expected, 0),
  }))
  return themes.reduce((heaviest, each) => (each.effort > heaviest.effort ? each : heaviest))
}

function placesOf(situations: readonly Situation[], seats: readonly Seat[]): string {
  const names = [...new Set(seats.flatMap(({ ranked }) => ranked.domain ?? []))].map((domain) => domainName(situations, domain))
  if (names.length === 0) return ""
  return names.length <= 2 ? ` in ${names.join(", ")}` : ` in ${names.length} domains`
}
