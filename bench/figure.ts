/** One measured figure, in words, with the goal it is held against. */
export interface Figure {
  readonly what: string
  readonly value: string
  readonly goal?: { readonly text: string; readonly met: boolean }
}

/** Middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Milliseconds that `run` takes, the median of `rounds`. */
export async function time(rounds: number, run: () => unknown): Promise<number> {
  const taken: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await run()
    taken.push(performance.now() - start)
  }
  return median(taken)
}

export function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`
}
