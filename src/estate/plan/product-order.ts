/** Priority of products and how sure their order is (E.5): (value + urgency + risk and enablement) / size, each on 1-2-3-5-8-13. */
import type { Assessment } from "../../assessment/result.ts"
import type { Questionnaire } from "../../assessment/model.ts"
import { migrates } from "../../assessment/moving.ts"
import { compare } from "../../assessment/worth.ts"
import type { Need } from "../products/needs.ts"
import type { ProductDraft } from "../products/product-draft.ts"
import type { SourceSystem } from "../products/source-systems.ts"

const SCALE = [1, 2, 3, 5, 8, 13] as const
/** A known gap is worth more than none at all. */
const LEAST_WITH_GAP = 2
/** A reader whose gap nobody knows counts this much of one whose gap is known. */
const UNKNOWN_GAP = 0.5
const COST_IS_KNOWN = 1.5
/** Days until a source is switched off, and how pressing that is. */
const DEADLINES = [
  { days: 180, step: 13 },
  { days: 365, step: 8 },
  { days: 730, step: 3 },
] as const
/** How fast a late answer loses its worth, by class of required age: a day, hours, minutes, seconds. */
const DECAY = [1, 2, 3, 5] as const
const DAY = 86_400_000

/** The four inputs on their scale; `size` is that of the whole cone until something is planned. */
export interface Inputs {
  readonly value: number
  readonly urgency: number
  readonly enablement: number
  readonly size: number
}

export interface OrderedProduct {
  readonly draft: ProductDraft
  readonly inputs: Inputs
  readonly priority: number
  /** From 1, by priority, then the smaller effort, then the id. */
  readonly rank: number
  readonly ranks: { readonly low: number; readonly high: number }
}

/** What the order looks at besides the products. */
export interface OrderGround {
  readonly questionnaire: Questionnaire
  readonly assessment: Assessment
  /** First day of the plan, ISO date. */
  readonly start: string
  /** Systems that a product would have to open. */
  systemsOf(draft: ProductDraft): readonly SourceSystem[]
}

/** Orders products, best first; nothing is delivered yet, so that their size is that of the whole cone. */
export function orderProducts(drafts: readonly ProductDraft[], ground: OrderGround): readonly OrderedProduct[] {
  const readers = new Map<SourceSystem, number>()
  for (const draft of drafts) for (const system of ground.systemsOf(draft)) readers.set(system, (readers.get(system) ?? 0) + 1)
  const values = onScale(drafts.map((draft) => draft.needs.reduce((sum, need) => sum + gapOf(need), 0)))
  const enablements = onScale(drafts.map((draft) => enablementOf(draft, ground, readers)))
  const sizes = sizeScale(drafts)
  const rated = drafts.map((draft, at) => {
    const urgency = urgencyOf(draft, ground)
    const inputs = {
      value: values[at] ?? 1,
      urgency,
      enablement: enablements[at] ?? 1,
      size: sizes(draft.product.effort.expected),
    }
    return { draft, inputs, priority: priorityOf(inputs) }
  })
  const sorted = rated.sort(
    (one, other) =>
      other.priority - one.priority ||
      one.draft.product.effort.expected - other.draft.product.effort.expected ||
      compare(one.draft.product.id, other.draft.product.id),
  )
  const descending = Float64Array.from(sorted, (each) => each.priority)
  return Array.from(sorted, (each, at) => ({ ...each, rank: at + 1, ranks: shaken(each.inputs, descending) }))
}

/** (value + urgency + enablement) / size, to two decimals. */
export function priorityOf({ value, urgency, enablement, size }: Inputs): number {
  return Math.round(((value + urgency + enablement) / size) * 100) / 100
}

/** Gives the step of an effort, relative to the smallest of all. */
export function sizeScale(drafts: readonly ProductDraft[]): (expected: number) => number {
  const least = drafts.reduce((smallest, { product }) => Math.min(smallest, product.effort.expected), Infinity)
  const smallest = Math.max(1, least)
  return (expected) => nearest(expected / smallest)
}

