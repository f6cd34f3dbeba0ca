import type { Block, Section } from "../blocks.ts"
import { answerText, type Dossier, inDomain, initiativeLink } from "../dossier.ts"
import { capital, count, dateText, percent, sentence } from "../wording.ts"
import { allFindings } from "./findings.ts"

const most = 12

/** What could go wrong, who looks after it, and what the plan takes for granted. */
export function writeRisks(dossier: Dossier): Section {
  return {
    id: "risks",
    title: "Risks and assumptions",
    starts: "here",
    blocks: [
      ...risksTable(dossier),
      { type: "heading", level: 2, text: "What the plan assumes", id: "assumptions" },
      { type: "list", items: assumptions(dossier) },
    ],
  }
}

/** Risks of the initiatives planned, in the order of the waves, each initiative once. */
function risksTable(dossier: Dossier): Block[] {
  const items = dossier.assessment.plan.waves.flatMap((wave) => wave.items.map((item) => ({ wave: wave.number, item })))
  const unique = [...new Map(items.map((each) => [each.item.id, each])).values()]
  const order = [...unique].sort((a, b) => a.wave - b.wave || b.item.effort.high - a.item.effort.high).slice(0, most)
  if (order.length === 0) return []
  return [
    {
      type: "paragraph",
      text: "The risks of the initiatives planned, in plain words. The owner of an initiative owns its risk.",
    },
    {
      type: "table",
      caption: "Risks",
      hideCaption: true,
      columns: [
        { label: "Risk", kind: "text", share: 5 },
        { label: "In", kind: "text", share: 4 },
        { label: "Owner", kind: "text", share: 2.4 },
        { label: "Wave", kind: "number", share: 0.9 },
      ],
      rows: order.map(({ wave, item }) => {
        const initiative = dossier.initiative(item.id)
        return {
          cells: [
            sentence(capital(initiative?.risk ?? "")),
            [initiativeLink(dossier, item.id, item.domain), inDomain(dossier, item.domain)],
            initiative?.responsibleName ?? "",
            `${wave}`,
          ],
        }
      }),
    },
  ]
}

function assumptions(dossier: Dossier): string[] {
  const { plan } = dossier.engagement
  const { next, notices } = dossier.assessment
  const toil =
    plan.toil === undefined
      ? "the share of time that keeps things running comes from the answers"
      : `${percent(plan.toil)} of team time keeps things running`
  const gates = allFindings(dossier).filter((finding) => finding.gate)
  return [
    `${count(plan.people, "person works", "people work")} on it, ${plan.daysPerWeek} days a week each, from ${dateText(plan.start)}; ${toil}.`,
    `The streaming platform is ${plan.platform === "managed" ? "a managed service" : "run by yourselves"}.`,
    "Effort ranges come from a general model, not yet from your own figures: compare actual with estimate after the pilot and correct the rest.",
    ...(gates.length > 0
      ? [
          `${count(new Set(gates.map((gate) => gate.rule)).size, "gate")} must open before the waves behind them start: ${[...new Set(gates.map((gate) => gate.name))].join("; ")}.`,
        ]
      : []),
    ...(next.length > 0
      ? [`${count(next.length, "question is", "questions are")} unknown or disputed; unknown answers never help a position.`]
      : []),
    ...constraints(dossier),
    ...notices.map((notice) => sentence(dossier.anonymous(notice))),
  ]
}

/** Constraints people ticked in questions that are not scored: they bind the plan and are no maturity. */
function constraints(dossier: Dossier): string[] {
  return dossier.assessment.domains.flatMap((domain) =>
    domain.consensus.flatMap((each) => {
      const question = dossier.question(each.question)
      if (question?.type !== "multi" || question.bands || !each.ticks?.length) return []
      return [`${question.short}${inDomain(dossier, domain.domain)}: ${answerText(question, each.ticks)}.`]
    }),
  )
}
