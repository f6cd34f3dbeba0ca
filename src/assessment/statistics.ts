/** What the answers of several people to one question have in common, each person counting once. */
import type { Anchor } from "./model.ts"
import type { SoloAnswer } from "./result.ts"

export interface Statistics {
  /** People who gave a level. */
  readonly n: number
  readonly dontKnow: number
  readonly notApplicable: number
  /** People at each level 0–4. */
  readonly counts: readonly [number, number, number, number, number]
  /** Absent when nobody gave a level. */
  readonly levels?: {
    /** Nearest ranks, so each is a level that somebody gave. */
    readonly median: Anchor
    readonly p25: Anchor
    readonly p75: Anchor
    readonly lowest: Anchor
    readonly highest: Anchor
    /** Share of the people within one level of the median, 0–1. */
    readonly agreement: number
  }
  /** A quarter or more of the people at 1 or lower, and a quarter or more at 3 or higher. */
  readonly polarised: boolean
}

/** The statistics of the answers that count; who does not know never enters the median. */
export function statisticsOf(solo: readonly SoloAnswer[]): Statistics {
  const counted = solo.filter(({ hidden }) => !hidden)
  const sorted = counted
    .map(({ anchor }) => anchor)
    .filter((anchor) => anchor !== undefined)
    .sort((a, b) => a - b)
  const n = sorted.length
  const at = (level: Anchor): number => sorted.filter((each) => each === level).length
  const rank = (share: number): Anchor => sorted[Math.max(0, Math.ceil(share * n) - 1)] ?? 0
  const median = rank(0.5)
  const part = (fits: (level: Anchor) => boolean): number => (n === 0 ? 0 : sorted.filter(fits).length / n)
  return {
    n,
    dontKnow: counted.filter(({ status }) => status === "dont-know").length,
    notApplicable: counted.filter(({ status }) => status === "not-applicable").length,
    counts: [at(0), at(1), at(2), at(3), at(4)],
    ...(n > 0 && {
      levels: {
        median,
        p25: rank(0.25),
        p75: rank(0.75),
        lowest: rank(0),
        highest: rank(1),
        agreement: part((level) => Math.abs(level - median) <= 1),
      },
    }),
    polarised: part((level) => level <= 1) >= 0.25 && part((level) => level >= 3) >= 0.25,
  }
}
