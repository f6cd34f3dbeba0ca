/** The table of the README, between its marks. */
import { readFileSync, writeFileSync } from "node:fs"
import type { Outcome } from "./experiment.ts"
import type { Machine } from "./machine.ts"

interface Run {
  readonly at: string
  readonly seed: number
  readonly full: boolean
  readonly part: number
  readonly machine: Machine
  readonly disk: { readonly p50: number; readonly p99: number }
  readonly results: readonly { readonly name: string; readonly title: string; readonly outcome: Outcome }[]
}

const begin = "<!-- trust:begin -->"
const end = "<!-- trust:end -->"

/** Puts the results of a whole run between the marks of `file`. */
export const writeTable = (file: string, run: Run): void => {
  const text = readFileSync(file, "utf8")
  const [before, rest] = text.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`${file} has no ${begin} … ${end}`)
  writeFileSync(file, `${before}${begin}\n${tableOf(run)}\n${end}${after}`)
}

const tableOf = ({ at, seed, full, part, machine, disk, results }: Run): string => {
  const day = new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })
  const rows = results.map(({ name, title, outcome: { done, found, goals } }) => {
    const missed = goals.filter(({ met }) => !met).map(({ text }) => text)
    const verdict = missed.length === 0 ? found : `${found}. **Missed: ${missed.join(", ")}**`
    return `| \`${name}\` | ${title} | ${done} | ${verdict} |`
  })
  return [
    `${day}, seed ${seed}${full ? ", full" : ""}${part < 1 ? `, only ${Math.round(part * 100)} % of each experiment` : ""}, Node ${machine.node.slice(1)}, ${machine.sqlite}, ${machine.cores} cores (virtual, noisy); one sync of the disk took ${disk.p50} ms (p50) to ${disk.p99} ms (p99).`,
    "",
    "| name | promise | what was done | what came of it |",
    "|---|---|---|---|",
    ...rows,
  ].join("\n")
}
