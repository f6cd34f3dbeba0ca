import type { Block, Section } from "../blocks.ts"
import { slug } from "../dossier.ts"

const steps: readonly { readonly title: string; readonly items: readonly string[] }[] = [
  {
    title: "Before the parallel run",
    items: [
      "The contract is agreed by producer and consumers.",
      "Both paths start from the same recorded point: a snapshot and a position in the log.",
      "History is loaded and state is built.",
      "Clocks and time zones are aligned.",
      "The gate for personal data is passed.",
      "There is capacity for double load.",
      "Comparison keys and a tolerance per field are written down: exact for keys and money, a stated tolerance for windowed figures.",
      "Known differences are listed: which old bugs are kept, corrected or accepted.",
    ],
  },
  {
    title: "During the parallel run",
    items: [
      "Compare by key for a sample; by count, control total and distinct keys for everything.",
      "Compare at event-time cut-offs after lateness has passed, never at wall-clock time.",
      "Classify each difference: late, rule, rounding, duplicate, missing, old bug.",
      "Track freshness, lag, state size, checkpoint time and restarts.",
      "Run through a weekend, a month end, a release of the source, a forced failure with recovery, and a replay.",
    ],
  },
  {
    title: "Go or no go",
    items: [
      "Unexplained differences stayed under the tolerance for two to four weeks.",
      "The freshness target is met at the 95th percentile.",
      "The run book is written and somebody is on call.",
      "Rollback has been rehearsed and timed.",
      "Consumers have signed.",
      "The cost per day is known.",
    ],
  },
  {
    title: "Cutover",
    items: [
      "Changes of structure are frozen.",
      "Readers are switched by view, topic alias or catalog pointer, the reader with the lowest risk first.",
      "The old path keeps running, read-only.",
      "One full business cycle is watched.",
      "Consumers that cannot take back changes get the append-only or the snapshot form.",
    ],
  },
  {
    title: "After",
    items: [
      "The old path is switched off within 60 days.",
      "Access, copies and licences are removed; what must be kept is archived.",
      "The saving is booked.",
      "The estimate is compared with the actual effort, and the effort model corrected.",
    ],
  },
]

const patterns: readonly { readonly term: string; readonly text: string }[] = [
  { term: "Strangler", text: "Move sink by sink; each keeps its old path until its own cutover." },
  {
    term: "Blue and green",
    text: "Two versions of the output tables for the part of the graph that changes; raw feeds stay as they are.",
  },
  { term: "Shadow", text: "For regulated figures: the new path runs and reports, and nobody acts on it yet." },
  { term: "No dual write", text: "An application never writes to database and log itself: an outbox or change capture does." },
  { term: "Backfill", text: "Where the log is kept for a short time only: load a table snapshot, then switch to the log." },
  { term: "Expand and contract", text: "Change structure in steps: add the new form, move the readers, remove the old form." },
]

/** The checklist every product goes through, from parallel run to switching off. */
export function writeCutover(): Section {
  return {
    id: "cutover",
    title: "Parallel run and cutover checklist",
    starts: "page",
    blocks: [
      {
        type: "paragraph",
        text: "A wave ends with the old path switched off, not with the new one switched on. Use one copy of this list per product.",
      },
      { type: "columns", shares: [1, 1], left: steps.slice(0, 2).flatMap(stepBlocks), right: steps.slice(2).flatMap(stepBlocks) },
      { type: "heading", level: 2, small: true, text: "Patterns", id: "cutover-patterns" },
      { type: "facts", items: patterns },
    ],
  }
}

function stepBlocks(step: (typeof steps)[number]): Block[] {
  return [
    { type: "heading", level: 2, small: true, text: step.title, id: slug(`cutover-${step.title}`) },
    { type: "checklist", items: step.items },
  ]
}