/** Worth of a reader's gap: by criticality, by how many times too old it comes, by whether its cost is known. */
function gapOf({ consumer, met, weight, hasCost }: Need): number {
  if (met === true) return 0
  const times = (consumer.actualAge ?? 1) / Math.max(consumer.requiredAge ?? 1, 1 / 60)
  const late = met === undefined ? UNKNOWN_GAP : 1 + Math.min(4, Math.log10(Math.max(1, times)))
  return weight * late * (hasCost ? COST_IS_KNOWN : 1)
}

/** The larger of two pressures: a source that goes, and an answer that ages. */
function urgencyOf(draft: ProductDraft, ground: OrderGround): number {
  const dates = ground.systemsOf(draft).flatMap(({ retirement }) => retirement ?? [])
  const days = dates.map((date) => (Date.parse(date) - Date.parse(ground.start)) / DAY).filter((each) => !Number.isNaN(each))
  const deadline = DEADLINES.find((each) => days.some((left) => left <= each.days))?.step ?? 1
  const decay = draft.needs.map(({ met, ageClass }) =>
    met === false ? (DECAY[Math.min(ageClass ?? 0, DECAY.length - 1)] ?? 1) : 1,
  )
  return Math.max(deadline, ...decay)
}

/** Further products that read what this one opens, and critical findings that moving answers. */
function enablementOf(draft: ProductDraft, ground: OrderGround, readers: ReadonlyMap<SourceSystem, number>): number {
  const { questionnaire, assessment } = ground
  const opened = ground.systemsOf(draft).reduce((sum, system) => sum + (readers.get(system) ?? 1) - 1, 0)
  const moving = new Set(questionnaire.initiatives.filter(migrates).map(({ id }) => id))
  const findings = assessment.domains.find(({ domain }) => domain === draft.product.domain)?.findings ?? []
  const critical = findings.filter(
    ({ severity, initiatives }) => severity === "critical" && initiatives.some((id) => moving.has(id)),
  )
  return opened + critical.length
}

/** Each raw figure on the scale, relative to the smallest that is not nothing. */
function onScale(raw: readonly number[]): readonly number[] {
  const smallest = raw.reduce((least, each) => (each > 0 && each < least ? each : least), Infinity)
  return raw.map((each) => (each <= 0 ? 1 : Math.max(LEAST_WITH_GAP, nearest(each / smallest))))
}

/** The step that a ratio is nearest to, in proportion: steps part at their geometric means. */
function nearest(ratio: number): number {
  let [step] = SCALE as readonly [number, ...number[]]
  for (const next of SCALE) if (ratio * ratio > step * next) step = next
  return step
}

/** Best and worst rank when each input alone is a step higher or lower. */
function shaken(inputs: Inputs, descending: Float64Array): { readonly low: number; readonly high: number } {
  const own = priorityOf(inputs)
  const priorities = (["value", "urgency", "enablement", "size"] as const).flatMap((input) =>
    [-1, 1].map((by) => priorityOf({ ...inputs, [input]: stepFrom(inputs[input], by) })),
  )
  const best = Math.max(own, ...priorities)
  const worst = Math.min(own, ...priorities)
  return { low: countAbove(descending, best) + 1, high: countAtLeast(descending, worst) }
}

const stepFrom = (step: number, by: number): number => {
  const at = SCALE.findIndex((each) => each === step) + by
  return SCALE[Math.min(SCALE.length - 1, Math.max(0, at))] ?? step
}

const countAbove = (descending: Float64Array, limit: number): number => firstWhere(descending, (each) => each <= limit)
const countAtLeast = (descending: Float64Array, limit: number): number => firstWhere(descending, (each) => each < limit)

/** First place from which on a test holds, by halving. */
function firstWhere(values: Float64Array, test: (value: number) => boolean): number {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (test(values[middle] ?? 0)) high = middle
    else low = middle + 1
  }
  return low
}
