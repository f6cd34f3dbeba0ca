/** What a newer questionnaire changes against the one an engagement began with, in words. */
import { byId, changedTo, differs, isSame, listOr, reworded } from "./change-words.ts"
import type { Initiative, Question, Questionnaire, Rule, Scoring } from "./model.ts"
import { type Names, questionChanges } from "./question-changes.ts"

/** One question, rule or other thing, with a sentence for each change. */
export interface ChangedItem {
  readonly id: string
  readonly name: string
  readonly changes: readonly string[]
}

/** Changes of one kind: "Questions added". */
export interface ChangeGroup {
  readonly name: string
  readonly items: readonly ChangedItem[]
}

/** All differences that somebody could notice, by kind; kinds without any are left out. */
export function compareQuestionnaires(before: Questionnaire, after: Questionnaire): readonly ChangeGroup[] {
  const names = namesIn(before, after)
  const questions = byId(before.questions, after.questions, idOf)
  const rules = byId(before.rules, after.rules, idOf)
  const initiatives = byId(before.initiatives, after.initiatives, idOf)
  const groups: readonly ChangeGroup[] = [
    { name: "Questions added", items: questions.added.map(asked) },
    { name: "Questions removed", items: questions.removed.map(asked) },
    {
      name: "Questions changed",
      items: [
        ...changed(
          questions.kept,
          ({ short, text }) => short || text,
          (old, now) => questionChanges(old, now, names),
        ),
        ...orderChange(before.questions, after.questions),
      ],
    },
    { name: "Weights and scoring", items: scoringChanges(before, after) },
    { name: "Rules added", items: rules.added.map(({ id, name, finding }) => ({ id, name, changes: [finding] })) },
    { name: "Rules removed", items: rules.removed.map(({ id, name, finding }) => ({ id, name, changes: [finding] })) },
    { name: "Rules changed", items: changed(rules.kept, ({ name }) => name, ruleChanges) },
    { name: "Initiatives added", items: initiatives.added.map(proposed) },
    { name: "Initiatives removed", items: initiatives.removed.map(proposed) },
    { name: "Initiatives changed", items: changed(initiatives.kept, ({ title }) => title, initiativeChanges) },
    { name: "Roles, dimensions and themes", items: frameChanges(before, after) },
  ]
  return groups.filter(({ items }) => items.length > 0)
}

const idOf = ({ id }: { readonly id: string }): string => id

const asked = ({ id, short, text }: Question): ChangedItem => ({ id, name: short || id, changes: [text] })

const proposed = ({ id, title, what }: Initiative): ChangedItem => ({ id, name: title, changes: [what] })

function changed<T extends { readonly id: string }>(
  kept: readonly (readonly [T, T])[],
  name: (item: T) => string,
  tell: (before: T, after: T) => readonly string[],
): readonly ChangedItem[] {
  return kept
    .map(([before, after]) => ({ id: after.id, name: name(after), changes: tell(before, after) }))
    .filter(({ changes }) => changes.length > 0)
}

/** The order matters: skip rules look at earlier questions. */
function orderChange(before: readonly Question[], after: readonly Question[]): readonly ChangedItem[] {
  const both = new Set(byId(before, after, idOf).kept.map(([{ id }]) => id))
  const order = (questions: readonly Question[]): readonly string[] => questions.map(idOf).filter((id) => both.has(id))
  const sentence = "The questions are asked in another order"
  return differs(sentence, order(before), order(after)).map((change) => ({ id: "", name: "Order", changes: [change] }))
}

function ruleChanges(before: Rule, after: Rule): readonly string[] {
  return [
    ...reworded("Called", before.name, after.name),
    ...reworded("Says", before.finding, after.finding),
    ...changedTo("Severity", before.severity, after.severity),
    ...(before.gate === after.gate ? [] : [after.gate ? "Can block a wave now" : "Can no longer block a wave"]),
    ...differs("Fires on other answers", before.when, after.when),
    ...changedTo("Leads to", listOr("nothing", before.initiatives), listOr("nothing", after.initiatives)),
    ...differs("Belongs to another theme", before.theme, after.theme),
  ]
}

