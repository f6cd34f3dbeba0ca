/** The real server, given a questionnaire instead of reading the shipped one, so that two hundred starts take minutes. */
import { readConfig } from "../src/config.ts"
import { startServer } from "../src/server.ts"
import { smallQuestionnaire } from "../test/fixtures/small-questionnaire.ts"

const read = readConfig()
if ("problems" in read) throw new Error(read.problems.join("\n"))
const server = await startServer(read.config, { sample: false, today: "2026-11-27", questionnaire: smallQuestionnaire })
console.log(`Headwater is ready at ${server.address}`)
process.on("SIGTERM", () => server.stop())
process.exitCode = await server.stopped
