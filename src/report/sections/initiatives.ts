import type { RankedInitiative, WaveItem } from "../../assessment/result.ts"
import type { Block, Section, Span, Text } from "../blocks.ts"
import { anchors, type Dossier, inDomain } from "../dossier.ts"
import { capital, effortText, monthsText, sentence } from "../wording.ts"
import { waveTitle } from "./roadmap.ts"

/** A sheet per planned initiative, by rank: what, why, who, how much, and when it is done. */
export function writeInitiatives(dossier: Dossier): Section {
  const { ranked } = dossier.assessment.plan
  return {
    id: "initiatives",
    title: "Initiative sheets",
    starts: "page",
    blocks:
      ranked.length === 0
        ? [{ type: "paragraph", text: "No finding calls for an initiative." }]
        : [
            {
              type: "paragraph",
              text: "In the order of their rank. The range of effort comes from its drivers; the days are person-days.",
            },
            ...ranked.flatMap((each) => sheet(dossier, each)),
          ],
  }
}

function sheet(dossier: Dossier, ranked: RankedInitiative): Block[] {
  const initiative = dossier.initiative(ranked.id)
  if (!initiative) return []
  const items: { term: string; text: Text }[] = [
    { term: "What", text: sentence(capital(initiative.what)) },
    { term: "Why", text: whyText(dossier, ranked) },
    {
      term: "Effort",
      text: `${effortText(ranked.effort)} person-days. ${sentence(capital(ranked.effortBasis))} Drivers: ${sentence(initiative.effort.drivers)}`,
    },
    { term: "Responsible", text: capital(initiative.responsibleName) },
    { term: "When", text: whenText(dossier, ranked) },
    { term: "Changes", text: effectsText(dossier, initiative.effects) },
    { term: "Done when", text: sentence(capital(initiative.exit)) },
    { term: "Risk", text: sentence(capital(initiative.risk)) },
  ]
  if (ranked.overridden) items.push({ term: "Set by hand", text: sentence(dossier.anonymous(ranked.overridden)) })
  return [
    {
      type: "heading",
      level: 3,
      text: `${ranked.id} ${initiative.title}${inDomain(dossier, ranked.domain)}`,
      id: anchors.initiative(ranked.id, ranked.domain),
      ...(ranked.gate ? { mark: "gate", tone: "critical" as const } : {}),
    },
    { type: "facts", items },
  ]
}

function whyText(dossier: Dossier, ranked: RankedInitiative): Text {
  const links = ranked.findings.flatMap((finding, index): (string | Span)[] => {
    const name = dossier.rule(finding.rule)?.name ?? finding.rule
    return [index ? "; " : "", { text: `${finding.rule} ${name}`, to: anchors.finding(finding) }]
  })
  const needed = ranked.neededBy.length > 0 ? [`${links.length > 0 ? " " : ""}Needed by ${ranked.neededBy.join(", ")}.`] : []
  return [
    ...links,
    ...(links.length > 0 ? ["."] : []),
    ...needed,
    ranked.reason ? ` Rank ${ranked.rank}: ${sentence(ranked.reason)}` : ` Rank ${ranked.rank}.`,
  ]
}

function whenText(dossier: Dossier, ranked: RankedInitiative): Text {
  const placed = dossier.assessment.plan.waves.flatMap((wave) =>
    wave.items.filter((item) => item.id === ranked.id && item.domain === ranked.domain).map((item) => ({ wave, item })),
  )
  const [first] = placed
  if (!first) return "Not in the waves planned."
  const again = placed.length > 1 ? `, and again in every wave until ${placed.at(-1)?.wave.number}` : ""
  return [{ text: waveTitle(first.wave), to: anchors.wave(first.wave.number) }, `, ${span(first.item)}${again}.`]
}

function span(item: WaveItem): string {
  return monthsText(item.start, item.finishLate)
}

function effectsText(dossier: Dossier, effects: readonly { question: string; level: number }[]): string {
  if (effects.length === 0) return "No answer directly; it makes other initiatives possible or the picture clearer."
  return `Raises ${effects.map((effect) => `${dossier.asked(effect.question)} to level ${effect.level}`).join("; ")}.`
}