function initiativeChanges(before: Initiative, after: Initiative): readonly string[] {
  const raised = ({ effects }: Initiative): string =>
    listOr(
      "nothing",
      effects.map(({ question, level }) => `${question} to level ${level}`),
    )
  return [
    ...reworded("Called", before.title, after.title),
    ...reworded("Does", before.what, after.what),
    ...reworded("Moves", before.moves, after.moves),
    ...reworded("Done when", before.exit, after.exit),
    ...reworded("Risk", before.risk, after.risk),
    ...reworded("Responsible", before.responsibleName, after.responsibleName),
    ...changedTo("Needs", listOr("nothing", before.needs), listOr("nothing", after.needs)),
    ...changedTo("Raises", raised(before), raised(after)),
    ...differs("Counts as in place at other levels", before.inPlaceAt, after.inPlaceAt),
    ...differs("Takes another effort", before.effort, after.effort),
    ...changedTo("Done", scopes[before.scope], scopes[after.scope]),
    ...differs("Serves other indices", before.serves, after.serves),
    ...differs("Belongs to another theme", before.theme, after.theme),
    ...differs(
      "Fits into waves differently",
      [before.stage, before.takes, before.everyWave],
      [after.stage, after.takes, after.everyWave],
    ),
  ]
}

const scopes = { organisation: "once for the organisation", domain: "once in each domain" } as const

function scoringChanges(before: Questionnaire, after: Questionnaire): readonly ChangedItem[] {
  const [old, now] = [before.scoring, after.scoring]
  const axes = byId(old.axes, now.axes, idOf)
  const item = (id: string, name: string, changes: readonly string[]): ChangedItem => ({ id, name, changes })
  return [
    ...axes.added.map(({ id, name }) => item(id, name, ["A new index"])),
    ...axes.removed.map(({ id, name }) => item(id, name, ["No index any more"])),
    ...axes.kept.map(([axis, { id, name, meaning, parts }]) =>
      item(id, name, [
        ...reworded("Called", axis.name, name),
        ...reworded("Means", axis.meaning, meaning),
        ...differs("Has other parts", axis.parts, parts),
        ...differs("Is capped by other gates", gatesOn(old, id), gatesOn(now, id)),
      ]),
    ),
    ...after.questions.map(({ id, short }) => item(id, short || id, weightChanges(old, now, id))),
    item("", "Quadrants", [
      ...changedTo("Limit", old.placement.limit, now.placement.limit),
      ...differs(
        "The quadrants changed",
        [old.quadrants, old.placement.vertical, old.placement.horizontal],
        [now.quadrants, now.placement.vertical, now.placement.horizontal],
      ),
    ]),
    item("", "Targets", differs("The consumers' needs lead to other targets", old.needs, now.needs)),
    item("", "Roles", differs("Answers weigh differently by role", old.roleWeights, now.roleWeights)),
    item("", "Effort", differs("Answers change the effort differently", before.effortMultipliers, after.effortMultipliers)),
  ].filter(({ changes }) => changes.length > 0)
}

const gatesOn = (scoring: Scoring, axis: string): unknown => scoring.gates.filter((gate) => gate.axis === axis)

function weightChanges(before: Scoring, after: Scoring, question: string): readonly string[] {
  const [old, now] = [before.weights[question] ?? {}, after.weights[question] ?? {}]
  if (isSame(old, now)) return []
  return after.axes.flatMap(({ id, name }) => changedTo(`Weight on ${name}`, old[id] ?? 0, now[id] ?? 0))
}

function frameChanges(before: Questionnaire, after: Questionnaire): readonly ChangedItem[] {
  const tell = <T extends { readonly id: string; readonly name: string }>(
    what: string,
    old: readonly T[],
    now: readonly T[],
    more: (one: T, other: T) => readonly string[] = () => [],
  ): readonly ChangedItem[] => {
    const { added, removed, kept } = byId(old, now, idOf)
    return [
      ...added.map(({ id, name }) => ({ id, name, changes: [`A new ${what}`] })),
      ...removed.map(({ id, name }) => ({ id, name, changes: [`No ${what} any more`] })),
      ...changed(
        kept,
        ({ name }) => name,
        (one, other) => [...reworded("Called", one.name, other.name), ...more(one, other)],
      ),
    ]
  }
  return [
    ...tell("role", before.roles, after.roles, (one, other) =>
      differs("Stands on another side of perception gaps", one.side, other.side),
    ),
    ...tell("dimension", before.dimensions, after.dimensions, (one, other) => reworded("Introduced by", one.intro, other.intro)),
    ...tell("theme", before.themes, after.themes),
  ]
}

/** Names from both, the newer ones first: a removed role still has its name in a comparison. */
function namesIn(before: Questionnaire, after: Questionnaire): Names {
  const roles = new Map([...before.roles, ...after.roles].map(({ id, name }) => [id, name]))
  const dimensions = new Map([...before.dimensions, ...after.dimensions].map(({ id, name }) => [id, name]))
  return { role: (id) => roles.get(id) ?? id, dimension: (id) => dimensions.get(id) ?? id }
}
