/** Gates that nothing in the catalogue opens: what they hold back until people settle them (R37). */
import { judge } from "./conditions.ts"
import type { Finding } from "./result.ts"
import type { Questionnaire } from "./model.ts"
import { isPilot, migrates } from "./moving.ts"
import type { Candidate } from "./ranking.ts"
import { type Situation, actsOn, raised } from "./situation.ts"

/**
 * Why candidates must not be planned, by key. A gate that would still hold after the effects of its own initiatives waits
 * for a decision, not for work: nothing but a pilot moves in its domain, and nothing after the pilot is planned.
 */
export function holdBack(
  questionnaire: Questionnaire,
  situations: readonly Situation[],
  candidates: readonly Candidate[],
): ReadonlyMap<string, string> {
  const gates = new Map(situations.map((situation) => [situation.domain, closedGate(questionnaire, situation)]))
  const held = new Map<string, string>()
  for (const { key, initiative, domain } of candidates) {
    if (initiative.stage < 2 && (isPilot(initiative) || !migrates(initiative))) continue
    const closed = actsOn(situations, domain).map((situation) => gates.get(situation.domain))
    const [gate] = closed
    if (gate !== undefined && closed.every((each) => each !== undefined)) held.set(key, inWords(gate))
  }
  return held
}

function closedGate(questionnaire: Questionnaire, situation: Situation): Finding | undefined {
  return situation.findings.find((finding) => finding.gate && staysClosed(questionnaire, situation, finding))
}

function staysClosed(questionnaire: Questionnaire, situation: Situation, finding: Finding): boolean {
  const rule = questionnaire.rules.find((each) => each.id === finding.rule)
  if (rule === undefined) return false
  const effects = questionnaire.initiatives
    .filter((each) => finding.initiatives.includes(each.id))
    .flatMap((each) => each.effects)
  const after = raised(situation.anchors, effects, situation.facts)
  return judge(rule.when, { ...situation.facts, anchor: (question) => after.get(question) }).truth === true
}

function inWords({ rule, name }: Finding): string {
  return `held back by ${rule} (${name}): nothing beyond a pilot until that is settled`
}
