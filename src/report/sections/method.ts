import type { Block, Section } from "../blocks.ts"
import type { Dossier } from "../dossier.ts"
import { count, series } from "../wording.ts"

/** How figures come about, what everything weighs, and which versions were used. */
export function writeMethod(dossier: Dossier): Section {
  const { assessment, questionnaire } = dossier
  return {
    id: "method",
    title: "Method, weights and versions",
    starts: "page",
    blocks: [
      ...paragraphs(dossier),
      { type: "heading", level: 2, text: "Versions", id: "versions" },
      {
        type: "facts",
        items: [
          { term: "Questionnaire", text: `${questionnaire.id} ${questionnaire.version}` },
          { term: "Content", text: assessment.questionnaire.hash },
          { term: "Engine", text: assessment.engine },
          { term: "Simulation", text: `${assessment.draws} draws, seed ${assessment.seed}` },
          { term: "Engagement file", text: dossier.engagement.format },
        ],
      },
      { type: "heading", level: 2, text: "The four corners", id: "corners" },
      cornersTable(dossier),
      { type: "heading", level: 2, text: "Weights and gates", id: "weights" },
      { type: "paragraph", text: gatesText(dossier) },
      weightsTable(dossier),
    ],
  }
}

function paragraphs(dossier: Dossier): Block[] {
  const { roleWeights, axes } = dossier.questionnaire.scoring
  const names = series(axes.map((axis) => axis.name.toLowerCase()))
  const texts: [string, string][] = [
    [
      "From answers to levels. ",
      `Each option describes a behaviour and stands for a level from 0 to 4; 4 is the favourable end. Several answers become one by the role-weighted lower median: a role named first for a question counts ${roleWeights.primary}, second ${roleWeights.secondary}, any other ${roleWeights.other}. Ties fall to the lower level.`,
    ],
    [
      "From levels to indices. ",
      `There are ${axes.length} indices: ${names}. Each is the weighted share of the points its answered questions could give, on a scale from 0 to 100. Don’t know, not applicable, not answered and skipped by rule are four different states, and none of them earns points.`,
    ],
    [
      "Gates. ",
      "Some answers cannot be made up for by others. Where a gate is closed, the index is capped, and both figures are shown.",
    ],
    [
      "How sure. ",
      `${dossier.assessment.draws} simulated draws pick one role’s answer per question, and any level where nobody knows; claims without evidence get half a level of noise. The interval holds 90 of 100 draws. “In” a quadrant means 90 of 100 draws or more, “probably” 70 to 89, below that the position is called a border.`,
    ],
    ["Target. ", "The strictest critical consumer decides, per index. No target is set above a need."],
    [
      "Plan. ",
      "Findings call for initiatives; these are ranked by severity, gap, confidence and effort, gates first. Waves are filled as far as capacity and prerequisites allow. Re-scoring with what the initiatives change gives the way from wave to wave.",
    ],
    [
      "Limits of the method. ",
      "Levels are treated as evenly spaced, which is a convention. The draws treat questions as independent, so the interval is too narrow where few people answered. Compare a domain with its own past, not with other companies.",
    ],
  ]
  return texts.map(([lead, text]) => ({ type: "paragraph", text: [{ text: lead, bold: true }, text] }))
}

function cornersTable(dossier: Dossier): Block {
  const { quadrants, axes, placement } = dossier.questionnaire.scoring
  const name = (id: string): string => (axes.find((axis) => axis.id === id)?.name ?? id).toLowerCase()
  return {
    type: "table",
    caption: `Quadrants, with the limit at ${placement.limit} on both indices`,
    columns: [
      { label: "Quadrant", kind: "text", share: 2 },
      { label: "Where", kind: "text", share: 3 },
      { label: "For it", kind: "text", share: 3.5 },
      { label: "Against it", kind: "text", share: 3.5 },
    ],
    rows: quadrants.map((quadrant) => ({
      cells: [
        quadrant.name,
        `${quadrant.vertical} ${name(placement.vertical)}, ${quadrant.horizontal} ${name(placement.horizontal)}`,
        quadrant.pros.join("; ") || "–",
        quadrant.cons.join("; ") || "–",
      ],
    })),
  }
}

function gatesText(dossier: Dossier): string {
  const { gates, axes } = dossier.questionnaire.scoring
  const lines = gates.map((gate) => {
    const name = axes.find((axis) => axis.id === gate.axis)?.name ?? gate.axis
    const low = gate.low
      ? `, or when ${gate.low.count} of ${series(gate.low.questions)} are at level ${gate.low.atMost} or lower`
      : ""
    return `${name} is capped at ${gate.cap} when ${gate.zero.length > 1 ? "any of " : ""}${series(gate.zero)} is at level 0${low}.`
  })
  return lines.join(" ") || "No gate is defined."
}

function weightsTable(dossier: Dossier): Block {
  const { axes, weights } = dossier.questionnaire.scoring
  const weighted = dossier.questionnaire.questions.filter((question) => axes.some((axis) => weights[question.id]?.[axis.id]))
  const others = dossier.questionnaire.questions.length - weighted.length
  return {
    type: "table",
    caption: `Weights of the ${weighted.length} scored questions${others > 0 ? `; ${count(others, "question")} more inform the plan without a weight` : ""}`,
    columns: [
      { label: "Question", kind: "text", share: 5 },
      ...axes.map((axis) => ({ label: axis.name, kind: "number" as const, share: 1.6 })),
    ],
    rows: weighted.map((question) => ({
      cells: [`${question.id} ${question.short}`, ...axes.map((axis) => `${weights[question.id]?.[axis.id] ?? ""}`)],
    })),
  }
}
