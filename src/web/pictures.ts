import type { DomainResult, Wave } from "../assessment/result.ts"
import { drawIntervals } from "../report/charts/intervals.ts"
import { drawMatrix } from "../report/charts/matrix.ts"
import { drawProfile } from "../report/charts/profile.ts"
import { type Dossier, openDossier } from "../report/dossier.ts"
import { matrixOf } from "../report/sections/matrix-of.ts"
import { drawRoadmap, drawWaves } from "../report/sections/roadmap.ts"
import { toSvg } from "../report/svg.ts"
import type { EngagementVisit } from "./engagement.ts"
import { assessmentOf, isAssessable, percent, placingAxes } from "./results.ts"

/** Points, few against the width of a screen: a drawing grows to its place, and so does its lettering. */
const MATRIX = { width: 400, height: 350 }
const WIDTH = 560

/** The matrix of the domains that can be placed, with their targets; `way` adds the plan's stops. `undefined` when there is none. */
export const matrixSvg = (visit: EngagementVisit, title: string, way = false): string | undefined => {
  const dossier = dossierOf(visit)
  const placing = placingAxes(visit.stored)
  const placed = dossier.assessment.domains.filter((domain) => isAssessable(domain, placing))
  if (placed.length === 0) return undefined
  return toSvg(drawMatrix(matrixOf(dossier, placed, { ...MATRIX, stops: way, title })), "matrix")
}

/** The indices of a domain with interval, limit and target. */
export const intervalsSvg = (visit: EngagementVisit, domain: DomainResult): string => {
  const rows = Object.values(domain.axes).map((axis) => {
    const target = domain.target.axes?.[axis.axis]?.target
    const lowered = axis.gates.length > 0 && axis.raw !== axis.capped
    return {
      name: axis.name,
      ...(axis.capped !== undefined && { value: axis.capped }),
      ...(lowered && axis.raw !== undefined && { raw: axis.raw }),
      ...(axis.interval !== undefined && { interval: axis.interval }),
      ...(axis.cappedBounds !== undefined && { bounds: axis.cappedBounds }),
      ...(target !== undefined && { target }),
      note: `${percent(axis.coverage)} answered`,
    }
  })
  const { limit } = visit.stored.questionnaire.scoring.placement
  return toSvg(drawIntervals([{ name: "", rows }], limit, WIDTH, `Indices of ${domain.name}`), "intervals")
}

/** How many questions of each dimension are at which level. */
export const profileSvg = (domain: DomainResult): string => {
  const rows = domain.profile.map((one) => ({
    name: one.name,
    counts: one.counts,
    unknown: one.unknown,
    note: one.disputed > 0 ? `${one.disputed} disputed` : "",
  }))
  return toSvg(drawProfile(rows, WIDTH, `Answers of ${domain.name} by dimension and level`), "profile")
}

/** One bar for each wave of the plan; `undefined` without waves. */
export const wavesSvg = (waves: readonly Wave[]): string | undefined =>
  waves.length === 0 ? undefined : toSvg(drawWaves(waves), "roadmap")

/** One bar for each initiative of a wave. */
export const waveSvg = (visit: EngagementVisit, wave: Wave): string =>
  toSvg(drawRoadmap(dossierOf(visit), [wave], `${wave.name}, in calendar time`), `roadmap-${wave.number}`)

const dossierOf = ({ stored }: EngagementVisit): Dossier =>
  openDossier({ engagement: stored.engagement, questionnaire: stored.questionnaire, assessment: assessmentOf(stored), date: "" })
