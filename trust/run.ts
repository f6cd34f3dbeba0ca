/** Puts the program's promises to the test: `npm run trust [-- name …] [--full] [--part 0.1] [--seed N]`. */
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { measureDisk } from "./disk.ts"
import type { Experiment, Outcome } from "./experiment.ts"
import { machine } from "./machine.ts"
import { reachablePostgres } from "./postgres.ts"
import { writeTable } from "./table.ts"

const experiments: Readonly<Record<string, () => Promise<{ readonly experiment: Experiment }>>> = {
  kill9: () => import("./kill9.ts"),
  powercut: () => import("./powercut.ts"),
  autosave: () => import("./autosave.ts"),
  csrf: () => import("./csrf.ts"),
  authz: () => import("./authz.ts"),
  fuzz: () => import("./fuzz.ts"),
  engines: () => import("./engines.ts"),
  canaries: () => import("./canaries.ts"),
}

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    full: { type: "boolean", default: false },
    part: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
  },
})
const unknown = asked.filter((name) => experiments[name] === undefined)
const part = Number(values.part)
if (unknown.length > 0 || !(part > 0 && part <= 1) || !/^\d{1,9}$/.test(values.seed)) {
  console.error(
    `Usage: npm run trust -- [name …] [--full] [--part 0.1] [--seed N]. The names: ${Object.keys(experiments).join(", ")}.`,
  )
  process.exit(2)
}

const at = new Date()
const seed = Number(values.seed)
const disk = measureDisk()
const postgres = await reachablePostgres()
console.log(`seed ${seed}, one sync of the disk ${disk.p50} ms in the middle, ${disk.p99} ms for the slowest in a hundred`)

const results: { name: string; title: string; seconds: number; outcome: Outcome }[] = []
for (const [name, load] of Object.entries(experiments)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const began = performance.now()
  const { experiment } = await load()
  console.log(`\n${name}: ${experiment.title}`)
  const outcome = await experiment
    .run({ seed, full: values.full, count, postgres, say: (text) => console.log(`  … ${text}`) })
    .catch(failed)
  const seconds = Math.round((performance.now() - began) / 1000)
  results.push({ name, title: experiment.title, seconds, outcome })
  console.log(`  ${outcome.done}: ${outcome.found} (${seconds} s)`)
  for (const { text, met } of outcome.goals) console.log(`  goal ${text}: ${met ? "met" : "MISSED"}`)
  for (const line of outcome.wrong) console.log(`  ! ${line}`)
}

const folder = join(import.meta.dirname, "results")
mkdirSync(folder, { recursive: true })
const run = { at: at.toISOString(), seed, full: values.full, part, machine: machine(), disk, results }
writeFileSync(join(folder, `${run.at.replaceAll(":", "-")}.json`), `${JSON.stringify(run, null, 2)}\n`)
if (asked.length === 0) writeTable(join(import.meta.dirname, "../README.md"), run)
process.exit(results.some(({ outcome }) => outcome.goals.some(({ met }) => !met)) ? 1 : 0)

/** A part of an experiment is for trying it out. */
function count(usual: number, full: number): number {
  return Math.max(1, Math.round((values.full ? full : usual) * part))
}

/** An experiment that broke proves nothing, which must not pass. */
function failed(error: unknown): Outcome {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {
    done: "not run to its end",
    found: "nothing is known",
    goals: [{ text: "runs to its end", met: false }],
    wrong: [text],
  }
}
