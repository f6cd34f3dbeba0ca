import type { DomainResult } from "../../assessment/result.ts"
import type { Block, Section, Span, TableRow } from "../blocks.ts"
import { drawMatrix } from "../charts/matrix.ts"
import { anchors, type Dossier, inDomain } from "../dossier.ts"
import {
  count,
  effortText,
  hours,
  intervalText,
  monthsText,
  percent,
  sentence,
  series,
  shorten,
  someOf,
  whole,
} from "../wording.ts"
import { waitingConsumers } from "./consumers.ts"
import { answeredShare } from "./cover.ts"
import { axisName, matrixOf } from "./matrix-of.ts"

/** Page one: the whole report for somebody who reads one page. */
export function writeSummary(dossier: Dossier): Section {
  const { domains } = dossier.assessment
  const drawing = drawMatrix(
    matrixOf(dossier, domains, { width: 250, height: 216, stops: false, title: "Today, and the target" }),
  )
  return {
    id: "page-one",
    title: "Where you stand, and what to do next",
    starts: "page",
    blocks: [
      { type: "paragraph", text: sentence(leadOf(dossier)) },
      {
        type: "columns",
        shares: [250, 203],
        left: [{ type: "chart", id: "page-one-matrix", drawing, note: "" }],
        right: standings(dossier),
      },
      { type: "columns", shares: [1, 1], left: suffering(dossier), right: targets(dossier) },
      ...moves(dossier),
      costOfNotKnowing(dossier),
    ],
  }
}

function leadOf(dossier: Dossier): string {
  const { plan, organisation } = dossier.assessment
  const until =
    plan.finish && plan.finishLate
      ? ` The plan runs in ${count(plan.waves.length, "wave")} until ${monthsText(plan.finish, plan.finishLate)}.`
      : ""
  return `${sentence(organisation.wording)}${until}`
}

function standings(dossier: Dossier): Block[] {
  const { domains } = dossier.assessment
  const shown = domains.slice(0, 5)
  const blocks: Block[] = [label("Where each domain stands")]
  for (const domain of shown) blocks.push({ type: "paragraph", text: standing(dossier, domain), style: "small" })
  if (domains.length > shown.length)
    blocks.push({ type: "paragraph", style: "small", text: `The other ${domains.length - shown.length} domains follow below.` })
  return blocks
}

function standing(dossier: Dossier, domain: DomainResult): Span[] {
  const { placement } = dossier.questionnaire.scoring
  const figures = [placement.vertical, placement.horizontal].map((id) => {
    const axis = domain.axes[id]
    if (axis?.capped === undefined) return `${axisName(dossier, id)} not known`
    return `${axisName(dossier, id)} ${whole(axis.capped)}${axis.interval ? ` (${intervalText(axis.interval)})` : ""}`
  })
  const disputed = domain.disputed.length ? `, ${domain.disputed.length} disputed` : ""
  return [
    { text: `${domain.name}: `, bold: true, to: `domain-${domain.domain}` },
    { text: `${domain.position.wording}.\n` },
    { text: `${figures.join(", ")}. ${percent(answeredShare(domain))} answered${disputed}; ${surely(domain)}.` },
  ]
}

/** How sure the position is, in words, from the variants that leave it as it is. */
function surely(domain: DomainResult): string {
  if (!domain.position.quadrant) return "not placed"
  if (!domain.position.placed) return "an indication, not yet a placement"
  const { unchanged } = domain.sensitivity
  if (unchanged >= 0.9) return "firm"
  return unchanged >= 0.7 ? "fairly firm" : "not firm"
}

function suffering(dossier: Dossier): Block[] {
  const waiting = waitingConsumers(dossier)
  const items = waiting
    .slice(0, 3)
    .map((consumer): Span[] => [
      { text: consumer.decision || consumer.name, bold: true },
      { text: `${inDomain(dossier, consumer.domain)} needs data ${consumer.required} old and gets it ${consumer.actual} old.` },
      { text: consumer.cost ? ` ${sentence(shorten(consumer.cost, 90))}` : "" },
    ])
  const rest =
    waiting.length > 3
      ? [
          {
            type: "paragraph" as const,
            style: "small" as const,
            text: `${waiting.length - 3} more critical consumers wait for data.`,
          },
        ]
      : []
  if (items.length === 0)
    return [
      label("Decisions that suffer today"),
      { type: "paragraph", style: "small", text: "No critical consumer is known to wait for fresher data." },
    ]
  return [
    label("Decisions that suffer today"),
    ...items.map((text): Block => ({ type: "paragraph", style: "small", text })),
    ...rest,
  ]
}

