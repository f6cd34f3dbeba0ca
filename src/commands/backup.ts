import { existsSync } from "node:fs"
import { type Command, exitCode, type Given, type Io, Refusal } from "./command.ts"

/** `headwater backup FILE`: a verified copy of the embedded database, also while the server runs. */
export const backup: Command = {
  name: "backup",
  summary: "copy the embedded database to a file, verified, also while the server runs",
  operands: "FILE",
  operandCount: [1, 1],
  options: {},
  notes:
    "Writes FILE and FILE.json, the manifest that a restore needs; both appear only when the copy was found whole.\n" +
    "Keep headwater.ledger of the data folder too: it says what was erased or revoked since.\n" +
    "With BACKUP_DIR the running server makes backups by itself.",
  run,
}

async function run(given: Given, io: Io): Promise<number> {
  const { databaseIn, dataFolder, storeFailure } = await import("./data-folder.ts")
  const { checkTarget } = await import("./output.ts")
  const file = given.operands[0] ?? ""
  const source = databaseIn(await dataFolder())
  await checkTarget(file, source)
  if (existsSync(file)) throw new Refusal(exitCode.file, `${file} is there already. Name a new file: a backup replaces nothing.`)
  const { backUp } = await import("../store/sqlite-backup.ts")
  try {
    const { bytes, rows } = await backUp(source, file, { now: Date.now() })
    const count = Object.values(rows).reduce((sum, one) => sum + one, 0)
    io.out(`${file}: ${(bytes / 1_000_000).toFixed(1)} MB, ${count} rows in ${Object.keys(rows).length} tables, verified\n`)
    return exitCode.ok
  } catch (error) {
    throw storeFailure(error)
  }
}
