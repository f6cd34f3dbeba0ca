import type { EffortRange } from "../../assessment/result.ts"
import { classOf } from "../../estate/judgement.ts"
import type { ClassMix, StatementClass } from "../../estate/model.ts"
import { type ClassRow, drawClassMix } from "../../report/charts/class-mix.ts"
import { classOrder } from "../../report/classes.ts"
import { toSvg } from "../../report/svg.ts"
import type { StoredEstate } from "../../store/store.ts"

const WIDTH = 560

/** Number of statements in each class, of several imports together. */
export const mixOf = (estates: readonly Pick<StoredEstate, "estate">[]): ClassMix => {
  const mix: Record<StatementClass, number> = { P1: 0, P2: 0, P3: 0, P4: 0, P5: 0, code: 0, unknown: 0 }
  for (const { estate } of estates) for (const statement of estate.statements) mix[classOf(statement)] += 1
  return mix
}

/** Classes as bars, with the effort of each where it is given. */
export const mixSvg = (mix: ClassMix, efforts: ReadonlyMap<StatementClass, EffortRange> = new Map()): string => {
  const rows = classOrder.flatMap((name): ClassRow[] => {
    const effort = efforts.get(name)
    return mix[name] === 0 ? [] : [{ class: name, statements: mix[name], ...(effort !== undefined && { effort }) }]
  })
  return toSvg(drawClassMix(rows, WIDTH, "Statements by class"), "class-mix")
}
