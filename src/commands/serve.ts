import { variables } from "../config-variables.ts"
import { type Command, exitCode, type Given, type Io, Refusal } from "./command.ts"

/** `headwater serve`: the web. */
export const serve: Command = {
  name: "serve",
  summary: "start the web server",
  operands: "",
  operandCount: [0, 0],
  options: { "no-sample": { type: "boolean", help: "start empty: leave the sample engagement out on the first start" } },
  notes: `Settings come from the environment:\n${Object.entries(variables)
    .map(([name, help]) => `  ${name.padEnd(16)}  ${help}`)
    .join("\n")}`,
  run,
}

async function run(given: Given, io: Io): Promise<number> {
  const { readConfig } = await import("../config.ts")
  const read = readConfig()
  if ("problems" in read) throw new Refusal(exitCode.usage, read.problems.join("\n"))
  const { startServer } = await import("../server.ts")
  const server = await startServer(read.config, { sample: !given.has("no-sample"), today: io.today() })
  const setUp =
    server.setUpLink === undefined
      ? ""
      : `Nobody can sign in yet. Make the first administrator, within an hour:\n${server.setUpLink}\n`
  // In one piece: whoever waits for the address has the link as well.
  io.out(`Headwater is ready at ${server.address}\n${setUp}`)
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => server.stop())
  for (const event of ["uncaughtException", "unhandledRejection"] as const) process.on(event, (error) => server.fail(error))
  return server.stopped
}
