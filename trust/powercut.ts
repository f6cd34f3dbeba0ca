/** T2: every disk that a power cut could leave behind is opened; what was acknowledged before the cut is on it. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Database from "better-sqlite3"
import { seededRandom } from "../src/assessment/random.ts"
import { openSqlite } from "../src/store/sqlite.ts"
import { smallQuestionnaire } from "../test/fixtures/small-questionnaire.ts"
import { addCast } from "./cast.ts"
import { createDisk } from "./disk-model.ts"
import { type DiskEvent, readTrace, straceArguments } from "./disk-trace.ts"
import { type Chance, type Experiment, grouped, none } from "./experiment.ts"
import { unsoundness } from "./kill9-check.ts"

const strace = "/usr/bin/strace"
const saves = 1_500
const database = "headwater.sqlite"

export const experiment: Experiment = {
  title: "power cut while people save",
  run: async ({ seed, count, say }) => {
    if (!existsSync(strace)) return notRun
    const states = count(2_000, 10_000)
    const own = realpathSync(mkdtempSync(join(tmpdir(), "headwater-trust-")))
    try {
      const before = await prepare(own)
      const safe = await cutOften(own, before, "FULL", states, seededRandom(seed, "powercut"))
      say(`FULL: ${grouped(states)} disks looked at`)
      const control = await cutOften(own, before, "NORMAL", Math.ceil(states / 4), seededRandom(seed, "control"))
      const share = Math.round((100 * control.losing) / control.states)
      return {
        done: `${grouped(safe.states)} disks as cuts may leave them, ${grouped(saves)} saves`,
        found: `${safe.losing} lost an acknowledged save, ${safe.unsound.length} corrupt; with synchronous=NORMAL ${share} % lose some`,
        goals: [
          none("disks with a loss at FULL", safe.losing),
          none("corrupt disks", safe.unsound.length + control.unsound.length),
          { text: "the control at NORMAL loses", met: control.losing > 0 },
        ],
        wrong: [...safe.lost, ...safe.unsound, ...control.unsound].slice(0, 20),
      }
    } finally {
      rmSync(own, { recursive: true, force: true })
    }
  },
}

const notRun = {
  done: "not run: strace is not installed",
  found: "nothing is known",
  goals: [{ text: "runs", met: false }],
  wrong: [],
}

/** A database that is there already: the journal of the very first creation is not replayed. */
const prepare = async (own: string): Promise<Buffer> => {
  const folder = join(own, "first")
  const store = await openSqlite({ folder, now: Date.now() })
  await addCast(store, smallQuestionnaire, "cut", ["p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"], "DPE")
  await store.close()
  return readFileSync(join(folder, database))
}

interface Cuts {
  readonly states: number
  /** Disks on which something acknowledged was missing. */
  readonly losing: number
  readonly lost: readonly string[]
  readonly unsound: readonly string[]
}

const cutOften = async (own: string, before: Buffer, synchronous: string, states: number, chance: Chance): Promise<Cuts> => {
  const folder = join(own, synchronous)
  mkdirSync(folder)
  writeFileSync(join(folder, database), before)
  const events = await traceSaves(own, folder, synchronous)
  const first = events.findIndex(({ event }) => event === "acknowledge")
  const cuts = Array.from({ length: states }, () => first + Math.floor(chance() * (events.length - first))).sort((a, b) => a - b)
  const disk = createDisk(new Map([[database, before]]))
  const acknowledged: string[] = []
  const lost: string[] = []
  const unsound: string[] = []
  let losing = 0
  let at = 0
  for (const cut of cuts) {
    for (; at < cut; at += 1) {
      const one = events[at] as DiskEvent
      if (one.event === "acknowledge") acknowledged.push(one.key)
      else disk.apply(one)
    }
    const found = lookAt(join(own, "cut"), disk.afterCut(chance), acknowledged)
    if (found.lost.length > 0) losing += 1
    lost.push(...found.lost.slice(0, 3).map((key) => `cut ${cut}: ${key}`))
    unsound.push(...found.unsound.map((text) => `cut ${cut}: ${text}`))
  }
  return { states, losing, lost, unsound }
}

const traceSaves = async (own: string, folder: string, synchronous: string): Promise<readonly DiskEvent[]> => {
  const traces = join(own, `trace-${synchronous}`)
  mkdirSync(traces)
  const script = join(import.meta.dirname, "saving-process.ts")
  const saving = [process.execPath, script, join(folder, database), String(saves), synchronous]
  const child = spawn(strace, [...straceArguments(join(traces, "t")), ...saving], { stdio: ["ignore", "ignore", "inherit"] })
  const [code] = (await once(child, "exit")) as [number | null]
  if (code !== 0) throw new Error(`The saves under strace ended with ${String(code)}.`)
  const all = readdirSync(traces).map((name) => readTrace(join(traces, name), folder))
  const busy = all.filter((events) => events.length > 0)
  if (busy.length !== 1) throw new Error(`${busy.length} threads touch the database; the replay knows one.`)
  return busy[0] ?? []
}

const lookAt = (folder: string, files: ReadonlyMap<string, Buffer>, acknowledged: readonly string[]) => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
  try {
    const opened = new Database(join(folder, database))
    try {
      opened.pragma("synchronous=OFF")
      const keys = "SELECT key FROM answer_revision WHERE key IS NOT NULL UNION SELECT id FROM inventory_row"
      const there = new Set(
        opened
          .prepare<[], { key: string }>(keys)
          .all()
          .map(({ key }) => key),
      )
      return { lost: acknowledged.filter((key) => !there.has(key)), unsound: unsoundness(opened) }
    } finally {
      opened.close()
    }
  } catch (error) {
    return { lost: [], unsound: [String(error)] }
  }
}
