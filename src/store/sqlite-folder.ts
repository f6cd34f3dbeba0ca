import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  statfsSync,
  unlinkSync,
  writeFileSync,
} from "node:fs"
import { dirname, join, resolve } from "node:path"
import { StoreRefused } from "./errors.ts"

/** What the database's file is called in the data folder. */
export const databaseName = "headwater.sqlite"

/** Free bytes below which the program does not start. */
export const leastFreeBytes = 200_000_000

/** File systems whose locks cannot be trusted: NFS, SMB, CIFS, SMB2, Ceph, AFS, Lustre, 9P, OCFS2, GFS2, by the numbers of statfs(2). */
const networkFileSystems = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x00c36400, 0x5346414f, 0x0bd00bd0, 0x01021997, 0x7461636f, 0x01161970,
])
/** Many kinds share this number; those over a network are told apart by the name that the mount has. */
const fuse = 0x65735546
const overNetwork = /^fuse\.(?:sshfs|s3fs|rclone|glusterfs|davfs2?|ceph|juicefs|gcsfuse|blobfuse2?)$/

/** What the program asks the system about a folder. */
export interface Disk {
  readonly type: number
  readonly free: number
  /** Name of the kind of file system, where it is known. */
  readonly kind?: string | undefined
}

const diskOf = (folder: string): Disk => {
  const { type, bavail, bsize } = statfsSync(folder)
  return { type, free: bavail * bsize, kind: type === fuse ? mountedAs(folder) : undefined }
}

/** The kind of the innermost mount that the folder is in, as Linux lists them. */
const mountedAs = (folder: string): string | undefined => {
  if (!existsSync(mounts)) return undefined
  const place = realpathSync(folder)
  const inside = readFileSync(mounts, "utf8")
    .split("\n")
    .map((line) => ({ at: line.split(" ")[4] ?? "", kind: line.split(" - ")[1]?.split(" ")[0] }))
    .filter(({ at }) => at !== "" && (place === at || place.startsWith(at === "/" ? at : `${at}/`)))
  return inside.toSorted((one, other) => one.at.length - other.at.length).at(-1)?.kind
}

const mounts = "/proc/self/mountinfo"

/**
 * Makes sure that `folder` exists, belongs to us alone (0700), can be written, is on this machine and has room. Throws `StoreRefused`
 * saying what to do.
 */
export const prepareFolder = (folder: string, leastFree: number = leastFreeBytes, ask: typeof diskOf = diskOf): void => {
  createFolder(folder)
  requirePrivate(folder)
  requireWritable(folder)
  const { type, kind = "", free } = ask(folder)
  if (networkFileSystems.has(type) || overNetwork.test(kind)) {
    throw new StoreRefused(
      `The data folder ${folder} is on a network file system, where SQLite can lose data. Use a folder on a local disk.`,
    )
  }
  if (free < leastFree) {
    throw new StoreRefused(
      `The disk of the data folder ${folder} has ${megabytes(free)} MB free and ${megabytes(leastFree)} MB are needed. Free some space and start again.`,
    )
  }
}

/** Creates an empty file that only its owner may read, or takes others' rights from the one that is there. */
export const privateFile = (file: string): void => {
  // Never open a database that exists: closing it again would drop the locks that SQLite holds on it in this process.
  if (existsSync(file)) return onlyOwner(file)
  closeSync(openSync(file, "wx", 0o600))
}

/** Bytes that a program without privileges can still write where the folder is. */
export const freeBytesOf = (folder: string): number => diskOf(folder).free

/** Makes the folder, for its owner alone, with those that it is in. Throws `StoreRefused` saying what to do when it cannot. */
export const createFolder = (folder: string): void => {
  try {
    createPath(resolve(folder))
  } catch (error) {
    throw new StoreRefused(`The folder ${folder} cannot be created (${reason(error)}). Create it, or choose another one.`, {
      cause: error,
    })
  }
  if (!statSync(folder).isDirectory())
    throw new StoreRefused(`The folder ${folder} is a file. Move it away, or choose another one.`)
}

/** One level at a time: Node's recursive form never returns where the system says that no parent exists (as below /proc). */
const createPath = (folder: string): void => {
  if (existsSync(folder)) return
  createPath(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

const requirePrivate = (folder: string): void => {
  try {
    onlyOwner(folder)
  } catch (error) {
    throw new StoreRefused(
      `The data folder ${folder} belongs to somebody else (${reason(error)}). Run the program as its owner, or run chown on the folder.`,
      { cause: error },
    )
  }
}

/** Takes the others' rights away; gives the owner none, so that what was made read-only stays so. */
const onlyOwner = (path: string): void => {
  // Windows has no such modes; there the folder's access list decides.
  if (process.platform === "win32") return
  const { mode } = statSync(path)
  if ((mode & 0o077) !== 0) chmodSync(path, mode & 0o700)
}

const requireWritable = (folder: string): void => {
  const trial = join(folder, `.writable-${process.pid}`)
  try {
    writeFileSync(trial, "", { mode: 0o600 })
    unlinkSync(trial)
  } catch (error) {
    throw new StoreRefused(
      `The data folder ${folder} cannot be written (${reason(error)}). Give its owner write access, or choose another one.`,
      {
        cause: error,
      },
    )
  }
}

const reason = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error)

const megabytes = (bytes: number): number => Math.floor(bytes / 1_000_000)
