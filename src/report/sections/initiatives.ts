import type { Initiative } from "../../assessment/model.ts"
import type { RankedInitiative } from "../../assessment/result.ts"
import type { Block, Section, Span, Text } from "../blocks.ts"
import { anchors, type Dossier, inDomain } from "../dossier.ts"
import { capital, effortText, monthsText, sentence } from "../wording.ts"
import { waveTitle } from "./roadmap.ts"

/** A sheet per initiative, by its best rank: what, why, who, how much, and when it is done. */
export function writeInitiatives(dossier: Dossier): Section {
  const byId = Map.groupBy(dossier.assessment.plan.ranked, (each) => each.id)
  const intro: Text =
    byId.size === 0
      ? "No finding calls for an initiative."
      : "In the order of their rank. Effort is in person-days; its range comes from the drivers named. What an initiative does in several domains is said once."
  return {
    id: "initiatives",
    title: "Initiative sheets",
    starts: "page",
    blocks: [{ type: "paragraph", text: intro }, ...[...byId.values()].flatMap((same) => sheet(dossier, same))],
  }
}

function sheet(dossier: Dossier, same: readonly RankedInitiative[]): Block[] {
  const [first, ...others] = same
  const initiative = first && dossier.initiative(first.id)
  if (!first || !initiative) return []
  return [
    {
      type: "heading",
      level: 2,
      small: true,
      text: `${initiative.id} ${initiative.title}`,
      id: anchors.initiative(first.id, first.domain),
      also: others.map((each) => anchors.initiative(each.id, each.domain)),
      ...(same.some((each) => each.gate) ? { mark: "gate", tone: "critical" as const } : {}),
    },
    { type: "facts", items: [...common(dossier, initiative), ...same.flatMap((each) => perDomain(dossier, each))] },
  ]
}

function common(dossier: Dossier, initiative: Initiative): { term: string; text: Text }[] {
  return [
    { term: "What", text: sentence(capital(initiative.what)) },
    { term: "Responsible", text: sentence(capital(initiative.responsibleName)) },
    { term: "Done when", text: sentence(capital(initiative.exit)) },
    { term: "Changes", text: effectsText(dossier, initiative) },
    { term: "Risk", text: sentence(capital(initiative.risk)) },
    { term: "Effort depends on", text: sentence(capital(initiative.effort.drivers)) },
  ]
}

/** Why, how much and when, in one domain or once for all. */
function perDomain(dossier: Dossier, ranked: RankedInitiative): { term: string; text: Text }[] {
  const where = ranked.domain === undefined ? "For all domains" : dossier.domainName(ranked.domain)
  const set = ranked.overridden ? ` Set by hand: ${sentence(dossier.anonymous(ranked.overridden))}` : ""
  const effort = `${effortText(ranked.effort)} person-days (${ranked.effortBasis}).`
  return [{ term: where, text: [...whenText(dossier, ranked), ` ${effort} `, ...whyText(dossier, ranked), set] }]
}

function whyText(dossier: Dossier, ranked: RankedInitiative): (string | Span)[] {
  const links = ranked.findings.flatMap((finding, index): (string | Span)[] => {
    const name = dossier.rule(finding.rule)?.name ?? finding.rule
    const where = finding.domain === ranked.domain ? "" : inDomain(dossier, finding.domain)
    return [index ? "; " : "", { text: `${finding.rule} ${name}`, to: anchors.finding(finding) }, where]
  })
  const needed = ranked.neededBy.length > 0 ? ` Needed by ${ranked.neededBy.join(", ")}.` : ""
  return [
    ...(links.length > 0 ? ["Because of ", ...links, "."] : []),
    needed,
    ` Rank ${ranked.rank}${ranked.reason ? `: ${sentence(ranked.reason)}` : "."}`,
  ]
}

function whenText(dossier: Dossier, ranked: RankedInitiative): (string | Span)[] {
  const placed = dossier.assessment.plan.waves.flatMap((wave) =>
    wave.items.filter((item) => item.id === ranked.id && item.domain === ranked.domain).map((item) => ({ wave, item })),
  )
  const [first] = placed
  if (!first) return [{ text: "Not in the waves planned.", bold: true }]
  const again = placed.length > 1 ? `, and again in every wave until ${placed.at(-1)?.wave.number}` : ""
  return [
    { text: waveTitle(first.wave), to: anchors.wave(first.wave.number) },
    `, ${monthsText(first.item.start, first.item.finishLate)}${again}.`,
  ]
}

function effectsText(dossier: Dossier, { effects }: Initiative): string {
  if (effects.length === 0) return "No answer directly; it makes other initiatives possible or the picture clearer."
  return `Raises ${effects.map((effect) => `${dossier.asked(effect.question)} to level ${effect.level}`).join("; ")}.`
}
