import type { DomainResult, TargetAxis } from "../../assessment/result.ts"
import type { Block, Text } from "../blocks.ts"
import { drawContributions } from "../charts/contributions.ts"
import { type Dossier, questionLink } from "../dossier.ts"
import { capital, count, intervalText, percent, sentence, series, someOf, whole } from "../wording.ts"

/** One domain: its position and how sure it is, its indices and what is asked of them, and where the points are missing. */
export function domainBlocks(dossier: Dossier, domain: DomainResult): Block[] {
  const { position } = domain
  const { placement } = dossier.questionnaire.scoring
  return [
    { type: "heading", level: 2, text: domain.name, id: `domain-${domain.domain}` },
    { type: "paragraph", style: "lead", text: `${domain.name} is ${sentence(position.statement)}` },
    { type: "paragraph", text: howSure(dossier, domain) },
    ...gateBlocks(domain),
    ...position.caveats.map((caveat): Block => ({
      type: "callout",
      tone: "medium",
      title: "Read with care",
      text: sentence(caveat),
    })),
    indicesTable(dossier, domain),
    {
      type: "columns",
      shares: [1, 1],
      left: contributions(dossier, domain, placement.vertical),
      right: contributions(dossier, domain, placement.horizontal),
    },
  ]
}

/** What caps an index; said quietly where the index is below the cap anyway. */
function gateBlocks(domain: DomainResult): Block[] {
  return Object.values(domain.axes).flatMap((axis): Block[] => {
    if (axis.gates.length === 0) return []
    const because = axis.gates.map((gate) => sentence(capital(gate.because))).join("\n")
    const lowered = axis.raw !== undefined && axis.capped !== undefined && axis.raw - axis.capped >= 0.5
    if (!lowered) return [{ type: "paragraph", style: "small", text: `${axis.name}: ${because}` }]
    return [
      {
        type: "callout",
        tone: "critical",
        title: `${axis.name} would be ${whole(axis.raw ?? 0)}, and a gate holds it at ${whole(axis.capped ?? 0)}`,
        text: because,
      },
    ]
  })
}

function howSure(dossier: Dossier, domain: DomainResult): Text {
  const { position, sensitivity } = domain
  if (!position.quadrant) return "An index has no answers yet, so there is no position to test."
  const names = new Map(dossier.questionnaire.scoring.quadrants.map((quadrant) => [quadrant.id, quadrant.name]))
  const shares = Object.entries(position.shares)
    .filter(([, share]) => share >= 0.01)
    .sort((a, b) => b[1] - a[1])
    .map(([id, share]) => `${Math.round(share * 100)} of 100 in ${names.get(id) ?? id}`)
  const decisive = sensitivity.decisive.map((id) => questionLink(domain.domain, id))
  const links = decisive.flatMap((link, index) => (index === 0 ? [link] : [index === decisive.length - 1 ? " or " : ", ", link]))
  const quick = sensitivity.quickPass?.quadrant
  return [
    `Simulated draws fall ${series(shares)}. The quadrant stays the same in ${percent(sensitivity.unchanged)} of the variants tested: other limits, other weights, one respondent or one dimension left out.`,
    ...(links.length ? [" A different answer to ", ...links, " alone would change it."] : [" No single answer would change it."]),
    quick && quick !== position.quadrant ? ` The core questions alone would say ${names.get(quick) ?? quick}.` : "",
  ]
}

/** One row per index: today, its parts, the target, and who asks for it. */
function indicesTable(dossier: Dossier, domain: DomainResult): Block {
  return {
    type: "table",
    caption: `The indices of ${domain.name}, and what is asked of them`,
    columns: [
      { label: "Index", kind: "text", share: 2.2 },
      { label: "Today", kind: "number", share: 1 },
      { label: "Made of", kind: "text", share: 3.4 },
      { label: "Target", kind: "number", share: 1 },
      { label: "To go", kind: "number", share: 1 },
      { label: "Because", kind: "text", share: 4 },
    ],
    rows: Object.values(domain.axes).map((axis) => {
      const target = domain.target.axes?.[axis.axis]
      const parts = axis.parts.map((part) => `${part.name} ${part.score === undefined ? "not known" : whole(part.score)}`)
      return {
        cells: [
          axis.name,
          axis.capped === undefined ? "–" : `${whole(axis.capped)}${axis.interval ? `\n${intervalText(axis.interval)}` : ""}`,
          parts.join("\n"),
          target ? whole(target.target) : "–",
          target ? (target.gap > 0 ? whole(target.gap) : "met") : "–",
          target ? becauseText(dossier, target) : "No critical consumer says so.",
        ],
      }
    }),
  }
}

function becauseText(dossier: Dossier, target: TargetAxis): string {
  const who = someOf(target.because, 3)
  const asked = dossier.questionnaire.scoring.needs.classes[target.axis]
  if (!asked) return `What must be in place before the need of ${who} can be met.`
  return `${capital(target.need)}: ${who} ${target.because.length === 1 ? "asks" : "ask"} for no more.`
}

function contributions(dossier: Dossier, domain: DomainResult, id: string): Block[] {
  const axis = domain.axes[id]
  if (!axis || axis.contributions.length === 0) return []
  const heaviest = [...axis.contributions].sort((a, b) => b.missing - a.missing || b.points - a.points).slice(0, 8)
  const rest = axis.contributions.length - heaviest.length
  const title = `${axis.name}: where the points are missing`
  const rows = heaviest.map((each) => ({ name: dossier.asked(each.question), points: each.points, missing: each.missing }))
  return [
    {
      type: "chart",
      id: `contributions-${domain.domain}-${id}`,
      drawing: drawContributions(rows, 226, title),
      note: `Filled: points earned. Open: points still to gain. ${rest > 0 ? `${count(rest, "further question")} add the rest.` : ""}`,
      data: {
        caption: `Contributions to ${axis.name}, ${domain.name}`,
        columns: [
          { label: "Question", kind: "text", share: 5 },
          { label: "Level", kind: "number", share: 1 },
          { label: "Weight", kind: "number", share: 1 },
          { label: "Points", kind: "number", share: 1 },
          { label: "Missing", kind: "number", share: 1 },
        ],
        rows: axis.contributions.map((each) => ({
          cells: [
            [questionLink(domain.domain, each.question), ` ${dossier.question(each.question)?.short ?? ""}`],
            `${each.anchor}`,
            `${each.weight}`,
            whole(each.points),
            whole(each.missing),
          ],
        })),
      },
    },
  ]
}
