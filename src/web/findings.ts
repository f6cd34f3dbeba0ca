import type { Severity } from "../assessment/model.ts"
import type { Evidence, Finding, Unjudged } from "../assessment/result.ts"
import { answersHref } from "./listing.ts"
import { computedPage, engagementFrame, type EngagementVisit, mayChange } from "./engagement.ts"
import { levelText } from "./levels.ts"
import { changeHref } from "./plan.ts"
import { page } from "./respond.ts"
import { assessmentOf, capital, chosenDomain, domainLinks, isUnanswered, namesOf } from "./results.ts"

const ORDER: readonly Severity[] = ["critical", "high", "medium", "opportunity", "positive", "information"]

/** What the answers say about a domain, by theme, each with the answers that fired it; then what cannot be judged yet. */
export const showFindings = computedPage((visit) => {
  const result = assessmentOf(visit.stored)
  const domain = chosenDomain(visit, result)
  const frame = engagementFrame(visit, "findings", `Findings: ${domain?.name ?? ""}`, { width: "wide" })
  if (domain === undefined) return page("engagements/no-domain", frame, { home: visit.home, mayChange: mayChange(visit) })
  const all = [...domain.findings, ...result.organisation.findings]
  const severity = ORDER.find((one) => one === visit.query["severity"])
  const shown = all.filter((finding) => severity === undefined || finding.severity === severity)
  const unjudged = isUnanswered(visit.stored) ? [] : [...domain.cannotBeJudged, ...result.organisation.cannotBeJudged]
  return page("results/findings", frame, {
    name: domain.name,
    domains: domainLinks(visit, "findings", domain),
    severities: severityLinks(visit, domain.domain, all, severity),
    themes: themesOf(visit, shown),
    count: all.length,
    unjudged: unjudged.map((rule) => unjudgedView(visit, rule, domain.domain)),
    home: visit.home,
    mayChange: mayChange(visit),
  })
})

/** How many findings there are of each severity, each a link that shows only those. */
const severityLinks = (visit: EngagementVisit, domain: string, all: readonly Finding[], chosen: Severity | undefined) => {
  const link = (severity: Severity | undefined, text: string, count: number) => ({
    href: `${visit.home}/findings?${new URLSearchParams({ domain, ...(severity !== undefined && { severity }) }).toString()}`,
    text: `${count} ${text}`,
    tone: severity ?? "",
    current: severity === chosen,
  })
  const counted = ORDER.map((severity) => ({ severity, count: all.filter((one) => one.severity === severity).length }))
  return [
    link(undefined, "in all", all.length),
    ...counted.filter(({ count }) => count > 0).map(({ severity, count }) => link(severity, severity, count)),
  ]
}

/** Themes with a finding, those with the most severe one first. */
const themesOf = (visit: EngagementVisit, findings: readonly Finding[]) => {
  const bySeverity = findings.toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
  return [...Map.groupBy(bySeverity, ({ theme }) => theme)].map(([id, list]) => ({
    id,
    name: namesOf(visit.stored).theme(id),
    findings: list.map((finding) => findingView(visit, finding)),
  }))
}

const findingView = (visit: EngagementVisit, finding: Finding) => {
  const names = namesOf(visit.stored)
  const initiatives = visit.stored.questionnaire.initiatives
  return {
    rule: finding.rule,
    name: finding.name,
    text: finding.finding,
    severity: finding.severity,
    gate: finding.gate,
    everywhere: finding.domain === undefined,
    evidence: finding.evidence.map((evidence) => evidenceView(visit, finding.domain, evidence)),
    initiatives: finding.initiatives.map((id) => ({
      text: `${id} ${names.initiative(id)}`,
      href: changeHref(visit, id, initiatives.find((one) => one.id === id)?.scope === "domain" ? finding.domain : undefined),
    })),
  }
}

const evidenceView = (visit: EngagementVisit, domain: string | undefined, evidence: Evidence) => {
  const names = namesOf(visit.stored)
  const question = evidence.question === undefined ? undefined : names.question(evidence.question)
  return {
    question: question && {
      text: `${question.id} ${question.short}`,
      href: domain === undefined ? undefined : answersHref(visit, domain, question.id),
    },
    level:
      question && evidence.anchor !== undefined
        ? { anchor: evidence.anchor, text: levelText(question, evidence.anchor) }
        : undefined,
    rows: (evidence.rows ?? []).join(", "),
    fact: capital(evidence.fact ?? ""),
    comments: evidence.comments.map(({ role, text }) => ({ role: names.role(role), text })),
  }
}

const unjudgedView = (visit: EngagementVisit, rule: Unjudged, domain: string) => ({
  rule: rule.rule,
  name: rule.name,
  ask: rule.ask.map((id) => ({
    href: answersHref(visit, rule.domain ?? domain, id),
    text: `${id} ${namesOf(visit.stored).short(id)}`,
  })),
})
