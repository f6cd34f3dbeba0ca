import type { Evidence, Finding } from "../assessment/result.ts"
import { answersHref } from "./answers.ts"
import { engagementFrame, type EngagementVisit, inEngagement } from "./engagement.ts"
import { levelText } from "./levels.ts"
import { page } from "./respond.ts"
import { chosenDomain, domainLinks, namesOf, assessmentOf } from "./results.ts"

const ORDER = ["critical", "high", "medium", "opportunity", "positive", "information"] as const

/** What the answers say about a domain, by theme, each with the answers that fired it; then what cannot be judged yet. */
export const showFindings = inEngagement((visit) => {
  const result = assessmentOf(visit.stored)
  const domain = chosenDomain(visit, result)
  const names = namesOf(visit.stored)
  const findings = [...(domain?.findings ?? []), ...result.organisation.findings]
  const themes = visit.stored.questionnaire.themes.map((theme) => ({
    id: theme.id,
    name: theme.name,
    findings: findings
      .filter((finding) => finding.theme === theme.id)
      .toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
      .map((finding) => findingView(visit, finding)),
  }))
  const unjudged = [...(domain?.cannotBeJudged ?? []), ...result.organisation.cannotBeJudged].map((rule) => ({
    rule: rule.rule,
    name: rule.name,
    ask: rule.ask.map((id) => ({
      href: answersHref(visit, rule.domain ?? domain?.domain ?? "", id, "all"),
      text: `${id} ${names.short(id)}`,
    })),
  }))
  return page("results/findings", engagementFrame(visit, "findings", `Findings: ${domain?.name ?? ""}`), {
    name: domain?.name,
    domains: domainLinks(visit, "findings", domain),
    themes: themes.filter((theme) => theme.findings.length > 0),
    count: findings.length,
    unjudged,
    home: visit.home,
  })
})

const findingView = (visit: EngagementVisit, finding: Finding) => {
  const names = namesOf(visit.stored)
  return {
    rule: finding.rule,
    name: finding.name,
    text: finding.finding,
    severity: finding.severity,
    gate: finding.gate,
    everywhere: finding.domain === undefined,
    evidence: finding.evidence.map((evidence) => evidenceView(visit, finding.domain, evidence)),
    initiatives: finding.initiatives.map((id) => `${id} ${names.initiative(id)}`),
  }
}

const evidenceView = (visit: EngagementVisit, domain: string | undefined, evidence: Evidence) => {
  const names = namesOf(visit.stored)
  const question = evidence.question === undefined ? undefined : names.question(evidence.question)
  return {
    question: question && {
      text: `${question.id} ${question.short}`,
      href: domain === undefined ? undefined : answersHref(visit, domain, question.id, "all"),
    },
    level:
      question && evidence.anchor !== undefined
        ? { anchor: evidence.anchor, text: levelText(question, evidence.anchor) }
        : undefined,
    rows: (evidence.rows ?? []).join(", "),
    fact: evidence.fact ?? "",
    comments: evidence.comments.map(({ role, text }) => ({ role: names.role(role), text })),
  }
}
