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
  whole,
} from "../wording.ts"
import { waitingConsumers } from "./consumers.ts"
import { answeredShare } from "./cover.ts"
import { axisName, matrixOf } from "./matrix-of.ts"

const shownWaiting = 3
const manyDomains = 8
/** Characters that fit on a line across the page. */
const lineLength = 108

/** Page one: the whole report for somebody who reads one page. */
export function writeSummary(dossier: Dossier): Section {
  const { domains } = dossier.assessment
  const look = { width: 240, height: 174, stops: false, title: "Today, and what the consumers need" }
  const drawing = drawMatrix({ ...matrixOf(dossier, domains, look), unnamed: domains.length > manyDomains })
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

/** The message in one or two sentences; the figures follow beside the matrix. */
function leadOf(dossier: Dossier): string {
  const { plan, organisation, domains } = dossier.assessment
  const corners = Object.values(organisation.quadrants).filter((each) => each.length > 0).length
  const where =
    domains.length < 2
      ? `${domains[0]?.name ?? "No domain"} is ${domains[0]?.position.statement ?? "described"}.`
      : corners > 1
        ? `${capital(countWord(domains.length))} domains stand in ${countWord(corners)} different corners: an average would describe none of them, so the plan goes domain by domain.`
        : sentence(organisation.wording)
  const until = plan.finish && plan.finishLate ? untilText(plan.waves.length, monthsText(plan.finish, plan.finishLate)) : ""
  return `${where}${until}`
}

function untilText(waves: number, months: string): string {
  const [from, to] = months.split("–")
  const when = to === undefined ? `in ${months}` : `between ${from} and ${to}`
  return ` The ${waves === 1 ? "wave planned ends" : `${waves} waves planned end`} ${when}.`
}

function countWord(number: number): string {
  return ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"][number] ?? `${number}`
}

function standings(dossier: Dossier): Block[] {
  const { domains } = dossier.assessment
  const shown = domains.slice(0, domains.length > 4 ? 3 : 4)
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
    { text: `: ${domain.position.statement}. `, bold: true },
    {
      text: `${capital(series(figures.map((figure) => figure.toLowerCase())))}. ${surely(domain)}; ${percent(answeredShare(domain))} answered${disputed}. `,
    },
    { text: targetWords(dossier, domain) },
  ]
}

/** How sure the position is: the share of simulated draws in its quadrant. */
function surely(domain: DomainResult): string {
  const { quadrant, shares, placed } = domain.position
  if (!quadrant) return "Not placed yet"
  if (!placed) return "An indication, not yet a placement"
  return `${Math.round((shares[quadrant] ?? 0) * 100)} of 100 simulated draws agree`
}

function suffering(dossier: Dossier): Block[] {
  const waiting = waitingConsumers(dossier)
  const head = {
    ...label(
      waiting.length > shownWaiting
        ? `Decisions that suffer today: the worst ${shownWaiting} of ${waiting.length}`
        : "Decisions that suffer today",
    ),
    keep: true as const,
  }
  if (waiting.length === 0)
    return [head, { type: "paragraph", style: "compact", text: "No critical consumer is known to wait for fresher data." }]
  const items = waiting.slice(0, shownWaiting).map((consumer): Block => {
    const what = consumer.decision || consumer.name
    const late = `${inDomain(dossier, consumer.domain)} needs data ${consumer.required} old and gets it ${consumer.actual} old.`
    const room = Math.max(30, lineLength - what.length - late.length)
    const cost = consumer.cost ? ` ${sentence(capital(shorten(consumer.cost, room)))}` : ""
    return { type: "paragraph", style: "compact", text: [{ text: what, bold: true }, `${late}${cost}`] }
  })
  return [head, ...items]
}

/** Where to, and why not further. */
function targetWords(dossier: Dossier, domain: DomainResult): string {
  const { placement } = dossier.questionnaire.scoring
  const axes = [placement.vertical, placement.horizontal].flatMap((id) => domain.target.axes?.[id] ?? [])
  if (axes.length === 0) return sentence(shorten(domain.target.wording, 150))
  const names = [...new Set(axes.flatMap((axis) => axis.because))]
  const enough = axes.map((axis) => `${axisName(dossier, axis.axis).toLowerCase()} ${whole(axis.target)}`).join(", ")
  return `Target: ${enough}; nobody needs more, not even ${names[0] ?? "the strictest consumer"}.`
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
            text: `${initiative?.title ?? move.id}${inDomain(dossier, move.domain)}. `,
            bold: true,
            to: anchors.initiative(move.id, move.domain),
          },
          sentence(capital(shorten(move.outcome.replace(/^done when:? /i, ""), 110))),
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
      caption: rows.length === 5 ? "Five next moves" : "Next moves",
      columns: [
        { label: "No.", kind: "text", share: 24 },
        { label: "Move, and what is then true", kind: "text", share: 230 },
        { label: "Owner", kind: "text", share: 100 },
        { label: "Person-days", kind: "number", share: 56 },
        { label: "When", kind: "text", share: 63 },
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
    style: "compact",
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
