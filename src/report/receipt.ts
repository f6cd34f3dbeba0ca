import type { Block, Report, Section, Span, Text } from "./blocks.ts"
import { longDate } from "./wording.ts"

/** One respondent's record of what they said: texts as the page shows them. */
export interface ReceiptInput {
  readonly language: string
  readonly title: string
  readonly client: string
  readonly name: string
  readonly role: string
  /** When the answers were submitted, or that they were not. */
  readonly state: string
  /** ISO date. */
  readonly date: string
  readonly domains: readonly {
    readonly name: string
    readonly open: string
    readonly sections: readonly { readonly name: string; readonly answers: readonly ReceiptAnswer[] }[]
  }[]
}

interface ReceiptAnswer {
  readonly question: string
  readonly text: string
  readonly comment: string | undefined
  readonly links: readonly string[]
  /** Server time of the last save. */
  readonly saved: string
}

/** A respondent's receipt: every answer with the time at which it was saved. */
export function writeReceipt(input: ReceiptInput): Report {
  const answers = input.domains.flatMap(({ sections }) => sections.flatMap((section) => section.answers)).length
  return {
    language: input.language,
    title: input.title,
    client: input.client,
    date: input.date,
    cover: {
      kind: "Receipt of your answers",
      title: input.title,
      client: input.client,
      date: longDate(input.date),
      facts: [
        { term: "Answered by", text: `${input.name}, ${input.role}` },
        { term: "Submitted", text: input.state },
        { term: "Answers", text: String(answers) },
      ],
    },
    sections: input.domains.map(domainSection),
  }
}

function domainSection({ name, open, sections }: ReceiptInput["domains"][number], index: number): Section {
  const tables = sections.map((section): Block => ({
    type: "table",
    caption: section.name,
    columns: [
      { label: "Question", kind: "text", share: 4 },
      { label: "Your answer", kind: "text", share: 5 },
      { label: "Saved", kind: "text", share: 2.2 },
    ],
    rows: section.answers.map((answer) => ({ cells: [answer.question, saidText(answer), answer.saved] })),
  }))
  const none: Block[] = sections.length === 0 ? [{ type: "paragraph", text: "No answers here." }] : []
  const left: Block[] = open === "" ? [] : [{ type: "paragraph", text: open, style: "small" }]
  return { id: `domain-${index + 1}`, title: name, starts: "page", blocks: [...none, ...tables, ...left] }
}

function saidText({ text, comment, links }: ReceiptAnswer): Text {
  const said: (string | Span)[] = [text]
  if (comment !== undefined) said.push({ text: `\n“${comment}”`, italic: true })
  for (const link of links) said.push({ text: `\n${link}`, href: link })
  return said
}
