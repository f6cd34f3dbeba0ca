import type { AxisResult, DomainResult } from "../../assessment/result.ts"
import type { Block, Section, Table } from "../blocks.ts"
import { drawIntervals } from "../charts/intervals.ts"
import { drawMatrix } from "../charts/matrix.ts"
import type { Dossier } from "../dossier.ts"
import { intervalText, percent, whole } from "../wording.ts"
import { domainBlocks } from "./domain.ts"
import { axisName, matrixOf } from "./matrix-of.ts"

/** Where each domain stands, how sure that is, and which answers make it so. */
export function writePosition(dossier: Dossier): Section {
  const { domains } = dossier.assessment
  const overview = drawMatrix(
    matrixOf(dossier, domains, {
      width: 471,
      height: 372,
      stops: domains.length <= 4,
      title: "Today, target and the way between, wave by wave",
    }),
  )
  const { placement } = dossier.questionnaire.scoring
  const groups = domains.map((domain) => ({
    name: domain.name,
    rows: Object.values(domain.axes).map((axis) => rowOf(axis, domain)),
  }))
  const intervals = drawIntervals(groups, placement.limit, 471, "The four indices of each domain, and how sure they are")
  return {
    id: "position",
    title: "Where each domain stands",
    part: "For those who decide",
    starts: "page",
    blocks: [
      {
        type: "paragraph",
        text: `Two of the four indices place a domain: ${axisName(dossier, placement.vertical).toLowerCase()} upwards, ${axisName(dossier, placement.horizontal).toLowerCase()} to the right. The other two say how ready it is and how easy the way would be. Every index runs from 0 to 100.`,
      },
      {
        type: "chart",
        id: "matrix",
        drawing: overview,
        note: `The filled dot is today; the box around it holds 90 of 100 simulated draws. Numbers are the ends of waves, by re-scoring with what the initiatives change. The ring is what the consumers need; nothing asks for more.${domains.every((domain) => domain.position.placed) ? "" : ` ${hollowMeans}`}`,
        data: positionsTable(dossier),
      },
      ...spreadTable(dossier),
      {
        type: "chart",
        id: "indices",
        drawing: intervals,
        note: "The box holds 90 of 100 simulated draws; the thin line runs from all unknown questions at their worst to all at their best. A hollow dot is the index before a gate lowers it.",
      },
      ...domains.flatMap((domain) => domainBlocks(dossier, domain)),
    ],
  }
}

const hollowMeans = "A hollow dot in a dashed box is indicative: too little is answered, or by too few people, for a placement."

function rowOf(axis: AxisResult, domain: DomainResult): Parameters<typeof drawIntervals>[0][number]["rows"][number] {
  const target = domain.target.axes?.[axis.axis]?.target
  const capped = axis.raw !== undefined && axis.capped !== undefined && axis.raw - axis.capped > 0.5
  return {
    name: axis.name,
    ...(axis.capped === undefined ? {} : { value: axis.capped }),
    ...(capped && axis.raw !== undefined ? { raw: axis.raw } : {}),
    ...(axis.interval ? { interval: axis.interval } : {}),
    ...(axis.cappedBounds ? { bounds: axis.cappedBounds } : {}),
    ...(target === undefined ? {} : { target }),
    note: axis.standing === "assessed" ? `${percent(axis.coverage)} answered` : `${axis.standing}, ${percent(axis.coverage)}`,
  }
}

/** The organisation as a spread of its domains, never only a mean. */
function spreadTable(dossier: Dossier): Block[] {
  const { organisation, domains } = dossier.assessment
  if (domains.length < 2) return []
  const rows = dossier.questionnaire.scoring.axes.flatMap((axis) => {
    const spread = organisation.axes[axis.id]
    if (!spread) return []
    const named = (value: number): string => domains.find((domain) => domain.axes[axis.id]?.capped === value)?.name ?? ""
    return [
      {
        cells: [
          axis.name,
          `${whole(spread.low)}, ${named(spread.low)}`,
          whole(spread.middle),
          `${whole(spread.high)}, ${named(spread.high)}`,
          axis.meaning,
        ],
      },
    ]
  })
  return [
    {
      type: "table",
      caption: "The spread over all domains, and what 100 would mean",
      columns: [
        { label: "Index", kind: "text", share: 2 },
        { label: "Lowest", kind: "text", share: 2 },
        { label: "Middle", kind: "number", share: 0.9 },
        { label: "Highest", kind: "text", share: 2 },
        { label: "At 100", kind: "text", share: 4.4 },
      ],
      rows,
    },
  ]
}

function positionsTable(dossier: Dossier): Table {
  const { axes } = dossier.questionnaire.scoring
  return {
    caption: "Indices, intervals and targets",
    columns: [
      { label: "Domain", kind: "text", share: 2 },
      ...axes.map((axis) => ({ label: axis.name, kind: "text" as const, share: 2 })),
      { label: "Position", kind: "text", share: 3 },
    ],
    rows: dossier.assessment.domains.map((domain) => ({
      cells: [domain.name, ...axes.map((axis) => figures(domain, axis.id)), domain.position.statement],
    })),
  }
}

function figures(domain: DomainResult, id: string): string {
  const axis = domain.axes[id]
  if (axis?.capped === undefined) return "not known"
  const target = domain.target.axes?.[id]
  return `${whole(axis.capped)}${axis.interval ? ` (${intervalText(axis.interval)})` : ""}${target ? `, target ${whole(target.target)}` : ""}`
}
