import { formConsensus } from "../assessment/consensus.ts"
import type { Anchor, Decision, Question, Respondent } from "../assessment/model.ts"
import { evidenceGrades } from "../assessment/question-types/form.ts"
import { noneOfThese } from "../assessment/question-types/multi.ts"
import { questionType } from "../assessment/question-types/register.ts"
import { cellText } from "../assessment/question-types/table.ts"
import type { Consensus, SoloAnswer } from "../assessment/result.ts"
import { cleanText } from "../assessment/text.ts"
import { answersHref, filterOf, FILTERS, stateText } from "./answers.ts"
import { domainOf, engagementFrame, type EngagementVisit, inEngagement, questionOf } from "./engagement.ts"
import { errorOf } from "./fields.ts"
import { typed } from "./forms.ts"
import { hasLevels, levelText } from "./levels.ts"
import type { PageProblem } from "./pages.ts"
import { notFound, page, redirect, type Reply } from "./respond.ts"
import { spreadSvg } from "./spread.ts"
import type { Fields } from "./visit.ts"

/** Everybody's answer to one question in one domain, the spread by role, and the agreed answer. */
export const showAnswers = inEngagement((visit) => answersPage(visit, undefined, []))

/** Records the agreed answer, or takes it back. */
export const saveDecision = inEngagement(async (visit, { store }) => {
  const domain = domainOf(visit)
  const question = questionOf(visit)
  if (domain === undefined || question === undefined) return notFound()
  const here = answersHref(visit, domain.id, question.id, "all")
  if (visit.form["action"] === "take-back") {
    await store.saveDecision(visit.engagementScope, domain.id, question.id, undefined, visit.now)
    return redirect(`${here}?done=undecided`)
  }
  const { decision, problems } = readDecision(visit, domain.id, question)
  if (decision === undefined) return answersPage(visit, visit.form, problems)
  await store.saveDecision(visit.engagementScope, domain.id, question.id, decision, visit.now)
  return redirect(`${here}?done=decided`)
})

const readDecision = (
  visit: EngagementVisit,
  domain: string,
  question: Question,
): { decision?: Decision; problems: PageProblem[] } => {
  const problems: PageProblem[] = []
  const text = (name: string): string => {
    const read = cleanText(typed(visit.form[name]))
    if ("problem" in read) problems.push({ target: name, message: read.problem })
    return "text" in read ? read.text : ""
  }
  const level = typed(visit.form["level"])
  const anchor = /^[0-4]$/.test(level) && hasLevels(question) ? (Number(level) as Anchor) : undefined
  const read = questionType(question).readForm(question, { [question.id]: visit.form[question.id] ?? "" })
  if (anchor === undefined) problems.push(...read.problems.map(({ message }) => ({ target: question.id, message })))
  const value = read.content?.status === "answered" ? read.content.value : undefined
  if (anchor === undefined && value === undefined && problems.length === 0) {
    problems.push({ target: question.type === "table" ? "level" : question.id, message: "Select the answer you agreed on" })
  }
  const rationale = text("rationale")
  const dissent = text("dissent")
  if (rationale === "" && errorOf(problems, "rationale") === undefined) {
    problems.push({ target: "rationale", message: "Say why this answer was agreed" })
  }
  const evidence = evidenceGrades.find((grade) => grade === visit.form["evidence"])
  if (problems.length > 0) return { problems }
  return {
    problems,
    decision: {
      domain,
      question: question.id,
      ...(value !== undefined && { value }),
      ...(anchor !== undefined && { anchor }),
      rationale,
      ...(dissent !== "" && { dissent }),
      ...(evidence !== undefined && { evidence }),
      time: new Date(visit.now).toISOString(),
    },
  }
}

const answersPage = (visit: EngagementVisit, form: Fields | undefined, problems: readonly PageProblem[]): Reply => {
  const domain = domainOf(visit)
  const question = questionOf(visit)
  if (domain === undefined || question === undefined) return notFound()
  const { engagement, questionnaire } = visit.stored
  const filter = filterOf(visit)
  const all = formConsensus(questionnaire, engagement, domain.id)
  const consensus = all.find((one) => one.question === question.id)
  if (consensus === undefined) return notFound()
  const listed = all.filter((one) => FILTERS[filter].keeps(one) || one.question === question.id)
  const at = listed.findIndex((one) => one.question === question.id)
  const neighbour = (step: number) => {
    const next = listed[at + step]
    return next && { href: answersHref(visit, domain.id, next.question, filter), text: next.question }
  }
  const decision = engagement.decisions.find((one) => one.domain === domain.id && one.question === question.id)
  const inventory = engagement.inventories.find((one) => one.domain === domain.id && one.question === question.id)
  const roleName = (id: string): string => questionnaire.roles.find((role) => role.id === id)?.name ?? id
  const show = filter === "all" ? "" : `?show=${filter}`
  return page(
    "answers/question",
    engagementFrame(visit, "answers", `${question.id} ${question.short}`, {
      problems,
      back: { href: `${visit.home}/answers/${encodeURIComponent(domain.id)}${show}`, text: `Answers: ${domain.name}` },
    }),
    {
      domain,
      question,
      state: stateText(consensus),
      disputed: consensus.disputed,
      because: consensus.skippedBecause ?? "",
      level:
        consensus.anchor === undefined ? undefined : { anchor: consensus.anchor, text: levelText(question, consensus.anchor) },
      median:
        consensus.median === undefined ? undefined : { anchor: consensus.median, text: levelText(question, consensus.median) },
      levels: hasLevels(question)
        ? [4, 3, 2, 1, 0].map((anchor) => ({ anchor, text: levelText(question, anchor as Anchor) }))
        : [],
      drawing: consensus.solo.some((solo) => solo.anchor !== undefined) ? spreadSvg(question, consensus) : undefined,
      solos: consensus.solo.map((solo) => soloView(question, solo, engagement.respondents, roleName)),
      asked: question.primary.map(roleName).join(", "),
      inventory:
        question.type === "table"
          ? {
              href: `${visit.home}/tables/${encodeURIComponent(domain.id)}/${encodeURIComponent(question.id)}`,
              columns: question.columns.map((column) => column.label),
              rows: (inventory?.rows ?? []).map((row) => question.columns.map((column) => cellText(column, row[column.id]))),
              stated: inventory !== undefined,
              item: question.item,
            }
          : undefined,
      decision,
      form: decisionForm(question, consensus, decision, form, problems),
      previous: neighbour(-1),
      next: neighbour(1),
      action: answersHref(visit, domain.id, question.id, filter),
    },
    { status: problems.length > 0 ? 422 : 200 },
  )
}

