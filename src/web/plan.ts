import type { Override } from "../assessment/model.ts"
import type { Wave, WaveItem } from "../assessment/result.ts"
import { engagementFrame, type EngagementVisit, inEngagement } from "./engagement.ts"
import { page } from "./respond.ts"
import { days, namesOf, assessmentOf, whole } from "./results.ts"
import { dateText } from "./words.ts"

/** The plan: five next moves, waves with reasons, what comes later or stays in batch, the trajectory, and the consultant's changes. */
export const showPlan = inEngagement((visit) => {
  const { plan } = assessmentOf(visit.stored)
  const names = namesOf(visit.stored)
  const named = (id: string, domain: string | undefined): string =>
    `${names.initiative(id)}${domain === undefined ? "" : ` in ${names.domain(domain)}`}`
  const axes = visit.stored.questionnaire.scoring.axes
  return page("results/plan", engagementFrame(visit, "plan", "Plan", { width: "wide" }), {
    home: visit.home,
    moves: plan.moves.map((move) => ({ id: move.id, name: named(move.id, move.domain), wave: move.wave, outcome: move.outcome })),
    finish:
      plan.finish === undefined
        ? undefined
        : `${isoText(plan.finish)}, at the latest probably ${isoText(plan.finishLate ?? plan.finish)}`,
    waves: plan.waves.map((wave) => waveView(visit, wave)),
    themes: plan.themes.map((theme) => ({
      name: theme.name,
      initiatives: theme.initiatives.map(({ id, domain }) => ({
        id,
        name: named(id, domain),
        href: changeHref(visit, id, domain),
      })),
    })),
    later: plan.later.map((one) => ({ ...one, name: named(one.id, one.domain), href: changeHref(visit, one.id, one.domain) })),
    dropped: plan.dropped.map((one) => ({
      ...one,
      name: named(one.id, one.domain),
      href: changeHref(visit, one.id, one.domain),
    })),
    keepInBatch: plan.keepInBatch.map((one) => ({ ...one, domain: names.domain(one.domain) })),
    axes: axes.map((axis) => axis.name),
    trajectory: plan.trajectory.map((one) => ({
      domain: names.domain(one.domain),
      stops: one.stops.map((stop) => ({
        after: stop.after === "today" ? "Today" : `After wave ${stop.after}`,
        indices: axes.map((axis) => {
          const value = stop.indices[axis.id]
          return value === undefined ? "" : whole(value)
        }),
        quadrant: stop.quadrant === undefined ? "" : names.quadrant(stop.quadrant),
      })),
    })),
    overrides: visit.stored.engagement.overrides.map(overrideView(visit)),
    notices: plan.notices,
    initiatives: visit.stored.questionnaire.initiatives.map((initiative) => ({ id: initiative.id, title: initiative.title })),
  })
})

/** The page on which a consultant changes what the plan does with an initiative. */
export const changeHref = (visit: EngagementVisit, initiative: string, domain: string | undefined): string =>
  `${visit.home}/plan/${encodeURIComponent(initiative)}${domain === undefined ? "" : `?domain=${encodeURIComponent(domain)}`}`

/** An override in words, with what its form needs to take it back. */
export const overrideView =
  (visit: EngagementVisit) =>
  ({ initiative, domain, action, wave, effort, reason }: Override) => {
    const names = namesOf(visit.stored)
    return {
      action,
      href: changeHref(visit, initiative, domain),
      name: `${names.initiative(initiative)}${domain === undefined ? "" : ` in ${names.domain(domain)}`}`,
      text: actionText(action, wave, effort),
      reason,
    }
  }

const actionText = (action: string, wave: number | undefined, effort: readonly [number, number] | undefined): string => {
  if (action === "include") return "Included"
  if (action === "drop") return "Dropped"
  if (action === "move") return `Moved to wave ${wave ?? "?"}`
  return `Effort set to ${effort === undefined ? "?" : days({ low: effort[0], high: effort[1] })} person-days`
}

const waveView = (visit: EngagementVisit, wave: Wave) => ({
  number: wave.number,
  name: wave.name,
  dates: `${isoText(wave.start)} to ${isoText(wave.finish)}, ${wave.weeks} weeks`,
  late: isoText(wave.finishLate),
  capacity: whole(wave.capacity),
  capacityBasis: wave.capacityBasis,
  effort: days(wave.effort),
  items: wave.items.map((item) => itemView(visit, item)),
  exit: wave.exit,
  stop: wave.stop,
})

const itemView = (visit: EngagementVisit, item: WaveItem) => {
  const names = namesOf(visit.stored)
  return {
    id: item.id,
    name: names.initiative(item.id),
    domain: item.domain === undefined ? "Everywhere" : names.domain(item.domain),
    href: changeHref(visit, item.id, item.domain),
    effort: days(item.effort),
    dates: `${isoText(item.start)} to ${isoText(item.finish)}`,
    reasons: item.reasons,
    needs: item.needs.map((need) => `${need.id}${typeof need.wave === "number" ? ` (wave ${need.wave})` : ` (${need.wave})`}`),
    changed: item.overridden ?? "",
  }
}

/** "4 January 2027" of an ISO date. */
export const isoText = (date: string): string => dateText(Date.parse(`${date}T00:00:00Z`))
