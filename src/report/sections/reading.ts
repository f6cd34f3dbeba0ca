import type { Section, Text } from "../blocks.ts"
import type { Dossier } from "../dossier.ts"

/** What a reader must know to read the rest rightly, in five lines. */
export function writeReading(dossier: Dossier): Section {
  const axes = dossier.questionnaire.scoring.axes.length
  const items: [string, string][] = [
    ["Levels. ", "Each answer stands for a behaviour at a level from 0, the weakest, to 4, the strongest."],
    [
      "Indices. ",
      `${axes} figures from 0 to 100 sum up the levels. They are no marks: compare a domain with its own past and its own target, not with others.`,
    ],
    [
      "How sure. ",
      "The interval behind a figure, such as 34 (28–41), holds 90 of 100 simulated draws. What nobody knows never raises an index.",
    ],
    ["Who said what. ", "Answers are given by role; names of those who were asked are replaced by their role."],
    ["References. ", "DQC-05 is a question, R14 a finding, I16 an initiative; each is a link to where it is explained."],
  ]
  return {
    id: "reading",
    title: "How to read this report",
    starts: "here",
    blocks: [{ type: "list", items: items.map(([term, text]): Text => [{ text: term, bold: true }, text]) }],
  }
}
