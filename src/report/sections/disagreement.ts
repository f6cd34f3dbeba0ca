import type { Consensus, DomainResult, PerceptionGap } from "../../assessment/result.ts"
import type { Block, Section, TableRow } from "../blocks.ts"
import { countedAnswers, drawSpread, type SpreadRow } from "../charts/spread.ts"
import { type Dossier, questionLink } from "../dossier.ts"
import { count, sentence, whole } from "../wording.ts"

const perChart = 12
/** A mean over fewer questions says nothing about a dimension. */
const fewestShared = 2

/** Where roles see different things, what was agreed, and where leadership and engineers describe different organisations. */
export function writeDisagreement(dossier: Dossier): Section {
  const domains = dossier.assessment.domains.filter((domain) => spreadOf(domain).length > 0)
  return {
    id: "disagreement",
    title: "Where the answers differ",
    starts: "page",
    blocks: [
      {
        type: "paragraph",
        text: "Roles disagree, not persons. A question is disputed when its answers lie two levels or more apart. There are three usual causes, and each has its own cure: a different scope (split the domain), a different reading (repair the wording and ask again), or different knowledge (ask for evidence).",
      },
      ...(domains.length === 0
        ? [{ type: "paragraph" as const, text: "No question has answers two levels or more apart." }]
        : []),
      ...domains.flatMap((domain) => domainBlocks(dossier, domain)),
      ...perceptionBlocks(dossier),
    ],
  }
}

/** Questions with answers two levels or more apart, decided or not, the widest first. */
function spreadOf(domain: DomainResult): Consensus[] {
  return domain.consensus
    .filter((each) => each.range >= 2 && each.state !== "skipped")
    .sort((a, b) => b.range - a.range || b.deviation - a.deviation)
}

function domainBlocks(dossier: Dossier, domain: DomainResult): Block[] {
  const all = spreadOf(domain)
  const shown = all.slice(0, perChart)
  const open = all.filter((each) => each.disputed).length
  const title = `${domain.name}: ${count(open, "question")} disputed, ${all.length - open} settled by a decision`
  const decided = shown.filter((each) => each.state === "decided")
  return [
    {
      type: "chart",
      id: `spread-${domain.domain}`,
      drawing: drawSpread(
        shown.map((each) => rowOf(dossier, each)),
        471,
        title,
      ),
      note: `Each chip is one role's answer. The frame marks the level that counts: thin for the role-weighted median, bold for a decision.${all.length > shown.length ? ` ${count(all.length - shown.length, "more is", "more are")} among all answers at the end.` : ""}`,
    },
    ...(decided.length > 0 ? [decisionsTable(dossier, domain, decided)] : []),
  ]
}

function rowOf(dossier: Dossier, consensus: Consensus): SpreadRow {
  const given = consensus.solo.flatMap((solo) =>
    solo.anchor === undefined || solo.hidden ? [] : [{ role: solo.role, level: solo.anchor }],
  )
  return {
    id: consensus.question,
    name: dossier.question(consensus.question)?.short ?? "",
    answers: countedAnswers(given),
    ...(consensus.anchor === undefined ? {} : { agreed: consensus.anchor }),
    decided: consensus.state === "decided",
  }
}

function decisionsTable(dossier: Dossier, domain: DomainResult, decided: readonly Consensus[]): Block {
  return {
    type: "table",
    caption: `What was agreed in ${domain.name}, and why`,
    columns: [
      { label: "Question", kind: "text", share: 3 },
      { label: "Level", kind: "number", share: 0.9 },
      { label: "Rationale", kind: "text", share: 4 },
      { label: "Dissent", kind: "text", share: 3 },
    ],
    rows: decided.map((each): TableRow => ({
      cells: [
        [questionLink(domain.domain, each.question), ` ${dossier.question(each.question)?.short ?? ""}`],
        each.anchor === undefined ? "–" : `${each.anchor}`,
        dossier.anonymous(each.rationale ?? ""),
        dossier.anonymous(each.dissent ?? "none noted"),
      ],
    })),
  }
}

function perceptionBlocks(dossier: Dossier): Block[] {
  const all = dossier.assessment.domains.flatMap((domain) => domain.perceptionGaps.map((gap) => ({ domain, gap })))
  const gaps = all.filter(({ gap }) => gap.sharedQuestions.length >= fewestShared)
  if (gaps.length === 0) return []
  const names = new Map(dossier.questionnaire.dimensions.map((dimension) => [dimension.id, dimension.name]))
  return [
    { type: "heading", level: 2, text: "Leadership and engineers", id: "perception" },
    {
      type: "paragraph",
      text: "Mean levels over the questions that both sides answered, where there are at least two. A difference of one level or more over several questions means that decisions are taken about another organisation than the one that exists.",
    },
    {
      type: "table",
      caption: "Perception gaps by dimension",
      columns: [
        { label: "Dimension", kind: "text", share: 4 },
        { label: "Domain", kind: "text", share: 2 },
        { label: "Leadership", kind: "number", share: 1.8 },
        { label: "Engineers", kind: "number", share: 1.7 },
        { label: "What it says", kind: "text", share: 5 },
      ],
      rows: [...gaps]
        .sort((a, b) => Math.abs(b.gap.difference) - Math.abs(a.gap.difference))
        .map(({ domain, gap }) => ({
          cells: [
            names.get(gap.dimension) ?? gap.dimension,
            domain.name,
            levelText(gap.executives),
            levelText(gap.practitioners),
            sentence(gapWords(gap)),
          ],
        })),
    },
  ]
}

/** Means of levels are shown to the half: nobody measured them finer. */
function levelText(level: number): string {
  const half = Math.round(level * 2) / 2
  if (Number.isInteger(half)) return whole(half)
  return half < 1 ? "½" : `${Math.floor(half)}½`
}

function gapWords(gap: PerceptionGap): string {
  const size = Math.abs(gap.difference)
  const questions = count(gap.sharedQuestions.length, "shared question")
  if (size < 0.5) return `Both see much the same (${questions})`
  const who =
    gap.difference > 0 ? "Leadership sees it better than the engineers do" : "The engineers see it better than leadership does"
  return `${who}, by ${size >= 1 ? "a level or more" : "about half a level"} (${questions})`
}
