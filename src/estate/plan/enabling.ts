/** Which initiatives of the assessment's plan have to be there before a product moves, and from which wave on it may. */
import type { Initiative, Questionnaire } from "../../assessment/model.ts"
import { isPilot, migrates } from "../../assessment/moving.ts"
import type { Assessment, Plan } from "../../assessment/result.ts"

/** What a product asks of the ground. */
interface Ask {
  readonly domain: string
  readonly hasState: boolean
  readonly hasStateless: boolean
  readonly opensSources: boolean
}

export interface Ground {
  /** In the plan, each with its first wave, in the order of the waves. */
  readonly initiatives: readonly { readonly id: string; readonly wave: number }[]
  /** Needed, but in no wave of the plan. */
  readonly missing: readonly string[]
  /** Why nothing but a pilot may move in the domain. */
  readonly held?: string
}

/** Finds the ground of products in one plan. */
export function groundFinder(
  questionnaire: Questionnaire,
  assessment: Assessment,
): { ofProduct(ask: Ask): Ground; ofPilot(domain: string): Ground } {
  const { plan } = assessment
  const known = new Map<string, Ground>()
  const catalogue = new Map(questionnaire.initiatives.map((each) => [each.id, each]))
  const lookUp = (key: string, domain: string, needed: () => readonly Initiative[]): Ground => {
    const ground = known.get(key) ?? placed(plan, domain, withNeeds(needed(), catalogue), heldIn(assessment, domain))
    known.set(key, ground)
    return ground
  }
  return {
    ofProduct: (ask) => lookUp(JSON.stringify(Object.values(ask)), ask.domain, () => neededFor(questionnaire, plan, ask)),
    ofPilot: (domain) => lookUp(domain, domain, () => questionnaire.initiatives.filter(isPilot)),
  }
}

/** What the work of the product builds on, the pilot before it, the gates of its domain, and what goes on beside every move. */
function neededFor(questionnaire: Questionnaire, plan: Plan, ask: Ask): readonly Initiative[] {
  const gates = new Set(
    plan.ranked.flatMap(({ id, domain, gate }) => (gate && (domain ?? ask.domain) === ask.domain ? [id] : [])),
  )
  return questionnaire.initiatives.filter((each) => {
    if (gates.has(each.id) || isPilot(each) || each.everyWave === true) return true
    if (!migrates(each)) return false
    const { multipliers } = each.effort
    if (multipliers === "stateful") return ask.hasState
    if (multipliers === "stateless") return ask.hasStateless
    return ask.opensSources && (each.takes?.sources ?? 0) > 0
  })
}

/**
 * Initiatives and everything that they build on. Those that move products or rewrite statements are the work itself, which a
 * product does not wait for.
 */
function withNeeds(first: readonly Initiative[], catalogue: ReadonlyMap<string, Initiative>): readonly Initiative[] {
  const found = new Set(first)
  for (const each of found) {
    for (const id of each.needs) {
      const need = catalogue.get(id)
      if (need !== undefined) found.add(need)
    }
  }
  return [...found].filter((each) => isPilot(each) || !migrates(each) || (each.takes?.sources ?? 0) > 0)
}

function placed(plan: Plan, domain: string, needed: readonly Initiative[], held: string | undefined): Ground {
  const isHere = (each: { readonly id: string; readonly domain?: string }): boolean => (each.domain ?? domain) === domain
  const wanted = new Set(needed.map(({ id }) => id))
  const first = new Map<string, number>()
  for (const { number, items } of plan.waves) {
    for (const item of items) if (wanted.has(item.id) && isHere(item) && !first.has(item.id)) first.set(item.id, number)
  }
  const missing = plan.later.filter((each) => wanted.has(each.id) && isHere(each) && !first.has(each.id)).map(({ id }) => id)
  return {
    initiatives: Array.from(first, ([id, wave]) => ({ id, wave })),
    missing: [...new Set(missing)],
    ...(held === undefined ? {} : { held }),
  }
}

/** A gate that no planned initiative opens waits for people, not for work. */
function heldIn({ domains, plan }: Assessment, domain: string): string | undefined {
  const planned = new Set(
    plan.waves.flatMap(({ items }) => items.flatMap((item) => ((item.domain ?? domain) === domain ? [item.id] : []))),
  )
  const gates = domains.find((each) => each.domain === domain)?.findings.filter((each) => each.gate) ?? []
  const open = gates.find(({ initiatives }) => !initiatives.some((id) => planned.has(id)))
  return open === undefined ? undefined : `held back by ${open.rule} (${open.name}): nothing beyond a pilot until that is settled`
}
