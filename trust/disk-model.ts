/** A disk that may lose, at a power cut, whatever was not synced: all of it, the end of it, or any of its sectors. */
import { type Chance, oneOf } from "./experiment.ts"
import type { DiskEvent } from "./disk-trace.ts"

type Change = Extract<DiskEvent, { event: "write" | "truncate" }>

interface File {
  /** What is certain to survive. */
  durable: Buffer
  /** Size of what is certain; the buffer may be larger. */
  size: number
  /** What came since the last sync, in order. */
  pending: Change[]
  /** The folder was synced since the file was made. */
  named: boolean
}

const sector = 512
const fates = ["all lost", "cut off", "torn", "all kept"] as const

/** Replays events and tells what the disk may hold if the power went now. */
export const createDisk = (files: ReadonlyMap<string, Buffer>) => {
  const disk = new Map([...files].map(([name, bytes]): [string, File] => [name, fileOf(bytes, true)]))
  const file = (name: string): File => {
    const known = disk.get(name)
    if (known) return known
    const made = fileOf(Buffer.alloc(0), false)
    disk.set(name, made)
    return made
  }

  const apply = (one: DiskEvent): void => {
    if (one.event === "write" || one.event === "truncate") file(one.file).pending.push(one)
    else if (one.event === "create") file(one.file)
    else if (one.event === "sync") settle(file(one.file))
    else if (one.event === "remove") disk.delete(one.file)
    else if (one.event === "sync-folder") for (const each of disk.values()) each.named = true
  }

  const afterCut = (chance: Chance): ReadonlyMap<string, Buffer> =>
    new Map(
      [...disk].flatMap(([name, one]) =>
        one.named || chance() < 0.5 ? [[name, survivor(one, oneOf(chance, fates), chance)]] : [],
      ),
    )

  return { apply, afterCut }
}

const fileOf = (bytes: Buffer, named: boolean): File => ({ durable: Buffer.from(bytes), size: bytes.length, pending: [], named })

const settle = (file: File): void => {
  for (const one of file.pending) change(file, one)
  file.pending = []
}

const survivor = (file: File, fate: (typeof fates)[number], chance: Chance): Buffer => {
  const copy: File = { ...fileOf(file.durable.subarray(0, file.size), true) }
  const count = fate === "cut off" ? Math.floor(chance() * (file.pending.length + 1)) : file.pending.length
  if (fate === "all lost") return copy.durable
  for (const one of file.pending.slice(0, count)) {
    if (fate !== "torn") change(copy, one)
    else for (const part of sectorsOf(one)) if (chance() < 0.5) change(copy, part)
  }
  const next = file.pending[count]
  if (fate === "cut off" && next?.event === "write") {
    const parts = sectorsOf(next)
    for (const part of parts.slice(0, Math.floor(chance() * (parts.length + 1)))) change(copy, part)
  }
  return copy.durable.subarray(0, copy.size)
}

/** A write in pieces that each reach the disk whole or not at all. */
const sectorsOf = (one: Change): readonly Change[] => {
  if (one.event === "truncate") return [one]
  const parts: Change[] = []
  for (let from = 0; from < one.bytes.length;) {
    const to = Math.min(one.bytes.length, from + sector - ((one.offset + from) % sector))
    parts.push({ ...one, offset: one.offset + from, bytes: one.bytes.subarray(from, to) })
    from = to
  }
  return parts
}

const change = (file: File, one: Change): void => {
  if (one.event === "truncate") {
    grow(file, one.size)
    file.size = one.size
    return
  }
  const end = one.offset + one.bytes.length
  grow(file, end)
  one.bytes.copy(file.durable, one.offset)
  file.size = Math.max(file.size, end)
}

const grow = (file: File, size: number): void => {
  if (size <= file.size) return
  if (size > file.durable.length) {
    const larger = Buffer.alloc(Math.max(size, file.durable.length * 2))
    file.durable.copy(larger, 0, 0, file.size)
    file.durable = larger
  }
  file.durable.fill(0, file.size, size)
}
