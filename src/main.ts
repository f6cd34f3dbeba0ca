/** The front door: `headwater COMMAND`. The only start-up code. */
import { enableCompileCache } from "node:module"

const needed = 26
const major = Number(process.versions.node.split(".", 1)[0])
if (major < needed) {
  process.stderr.write(
    `Headwater needs Node ${needed} or newer; this is ${process.versions.node}. Run it with "npm start" or "bin/headwater" after "npm ci", which bring the right one.\n`,
  )
  process.exit(1)
}

// Compiled code is kept between runs, which halves the time to start.
enableCompileCache()
const { runCommandLine } = await import("./command-line.ts")
const { processIo } = await import("./process-io.ts")
process.exitCode = await runCommandLine(process.argv.slice(2), processIo())
