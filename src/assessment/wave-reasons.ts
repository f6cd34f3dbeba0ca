/** Why an initiative is in its wave, why it is in none, and what the consultant's word went against. */
import { lengthOf } from "./capacity.ts"
import { isPilot } from "./moving.ts"
import type { Dropped } from "./result.ts"
import { type Board, type OpenWave, effortOf, isReady, roomAtMost } from "./wave-board.ts"
import { series } from "./wave-words.ts"
import type { FilledWave } from "./waves.ts"
import { type Need, type Ranked, URGENCY } from "./worth.ts"

/** Why this initiative is in this wave and not in an earlier one, for a reader who knows nothing of the algorithm. */
export function reasonsFor(board: Board, wave: OpenWave, ranked: Ranked): readonly string[] {
  const reasons = [pressing(ranked), ...needsInWords(board, wave, ranked), roomInWords(board, wave, ranked)].filter(
    (each) => each !== "",
  )
  return reasons.length > 0 ? reasons : ["nothing has to be done before it: its worth decides its turn"]
}

/** "set to this wave by the consultant: …", and what became of the number where waves would be empty. */
export function movedReason({ wave, reason }: { readonly wave: number; readonly reason: string }, number: number): string {
  if (wave === number) return `set to this wave by the consultant: ${reason}`
  return `set to wave ${wave} by the consultant, and there is no work for the waves before that: ${reason}`
}

/** What is in no wave, each with the reason. */
export function laterOf(board: Board): readonly Dropped[] {
  const { horizon } = board.work.settings
  const waves = horizon === 1 ? "the one wave planned" : `the ${horizon} waves planned`
  const left = board.work.ranked.filter((each) => !board.placed.has(each.key))
  return Array.from(left, ({ key, initiative, domain }) => {
    const waited = board.waited.get(key)
    const outside = waited === undefined || (waited.kind !== "held" && waited.kind !== "need")
    const words = waited?.words ?? "no wave is planned"
    return {
      id: initiative.id,
      ...(domain === undefined ? {} : { domain }),
      reason: outside ? `outside ${waves}: ${words}` : words,
    }
  })
}

/** What was set by hand against a need, a stage, the room of a wave or the numbers: honoured, and said. */
export function conflictsOf(board: Board, waves: readonly FilledWave[]): readonly string[] {
  return [
    ...board.work.ranked.flatMap((ranked) => conflictOf(board, waves, ranked)),
    ...waves.flatMap((wave) => overfull(board, wave)),
    ...kitAfterPilot(board),
  ]
}

function pressing({ gate, wished, urgency, initiative, findings }: Ranked): string {
  if (wished) return "taken in by the consultant"
  if (gate) {
    const rules = findings.filter((finding) => finding.gate && finding.initiatives[0] === initiative.id).map(({ rule }) => rule)
    return `${initiative.effects.length > 0 ? "opens" : "is due first at"} the gate ${series([...new Set(rules)])}, so it comes early`
  }
  if (isPilot(initiative)) return "the pilot comes before anything is built more widely"
  if (urgency === URGENCY.wished) return "something that the consultant takes in builds on it"
  if (urgency === URGENCY.groundOfPilot) return "the pilot builds on it"
  if (urgency === URGENCY.gate || urgency === URGENCY.gateElsewhere) return "what opens a gate builds on it"
  if (urgency !== URGENCY.kit) return ""
  return initiative.everyWave ? "it has to be there when the pilot changes over" : "the change over from old to new builds on it"
}

function needsInWords(board: Board, wave: OpenWave, { initiative, needs }: Ranked): readonly string[] {
  const planned = needs.filter((need) => need.status === "planned" && board.placed.has(need.key))
  const done = doneInWords(board, wave)
  const idsWith = (status: Need["status"]): readonly string[] =>
    needs.filter((need) => need.status === status).map(({ id }) => id)
  const inPlace = idsWith("in place")
  const idle = idsWith("nothing to do")
  const places = needs.flatMap(({ id, domain }) => (domain === undefined ? [] : [`${id} in ${board.work.nameOf(domain)}`]))
  return [
    done(
      "starts once",
      planned.filter((need) => !need.proof && !need.opens && !need.beside),
    ),
    done(
      "moves nothing before the gates of its domain are open:",
      planned.filter((need) => need.opens),
    ),
    done(
      "waits for the pilot's lessons:",
      planned.filter((need) => need.proof),
    ),
    inPlace.length === 0 ? "" : `${series(inPlace)} ${inPlace.length === 1 ? "is" : "are"} in place`,
    idle.length === 0 ? "" : `${series(idle)} ${idle.length === 1 ? "has" : "have"} nothing to do`,
    ...idsWith("dropped").map((id) => `${id} was dropped: make sure nobody misses it`),
    initiative.scope === "organisation" && places.length > 0 ? `one domain is enough to begin with: ${places.join(", ")}` : "",
  ]
}

