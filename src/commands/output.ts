import { open, realpath, rename, stat, unlink } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { exitCode, Refusal } from "./command.ts"

/** Throws a `Refusal` when `file` cannot be the place of a result computed from `source`. Nothing is written yet. */
export async function checkTarget(file: string, source: string): Promise<void> {
  const folder = dirname(file)
  const inFolder = await stat(folder).catch(() => undefined)
  if (inFolder === undefined) throw new Refusal(exitCode.file, `There is no folder ${folder}. Create it, or name another file.`)
  if (!inFolder.isDirectory()) throw new Refusal(exitCode.file, `${folder} is a file, not a folder. Name another file.`)
  const there = await stat(file).catch(() => undefined)
  if (there?.isDirectory())
    throw new Refusal(exitCode.file, `${file} is a folder. Name a file in it, such as ${join(file, "plan.pdf")}.`)
  if (there !== undefined && source !== "-" && (await isSame(file, source))) {
    throw new Refusal(exitCode.file, `${file} is the engagement file itself. Name another file.`)
  }
}

/** Writes a file whole or not at all: a reader never sees half of it, and a failure leaves the earlier one as it was. */
export async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`)
  try {
    const handle = await open(temporary, "wx")
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await unlink(temporary).catch(() => undefined)
    throw unwritable(file, error)
  }
}

async function isSame(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((file) => realpath(file).catch(() => undefined)))
  return first !== undefined && first === second
}

function unwritable(file: string, error: unknown): Refusal {
  const reasons: Readonly<Record<string, string>> = {
    EACCES: "you do not have permission to write in its folder",
    EPERM: "you do not have permission to write in its folder",
    EROFS: "its disk is read-only",
    ENOSPC: "its disk is full; free some space and try again",
  }
  const code = (error as NodeJS.ErrnoException).code ?? String(error)
  return new Refusal(exitCode.file, `${file} cannot be written: ${reasons[code] ?? code}.`, { cause: error })
}
