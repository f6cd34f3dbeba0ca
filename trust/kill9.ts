/** T1: the server is killed in the middle of saves, submissions and list rows, again and again; nothing acknowledged is gone. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { seededRandom } from "../src/assessment/random.ts"
import { openSqlite } from "../src/store/sqlite.ts"
import { smallQuestionnaire } from "../test/fixtures/small-questionnaire.ts"
import { asker } from "./ask.ts"
import { addCast } from "./cast.ts"
import { between, type Chance, type Experiment, grouped, none, type Options, quantile } from "./experiment.ts"
import { compare, type Found } from "./kill9-check.ts"
import { keepListing, keepSaving, keepSubmitting, type Person } from "./kill9-clients.ts"
import { acknowledgedIn, emptyLedger, type Ledger } from "./kill9-ledger.ts"
import { startServerProcess } from "./server-process.ts"

/** Side by side, each with a folder of its own: while one server starts, the other is saved to. */
const lanes = 2
const savers = 13
const listers = 2

export const experiment: Experiment = {
  title: "kill -9 in the middle of saves, rows and submissions",
  run: async ({ seed, count, say }) => {
    const cycles = lanes * Math.ceil(count(200, 500) / lanes)
    const all = await Promise.all(
      Array.from({ length: lanes }, (_, lane) => runLane(lane, cycles / lanes, seededRandom(seed, "kill9", String(lane)), say)),
    )
    const found = all.flatMap((lane) => lane.found)
    const lost = found.flatMap((one) => one.lost)
    const doubled = found.flatMap((one) => one.doubled)
    const unsound = found.flatMap((one) => one.unsound)
    const strange = all.flatMap((lane) => lane.ledger.wrong)
    const acknowledged = all.reduce((sum, lane) => sum + acknowledgedIn(lane.ledger), 0)
    const ready = quantile(
      all.flatMap((lane) => lane.ready),
      0.99,
    )
    return {
      done: `${cycles} kills, 16 clients, ${grouped(acknowledged)} acknowledged`,
      found: `${lost.length} lost, ${doubled.length} doubled, file sound ${found.length - unsound.length} of ${found.length} times; ready again in ${(ready / 1000).toFixed(1)} s (p99)`,
      goals: [
        none("lost", lost.length),
        none("doubled", doubled.length),
        none("unsound files", unsound.length),
        none("unexpected answers", strange.length),
        { text: "something acknowledged before each kill", met: acknowledged >= cycles },
      ],
      wrong: [...lost, ...doubled, ...unsound, ...strange].slice(0, 20),
    }
  },
}

interface Lane {
  readonly ledger: Ledger
  readonly found: readonly Found[]
  readonly ready: readonly number[]
}

const runLane = async (lane: number, cycles: number, chance: Chance, say: Options["say"]): Promise<Lane> => {
  const own = mkdtempSync(join(tmpdir(), "headwater-trust-"))
  const folder = join(own, "data")
  try {
    const people = await prepare(folder, cycles)
    const submitting = people.slice(savers + listers).values()
    const ledger = emptyLedger()
    const found: Found[] = []
    const ready: number[] = []
    for (let cycle = 1; cycle <= cycles; cycle += 1) {
      // Every tenth start is the whole program with its questionnaire.
      const server = await startServerProcess({ DATA_DIR: folder }, cycle % 10 === 1 ? "whole" : "lean")
      ready.push(server.readyAfter)
      const { ask, close } = asker(server.address)
      const clients = [
        ...people.slice(0, savers).map((person) => keepSaving(person, ask, ledger, chance)),
        ...people.slice(savers, savers + listers).map((person) => keepListing(person, ask, ledger)),
        keepSubmitting(submitting, ask, ledger, chance),
      ]
      await firstAcknowledged(ledger)
      await pause(between(chance, 50, 800))
      await server.end("SIGKILL")
      close()
      await Promise.all(clients)
      found.push(compare(copyOf(folder, own), ledger))
      if (cycle % 25 === 0) say(`kill9 ${lane + 1}: ${cycle} kills, ${grouped(acknowledgedIn(ledger))} acknowledged`)
    }
    return { ledger, found, ready }
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}

/** Waits until something of this cycle counts: on a busy machine the kill would come before the first save. */
const firstAcknowledged = async (ledger: Ledger): Promise<void> => {
  const before = acknowledgedIn(ledger)
  for (let wait = 0; wait < 200 && acknowledgedIn(ledger) === before; wait += 1) await pause(25)
}

/** The people of a lane; more than can submit in its time. */
const prepare = async (folder: string, cycles: number): Promise<readonly Person[]> => {
  const store = await openSqlite({ folder, now: Date.now() })
  const ids = Array.from({ length: savers + listers + cycles * 3 }, (_, at) => `p${at}`)
  const links = await addCast(store, smallQuestionnaire, "crash", ids, "DPE")
  await store.close()
  return [...links].map(([id, token]) => ({ id, token }))
}

/** The files as the crash left them, so that looking at them does not do the server's recovery for it. */
const copyOf = (folder: string, own: string): string => {
  const copy = join(own, "left.sqlite")
  for (const end of ["", "-wal"]) {
    const from = join(folder, `headwater.sqlite${end}`)
    rmSync(copy + end, { force: true })
    if (existsSync(from)) copyFileSync(from, copy + end)
  }
  return copy
}
