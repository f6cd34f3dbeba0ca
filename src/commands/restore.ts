import { type Command, exitCode, type Given, type Io } from "./command.ts"

/** `headwater restore FILE`: a backup becomes the database of an empty data folder. */
export const restore: Command = {
  name: "restore",
  summary: "put a backup into an empty data folder, without what was erased or revoked since",
  operands: "FILE",
  operandCount: [1, 1],
  options: {
    ledger: { type: "string", value: "LEDGER", help: "ledger of the lost data folder, besides those found by themselves" },
    "without-ledger": { type: "boolean", help: "restore although no ledger is found" },
  },
  notes:
    "Stop the server and move the old database out of the data folder first; leave headwater.ledger in it.\n" +
    "A ledger is looked for in the data folder and beside FILE. People erased, links revoked, members removed and accounts\n" +
    "disabled after the backup do not come back; everybody signs in again.",
  run,
}

async function run(given: Given, io: Io): Promise<number> {
  const { dataFolder, storeFailure } = await import("./data-folder.ts")
  const folder = await dataFolder()
  const { restoreSqlite } = await import("../store/sqlite-restore.ts")
  const ledger = given.text("ledger")
  try {
    const { manifest, ended } = await restoreSqlite({
      folder,
      backup: given.operands[0] ?? "",
      ledgers: ledger === undefined ? [] : [ledger],
      withoutLedger: given.has("without-ledger"),
      now: Date.now(),
    })
    const made = new Date(manifest.madeAt).toISOString()
    io.out(`${folder} has the backup of ${made} again. Ended once more since: ${ended}. Start the server.\n`)
    return exitCode.ok
  } catch (error) {
    throw storeFailure(error)
  }
}
