import type { NextQuestion } from "../../assessment/result.ts"
import type { Block, Section } from "../blocks.ts"
import { drawNext } from "../charts/next.ts"
import { type Dossier, inDomain, questionLink } from "../dossier.ts"
import { count, duration, series, whole } from "../wording.ts"

const charted = 12
const listed = 25

/** Unknown and disputed questions, those first that could move the position or the plan most: a workshop's agenda. */
export function writeNext(dossier: Dossier): Section {
  const { next } = dossier.assessment
  if (next.length === 0) {
    return {
      id: "next",
      title: "What to find out next",
      starts: "here",
      blocks: [{ type: "paragraph", text: "Every question has an undisputed answer. Measure again when something has changed." }],
    }
  }
  const top = next.slice(0, charted)
  const minutes = top.reduce((sum, each) => sum + each.minutes, 0)
  return {
    id: "next",
    title: "What to find out next",
    starts: "page",
    blocks: [
      {
        type: "paragraph",
        text: `${count(next.length, "question is", "questions are")} unknown or disputed. They are in the order of their worth: how far an answer could move an index, whether it could change the quadrant, and which findings it decides. The ${top.length} at the top take about ${duration(minutes)} of workshop time once the evidence is on the table.`,
      },
      {
        type: "chart",
        id: "next-chart",
        drawing: drawNext(
          top.map((each) => ({
            name: `${dossier.asked(each.question)}${inDomain(dossier, each.domain)}`,
            span: each.span,
            why: each.why,
            note: noteOf(each),
          })),
          471,
          "How far one answer could move an index",
        ),
        note: "Open, dashed bars: nobody knows. Filled bars: the roles disagree.",
      },
      agenda(dossier, next.slice(0, listed)),
    ],
  }
}

function noteOf(each: NextQuestion): string {
  return [`${each.minutes} min`, each.couldChangeQuadrant ? "could change the quadrant" : ""].filter(Boolean).join(", ")
}

function agenda(dossier: Dossier, questions: readonly NextQuestion[]): Block {
  return {
    type: "table",
    caption: `Agenda for the next workshop${dossier.assessment.next.length > questions.length ? `: the first ${questions.length} of ${dossier.assessment.next.length}` : ""}`,
    columns: [
      { label: "Question", kind: "text", share: 4.4 },
      { label: "Why", kind: "text", share: 1.5 },
      { label: "Points", kind: "number", share: 1.1 },
      { label: "Decides", kind: "text", share: 2 },
      { label: "Ask", kind: "text", share: 2.8 },
      { label: "Min", kind: "number", share: 0.8 },
    ],
    rows: questions.map((each) => ({
      cells: [
        [
          questionLink(each.domain, each.question),
          ` ${dossier.question(each.question)?.short ?? ""}${inDomain(dossier, each.domain)}`,
        ],
        each.why,
        whole(each.span),
        [each.couldChangeQuadrant ? "the quadrant" : "", each.rules.slice(0, 4).join(", ")].filter(Boolean).join("; ") || "–",
        series(each.ask.map((role) => dossier.role(role))),
        `${each.minutes}`,
      ],
    })),
  }
}
