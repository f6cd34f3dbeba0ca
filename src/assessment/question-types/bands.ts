import type { Anchor, Band } from "../model.ts"

/** The level of the band that holds `value`; `undefined` when none does. */
export const anchorInBands = (bands: readonly Band[], value: number): Anchor | undefined =>
  bands.find((band) => holds(band, value))?.anchor

/** Whether `value` lies in the band: `from` and `to` include their limit, `above` and `below` do not. */
export const holds = (band: Band, value: number): boolean =>
  value >= (band.from ?? -Infinity) &&
  value > (band.above ?? -Infinity) &&
  value <= (band.to ?? Infinity) &&
  value < (band.below ?? Infinity)
