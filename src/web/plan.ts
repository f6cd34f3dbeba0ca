import type { Override, Questionnaire } from "../assessment/model.ts"
import type { Dropped, Trajectory, TrajectoryStop, Wave, WaveItem } from "../assessment/result.ts"
import { computedPage, engagementFrame, type EngagementVisit, mayChange } from "./engagement.ts"
import { plannedOf } from "./estate/planned.ts"
import { productWaveView } from "./estate/products.ts"
import { estatesFor } from "./estate/visible.ts"
import { matrixSvg, wavesSvg, waveSvg } from "./pictures.ts"
import { page } from "./respond.ts"
import { assessmentOf, capital, days, isAssessable, namesOf, placingAxes, whole } from "./results.ts"
import { versionOf } from "./versions.ts"
import { dateText, listed } from "./words.ts"

/** The plan: next moves, the roadmap, waves with reasons, where they lead, what comes later or stays, and the consultant's changes. */
export const showPlan = computedPage(async (visit, on) => {
  const { plan } = assessmentOf(visit.stored)
  const estate = plannedOf(visit, await estatesFor(visit, on))?.plan
  const names = namesOf(visit.stored)
  const entry = ({ id, domain }: Pick<Dropped, "id" | "domain">) => ({
    id,
    name: placed(visit, id, domain),
    href: changeHref(visit, id, domain),
  })
  return page("results/plan", engagementFrame(visit, "plan", "Plan", { width: "wide" }), {
    home: visit.home,
    mayChange: mayChange(visit),
    moves: plan.moves.map((move) => ({ ...entry(move), wave: move.wave, outcome: move.outcome })),
    finish:
      plan.finish === undefined
        ? ""
        : `Probably finished on ${isoText(plan.finish)}, with 80 % certainty by ${isoText(plan.finishLate ?? plan.finish)}.`,
    drawings: {
      roadmap: wavesSvg(plan.waves),
      way: plan.waves.length === 0 ? undefined : matrixSvg(visit, "Where the plan leads, wave by wave", true),
    },
    waves: plan.waves.map((wave) => waveView(visit, wave)),
    productWaves: estate?.waves.map((wave) => productWaveView(visit, estate, wave)) ?? [],
    themes: plan.themes.map((theme) => ({ name: theme.name, initiatives: theme.initiatives.map(entry) })),
    later: plan.later.map((one) => ({ ...entry(one), reason: named(visit, one.reason) })),
    dropped: plan.dropped.map((one) => ({ ...entry(one), reason: named(visit, one.reason) })),
    notRecommended: plan.notRecommended.map((one) => ({ ...entry(one), reason: named(visit, one.reason) })),
    keepInBatch: plan.keepInBatch.map((one) => ({ ...one, domain: names.domain(one.domain) })),
    axes: visit.stored.questionnaire.scoring.axes.map((axis) => axis.name),
    trajectory: plan.waves.length === 0 ? [] : plan.trajectory.map((one) => trajectoryView(visit, one)),
    overrides: visit.stored.engagement.overrides.map(overrideView(visit)),
    notices: plan.notices.map((notice) => named(visit, notice)),
    initiatives: visit.stored.questionnaire.initiatives.map(({ id, title }) => ({
      text: `${id} ${title}`,
      href: changeHref(visit, id, undefined),
    })),
  })
})

/** The page on which a consultant changes what the plan does with an initiative. */
export const changeHref = (visit: EngagementVisit, initiative: string, domain: string | undefined): string =>
  `${visit.home}/plan/${encodeURIComponent(initiative)}${domain === undefined ? "" : `?domain=${encodeURIComponent(domain)}`}`

/** An override in words, with what its form needs to take it back. */
export const overrideView = (visit: EngagementVisit) => (override: Override) => ({
  action: override.action,
  href: changeHref(visit, override.initiative, override.domain),
  name: `${override.initiative} ${placed(visit, override.initiative, override.domain)}`,
  text: actionText(override),
  reason: override.reason,
  seen: versionOf(override),
})

