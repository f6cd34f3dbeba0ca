import { setImmediate as breathe } from "node:timers/promises"
import type { EstateImport } from "../../store/store.ts"

const statementsAtOnce = 400

/** An import as `storable` makes it, with pauses in which others get their turn. */
export const storableImport = async ({ estate, ...wanted }: EstateImport): Promise<EstateImport> => {
  const { statements, ...rest } = estate
  const plainOnes: (typeof statements)[number][] = []
  for (let from = 0; from < statements.length; from += statementsAtOnce) {
    plainOnes.push(...storable(statements.slice(from, from + statementsAtOnce)))
    await breathe()
  }
  return { ...storable(wanted), estate: { ...storable(rest), statements: plainOnes } }
}

/** A value with the same texts, but for characters that no database keeps: NUL and half surrogates become U+FFFD, so that places stay. */
const storable = <T>(value: T): T => {
  if (typeof value === "string") return plain(value) as T
  if (typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map(storable) as T
  const entries = Object.entries(value).map(([name, one]) => [plain(name), storable(one as unknown)] as const)
  return Object.fromEntries(entries) as T
}

const plain = (text: string): string => {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  return whole.includes("\0") ? whole.replaceAll("\0", "\uFFFD") : whole
}
