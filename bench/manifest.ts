/** A dbt manifest of 50 MB into an estate: read, classified and planned, in a fresh process, against JSON.parse of the same text. */
import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { largeManifest } from "../test/fixtures/dbt/large-project.ts"
import { type Figure, median, ms } from "./figure.ts"

const models = 5600
const rounds = 3
const longest = 15_000
const mostMegabytes = 600

interface Run {
  readonly count: number
  readonly taken: number
  /** Of that, milliseconds for the plan. */
  readonly planning?: number
  readonly megabytes: number
}

/** Time and peak memory of importing and planning, and what parsing alone costs. */
export async function measure(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "headwater-bench-"))
  try {
    const file = join(folder, "manifest.json")
    const text = largeManifest(models)
    writeFileSync(file, text)
    const runs = Array.from({ length: rounds }, () => ({ import: run(file, "import"), parse: run(file, "parse") }))
    return figuresOf(
      text.length,
      runs.map((each) => each.import),
      runs.map((each) => each.parse),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(file: string, what: "import" | "parse"): Run {
  const program = join(import.meta.dirname, "manifest-process.ts")
  const said = execFileSync(process.execPath, ["--disable-proto=delete", program, file, what], { encoding: "utf8" })
  return JSON.parse(said) as Run
}

function figuresOf(length: number, imports: readonly Run[], parses: readonly Run[]): readonly Figure[] {
  const taken = median(imports.map((each) => each.taken))
  const floor = median(parses.map((each) => each.taken))
  const planning = median(imports.map((each) => each.planning ?? 0))
  const megabytes = Math.max(...imports.map((each) => each.megabytes))
  const size = `${Math.round(length / 1e6)} MB, ${imports[0]?.count} models`
  return [
    {
      what: `dbt manifest, ${size}: imported, classified and planned`,
      value: `${ms(taken)}, of which ${ms(planning)} for the plan, ${(taken / floor).toFixed(1)} × JSON.parse`,
      goal: { text: `under ${longest / 1000} s`, met: taken < longest },
    },
    {
      what: "peak memory of that process",
      value: `${Math.round(megabytes)} MB, of JSON.parse alone ${Math.round(Math.max(...parses.map((each) => each.megabytes)))} MB`,
      goal: { text: `under ${mostMegabytes} MB`, met: megabytes < mostMegabytes },
    },
  ]
}
