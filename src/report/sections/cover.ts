import type { DomainResult } from "../../assessment/result.ts"
import type { Cover } from "../blocks.ts"
import { type Dossier, respondentsByRole } from "../dossier.ts"
import { longDate, percent } from "../wording.ts"

/** Who, what, when, and what the report rests on. */
export function writeCover(dossier: Dossier): Cover {
  const { engagement, questionnaire, assessment } = dossier
  const answered = assessment.domains.map((domain) => `${domain.name} ${percent(answeredShare(domain))}`)
  return {
    kind: "Assessment and migration plan",
    title: engagement.title,
    client: engagement.client,
    date: longDate(dossier.date),
    facts: [
      { term: "Scope", text: assessment.domains.map((domain) => domain.name).join(" · ") },
      { term: "Who was asked", text: respondentsByRole(dossier) },
      { term: "Questions answered", text: answered.join(" · ") },
      { term: "Questionnaire", text: `${questionnaire.id} ${questionnaire.version}, scored by engine ${assessment.engine}` },
    ],
  }
}

/** Answered among the questions that apply to a domain, 0–1. */
export function answeredShare(domain: DomainResult): number {
  const applicable = domain.consensus.filter((each) => each.state !== "skipped" && each.state !== "not-applicable")
  const known = applicable.filter((each) => each.state === "answered" || each.state === "decided")
  return applicable.length === 0 ? 0 : known.length / applicable.length
}
