/** Reads what an estate is imported from: files, and folders with everything below them. */
import { readdir, readFile, stat } from "node:fs/promises"
import { basename, join } from "node:path"
import { type ImportFile, textOfBytes } from "./estate/files/import-files.ts"
import { isProjectFile } from "./estate/files/dbt-projects.ts"
import type { Notice } from "./estate/model.ts"

/** Largest file that is read, in bytes. */
const largestFile = 200_000_000

export interface FolderFiles {
  /** Paths are relative to the folder, with forward slashes; of seeds there is only the path. */
  readonly files: readonly ImportFile[]
  readonly notices: readonly Notice[]
}

/** A file that cannot be read; the message says why and what to do. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile"
}

/** Whether the path is a folder. Rejects with `UnreadableFile` where there is nothing. */
export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch((error: unknown) => Promise.reject(unreadable(path, error)))).isDirectory()
}

/** The text of a file; `notice` where it is not UTF-8. Rejects with `UnreadableFile`, also for more than 200 MB. */
export async function readText(path: string): Promise<{ readonly text: string; readonly notice?: string }> {
  try {
    const { size } = await stat(path)
    if (size > largestFile) throw new UnreadableFile(`${path} is too large: it has ${megabytes(size)}, and 200 MB is the most.`)
    return textOfBytes(await readFile(path))
  } catch (error) {
    throw error instanceof UnreadableFile ? error : unreadable(path, error)
  }
}

/** SQL files of a folder and of all folders in it, and what tells their dbt project; links and hidden folders are passed over. */
export async function readFolder(folder: string): Promise<FolderFiles> {
  const files: ImportFile[] = []
  const notices: Notice[] = []
  for await (const path of walk(folder, notices)) {
    if (isNamedOnly(path)) files.push({ path, text: "" })
    else if (isRead(path)) {
      const { text, notice } = await readText(join(folder, path))
      if (notice !== undefined) notices.push({ place: path, message: notice })
      files.push({ path, text })
    }
  }
  return { files, notices }
}

const isRead = (path: string): boolean =>
  /\.(?:sql|hql|hive|q|bq|ddl|dml)$/i.test(path) || isProjectFile(path) || /(?:^|\/)models\/.*\.py$/i.test(path)

/** dbt's seeds are known by their names alone. */
const isNamedOnly = (path: string): boolean => /\.csv$/i.test(path)

const passedOverFolders = new Set(["node_modules", "__pycache__"])

/** Most files that are looked at: a folder with more is not one of SQL. */
const mostFiles = 500_000

/** Paths of all files, relative to the folder and in the order of their names; iterative, so that no depth is too deep. */
async function* walk(folder: string, notices: Notice[]): AsyncGenerator<string> {
  const open = [""]
  let seen = 0
  for (let inside = open.pop(); inside !== undefined; inside = open.pop()) {
    const place = join(folder, inside)
    const entries = await readdir(place, { withFileTypes: true }).catch((error: unknown) =>
      Promise.reject(unreadable(place, error)),
    )
    const sorted = entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))
    const folders: string[] = []
    for (const entry of sorted) {
      seen += 1
      if (seen > mostFiles)
        throw new UnreadableFile(`${folder} holds more than ${mostFiles} files. Name the folder with the SQL in it.`)
      const path = `${inside}${entry.name}`
      if (entry.isSymbolicLink()) notices.push({ place: path, message: "Passed over: it is a link to somewhere else" })
      else if (entry.isFile()) yield path
      else if (entry.isDirectory() && !entry.name.startsWith(".") && !passedOverFolders.has(entry.name)) folders.push(`${path}/`)
    }
    open.push(...folders.reverse())
  }
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`

function unreadable(path: string, error: unknown): UnreadableFile {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: `There is no file or folder ${path}. Check its name.`,
    EACCES: `${path} cannot be read: you do not have permission.`,
    EISDIR: `${path} is a folder. Name the file in it.`,
    ENOTDIR: `${path} is no folder. Name the file itself, or a folder.`,
  }
  const code = (error as NodeJS.ErrnoException).code ?? String(error)
  return new UnreadableFile(reasons[code] ?? `${path} cannot be read (${code}).`, { cause: error })
}

/** The last part of a path: what people call the file or folder. */
export const nameOf = (path: string): string => basename(path) || path
