/** Measures the figures of the README, each against a floor measured in the same run: `npm run bench [-- name …]`. */
import { mkdirSync, writeFileSync } from "node:fs"
import { cpus } from "node:os"
import { join } from "node:path"
import type { Figure } from "./figure.ts"

const benches: Record<string, () => Promise<readonly Figure[]>> = {
  assess: async () => (await import("./assess.ts")).measure(),
  saves: async () => (await import("./saves.ts")).measure(),
  pdf: async () => (await import("./pdf.ts")).measure(),
  start: async () => (await import("./start.ts")).measure(),
  load: async () => (await import("./load.ts")).measure(),
  lists: async () => (await import("./lists.ts")).measure(),
  sql: async () => (await import("./sql.ts")).measure(),
  manifest: async () => (await import("./manifest.ts")).measure(),
  graph: async () => (await import("./graph.ts")).measure(),
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => benches[name] === undefined)
if (unknown.length > 0) {
  console.error(`No bench is called ${unknown.join(", ")}. There are: ${Object.keys(benches).join(", ")}.`)
  process.exit(2)
}

const figures: Figure[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n${name}`)
  for (const figure of await bench()) {
    figures.push(figure)
    const goal = figure.goal === undefined ? "" : `  goal ${figure.goal.text}: ${figure.goal.met ? "met" : "MISSED"}`
    console.log(`  ${figure.what}: ${figure.value}${goal}`)
  }
}

const folder = join(import.meta.dirname, "results")
mkdirSync(folder, { recursive: true })
const stamp = new Date().toISOString()
const machine = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length }
writeFileSync(join(folder, `${stamp.replaceAll(":", "-")}.json`), `${JSON.stringify({ at: stamp, machine, figures }, null, 2)}\n`)
process.exit(figures.some(({ goal }) => goal?.met === false) ? 1 : 0)
