/** What the figures were measured on. */
import { readFileSync } from "node:fs"
import { cpus } from "node:os"
import { join } from "node:path"

export interface Machine {
  readonly node: string
  readonly sqlite: string
  readonly cpu: string
  readonly cores: number
}

export const machine = (): Machine => {
  const file = join(import.meta.dirname, "../node_modules/better-sqlite3/package.json")
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string }
  return { node: process.version, sqlite: `better-sqlite3 ${version}`, cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length }
}
