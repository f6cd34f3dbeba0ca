/** What becomes of a product: it moves, it stays in batch, or it is switched off; with the reason (E.4, R47, I44). */
import { constructTable } from "../construct-table.ts"
import type { Product, Verdict } from "../model.ts"
import type { Need } from "./needs.ts"

export type Fate = Pick<Product, "fate" | "because">

/** Minutes from which a reader can wait for a batch. */
const A_DAY = 1440

/** What is known about a product when its fate is decided. */
export interface Prospect {
  readonly needs: readonly Need[]
  /** Verdicts on the statements that write its sinks. */
  readonly sinks: readonly Verdict[]
  /** Somebody said of the product's import or domain who reads anything at all. */
  readonly readersAreKnown: boolean
}

/** Decides: nobody reads it, its needs are met, its constructs may stay in batch, or it moves. */
export function fateOf({ needs, sinks, readersAreKnown }: Prospect): Fate {
  if (needs.length === 0 && readersAreKnown)
    return {
      fate: "retire",
      because: "Nobody is known to read it: no consumer, no exposure, no reader. Ask before it is switched off.",
    }
  const met = metInWords(needs)
  if (met !== undefined) return { fate: "keep in batch", because: met }
  const batch = batchConstructs(sinks)
  const fresh = needs.filter(({ consumer }) => (consumer.requiredAge ?? A_DAY) < A_DAY)
  if (batch.length > 0 && fresh.length === 0)
    return {
      fate: "keep in batch",
      because: `${batch.join(", ")}: batch on the product's table is as good, and nobody is known to need it fresher than a day.`,
    }
  return { fate: "migrate", because: reasonToMove(needs) }
}

/** As the assessment has it: critical consumers decide, and without any all of them; whoever reads a stream already is no case for batch. */
function metInWords(needs: readonly Need[]): string | undefined {
  const critical = needs.filter(({ consumer }) => consumer.critical)
  const deciding = critical.length > 0 ? critical : needs
  if (deciding.length === 0 || deciding.some(({ met, streamed }) => met !== true || streamed)) return undefined
  const names = deciding.map(({ consumer }) => consumer.name).join(", ")
  return critical.length > 0
    ? `Every critical consumer gets it within the age it needs (${names}).`
    : `Nobody needs it fresher: it comes within the age asked for by ${names}.`
}

/** Constructs that set the class of a sink and may stay in batch, by name. */
function batchConstructs(sinks: readonly Verdict[]): readonly string[] {
  const names = sinks.flatMap(({ factor, constructs }) =>
    constructs.flatMap(({ construct }) => {
      const row = constructTable[construct]
      return "mayStayInBatch" in row && row.factor === factor ? [row.name] : []
    }),
  )
  return [...new Set(names)]
}

function reasonToMove(needs: readonly Need[]): string {
  const late = needs.filter(({ met }) => met === false).map(({ consumer }) => consumer.name)
  if (late.length > 0) return `It comes too late for ${late.join(", ")}.`
  if (needs.length === 0)
    return "Its readers are not known, because nothing says who reads what; list them in CON-01 before it is planned for good."
  const streamed = needs.filter((each) => each.streamed).map(({ consumer }) => consumer.name)
  if (streamed.length > 0) return `It is read as a stream already (${streamed.join(", ")}).`
  const names = needs.slice(0, 3).map(({ consumer }) => consumer.name)
  return `It is read (${names.join(", ")}), and how old it may be is not known; ask in CON-01.`
}
