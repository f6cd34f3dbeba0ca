/** What an engagement says about a domain, as the plan of its estate looks at it; nothing of it has to be there. */
import type { Anchor, Cell, Engagement, QuestionId, Questionnaire, Row, TableQuestion } from "../../assessment/model.ts"
import { namesIn } from "../../assessment/question-types/table.ts"
import type { Assessment } from "../../assessment/result.ts"

/** Its second figure is the days for a pipeline that streams. */
const PIPELINE_DAYS: QuestionId = "LEA-04"

export interface DomainFacts {
  readonly domain: string
  /** Level of today; absent where nobody knows. */
  anchor(question: QuestionId): Anchor | undefined
  rows(question: QuestionId): readonly Row[]
  /** Days that a streaming pipeline takes, as answered (LEA-04). */
  readonly streamingDays?: number
}

/** Gives the facts of a domain; a domain that the engagement does not have has none. */
export function factsByDomain(engagement: Engagement, assessment: Assessment): (domain: string) => DomainFacts {
  const known = new Map<string, DomainFacts>()
  return (domain) => {
    const facts = known.get(domain) ?? factsOf(engagement, assessment, domain)
    known.set(domain, facts)
    return facts
  }
}

/** The table question of an id, where the questionnaire asks one. */
export function tableQuestion(questionnaire: Questionnaire, id: QuestionId): TableQuestion | undefined {
  const question = questionnaire.questions.find((each) => each.id === id)
  return question?.type === "table" ? question : undefined
}

/** A cell's number. */
export const numberIn = (cell: Cell | undefined): number | undefined => (typeof cell === "number" ? cell : undefined)

/** A cell's text; blank counts as none. */
export const textIn = (cell: Cell | undefined): string | undefined =>
  typeof cell === "string" && cell.trim() !== "" ? cell.trim() : undefined

/** The names in a cell, separated by semicolons, commas or line breaks. */
export const listIn = (cell: Cell | undefined): readonly string[] =>
  typeof cell === "string" ? namesIn(cell.replaceAll(/[,\n]/g, ";")) : []

/** Names are compared without regard to case and surrounding blanks. */
export const nameKey = (name: string): string => name.trim().toLowerCase()

function factsOf(engagement: Engagement, assessment: Assessment, domain: string): DomainFacts {
  const consensus = assessment.domains.find((each) => each.domain === domain)?.consensus ?? []
  const anchors = new Map(consensus.map(({ question, anchor }) => [question, anchor]))
  const streamingDays = consensus.find(({ question }) => question === PIPELINE_DAYS)?.companion
  const here = engagement.inventories.filter((each) => each.domain === domain)
  return {
    domain,
    anchor: (question) => anchors.get(question),
    rows: (question) => here.find((each) => each.question === question)?.rows ?? [],
    ...(streamingDays === undefined ? {} : { streamingDays }),
  }
}
