import type { Dropped, Finding } from "../../assessment/result.ts"
import type { Section, Span, TableRow, Text } from "../blocks.ts"
import { anchors, type Dossier, inDomain, questionLink } from "../dossier.ts"
import { allFindings } from "./findings.ts"

/** From each finding back to its answers and on to its initiatives and waves. */
export function writeTraceability(dossier: Dossier): Section {
  const findings = allFindings(dossier)
  return {
    id: "traceability",
    title: "From answer to wave",
    starts: "here",
    blocks: [
      {
        type: "paragraph",
        text: "Every statement of this plan can be followed in both directions: which answers led to a finding, which initiatives follow from it, and in which wave they are.",
      },
      {
        type: "table",
        caption: "Answer, finding, initiative, wave",
        hideCaption: true,
        columns: [
          { label: "Finding", kind: "text", share: 4 },
          { label: "Answers", kind: "text", share: 3.4 },
          { label: "Initiatives, wave", kind: "text", share: 4.4 },
        ],
        rows: findings.map((finding) => rowOf(dossier, finding)),
      },
    ],
  }
}

function rowOf(dossier: Dossier, finding: Finding): TableRow {
  return {
    cells: [
      [{ text: `${finding.rule} ${finding.name}`, to: anchors.finding(finding) }, inDomain(dossier, finding.domain)],
      answersText(dossier, finding),
      initiativesText(dossier, finding),
    ],
  }
}

function answersText(dossier: Dossier, finding: Finding): Text {
  const parts = finding.evidence.flatMap((evidence): (string | Span)[][] => {
    if (evidence.question === undefined) return evidence.fact ? [[dossier.named(evidence.fact)]] : []
    const link = finding.domain === undefined ? evidence.question : questionLink(finding.domain, evidence.question)
    return [[link, evidence.anchor === undefined ? "" : ` at ${evidence.anchor}`]]
  })
  return parts.length === 0 ? "–" : parts.flatMap((part, index) => [index ? ", " : "", ...part])
}

function initiativesText(dossier: Dossier, finding: Finding): Text {
  const { plan } = dossier.assessment
  const parts = finding.initiatives.map((id): (string | Span)[] => {
    const ranked = plan.ranked.find((each) => each.id === id && (each.domain === finding.domain || each.domain === undefined))
    if (!ranked) return [`${id}: ${whyNot(dossier, id, finding.domain)}`]
    const wave = plan.waves.find((each) => each.items.some((item) => item.id === id && item.domain === ranked.domain))
    const where = wave ? { text: `wave ${wave.number}`, to: anchors.wave(wave.number) } : "later"
    return [{ text: id, to: anchors.initiative(id, ranked.domain) }, ": ", where]
  })
  return parts.length === 0 ? "–" : parts.flatMap((part, index) => [index ? ", " : "", ...part])
}

/** Why an initiative that a finding leads to is not in the plan. */
function whyNot({ assessment: { plan } }: Dossier, id: string, domain: string | undefined): string {
  const here = (each: Dropped): boolean => each.id === id && (each.domain === domain || each.domain === undefined)
  if (plan.dropped.some(here)) return "dropped"
  const reason = plan.notRecommended.find(here)?.reason
  return reason?.split(":")[0] ?? "not planned"
}
