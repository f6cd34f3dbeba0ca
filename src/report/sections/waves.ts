import type { Dropped, Wave, WaveItem } from "../../assessment/result.ts"
import type { Block, Section, Span, TableRow, Text } from "../blocks.ts"
import { anchors, type Dossier, inDomain, initiativeLink } from "../dossier.ts"
import { capital, count, dateText, effortText, sentence, series, whole } from "../wording.ts"
import { axisName } from "./matrix-of.ts"
import { waveTitle } from "./roadmap.ts"

/** Wave by wave: what is done and why then, what must hold at the end, and when to stop. */
export function writeWaves(dossier: Dossier): Section {
  const { plan } = dossier.assessment
  return {
    id: "waves",
    title: "Wave by wave",
    starts: "page",
    blocks: [...plan.waves.flatMap((wave) => waveBlocks(dossier, wave)), ...leftOut(dossier)],
  }
}

function waveBlocks(dossier: Dossier, wave: Wave): Block[] {
  return [
    { type: "heading", level: 2, text: waveTitle(wave), id: anchors.wave(wave.number) },
    {
      type: "paragraph",
      text: [
        {
          text: `${dateText(wave.start)} to ${dateText(wave.finish)}, with 80\u00a0% certainty by ${dateText(wave.finishLate)}. `,
          bold: true,
        },
        `${effortText(wave.effort)} person-days in ${count(wave.weeks, "week")}. ${sentence(capital(wave.capacityBasis))}`,
      ],
    },
    itemsTable(dossier, wave),
    ...reached(dossier, wave),
    ...(wave.exit.length > 0
      ? [
          { type: "paragraph" as const, text: [{ text: "The wave is done when", bold: true as const }] },
          { type: "checklist" as const, items: wave.exit.map((line) => sentence(line)) },
        ]
      : []),
    ...(wave.stop.length > 0
      ? [
          {
            type: "callout" as const,
            tone: "high" as const,
            title: "Stop and think again when",
            text: wave.stop.map((line) => sentence(line)).join("\n"),
          },
        ]
      : []),
  ]
}

function itemsTable(dossier: Dossier, wave: Wave): Block {
  return {
    type: "table",
    caption: `Initiatives of ${waveTitle(wave)}`,
    hideCaption: true,
    columns: [
      { label: "Initiative", kind: "text", share: 3.3 },
      { label: "Person-days", kind: "number", share: 1.45 },
      { label: "From – until", kind: "text", share: 1.75 },
      { label: "Why in this wave", kind: "text", share: 4.5 },
      { label: "Needs", kind: "text", share: 1.7 },
    ],
    rows: wave.items.map((item): TableRow => ({
      cells: [
        [initiativeLink(dossier, item.id, item.domain), inDomain(dossier, item.domain)],
        effortText(item.effort),
        `${dateText(item.start)}\u00a0–\n${dateText(item.finishLate)}`,
        whyText(dossier, item),
        needsText(dossier, item),
      ],
    })),
  }
}

function whyText(dossier: Dossier, item: WaveItem): string {
  const said = item.overridden ? item.reasons.filter((reason) => !reason.includes("by the consultant")) : item.reasons
  const reasons = said.map((reason) => sentence(capital(reason))).join("\n")
  const overridden = item.overridden ? `${reasons ? "\n" : ""}Set by hand: ${sentence(dossier.anonymous(item.overridden))}` : ""
  return `${reasons}${overridden}`
}

function needsText(dossier: Dossier, item: WaveItem): Text {
  if (item.needs.length === 0) return "–"
  return item.needs.flatMap((need, index): (string | Span)[] => {
    const where = typeof need.wave === "number" ? `, wave ${need.wave}` : `, ${need.wave}`
    const planned = typeof need.wave === "number"
    const link = planned ? { text: need.id, to: anchors.initiative(need.id, need.domain) } : need.id
    return [index ? "\n" : "", link, `${where}${need.domain === item.domain ? "" : inDomain(dossier, need.domain)}`]
  })
}

/** Where the wave leaves each domain, by re-scoring. */
function reached(dossier: Dossier, wave: Wave): Block[] {
  const { placement, quadrants } = dossier.questionnaire.scoring
  const lines = dossier.assessment.plan.trajectory.flatMap((trajectory) => {
    const index = trajectory.stops.findIndex((each) => each.after === wave.number)
    const [before, stop] = [trajectory.stops[index - 1], trajectory.stops[index]]
    if (!before || !stop) return []
    const moved = [placement.vertical, placement.horizontal].flatMap((id) => {
      const [from, to] = [whole(before.indices[id] ?? 0), whole(stop.indices[id] ?? 0)]
      return from === to ? [] : [`${axisName(dossier, id).toLowerCase()} from ${from} to ${to}`]
    })
    const quadrant =
      stop.quadrant && stop.quadrant !== before.quadrant
        ? `, which is ${quadrants.find((each) => each.id === stop.quadrant)?.name}`
        : ""
    return moved.length === 0 ? [] : [`${dossier.domainName(trajectory.domain)}: ${moved.join(", ")}${quadrant}.`]
  })
  if (lines.length === 0)
    return [{ type: "paragraph", style: "small", text: "This wave moves no index yet: it makes the next ones possible." }]
  return [{ type: "paragraph", text: [{ text: "What it moves. ", bold: true }, lines.join(" ")] }]
}

/** One row per initiative, whatever the number of domains it waits in. */
function leftOut(dossier: Dossier): Block[] {
  const { later, dropped } = dossier.assessment.plan
  const all = [...later.map((each) => ({ ...each, state: "later" })), ...dropped.map((each) => ({ ...each, state: "dropped" }))]
  if (all.length === 0) return []
  const grouped = [...Map.groupBy(all, (each) => `${each.state} ${each.id}`).values()]
  return [
    { type: "heading", level: 2, text: "Not in these waves", id: "later" },
    {
      type: "table",
      caption: "Initiatives that wait or are dropped, and why",
      hideCaption: true,
      columns: [
        { label: "Initiative", kind: "text", share: 4 },
        { label: "State", kind: "text", share: 1.2 },
        { label: "Why", kind: "text", share: 6 },
      ],
      rows: grouped.map((same) => ({
        cells: [initiativeLinks(dossier, same), same[0]?.state ?? "", reasonsText(dossier, same)],
      })),
    },
  ]
}

function initiativeLinks(dossier: Dossier, same: readonly Dropped[]): Text {
  return same[0] ? [initiativeLink(dossier, same[0].id, same[0].domain)] : ""
}

function reasonsText(dossier: Dossier, same: readonly Dropped[]): string {
  const byReason = [...Map.groupBy(same, (each) => each.reason)]
  return byReason
    .map(([reason, group]) => {
      const where =
        dossier.engagement.domains.length < 2
          ? []
          : group.flatMap((each) => (each.domain === undefined ? [] : [dossier.domainName(each.domain)]))
      return `${where.length > 0 ? `${series(where)}: ` : ""}${sentence(where.length > 0 ? dossier.anonymous(reason) : capital(dossier.anonymous(reason)))}`
    })
    .join("\n")
}
