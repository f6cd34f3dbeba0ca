import type { Quadrant } from "../../assessment/model.ts"
import type { DomainResult, TrajectoryStop } from "../../assessment/result.ts"
import type { Matrix, MatrixMark, Point } from "../charts/matrix-plot.ts"
import type { Dossier } from "../dossier.ts"
import type { Ink } from "../drawing.ts"
import { intervalText, whole } from "../wording.ts"

/** What a matrix of these domains needs; `stops` adds the way from wave to wave. */
export function matrixOf(
  dossier: Dossier,
  domains: readonly DomainResult[],
  look: { width: number; height: number; stops: boolean; title: string },
): Matrix {
  const { placement, quadrants } = dossier.questionnaire.scoring
  return {
    width: look.width,
    height: look.height,
    title: look.title,
    description: domains.map((domain) => say(dossier, domain, look.stops)).join(" "),
    axes: { x: axisName(dossier, placement.horizontal), y: axisName(dossier, placement.vertical) },
    limit: placement.limit,
    quadrants: quadrants.map((quadrant) => ({
      name: quadrant.name,
      right: quadrant.horizontal === "high",
      top: quadrant.vertical === "high",
      ink: quadrantInk(quadrant),
    })),
    marks: domains.map((domain) => markOf(dossier, domain, look.stops)),
  }
}

/** Colour follows the corner, not the name an author gave it. */
export function quadrantInk(quadrant: Pick<Quadrant, "vertical" | "horizontal">): Ink {
  if (quadrant.vertical === "high") return quadrant.horizontal === "high" ? "q-dsp" : "q-lakehouse"
  return quadrant.horizontal === "high" ? "q-etl" : "q-hand-coding"
}

export function axisName(dossier: Dossier, id: string): string {
  return dossier.questionnaire.scoring.axes.find((axis) => axis.id === id)?.name ?? id
}

function markOf(dossier: Dossier, domain: DomainResult, stops: boolean): MatrixMark {
  const { placement } = dossier.questionnaire.scoring
  const [x, y] = [domain.axes[placement.horizontal], domain.axes[placement.vertical]]
  const goal = domain.target.axes
  const target = goal && pointOf(goal[placement.horizontal]?.target ?? x?.capped, goal[placement.vertical]?.target ?? y?.capped)
  const today = pointOf(x?.capped, y?.capped)
  const trajectory = dossier.assessment.plan.trajectory.find((each) => each.domain === domain.domain)
  return {
    name: domain.name,
    ...(today ? { today } : {}),
    ...(x?.interval && y?.interval ? { interval: { x: x.interval, y: y.interval } } : {}),
    ...(target ? { target } : {}),
    ...(domain.position.placed ? {} : { indicative: true as const }),
    ...(stops && trajectory ? { stops: stopsOf(dossier, trajectory.stops, today) } : {}),
  }
}

/** Stops of the waves that move the domain; waves that end at the same point share one. */
function stopsOf(dossier: Dossier, all: readonly TrajectoryStop[], today: Point | undefined): (Point & { label: string })[] {
  const { placement } = dossier.questionnaire.scoring
  const stops: (Point & { label: string; first: string })[] = []
  let previous = today
  for (const stop of all) {
    const point = pointOf(stop.indices[placement.horizontal], stop.indices[placement.vertical])
    if (stop.after === "today" || !point) continue
    const last = stops.at(-1)
    if (last && near(last, point)) last.label = `${last.first}–${stop.after}`
    else if (!previous || !near(previous, point)) stops.push({ ...point, label: `${stop.after}`, first: `${stop.after}` })
    previous = point
  }
  return stops.map(({ x, y, label }) => ({ x, y, label }))
}

function near(a: Point, b: Point): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) < 0.5
}

function pointOf(x: number | undefined, y: number | undefined): Point | undefined {
  return x === undefined || y === undefined ? undefined : { x, y }
}

function say(dossier: Dossier, domain: DomainResult, stops: boolean): string {
  const { placement } = dossier.questionnaire.scoring
  const axes = [placement.vertical, placement.horizontal].map((id) => {
    const axis = domain.axes[id]
    if (axis?.capped === undefined) return `${axisName(dossier, id)} not known`
    const range = axis.interval ? `, probably ${intervalText(axis.interval)}` : ""
    const target = domain.target.axes?.[id]
    return `${axisName(dossier, id)} ${whole(axis.capped)}${range}${target ? `, target ${whole(target.target)}` : ""}`
  })
  const way = stops ? (markOf(dossier, domain, true).stops ?? []) : []
  const path = way.length
    ? ` After wave ${way.map((stop) => `${stop.label}: ${whole(stop.y)} and ${whole(stop.x)}`).join("; ")}.`
    : ""
  return `${domain.name}${domain.position.placed ? "" : " (indicative only)"}: ${axes.join("; ")}.${path}`
}
