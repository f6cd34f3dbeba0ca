/** Findings → ranked initiatives → waves with dates, next moves, themes and trajectory. */
import { toilOf } from "./capacity.ts"
import { inDays } from "./effort.ts"
import { holdBack } from "./held.ts"
import type { Engagement, Questionnaire } from "./model.ts"
import { nextMoves } from "./moves.ts"
import { type Wishes, overriddenIn, readOverrides, withoutObject } from "./overrides.ts"
import { completeProgramme } from "./prerequisites.ts"
import { type Candidate, candidateFor } from "./ranking.ts"
import { type Recommendation, recommend } from "./recommend.ts"
import type { Dropped, Plan, RankedInitiative } from "./result.ts"
import { scheduleWaves } from "./schedule.ts"
import type { Situation } from "./situation.ts"
import { followTrajectories } from "./trajectory.ts"
import { describeWaves, unknownEase } from "./wave-sheets.ts"
import { domainName } from "./wave-words.ts"
import { fillWaves } from "./waves.ts"
import type { Ranked } from "./worth.ts"

const MOST_THEMES = 7

/** Plans a migration over all domains; `seed` decides the draws behind the late dates and nothing else. */
export function planMigration(
  questionnaire: Questionnaire,
  engagement: Engagement,
  situations: readonly Situation[],
  seed: number,
): Plan {
  const settings = engagement.plan
  const wishes = readOverrides(questionnaire, engagement, situations)
  const recommendation = recommend(questionnaire, situations, settings)
  const wanted = wantedBy(questionnaire, engagement, situations, recommendation, wishes)
  const wished = new Set([...wishes.include.keys(), ...wishes.moves.keys()])
  const gated = holdBack(questionnaire, situations, wanted)
  const held = new Map([...gated].filter(([key]) => !wished.has(key)))
  const given = { questionnaire, situations, settings, wished, held }
  const programme = completeProgramme(wanted, { ...given, dropped: new Set(wishes.drop.keys()) })
  const whole = wishes.drop.size === 0 ? programme : completeProgramme(wanted, { ...given, dropped: new Set() })
  const droppable = new Set(whole.ranked.map((each) => each.key))
  const ranked = withEfforts(programme.ranked, wishes)
  const toil = toilOf(
    settings,
    situations.map((each) => each.scores),
  )
  const nameOf = (domain: string): string => domainName(situations, domain)
  const filled = fillWaves({ ranked, settings, toil, moves: wishes.moves, held: programme.held, nameOf })
  const dates = scheduleWaves(filled.waves, { settings, toil, seed, unknownShare: (wave) => unknownEase(situations, wave) })
  const waves = describeWaves(questionnaire, situations, { settings, toil, wishes, waves: filled.waves, dates })
  const last = dates.at(-1)
  return {
    ranked: ranked.map((each, at) => rankedInitiative(each, at + 1, wishes)),
    themes: themesOf(questionnaire, ranked),
    moves: nextMoves(ranked, waves),
    waves,
    later: filled.later,
    dropped: [...wishes.drop.values()].filter(({ key }) => droppable.has(key)).map(droppedBy),
    notRecommended: notRecommended(recommendation, ranked, wishes, droppable),
    keepInBatch: keptInBatch(situations),
    trajectory: followTrajectories(questionnaire, situations, filled.waves),
    notices: [
      ...wishes.notices,
      ...withoutObject(wishes, new Set(ranked.map((each) => each.key)), droppable),
      ...filled.notices,
      ...dropNotices(ranked),
      ...gateNotices(ranked, gated),
    ],
    ...(last === undefined ? {} : { finish: last.finishHalf, finishLate: last.finishLate }),
  }
}

/** What the findings recommend, plus what the consultant takes in. */
function wantedBy(
  questionnaire: Questionnaire,
  engagement: Engagement,
  situations: readonly Situation[],
  { candidates }: Recommendation,
  { include }: Wishes,
): readonly Candidate[] {
  const known = new Set(candidates.map((each) => each.key))
  const added = [...include.values()].flatMap(({ key, id, domain }) => {
    const initiative = questionnaire.initiatives.find((each) => each.id === id)
    if (known.has(key) || initiative === undefined) return []
    return [candidateFor(questionnaire, situations, engagement.plan, initiative, domain)]
  })
  return [...candidates, ...added]
}

