/** Imports the manifest in the given file, or only parses it as JSON, in a process of its own: prints time and memory. */
import { readFileSync } from "node:fs"
import { readManifest } from "../src/estate/dbt/manifest.ts"

const [file = "", what = "import"] = process.argv.slice(2)
const text = readFileSync(file, "utf8")
const start = performance.now()
const count = what === "import" ? imported() : Object.keys(JSON.parse(text) as object).length
const taken = performance.now() - start
console.log(JSON.stringify({ count, taken, megabytes: process.resourceUsage().maxRSS / 1024 }))

function imported(): number {
  const { estate, problems } = readManifest(text)
  if (estate === undefined) throw new Error(JSON.stringify(problems.slice(0, 5)))
  return estate.statements.length
}
