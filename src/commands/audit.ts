import { type Command, exitCode, type Given, type Io, Refusal } from "./command.ts"

/** `headwater audit`: whether the audit log is whole. */
export const audit: Command = {
  name: "audit",
  summary: "check that no entry of the audit log was changed or taken out",
  operands: "",
  operandCount: [0, 0],
  options: {},
  notes: "The embedded database belongs to one program at a time: stop the server first. Entries cut off at the end show too.",
  run,
}

async function run(_given: Given, io: Io): Promise<number> {
  const { readConfig } = await import("../config.ts")
  const read = readConfig()
  if ("problems" in read) throw new Refusal(exitCode.usage, read.problems.join("\n"))
  const { openStore } = await import("../open-store.ts")
  const { store } = await openStore(read.config, Date.now(), () => undefined)
  try {
    const { entries, broken } = (await store.verifyAudit({ program: "audit" })) ?? { entries: 0, broken: 1 }
    io.out(broken === undefined ? `${entries} entries, unbroken.\n` : `Broken at entry ${broken}, after ${entries} sound ones.\n`)
    return broken === undefined ? exitCode.ok : exitCode.problems
  } finally {
    await store.close()
  }
}
