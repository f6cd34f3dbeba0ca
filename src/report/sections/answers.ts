import type { Question } from "../../assessment/model.ts"
import type { Consensus, DomainResult, SoloAnswer } from "../../assessment/result.ts"
import type { Block, Section, Span, TableRow, Text } from "../blocks.ts"
import { anchors, answerText, type Dossier } from "../dossier.ts"
import { capital, count, evidenceWords, sentence, shorten } from "../wording.ts"

/** Answers listed one by one; more are counted by role and level. */
const listed = 8
const commentsShown = 4

/** Every question with its solo answers by role, their spread, and what counts. */
export function writeAnswers(dossier: Dossier): Section {
  return {
    id: "answers",
    title: "Every question and its answers",
    starts: "page",
    blocks: [
      {
        type: "paragraph",
        text: `Answers are given by role. Levels run from 0 to 4. Where nothing was decided, the role-weighted lower median counts; a decision takes its place and its reason is kept, with any dissent.${dossier.terse ? " Comments are with the findings they led to; the result file holds them all." : ""}`,
      },
      ...dossier.assessment.domains.flatMap((domain) => domainBlocks(dossier, domain)),
    ],
  }
}

function domainBlocks(dossier: Dossier, domain: DomainResult): Block[] {
  const byQuestion = new Map(domain.consensus.map((each) => [each.question, each]))
  return [
    { type: "heading", level: 2, text: domain.name, id: `answers-${domain.domain}` },
    ...dossier.questionnaire.dimensions.flatMap((dimension): Block[] => {
      const questions = dossier.questionnaire.questions.filter((question) => question.dimension === dimension.id)
      const rows = questions.flatMap((question) => {
        const consensus = byQuestion.get(question.id)
        return consensus ? [rowOf(dossier, domain, question, consensus)] : []
      })
      if (rows.length === 0) return []
      return [
        {
          type: "table",
          caption: `${domain.name}: ${dimension.name}`,
          columns: [
            { label: "Question", kind: "text", share: 2.9 },
            { label: "Counts as", kind: "text", share: 3.2 },
            { label: "Answers by role", kind: "text", share: 4.4 },
            { label: "Decision, spread", kind: "text", share: 2.5 },
          ],
          rows,
        },
      ]
    }),
  ]
}

function rowOf(dossier: Dossier, domain: DomainResult, question: Question, consensus: Consensus): TableRow {
  return {
    id: anchors.question(domain.domain, question.id),
    cells: [
      [{ text: question.id, bold: true }, ` ${question.short}`],
      countsAs(dossier, domain, question, consensus),
      soloText(dossier, question, consensus),
      decisionText(dossier, consensus),
    ],
  }
}

function countsAs(dossier: Dossier, domain: DomainResult, question: Question, consensus: Consensus): Text {
  if (consensus.state === "skipped") return `Skipped: ${consensus.skippedBecause ?? "by rule"}`
  if (consensus.state === "not-applicable") return "Not applicable"
  if (consensus.state === "dont-know") return consensus.blindSpot ? "Nobody knows (blind spot)" : "Nobody knows"
  if (consensus.state === "unanswered") return "Not answered"
  const level: (string | Span)[] =
    consensus.anchor === undefined ? ["Not scored"] : [{ text: `Level ${consensus.anchor}`, bold: true }]
  const figure =
    consensus.number === undefined || question.type !== "number" ? [] : [`, ${answerText(question, consensus.number)}`]
  const rows = dossier.engagement.inventories.find((each) => each.domain === domain.domain && each.question === question.id)?.rows
  const inventory: (string | Span)[] =
    question.type === "table" && rows
      ? [", ", { text: count(rows.length, "row"), to: `inventory-${anchors.question(domain.domain, question.id)}` }]
      : []
  const option =
    question.type === "single" && consensus.anchor !== undefined
      ? `: ${shorten(answerText(question, consensus.anchor), 120)}`
      : ""
  return [...level, ...figure, ...inventory, `${option}\nEvidence: ${evidenceWords[consensus.evidence]}.`]
}

function soloText(dossier: Dossier, question: Question, consensus: Consensus): Text {
  if (consensus.solo.length === 0) return "–"
  if (consensus.solo.length > listed) return groupedText(dossier, consensus)
  return consensus.solo.flatMap((solo, index): (string | Span)[] => [
    index ? "\n" : "",
    { text: `${solo.role}${solo.hidden ? " (not counted)" : ""}: `, bold: true },
    saidText(question, solo),
    solo.comment && !dossier.terse ? quoted(dossier, solo.comment) : "",
    ...(dossier.terse ? [] : shownLinks(solo)),
  ])
}

/** A mail address would name a person, which the report never does. */
function shownLinks({ links = [] }: SoloAnswer): readonly Span[] {
  return links.filter((link) => !/^mailto:/i.test(link)).map((link) => ({ text: `\n${shorten(link, 90)}`, href: link }))
}

/** Many answers: how many of each role at each level, and the first comments. */
function groupedText(dossier: Dossier, consensus: Consensus): Text {
  const byRole = Map.groupBy(consensus.solo, (solo) => solo.role)
  const lines = [...byRole].flatMap(([role, answers], index): (string | Span)[] => {
    const byLevel = Map.groupBy(answers, (solo) => (solo.anchor === undefined ? solo.status : `level ${solo.anchor}`))
    const said = [...byLevel]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([level, same]) => `${same.length} × ${level.replace("-", " ")}`)
    return [index ? "\n" : "", { text: `${role}: `, bold: true }, `${said.join(", ")}.`]
  })
  const comments = [...new Set(consensus.solo.flatMap((solo) => solo.comment ?? []))]
  const shown = dossier.terse ? [] : comments.slice(0, commentsShown)
  const rest = comments.length - shown.length
  const more = rest > 0 ? [`\n${count(rest, shown.length > 0 ? "further comment" : "comment")}.`] : []
  return [...lines, ...shown.flatMap((comment) => ["\n", quoted(dossier, comment)]), ...more]
}

function quoted(dossier: Dossier, comment: string): Span {
  return { text: ` “${shorten(dossier.anonymous(comment), 400)}”`, italic: true }
}

function saidText(question: Question, solo: SoloAnswer): string {
  if (solo.status === "dont-know") return "don’t know."
  if (solo.status === "not-applicable") return `not applicable${solo.reason ? ` (${solo.reason})` : ""}.`
  const words = solo.value === undefined ? "" : answerText(question, solo.value)
  const level = solo.anchor === undefined ? "" : `level ${solo.anchor}`
  if (question.type === "single" || !words) return `${level || "answered"}.`
  return `${level ? `${level}, ` : ""}${sentence(shorten(words, 300))}`
}

function decisionText(dossier: Dossier, consensus: Consensus): string {
  const spread = consensus.range >= 2 ? `${consensus.range} levels apart${consensus.disputed ? ", disputed" : ""}.` : ""
  if (consensus.state !== "decided") return spread || "–"
  const dissent = consensus.dissent ? ` Dissent: ${sentence(dossier.anonymous(consensus.dissent))}` : ""
  const median =
    consensus.median !== undefined && consensus.median !== consensus.anchor ? ` Median of the answers: ${consensus.median}.` : ""
  return `Agreed. ${sentence(capital(dossier.anonymous(consensus.rationale ?? "")))}${dissent}${median} ${spread}`.trim()
}