const soloView = (question: Question, solo: SoloAnswer, people: readonly Respondent[], roleName: (id: string) => string) => ({
  name: people.find((person) => person.id === solo.respondent)?.name ?? solo.respondent,
  role: roleName(solo.role),
  answer:
    solo.status === "dont-know"
      ? "Doesn't know"
      : solo.status === "not-applicable"
        ? `Not applicable: ${solo.reason ?? ""}`
        : solo.value === undefined
          ? ""
          : questionType(question).describe(question, solo.value),
  anchor: solo.anchor,
  comment: solo.comment ?? "",
  evidence: solo.evidence,
  hidden: solo.hidden,
})

const decisionForm = (
  question: Question,
  consensus: Consensus,
  decision: Decision | undefined,
  form: Fields | undefined,
  problems: readonly PageProblem[],
) => {
  const given = form ?? storedFields(question, consensus, decision)
  const chosen = new Set([given[question.id] ?? []].flat())
  const choice = (value: string, text: string) => ({ value, text, checked: chosen.has(value) })
  const choices =
    question.type === "single"
      ? question.options.toReversed().map((option) => choice(String(option.anchor), option.text))
      : question.type === "multi"
        ? question.options.map((option) => choice(option.id, option.text))
        : undefined
  const label = "The answer you agree on"
  const base = { id: question.id, name: question.id, label, error: errorOf(problems, question.id) }
  const level = typed(given["level"])
  return {
    radios: question.type === "single" ? { ...base, choices } : undefined,
    checkboxes: question.type === "multi" ? { ...base, choices, or: [choice(noneOfThese, question.none)] } : undefined,
    text:
      question.type === "number"
        ? { ...base, value: typed(given[question.id]), inputmode: "decimal", width: "short", suffix: question.unit }
        : question.type === "text"
          ? { ...base, value: typed(given[question.id]) }
          : undefined,
    level:
      question.type !== "single" && hasLevels(question)
        ? {
            id: "level",
            name: "level",
            label: question.type === "table" ? label : "Or the level itself",
            error: errorOf(problems, "level"),
            choices: [
              { value: "", text: "Not set", checked: level === "" },
              ...([4, 3, 2, 1, 0] as const).map((anchor) => ({
                value: String(anchor),
                text: `${anchor}: ${levelText(question, anchor)}`,
                checked: level === String(anchor),
              })),
            ],
          }
        : undefined,
    rationale: {
      id: "rationale",
      name: "rationale",
      label: "Why",
      value: typed(given["rationale"]),
      rows: 3,
      error: errorOf(problems, "rationale"),
    },
    dissent: {
      id: "dissent",
      name: "dissent",
      label: "Who disagrees, and why",
      hint: "Name roles rather than people: the report shows it",
      optional: true,
      value: typed(given["dissent"]),
      rows: 3,
      error: errorOf(problems, "dissent"),
    },
    evidence: {
      id: "evidence",
      name: "evidence",
      label: "What backs it",
      choices: [
        ["claim", "What people said"],
        ["document", "A document"],
        ["observed", "Seen at work"],
        ["measured", "Measured"],
      ].map(([value = "", text = ""]) => ({ value, text, checked: (typed(given["evidence"]) || "claim") === value })),
    },
  }
}

/** The decision on record as form fields; without one, the median of a single choice is proposed. */
const storedFields = (question: Question, consensus: Consensus, decision: Decision | undefined): Fields => {
  const value = decision?.value
  const proposed = question.type === "single" && decision === undefined ? consensus.median : undefined
  const fallback = question.type === "single" ? decision?.anchor : undefined
  return {
    [question.id]:
      value === undefined ? String(fallback ?? proposed ?? "") : typeof value === "object" ? value.map(String) : String(value),
    level: question.type === "single" ? "" : String(decision?.anchor ?? ""),
    rationale: decision?.rationale ?? "",
    dissent: decision?.dissent ?? "",
    evidence: decision?.evidence ?? "claim",
  }
}
