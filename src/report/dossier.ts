import type { Domain, Engagement, Initiative, Question, Questionnaire, RoleId, Rule } from "../assessment/model.ts"
import type { Assessment, DomainResult, Finding } from "../assessment/result.ts"
import { questionType } from "../assessment/question-types/register.ts"
import type { Span } from "./blocks.ts"
import { type EstateDossier, type EstateInput, openEstate } from "./estate-dossier.ts"
import { count, series } from "./wording.ts"

const manyDomains = 8

export interface ReportInput {
  readonly questionnaire: Questionnaire
  readonly engagement: Engagement
  readonly assessment: Assessment
  /** ISO date printed on the report. */
  readonly date: string
  /** What runs today and is planned from it; without it the report has no word of it. */
  readonly estate?: EstateInput
}

/** The input, and everything a section looks up by id. */
export interface Dossier extends Omit<ReportInput, "estate"> {
  readonly estate: EstateDossier | undefined
  /** With many domains quotes are kept for the findings, and only for the first few domains of each. */
  readonly terse: boolean
  question(id: string): Question | undefined
  initiative(id: string): Initiative | undefined
  rule(id: string): Rule | undefined
  /** Name of a role; the id where the questionnaire has none. */
  role(id: RoleId): string
  domainName(id: string | undefined): string
  result(domain: string): DomainResult | undefined
  /** "DQC-05 Loss would be noticed". */
  asked(id: string): string
  /** Ids of axes, dimensions and quadrants in a sentence of the engine replaced by their names. */
  named(text: string): string
  /** Names of respondents replaced by their role: the report never names a person. */
  anonymous(text: string): string
}

export function openDossier(input: ReportInput): Dossier {
  const { questionnaire, engagement, assessment } = input
  const questions = byId(questionnaire.questions)
  const initiatives = byId(questionnaire.initiatives)
  const rules = byId(questionnaire.rules)
  const roles = byId(questionnaire.roles)
  const domains = byId<Domain>(engagement.domains)
  const results = new Map(assessment.domains.map((domain) => [domain.domain, domain]))
  const role = (id: string): string => roles.get(id)?.name ?? id
  return {
    ...input,
    estate: input.estate && openEstate(input.estate),
    terse: engagement.domains.length > manyDomains,
    question: (id) => questions.get(id),
    initiative: (id) => initiatives.get(id),
    rule: (id) => rules.get(id),
    role,
    domainName: (id) => (id === undefined ? "the whole organisation" : (domains.get(id)?.name ?? id)),
    result: (domain) => results.get(domain),
    asked: (id) => `${id} ${questions.get(id)?.short ?? ""}`.trim(),
    named: namer(questionnaire, domains),
    anonymous: anonymiser(engagement, role),
  }
}

/** Value in words, for answers of any type. */
export function answerText(question: Question, value: string | number | readonly string[] | undefined): string {
  return value === undefined ? "" : questionType(question).describe(question, value)
}

/** "2 data platform engineers and 1 executive sponsor". */
export function respondentsByRole(dossier: Dossier, domain?: string): string {
  const { respondents } = dossier.engagement
  const asked = domain === undefined ? respondents : respondents.filter((each) => !each.domains || each.domains.includes(domain))
  const counted = dossier.questionnaire.roles.flatMap((role) => {
    const number = asked.filter((respondent) => respondent.role === role.id).length
    return number === 0 ? [] : [count(number, role.name, `${role.name}s`)]
  })
  return series(counted)
}

export const anchors = {
  question: (domain: string, id: string): string => slug(`question-${domain}-${id}`),
  finding: (finding: Pick<Finding, "rule" | "domain">): string => slug(`finding-${finding.rule}-${finding.domain ?? "all"}`),
  initiative: (id: string, domain: string | undefined): string => slug(`initiative-${id}-${domain ?? "all"}`),
  wave: (number: number): string => `wave-${number}`,
}

/** A link to an initiative's sheet, with its title. */
export function initiativeLink(dossier: Dossier, id: string, domain: string | undefined): Span {
  const planned = dossier.assessment.plan.ranked.some((each) => each.id === id && each.domain === domain)
  const text = `${id} ${dossier.initiative(id)?.title ?? ""}`.trim()
  return planned ? { text, to: anchors.initiative(id, domain) } : { text }
}

/** A link to a question's answers in the appendix. */
export function questionLink(domain: string, id: string): Span {
  return { text: id, to: anchors.question(domain, id) }
}

/** Where an initiative concerns one of several domains: " (Payments)". */
export function inDomain(dossier: Dossier, domain: string | undefined): string {
  return domain === undefined || dossier.engagement.domains.length < 2 ? "" : ` (${dossier.domainName(domain)})`
}

export function slug(text: string): string {
  return text.replace(/[^A-Za-z0-9-]+/g, "-").toLowerCase()
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.id, item]))
}

/** Ids of domains are ordinary words, so they are replaced in brackets only. */
function namer({ scoring, dimensions }: Questionnaire, domains: ReadonlyMap<string, Domain>): (text: string) => string {
  const names = new Map([...dimensions, ...scoring.axes, ...scoring.quadrants].map((each) => [each.id, each.name]))
  return (text) =>
    text
      .replace(/(?<![\w-])[\w-]+(?: index)?(?![\w-])/g, (word) => names.get(word.replace(/ index$/, "")) ?? word)
      .replace(/\(([\w-]+)\)/g, (whole, id: string) => (domains.has(id) ? `(${domains.get(id)?.name})` : whole))
}

/** Puts the role in the place of each respondent's full name in a text. */
export function anonymiser(engagement: Pick<Engagement, "respondents">, role: (id: string) => string): (text: string) => string {
  const names = engagement.respondents
    .filter((respondent) => respondent.name.trim().length > 2)
    .map((respondent) => ({ name: respondent.name.trim(), role: `the ${role(respondent.role).toLowerCase()}` }))
    .sort((a, b) => b.name.length - a.name.length)
  if (names.length === 0) return (text) => text
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(${names.map(({ name }) => name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|")})(?![\\p{L}\\p{N}])`,
    "giu",
  )
  return (text) =>
    text.replace(pattern, (found) => names.find(({ name }) => name.toLowerCase() === found.toLowerCase())?.role ?? found)
}
