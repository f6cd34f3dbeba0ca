/** Where uploads lie until their request is answered: each in a folder that names the process, so that no later one has to guess. */
import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

const begin = "headwater-upload-"

/** A new empty folder that only this account of the machine may read. */
export const newUploadFolder = (): Promise<string> => mkdtemp(join(tmpdir(), `${begin}${process.pid}-`))

/** Removes what a program left behind that was killed; for the start, before anything is received. */
export const removeLeftUploads = async (): Promise<void> => {
  const names = await readdir(tmpdir()).catch(() => [])
  const left = names.filter((name) => name.startsWith(begin) && !isOfAnother(Number.parseInt(name.slice(begin.length), 10)))
  // What belongs to another account of the machine is that one's to remove.
  await Promise.all(left.map((name) => rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined)))
}

/** Whether another process that runs has this number. */
const isOfAnother = (pid: number): boolean => {
  if (pid === process.pid || !Number.isSafeInteger(pid)) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH"
  }
}
