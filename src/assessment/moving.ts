/** What an initiative moves: products, sources, statements. */
import type { Initiative } from "./model.ts"

/** Whether an initiative moves a product to its new path. */
export const movesProducts = ({ takes }: Initiative): boolean => (takes?.products ?? 0) + (takes?.heavyProducts ?? 0) > 0

/** Whether an initiative is a pilot: it moves a product before the others do. */
export const isPilot = (initiative: Initiative): boolean => initiative.stage === 1 && movesProducts(initiative)

/** Whether an initiative moves products once the pilot has shown how. */
export const isBroad = (initiative: Initiative): boolean => initiative.stage === 2 && movesProducts(initiative)

/** Whether an initiative moves products or sources, or rewrites statements. */
export const migrates = ({ takes, effort }: Initiative): boolean => takes !== undefined || effort.multipliers !== "none"
