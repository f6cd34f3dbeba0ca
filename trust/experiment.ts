/** One promise of the program, put to the test, and how it came out. */
export interface Experiment {
  /** As it stands in the README's table. */
  readonly title: string
  run(options: Options): Promise<Outcome>
}

export interface Options {
  /** The same seed does the same again, as far as processes and disks let it. */
  readonly seed: number
  /** How many there are to be: `usual` in a run of at most three minutes, `full` for the eve of a release, a part of it to try things out. */
  readonly count: (usual: number, full: number) => number
  /** Without haste: long delays stay long. */
  readonly full: boolean
  /** PostgreSQL to try the same on; absent when none is reachable. */
  readonly postgres: string | undefined
  /** A line about what is going on. */
  readonly say: (text: string) => void
}

export interface Outcome {
  /** What was done, in numbers: "200 cycles, 41,300 answers". */
  readonly done: string
  /** What came of it: "0 lost, 0 doubled". */
  readonly found: string
  readonly goals: readonly Goal[]
  /** The first things that went wrong, for whoever has to look. */
  readonly wrong: readonly string[]
}

export interface Goal {
  readonly text: string
  readonly met: boolean
}

/** A goal of "none of these". */
export const none = (what: string, count: number): Goal => ({ text: `0 ${what}`, met: count === 0 })

/** 41,300 for 41300. */
export const grouped = (count: number): string => count.toLocaleString("en")

/** The value below which a share of all lies. */
export const quantile = (values: readonly number[], share: number): number => {
  const inOrder = values.toSorted((a, b) => a - b)
  return inOrder[Math.min(inOrder.length - 1, Math.floor(share * inOrder.length))] ?? Number.NaN
}

/** As many of the list as are wanted, spread over all of it; in a whole run that is every one. */
export const spread = <T>(list: readonly T[], count: Options["count"]): readonly T[] => {
  const wanted = count(list.length, list.length)
  return list.filter((_, at) => Math.floor(((at + 1) * wanted) / list.length) > Math.floor((at * wanted) / list.length))
}

/** Tells chance apart for each part of an experiment. */
export type Chance = () => number

/** One of the list. */
export const oneOf = <T>(chance: Chance, list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T

/** A whole number from `least` to `most`. */
export const between = (chance: Chance, least: number, most: number): number => least + Math.floor(chance() * (most - least + 1))
