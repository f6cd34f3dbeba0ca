import type { DomainResult } from "../../assessment/result.ts"
import type { Block, Section, Span, TableRow } from "../blocks.ts"
import { drawMatrix } from "../charts/matrix.ts"
import { anchors, type Dossier, inDomain } from "../dossier.ts"
import {
  count,
  capital,
  effortText,
  duration,
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
    matrixOf(dossier, domains, { width: 240, height: 204, stops: false, title: "Today, and what the consumers need" }),
  )
  return {
    id: "page-one",
    title: "Where you stand, and what to do next",
    part: "For everybody",
    starts: "page",
    blocks: [
      { type: "paragraph", style: "lead", text: leadOf(dossier) },
      {
        type: "columns",
        shares: [240, 213],
        left: [{ type: "chart", id: "page-one-matrix", drawing, note: "" }],
        right: standings(dossier),
      },
      ...suffering(dossier),
      ...moves(dossier),
      costOfNotKnowing(dossier),
    ],
  }
}

function leadOf(dossier: Dossier): string {
  const { plan, organisation } = dossier.assessment
  const until =
    plan.finish && plan.finishLate
      ? ` The ${count(plan.waves.length, "wave")} planned end between ${monthsText(plan.finish, plan.finishLate).replace("–", " and ")}.`
      : ""
  return `${sentence(organisation.wording)}${until}`
}

function standings(dossier: Dossier): Block[] {
  const { domains } = dossier.assessment
  const shown = domains.slice(0, 4)
  const blocks: Block[] = [label("Where each domain stands, and should stand")]
  for (const domain of shown) blocks.push({ type: "paragraph", text: standing(dossier, domain), style: "compact" })
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
    { text: domain.name, bold: true, to: `domain-${domain.domain}` },
    { text: ` ${domain.position.wording}. `, bold: true },
    {
      text: `${capital(series(figures.map((figure) => figure.toLowerCase())))}; ${percent(answeredShare(domain))} answered${disputed}: ${surely(domain)}. `,
    },
    { text: targetWords(dossier, domain) },
  ]
}

/** How sure the position is, in words, from the variants that leave it as it is. */
function surely(domain: DomainResult): string {
  if (!domain.position.quadrant) return "not placed yet"
  if (!domain.position.placed) return "an indication, not yet a placement"
  const { unchanged } = domain.sensitivity
  if (unchanged >= 0.9) return "a firm position"
  return unchanged >= 0.7 ? "a fairly firm position" : "not a firm position"
}

function suffering(dossier: Dossier): Block[] {
  const waiting = waitingConsumers(dossier)
  const head = { ...label("Decisions that suffer today"), keep: true as const }
  if (waiting.length === 0)
    return [head, { type: "paragraph", style: "compact", text: "No critical consumer is known to wait for fresher data." }]
  const items = waiting.slice(0, 3).map((consumer): Block => {
    const what = consumer.decision || consumer.name
    const cost = consumer.cost ? ` ${sentence(capital(shorten(consumer.cost, 90)))}` : ""
    return {
      type: "paragraph",
      style: "compact",
      text: [
        { text: what, bold: true },
        `${inDomain(dossier, consumer.domain)} needs data ${consumer.required} old and gets it ${consumer.actual} old.${cost}`,
      ],
    }
  })
  const rest = waiting.length - items.length
  const more: Block[] =
    rest > 0
      ? [
          {
            type: "paragraph",
            style: "small",
            text: `${capital(count(rest, "more critical consumer waits", "more critical consumers wait"))} for data.`,
          },
        ]
      : []
  return [head, ...items, ...more]
}

/** Where to, and why not further. */
function targetWords(dossier: Dossier, domain: DomainResult): string {
  const { placement } = dossier.questionnaire.scoring
  const axes = [placement.vertical, placement.horizontal].flatMap((id) => domain.target.axes?.[id] ?? [])
  if (axes.length === 0) return sentence(shorten(domain.target.wording, 150))
  const names = [...new Set(axes.flatMap((axis) => axis.because))]
  const enough = series(axes.map((axis) => `${axisName(dossier, axis.axis).toLowerCase()} ${whole(axis.target)}`))
  return `Enough is ${enough}: ${someOf(names, 2)} ${names.length > 1 ? "ask" : "asks"} for no more.`
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
          `\n${sentence(capital(shorten(move.outcome.replace(/^done when:? /i, ""), 120)))}`,
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
        { label: "Move, and what is then true", kind: "text", share: 9.4 },
        { label: "Owner", kind: "text", share: 2.8 },
        { label: "Person-days", kind: "number", share: 1.9 },
        { label: "When", kind: "text", share: 2.6 },
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
  const widest = Math.max(...next.map((each) => each.span))
  const top = next.slice(0, 10)
  const minutes = top.reduce((sum, each) => sum + each.minutes, 0)
  const changing = next.filter((each) => each.couldChangeQuadrant).length
  const moving = changing > 0 ? `; ${changing === 1 ? "one" : changing} could change a quadrant` : ""
  const rules = unjudged > 0 ? ` ${capital(count(unjudged, "finding"))} cannot be judged without them.` : ""
  return {
    type: "callout",
    title: "What not knowing costs",
    tone: "high",
    text: [
      `${count(unknown, "question is", "questions are")} unknown and ${next.length - unknown} disputed. One answer can move an index by up to ${count(Math.max(1, Math.round(widest)), "point")}${moving}.${rules} `,
      { text: `The ${top.length} that matter most take about ${duration(minutes)} of workshop time`, to: "next" },
      ".",
    ],
  }
}

function label(text: string): Extract<Block, { type: "paragraph" }> {
  return { type: "paragraph", text: [{ text, bold: true }] }
}
