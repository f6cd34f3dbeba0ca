import type { Engagement, Questionnaire } from "../assessment/model.ts"
import type { Assessment, AxisResult, DomainResult } from "../assessment/result.ts"

/** Worst first. */
const severities = ["critical", "high", "medium", "opportunity", "positive", "information"] as const

/** An assessment in some thirty lines for a terminal. */
export function summaryOf(questionnaire: Questionnaire, engagement: Engagement, assessment: Assessment): string {
  const names = namesOf(questionnaire, engagement)
  const lines = [
    `${engagement.title} · ${engagement.client}`,
    ...assessment.domains.flatMap((domain) => ["", ...domainLines(questionnaire, domain)]),
    "",
    "Next moves",
    ...listed(assessment.plan.moves.map((move) => `${names(move)}, in wave ${move.wave}: ${move.outcome}`)),
    "",
    "Waves",
    ...listed(
      assessment.plan.waves.map(
        (wave) =>
          `${wave.name}, ${wave.start} to ${wave.finish} (${wave.finishLate} at the latest with 80 % confidence): ${[...new Set(wave.items.map((item) => item.id))].join(", ")}`,
      ),
    ),
    "",
    "What to find out next",
    ...listed(
      assessment.next
        .slice(0, 5)
        .map((next) => `${questionText(questionnaire, next.question)} (${next.domain}, ${next.why}, ${next.minutes} min)`),
    ),
    ...(assessment.notices.length > 0 ? ["", ...assessment.notices] : []),
  ]
  return `${lines.join("\n")}\n`
}

function domainLines(questionnaire: Questionnaire, domain: DomainResult): readonly string[] {
  const bySeverity = Map.groupBy(domain.findings, (finding) => finding.severity)
  const counts = severities.flatMap((severity) => {
    const found = bySeverity.get(severity)?.length ?? 0
    return found === 0 ? [] : [`${found} ${severity}`]
  })
  return [
    `${domain.name}: ${domain.position.statement}`,
    ...questionnaire.scoring.axes.map((axis) => `  ${indexLine(axis.name, domain.axes[axis.id])}`),
    `  Target: ${domain.target.wording}`,
    `  Findings: ${counts.length > 0 ? counts.join(", ") : "none"}; not to be judged yet: ${domain.cannotBeJudged.length}`,
    `  Disputed: ${domain.disputed.join(", ") || "none"}`,
    ...domain.position.caveats.map((caveat) => `  ${caveat}`),
  ]
}

function indexLine(name: string, axis: AxisResult | undefined): string {
  if (axis?.capped === undefined) return `${name}: nothing answered yet`
  const interval = axis.interval === undefined ? "" : ` (${Math.round(axis.interval.low)}–${Math.round(axis.interval.high)})`
  const gates = axis.raw === axis.capped ? "" : axis.gates.map((gate) => `; ${gate.because}`).join("")
  const standing = axis.standing === "assessed" ? "" : `; ${axis.standing}`
  return `${name}: ${Math.round(axis.capped)}${interval}, ${Math.floor(axis.coverage * 100)} % of the weight answered${standing}${gates}`
}

function namesOf(questionnaire: Questionnaire, engagement: Engagement) {
  const initiatives = new Map(questionnaire.initiatives.map((initiative) => [initiative.id, initiative.title]))
  const domains = new Map(engagement.domains.map((domain) => [domain.id, domain.name]))
  return ({ id, domain }: { readonly id: string; readonly domain?: string }): string =>
    `${id} ${initiatives.get(id) ?? ""}${domain === undefined ? "" : ` (${domains.get(domain) ?? domain})`}`
}

function questionText(questionnaire: Questionnaire, id: string): string {
  const question = questionnaire.questions.find((each) => each.id === id)
  return `${id} ${question?.short || question?.text || ""}`.trim()
}

function listed(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ["  none"] : lines.map((line, at) => `  ${at + 1}. ${line}`)
}