/** "starts once I03 is done in wave 0", "starts once I10 (wave 0) and I13 (this wave) are done". */
function doneInWords({ placed }: Board, { number }: OpenWave): (begin: string, needs: readonly Need[]) => string {
  const at = (need: Need): number => placed.get(need.key) ?? number
  return (begin, needs) => {
    if (needs.length === 0) return ""
    const sorted = [...needs].sort((one, other) => at(one) - at(other))
    const verb = needs.length === 1 ? "is done" : "are done"
    const waves = new Set(sorted.map(at))
    if (waves.size === 1) {
      const where = waves.has(number) ? "earlier in this wave" : `in wave ${[...waves].join("")}`
      return `${begin} ${series(sorted.map(({ id }) => id))} ${verb} ${where}`
    }
    const each = sorted.map((need) => `${need.id} (${at(need) === number ? "this wave" : `wave ${at(need)}`})`)
    return `${begin} ${series(each)} ${verb}`
  }
}

function roomInWords(board: Board, wave: OpenWave, ranked: Ranked): string {
  const days = Math.ceil(effortOf(board, wave.number, ranked).expected)
  const most = Math.floor(roomAtMost(board, wave))
  if (wave.alone === ranked) {
    return days > most
      ? `needs ${days} person-days where a whole wave holds ${most}, so it gets one of its own, as long as it takes: split it or add people`
      : `needs ${days} of the ${most} person-days of a whole wave, so it gets one of its own and what repeats in every wave pauses`
  }
  const waited = board.waited.get(ranked.key)
  if (waited?.kind === "room") return `the first wave with ${days} free person-days`
  // Who waits for a pilot's lessons has said so.
  if (waited?.kind === "stage" && ranked.needs.some((need) => need.proof)) return ""
  return waited?.kind === "size" || waited?.kind === "alone" || waited?.kind === "stage" ? waited.words : ""
}

function conflictOf(board: Board, waves: readonly FilledWave[], ranked: Ranked): readonly string[] {
  const move = board.work.moves.get(ranked.key)
  const at = board.placed.get(ranked.key)
  if (move === undefined) return []
  const name = nameOf(ranked)
  if (at === undefined)
    return [`${name} is set to wave ${move.wave}, which is outside the ${board.work.settings.horizon} waves planned`]
  const kind = waves[at]?.kind ?? 2
  const early =
    ranked.initiative.stage > kind ? [kind === 0 ? "it is no groundwork" : "it is meant for the time after the pilot"] : []
  const unmet = ranked.needs.filter((need) => need.status === "planned" && !isReady(board, at, need))
  const against = [...early, ...unmet.map((need) => `it needs ${need.id}, which is not done by then`)]
  return [
    ...(at === move.wave
      ? []
      : [`${name} is set to wave ${move.wave}; it is wave ${at} now, because no work is left for a wave between`]),
    ...(against.length === 0 ? [] : [`${name} is set to wave ${at} as you asked, although ${against.join(" and ")}`]),
  ]
}

function overfull(board: Board, { number, kind, weeks, seats }: FilledWave): readonly string[] {
  const { most } = lengthOf(kind)
  const moved = seats.filter(({ ranked }) => board.work.moves.has(ranked.key))
  if (weeks <= most || moved.length === 0) return []
  return [`Wave ${number} takes ${weeks} weeks instead of ${most} at most, because of what you set to it`]
}

/** Where room is short the pilot comes first, and what goes with a product that moves comes later. */
function kitAfterPilot({ work, placed }: Board): readonly string[] {
  const pilots = work.ranked.flatMap(({ key, initiative }) => (isPilot(initiative) ? (placed.get(key) ?? []) : []))
  if (pilots.length === 0) return []
  const first = Math.min(...pilots)
  const late = work.ranked.filter((each) => each.initiative.everyWave && (placed.get(each.key) ?? Infinity) > first)
  return [...Map.groupBy(late, ({ key }) => placed.get(key))].map(([at, own]) => {
    const names = series(own.map(({ initiative }) => initiative.id))
    const verb = own.length === 1 ? ["comes", "is"] : ["come", "are"]
    const when = at === undefined ? `${verb[1]} in none of the waves planned` : `${verb[0]} in wave ${at}`
    return `${names} ${when}, after the pilot in wave ${first}, which leaves no room: until then that is done by hand`
  })
}

const nameOf = ({ initiative, domain }: Ranked): string => (domain === undefined ? initiative.id : `${initiative.id} (${domain})`)
