import type { Wave } from "../../assessment/result.ts"
import type { Block, Section } from "../blocks.ts"
import { drawGantt, type GanttWave } from "../charts/gantt.ts"
import type { Dossier } from "../dossier.ts"
import type { Drawing } from "../drawing.ts"
import { count, dateText, effortText, sentence } from "../wording.ts"

/** Rows that fit on one page. */
const rowsPerChart = 40

/** Points between the margins. */
const chartWidth = 471

/** The plan in calendar time. */
export function writeRoadmap(dossier: Dossier): Section {
  const { plan } = dossier.assessment
  const settings = dossier.engagement.plan
  const charts = chunks(plan.waves).map((waves, index, all): Block => {
    const part = all.length === 1 ? "" : ` (${index + 1} of ${all.length})`
    return {
      type: "chart",
      id: `roadmap-${index + 1}`,
      drawing: drawRoadmap(dossier, waves, `Initiatives by wave, in calendar time${part}`),
      note: "A dark bar ends where half of the simulated runs end, its light tail where 80 of 100 do. Thin lines lead from what must be finished first.",
    }
  })
  return {
    id: "roadmap",
    title: "Roadmap",
    starts: "page",
    blocks: [
      {
        type: "paragraph",
        text: `${count(settings.people, "person", "people")}, ${settings.daysPerWeek} days a week in ${count(settings.teams, "team")}, from ${dateText(settings.start)}. ${plan.finish && plan.finishLate ? `The waves planned end around ${dateText(plan.finish)}, and with 80 % certainty by ${dateText(plan.finishLate)}.` : ""}`,
      },
      ...(charts.length > 1 ? [overview(plan.waves)] : charts),
      ...(plan.waves.length > 0 ? [wavesTable(dossier)] : [{ type: "paragraph" as const, text: "No wave is planned." }]),
      ...(charts.length > 1 ? charts : []),
      ...(plan.notices.length > 0
        ? [
            {
              type: "callout" as const,
              tone: "medium" as const,
              title: "Set by hand",
              text: plan.notices.map((notice) => sentence(dossier.named(dossier.anonymous(notice)))).join("\n"),
            },
          ]
        : []),
    ],
  }
}

/** The initiatives of these waves in calendar time, on one time axis. */
export function drawRoadmap(dossier: Dossier, waves: readonly Wave[], title: string): Drawing {
  const groups = waves.map((wave) => ganttWave(dossier, wave))
  return drawGantt(groups, rangeOf(waves), chartWidth, title)
}

/** One bar per wave over the whole plan. */
export function drawWaves(waves: readonly Wave[]): Drawing {
  const bars = waves.map((wave) => ({
    key: `${wave.number}`,
    name: waveTitle(wave),
    domain: "",
    start: wave.start,
    finish: wave.finish,
    finishLate: wave.finishLate,
    needs: [],
  }))
  const range = rangeOf(waves)
  const group = { number: waves[0]?.number ?? 0, name: "", start: range.start, finish: range.start, bars }
  return drawGantt([group], range, chartWidth, "The waves in calendar time")
}

function overview(waves: readonly Wave[]): Block {
  return {
    type: "chart",
    id: "roadmap-waves",
    drawing: drawWaves(waves),
    note: "A dark bar ends where half of the simulated runs end, its light tail where 80 of 100 do.",
  }
}

function rangeOf(waves: readonly Wave[]): { start: string; finish: string } {
  const dates = waves.flatMap((wave) => [wave.start, wave.finishLate, ...wave.items.map((item) => item.finishLate)]).sort()
  return { start: dates[0] ?? "2000-01-01", finish: dates.at(-1) ?? "2000-01-02" }
}

/** Waves together as long as their rows fit a page. */
function chunks(waves: readonly Wave[]): Wave[][] {
  const all: Wave[][] = []
  let rows = 0
  for (const wave of waves) {
    rows += wave.items.length + 2
    const last = all.at(-1)
    if (last && rows <= rowsPerChart) last.push(wave)
    else {
      all.push([wave])
      rows = wave.items.length + 2
    }
  }
  return all
}

function ganttWave(dossier: Dossier, wave: Wave): GanttWave {
  return {
    number: wave.number,
    name: waveTitle(wave),
    start: wave.start,
    finish: wave.finish,
    bars: wave.items.map((item) => ({
      key: `${item.id}/${item.domain ?? ""}/${wave.number}`,
      name: `${item.id} ${dossier.initiative(item.id)?.title ?? ""}`,
      domain: item.domain === undefined || dossier.engagement.domains.length < 2 ? "" : dossier.domainName(item.domain),
      start: item.start,
      finish: item.finish,
      finishLate: item.finishLate,
      needs: item.needs.flatMap((need) =>
        typeof need.wave === "number" ? [`${need.id}/${need.domain ?? ""}/${need.wave}`] : [],
      ),
    })),
  }
}

/** "Wave 1: Pilot", whatever the plan calls it. */
export function waveTitle(wave: Wave): string {
  const name = wave.name.trim()
  if (/^wave\b/i.test(name)) return name
  return name ? `Wave ${wave.number}: ${name}` : `Wave ${wave.number}`
}

function wavesTable(dossier: Dossier): Block {
  return {
    type: "table",
    caption: "Waves",
    columns: [
      { label: "Wave", kind: "text", share: 3 },
      { label: "From", kind: "text", share: 2 },
      { label: "Probably until", kind: "text", share: 2 },
      { label: "With 80 % certainty by", kind: "text", share: 2.4 },
      { label: "Initiatives", kind: "number", share: 1.5 },
      { label: "Person-days", kind: "number", share: 1.8 },
      { label: "Capacity", kind: "number", share: 1.5 },
    ],
    rows: dossier.assessment.plan.waves.map((wave) => ({
      cells: [
        [{ text: waveTitle(wave), to: `wave-${wave.number}` }],
        dateText(wave.start),
        dateText(wave.finish),
        dateText(wave.finishLate),
        `${wave.items.length}`,
        effortText(wave.effort),
        `${Math.round(wave.capacity)}`,
      ],
    })),
  }
}