function targets(dossier: Dossier): Block[] {
  const { domains } = dossier.assessment
  const texts = domains.slice(0, 4).map((domain): Block => ({
    type: "paragraph",
    style: "small",
    text: [{ text: `${domain.name}: `, bold: true }, targetWords(dossier, domain)],
  }))
  return [label("The target, and why not further"), ...texts]
}

function targetWords(dossier: Dossier, domain: DomainResult): string {
  const { placement } = dossier.questionnaire.scoring
  const axes = [placement.vertical, placement.horizontal].flatMap((id) => domain.target.axes?.[id] ?? [])
  if (axes.length === 0) return sentence(shorten(domain.target.wording, 150))
  const parts = axes.map((axis) => {
    const name = axisName(dossier, axis.axis).toLowerCase()
    return axis.gap > 0
      ? `${name} from ${whole(axis.target - axis.gap)} to ${whole(axis.target)}`
      : `${name} stays (${whole(axis.target)} is enough)`
  })
  const strictest = someOf([...new Set(axes.flatMap((axis) => axis.because))], 2)
  return `${series(parts)}. ${strictest} ${axes.flatMap((axis) => axis.because).length > 1 ? "ask" : "asks"} for no more.`
}

function moves(dossier: Dossier): Block[] {
  const { plan } = dossier.assessment
  if (plan.moves.length === 0) return []
  const rows = plan.moves.map((move, index): TableRow => {
    const initiative = dossier.initiative(move.id)
    const item = plan.waves
      .find((wave) => wave.number === move.wave)
      ?.items.find((each) => each.id === move.id && each.domain === move.domain)
    return {
      cells: [
        `${index + 1}`,
        [
          {
            text: `${initiative?.title ?? move.id}${inDomain(dossier, move.domain)}`,
            bold: true,
            to: anchors.initiative(move.id, move.domain),
          },
          `\n${sentence(shorten(move.outcome, 130))}`,
        ],
        initiative?.responsibleName ?? "",
        item ? effortText(item.effort) : "–",
        item ? `${monthsText(item.start, item.finishLate)}\nwave ${move.wave}` : `wave ${move.wave}`,
      ],
    }
  })
  return [
    {
      type: "table",
      caption: "Five next moves",
      columns: [
        { label: "", kind: "text", share: 0.5 },
        { label: "Move and outcome", kind: "text", share: 8 },
        { label: "Owner", kind: "text", share: 3.2 },
        { label: "Person-days", kind: "number", share: 2 },
        { label: "When", kind: "text", share: 3 },
      ],
      rows,
    },
  ]
}

function costOfNotKnowing(dossier: Dossier): Block {
  const { next, domains, organisation } = dossier.assessment
  const unjudged = domains.reduce((sum, domain) => sum + domain.cannotBeJudged.length, organisation.cannotBeJudged.length)
  if (next.length === 0)
    return { type: "callout", title: "What is not known", tone: "positive", text: "No question is unknown or disputed." }
  const unknown = next.filter((each) => each.why === "unknown").length
  const top = next.slice(0, 10)
  const minutes = top.reduce((sum, each) => sum + each.minutes, 0)
  const changing = next.filter((each) => each.couldChangeQuadrant).length
  const moving = changing > 0 ? ` ${capitalCount(changing)} alone could change a domain's quadrant.` : ""
  const rules = unjudged > 0 ? ` ${count(unjudged, "finding")} cannot be judged until they are.` : ""
  return {
    type: "callout",
    title: "What not knowing costs",
    tone: "high",
    text: [
      `${count(unknown, "question is", "questions are")} unknown and ${next.length - unknown} disputed.${moving}${rules} `,
      { text: `A workshop of ${hours(minutes)} settles the ${top.length} that matter most`, to: "next" },
      ".",
    ],
  }
}

function capitalCount(number: number): string {
  return number === 1 ? "One of them" : `${number} of them`
}

function label(text: string): Block {
  return { type: "paragraph", text: [{ text, bold: true }] }
}
