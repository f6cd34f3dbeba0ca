import type { Evidence, Finding, Unjudged } from "../../assessment/result.ts"
import type { Block, Section, Span, Text } from "../blocks.ts"
import { answerText, anchors, type Dossier, inDomain, initiativeLink, questionLink } from "../dossier.ts"
import { count, sentence, severityOrder, shorten, someOf } from "../wording.ts"

const quotesShown = 2
const domainsQuoted = 3
const asked = 6

/** Findings by theme, the most severe first, each with the answers that led to it in the respondents' own words. */
export function writeFindings(dossier: Dossier): Section {
  const all = allFindings(dossier)
  const bySeverity = severityOrder.flatMap((severity) => {
    const number = all.filter((finding) => finding.severity === severity).length
    return number === 0 ? [] : [{ value: `${number}`, label: severity }]
  })
  return {
    id: "findings",
    title: "Findings, and the answers behind them",
    starts: "page",
    blocks: [
      {
        type: "paragraph",
        text: `${count(all.length, "finding")}, grouped by theme. Each names the answers that led to it; a finding is as sure as those answers are.`,
      },
      ...(bySeverity.length > 0 ? [{ type: "figures" as const, items: bySeverity }] : []),
      ...dossier.questionnaire.themes.flatMap((theme) => themeBlocks(dossier, theme, all)),
      ...unjudgedBlocks(dossier),
    ],
  }
}

/** Of the organisation first, then of each domain in order. */
export function allFindings(dossier: Dossier): Finding[] {
  const { organisation, domains } = dossier.assessment
  return [...organisation.findings, ...domains.flatMap((domain) => domain.findings)]
}

function themeBlocks(dossier: Dossier, theme: { id: string; name: string }, all: readonly Finding[]): Block[] {
  const findings = all
    .filter((finding) => finding.theme === theme.id)
    .sort((a, b) => severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity))
  if (findings.length === 0) return []
  const byRule = Map.groupBy(findings, (finding) => finding.rule)
  return [
    { type: "heading", level: 2, text: theme.name, id: `theme-${theme.id}` },
    ...[...byRule.values()].flatMap((same) => findingBlocks(dossier, same)),
  ]
}

/** One rule that fired, in one or several domains: what it means is said once. */
function findingBlocks(dossier: Dossier, same: readonly Finding[]): Block[] {
  const [first] = same
  if (!first) return []
  const initiatives = [...new Set(same.flatMap((finding) => finding.initiatives))]
  const domain = same.find((finding) => finding.domain)?.domain
  const links = initiatives.flatMap((id, index): (string | Span)[] => [index ? ", " : "", plannedLink(dossier, id, domain)])
  return [
    {
      type: "heading",
      level: 3,
      text: first.name,
      id: anchors.finding(first),
      tone: first.severity,
      mark: `${first.severity}${first.gate ? ", gate" : ""}`,
    },
    { type: "paragraph", text: first.finding, keep: true },
    ...(links.length > 0
      ? [
          {
            type: "paragraph" as const,
            style: "small" as const,
            keep: true as const,
            text: [{ text: `${first.rule} leads to `, tone: "muted" as const }, ...links, "."],
          },
        ]
      : []),
    ...same.flatMap((finding, index) => evidenceBlocks(dossier, finding, index)),
  ]
}

function plannedLink(dossier: Dossier, id: string, domain: string | undefined): Span {
  const scoped = dossier.initiative(id)?.scope === "domain" ? domain : undefined
  return initiativeLink(dossier, id, scoped)
}

function evidenceBlocks(dossier: Dossier, finding: Finding, index: number): Block[] {
  const facts = finding.evidence.map((evidence) => evidenceText(dossier, finding, evidence)).filter((text) => text.length > 0)
  const said = finding.evidence.flatMap((evidence) =>
    evidence.comments.map((comment) => ({ ...comment, question: evidence.question })),
  )
  const quotes = [...new Map(said.map((comment) => [comment.text, comment])).values()].slice(
    0,
    dossier.terse && index >= domainsQuoted ? 0 : quotesShown,
  )
  const where =
    dossier.engagement.domains.length > 1
      ? `${finding.domain === undefined ? "The organisation" : dossier.domainName(finding.domain)}. `
      : ""
  return [
    {
      type: "facts",
      ...(index > 0 ? { id: anchors.finding(finding) } : {}),
      items: [
        { term: where.replace(/\. $/, "") || "Evidence", text: facts.flatMap((text, index) => [index ? "\n" : "", ...text]) },
      ],
    },
    ...quotes.map((quote): Block => ({
      type: "quote",
      text: shorten(dossier.anonymous(quote.text), 320),
      source: `${capitalised(dossier.role(quote.role))}${quote.question ? `, on ${dossier.asked(quote.question)}` : ""}`,
    })),
  ]
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** "DQC-05 Loss would be noticed, level 0: we find out when customers call". */
export function evidenceText(dossier: Dossier, finding: Pick<Finding, "domain">, evidence: Evidence): Exclude<Text, string> {
  const { question: id, anchor, rows, fact } = evidence
  if (id === undefined) return fact ? [sentence(dossier.named(fact))] : []
  const question = dossier.question(id)
  const link = finding.domain === undefined ? { text: id } : questionLink(finding.domain, id)
  const option = anchor === undefined || question?.type !== "single" ? "" : answerText(question, anchor)
  const level = anchor === undefined ? "" : `, level ${anchor}`
  const listed = rows && rows.length > 0 ? `: ${someOf(rows, 4)}` : option ? `: ${shorten(option, 150)}` : fact ? `: ${fact}` : ""
  return [
    link,
    sentence(` ${question?.short ?? ""}${level}${listed}`)
      .replace(/^/, " ")
      .replace(/^ +/, " "),
  ]
}

function unjudgedBlocks(dossier: Dossier): Block[] {
  const { organisation, domains } = dossier.assessment
  const all = [...organisation.cannotBeJudged, ...domains.flatMap((domain) => domain.cannotBeJudged)]
  if (all.length === 0) return []
  return [
    { type: "heading", level: 2, text: "What cannot be judged yet", id: "unjudged" },
    {
      type: "paragraph",
      text: "An answer is missing for these. They are neither true nor false, and a later answer can add them to the plan.",
    },
    {
      type: "table",
      caption: "Findings that wait for an answer",
      columns: [
        { label: "Finding", kind: "text", share: 4 },
        { label: "Ask", kind: "text", share: 5 },
      ],
      rows: all.map((each) => ({
        cells: [`${each.rule} ${each.name}${inDomain(dossier, each.domain)}`, askText(dossier, each)],
      })),
    },
  ]
}

/** The first questions to ask; a rule over an index would ask for all of its questions. */
function askText(dossier: Dossier, { ask, domain }: Unjudged): Text {
  const shown = ask.slice(0, asked).flatMap((id, index): (string | Span)[] => {
    const between = index ? ", " : ""
    if (domain === undefined) return [between, dossier.asked(id)]
    return [between, questionLink(domain, id), ` ${dossier.question(id)?.short ?? ""}`]
  })
  return ask.length > asked ? [...shown, ` and ${ask.length - asked} more`] : shown
}
