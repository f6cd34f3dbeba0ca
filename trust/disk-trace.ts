/** What a process asked of its disk, in order, as strace wrote it down. */
import { readFileSync } from "node:fs"
import { basename } from "node:path"

export type DiskEvent =
  | { readonly event: "write"; readonly file: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly event: "truncate"; readonly file: string; readonly size: number }
  | { readonly event: "sync"; readonly file: string }
  | { readonly event: "sync-folder" }
  | { readonly event: "create"; readonly file: string }
  | { readonly event: "remove"; readonly file: string }
  /** Told to the client: from here on it counts. */
  | { readonly event: "acknowledge"; readonly key: string }

/** The system calls that change a disk; all their texts in hexadecimal, descriptors with their paths. */
export const straceArguments = (output: string): readonly string[] => [
  "-ff",
  "-y",
  "-xx",
  "-s",
  "70000",
  "-o",
  output,
  "-e",
  "trace=pwrite64,pwritev,write,writev,fsync,fdatasync,ftruncate,fallocate,rename,unlink,openat",
]

/** The events of one thread's trace that concern files in `folder`, and what it printed. Throws on a call it does not know. */
export const readTrace = (trace: string, folder: string): readonly DiskEvent[] =>
  readFileSync(trace, "latin1")
    .split("\n")
    .flatMap((line) => eventsOf(line, folder))

const call = /^(\w+)\((.*)\)\s+= (-?\d+)/

const eventsOf = (line: string, folder: string): readonly DiskEvent[] => {
  const [, name = "", given = "", result = ""] = call.exec(line) ?? []
  if (name === "" || result.startsWith("-")) return []
  if (name === "write" && given.startsWith("1<")) return acknowledged(given)
  const path = unhex(
    /<([^>]*)>|"([^"]*)"/
      .exec(given.replace(/^AT_FDCWD<[^>]*>, /, ""))
      ?.slice(1)
      .find(Boolean) ?? "",
  )
  if (path.toString() === folder && /^f(data)?sync$/.test(name)) return [{ event: "sync-folder" }]
  if (!path.toString().startsWith(`${folder}/`)) return []
  const file = basename(path.toString())
  // The shared-memory index is rebuilt from the log, whatever is in it.
  if (file.endsWith("-shm")) return []
  return [eventOf(name, given, file)].flatMap((one) => one ?? [])
}

const eventOf = (name: string, given: string, file: string): DiskEvent | undefined => {
  if (name === "pwrite64") {
    const [, text = "", offset = ""] = /"([^"]*)", \d+, (\d+)$/.exec(given) ?? []
    return { event: "write", file, offset: Number(offset), bytes: unhex(text) }
  }
  if (name === "ftruncate") return { event: "truncate", file, size: Number(/, (\d+)$/.exec(given)?.[1]) }
  if (name === "fsync" || name === "fdatasync") return { event: "sync", file }
  if (name === "openat") return given.includes("O_CREAT") ? { event: "create", file } : undefined
  if (name === "unlink") return { event: "remove", file }
  throw new Error(`The disk replay does not know ${name}.`)
}

const acknowledged = (given: string): readonly DiskEvent[] =>
  unhex(/"([^"]*)"/.exec(given)?.[1] ?? "")
    .toString()
    .split("\n")
    .flatMap((key) => (key === "" ? [] : [{ event: "acknowledge" as const, key }]))

const unhex = (text: string): Buffer => Buffer.from(text.replaceAll("\\x", ""), "hex")