/** What was left out, but for what something else needs or the consultant decides about. */
function notRecommended(
  { leftOut }: Recommendation,
  ranked: readonly Ranked[],
  { drop }: Wishes,
  droppable: ReadonlySet<string>,
): readonly Dropped[] {
  const planned = new Set(ranked.map((each) => each.key))
  return [...leftOut].flatMap(([key, each]) => (planned.has(key) || (drop.has(key) && droppable.has(key)) ? [] : [each]))
}

function withEfforts(ranked: readonly Ranked[], { efforts }: Wishes): readonly Ranked[] {
  return ranked.map((each) => {
    const wish = efforts.get(each.key)
    if (wish === undefined) return each
    const { low, high } = each.estimate.effort
    const basis = `set by the consultant: ${wish.reason} (computed: ${inDays([low, high])})`
    return { ...each, estimate: { effort: wish.effort, perUnit: wish.effort, basis } }
  })
}

function rankedInitiative(each: Ranked, rank: number, wishes: Wishes): RankedInitiative {
  const overridden = overriddenIn(wishes, each.key)
  return {
    id: each.initiative.id,
    ...scopeOf(each),
    score: each.score,
    rank,
    findings: each.findings.map(({ rule, domain }) => ({ rule, ...(domain === undefined ? {} : { domain }) })),
    reason: reasonOf(each),
    gate: each.gate,
    neededBy: each.neededBy,
    effort: each.estimate.effort,
    effortBasis: each.estimate.basis,
    ...(overridden === undefined ? {} : { overridden }),
  }
}

function reasonOf({ reason, neededBy, findings }: Ranked): string {
  const needed =
    neededBy.length === 0 ? "" : `put in because ${neededBy.join(", ")} ${neededBy.length === 1 ? "needs" : "need"} it`
  const own = findings.length === 0 ? "" : reason
  return [needed, own].filter((each) => each !== "").join("; ") || "no finding leads to it: the consultant takes it in"
}

/** Themes in the order of their best initiative. */
function themesOf(questionnaire: Questionnaire, ranked: readonly Ranked[]): Plan["themes"] {
  const names = new Map(questionnaire.themes.map((each) => [each.id, each.name]))
  return [...Map.groupBy(ranked, (each) => each.initiative.theme)].slice(0, MOST_THEMES).map(([id, own]) => ({
    id,
    name: names.get(id) ?? id,
    initiatives: own.map((each) => ({ id: each.initiative.id, ...scopeOf(each) })),
  }))
}

function keptInBatch(situations: readonly Situation[]): Plan["keepInBatch"] {
  return situations.flatMap(({ domain, scores }) =>
    scores.target.products
      .filter((product) => product.met === true && !product.streamed)
      .map(({ product, consumers }) => ({
        domain,
        product,
        reason: `every critical consumer gets it within the age it needs (${consumers.join(", ")})`,
      })),
  )
}

/** What is planned although something it needs was dropped. */
function dropNotices(ranked: readonly Ranked[]): readonly string[] {
  return ranked.flatMap((each) =>
    each.needs.filter((need) => need.status === "dropped").map((need) => `${nameOf(each)} needs ${need.id}, which you dropped`),
  )
}

/** What is planned because the consultant wants it, against a gate that holds it back. */
function gateNotices(ranked: readonly Ranked[], gated: ReadonlyMap<string, string>): readonly string[] {
  return ranked.flatMap((each) => {
    const why = each.wished ? gated.get(each.key) : undefined
    return why === undefined ? [] : [`${nameOf(each)} is planned as you asked, although it is ${why}`]
  })
}

function droppedBy({ id, domain, reason }: Dropped): Dropped {
  return { id, ...(domain === undefined ? {} : { domain }), reason }
}

function scopeOf({ domain }: Candidate): { readonly domain?: string } {
  return domain === undefined ? {} : { domain }
}

/** "I14 (payments)", or "I01" for the organisation. */
function nameOf({ initiative, domain }: Candidate): string {
  return domain === undefined ? initiative.id : `${initiative.id} (${domain})`
}