const actionText = ({ action, wave, effort }: Override): string => {
  if (action === "include") return "included"
  if (action === "drop") return "left out"
  if (action === "move") return `moved to wave ${wave ?? "?"}`
  return `effort set to ${effort === undefined ? "?" : days({ low: effort[0], high: effort[1] })} person-days`
}

/** An initiative with its domain. */
const placed = ({ stored }: EngagementVisit, id: string, domain: string | undefined): string => {
  const names = namesOf(stored)
  return `${names.initiative(id)}${domain === undefined ? "" : ` in ${names.domain(domain)}`}`
}

/** The engine's sentence with titles beside the ids of initiatives, and names instead of the ids of domains. */
export const named = (visit: EngagementVisit, text: string): string => {
  const names = namesOf(visit.stored)
  const titled = text.replaceAll(/\b[A-Z]+\d+\b/g, (id) => (names.initiative(id) === id ? id : `${id} ${names.initiative(id)}`))
  return capital(
    titled.replaceAll(/ \(([^()]+)\)/g, (whole, id: string) => (names.domain(id) === id ? whole : ` in ${names.domain(id)}`)),
  )
}

const waveView = (visit: EngagementVisit, wave: Wave) => ({
  number: wave.number,
  name: wave.name,
  dates: `${isoText(wave.start)} to ${isoText(wave.finish)}, ${wave.weeks} weeks`,
  late: isoText(wave.finishLate),
  capacity: whole(wave.capacity),
  capacityBasis: wave.capacityBasis,
  effort: days(wave.effort),
  drawing: wave.items.length > 1 ? waveSvg(visit, wave) : undefined,
  items: wave.items.map((item) => itemView(visit, item)),
  exit: wave.exit,
  stop: wave.stop,
})

const itemView = (visit: EngagementVisit, item: WaveItem) => {
  const names = namesOf(visit.stored)
  const against = item.needs.filter(({ wave }) => wave === "dropped" || wave === "later")
  return {
    id: item.id,
    name: names.initiative(item.id),
    domain: item.domain === undefined ? "everywhere" : names.domain(item.domain),
    href: changeHref(visit, item.id, item.domain),
    effort: days(item.effort),
    dates: `${shortDate(item.start)} to ${shortDate(item.finish)}`,
    reasons: capital(item.reasons.join("; ")),
    against:
      against.length === 0
        ? ""
        : `Needs ${listed(against.map(({ id }) => `${id} ${names.initiative(id)}`))}, which is not in the plan`,
    changed: item.overridden !== undefined,
  }
}

const trajectoryView = (visit: EngagementVisit, { domain, stops }: Trajectory) => {
  const { questionnaire } = visit.stored
  const result = assessmentOf(visit.stored).domains.find((one) => one.domain === domain)
  const assessable = result !== undefined && isAssessable(result, placingAxes(visit.stored))
  return {
    domain: namesOf(visit.stored).domain(domain),
    stops: stops.filter(movesFrom(stops, questionnaire)).map((stop) => ({
      after: stop.after === "today" ? "Today" : `After wave ${stop.after}`,
      indices: questionnaire.scoring.axes.map(({ id }) => indexText(stop, id)),
      quadrant: !assessable
        ? "not assessable yet"
        : stop.quadrant === undefined
          ? "–"
          : namesOf(visit.stored).quadrant(stop.quadrant),
    })),
  }
}

/** Whether anything is different after a wave: waves that move nothing are left out. */
const movesFrom =
  (stops: readonly TrajectoryStop[], { scoring }: Questionnaire) =>
  (stop: TrajectoryStop, at: number): boolean => {
    const before = stops[at - 1]
    return before === undefined || scoring.axes.some(({ id }) => indexText(stop, id) !== indexText(before, id))
  }

const indexText = ({ indices }: TrajectoryStop, axis: string): string => {
  const value = indices[axis]
  return value === undefined ? "–" : whole(value)
}

/** "4 January 2027" of an ISO date. */
const isoText = (date: string): string => dateText(Date.parse(`${date}T00:00:00Z`))

/** "4 Jan 2027". */
const shortDate = (date: string): string => isoText(date).replace(/ (\p{L}{3})\p{L}* /u, " $1 ")
