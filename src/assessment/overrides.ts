/** A consultant's word against the computed plan: which scope it means, what it asks, and what it has no object for any more. */
import { inDays, range } from "./effort.ts"
import type { DomainId, Engagement, Override, Questionnaire } from "./model.ts"
import { keyOf, scopesOf } from "./ranking.ts"
import type { EffortRange } from "./result.ts"
import type { Situation } from "./situation.ts"

/** One override resolved to one initiative in one scope. */
export interface Wish {
  readonly key: string
  readonly id: string
  readonly domain?: DomainId
  readonly reason: string
}

/** By key; the last word on the same thing counts. */
export interface Wishes {
  readonly include: ReadonlyMap<string, Wish>
  readonly drop: ReadonlyMap<string, Wish>
  readonly moves: ReadonlyMap<string, Wish & { readonly wave: number }>
  readonly efforts: ReadonlyMap<string, Wish & { readonly effort: EffortRange }>
  readonly notices: readonly string[]
}

/** Resolves overrides. One for a domain's initiative that names no domain means every domain. */
export function readOverrides(questionnaire: Questionnaire, engagement: Engagement, situations: readonly Situation[]): Wishes {
  const include = new Map<string, Wish>()
  const drop = new Map<string, Wish>()
  const moves = new Map<string, Wish & { readonly wave: number }>()
  const efforts = new Map<string, Wish & { readonly effort: EffortRange }>()
  const notices: string[] = []
  for (const override of engagement.overrides) {
    const { wishes, notice } = resolve(questionnaire, situations, override)
    if (notice !== undefined) notices.push(notice)
    for (const wish of wishes) {
      if (override.action === "include" && replace(drop, include, wish)) notices.push(bothInWords(wish, "included"))
      if (override.action === "drop" && replace(include, drop, wish)) notices.push(bothInWords(wish, "dropped"))
      if (override.action === "move" && override.wave !== undefined) moves.set(wish.key, { ...wish, wave: override.wave })
      if (override.action === "effort" && override.effort !== undefined) {
        efforts.set(wish.key, { ...wish, effort: range(...override.effort) })
      }
    }
  }
  return { include, drop, moves, efforts, notices }
}

/** What was overridden about an initiative, in words; `undefined` when nothing was. */
export function overriddenIn({ include, moves, efforts }: Wishes, key: string): string | undefined {
  const included = include.get(key)
  const moved = moves.get(key)
  const effort = efforts.get(key)
  const words = [
    included === undefined ? "" : `included: ${included.reason}`,
    moved === undefined ? "" : `set to wave ${moved.wave}: ${moved.reason}`,
    effort === undefined ? "" : `effort set to ${inDays([effort.effort.low, effort.effort.high])}: ${effort.reason}`,
  ].filter((each) => each !== "")
  return words.length === 0 ? undefined : words.join("; ")
}

/** Overrides of initiatives that the plan does not have (any more). `planned` are the keys of everything in it. */
export function withoutObject(wishes: Wishes, planned: ReadonlySet<string>, droppable: ReadonlySet<string>): readonly string[] {
  return [
    ...[...wishes.drop.values()].filter(({ key }) => !droppable.has(key)).map((wish) => gone(wish, "drops it")),
    ...[...wishes.moves.values()]
      .filter(({ key }) => !planned.has(key) && !wishes.drop.has(key))
      .map((wish) => gone(wish, `sets it to wave ${wish.wave}`)),
    ...[...wishes.efforts.values()]
      .filter(({ key }) => !planned.has(key) && !wishes.drop.has(key))
      .map((wish) => gone(wish, "changes its effort")),
  ]
}

/** Taking in and leaving out exclude each other: the later word counts. Says whether there was another. */
function replace(before: Map<string, Wish>, now: Map<string, Wish>, wish: Wish): boolean {
  now.set(wish.key, wish)
  return before.delete(wish.key)
}

function bothInWords(wish: Wish, counts: "included" | "dropped"): string {
  return `${nameOf(wish)} is both included and dropped by override: it is ${counts}; take one of the two back`
}

function gone(wish: Wish, asked: string): string {
  return `${nameOf(wish)} is not part of the plan any more, so the override that ${asked} has no effect`
}

function nameOf({ id, domain }: Wish): string {
  return domain === undefined ? id : `${id} (${domain})`
}

function resolve(
  questionnaire: Questionnaire,
  situations: readonly Situation[],
  override: Override,
): { readonly wishes: readonly Wish[]; readonly notice?: string } {
  const initiative = questionnaire.initiatives.find((each) => each.id === override.initiative)
  if (initiative === undefined) {
    return {
      wishes: [],
      notice: `The override of ${override.initiative} has no effect: the questionnaire has no such initiative`,
    }
  }
  const scopes = scopesOf(initiative, situations)
  const meant =
    initiative.scope === "organisation" || override.domain === undefined
      ? scopes
      : scopes.filter((each) => each === override.domain)
  if (meant.length === 0) {
    return {
      wishes: [],
      notice: `The override of ${override.initiative} has no effect: there is no domain ${override.domain ?? ""}`,
    }
  }
  return {
    wishes: Array.from(meant, (domain) => ({
      key: keyOf(initiative.id, domain),
      id: initiative.id,
      ...(domain === undefined ? {} : { domain }),
      reason: override.reason,
    })),
  }
}
