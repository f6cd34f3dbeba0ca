import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Database from "better-sqlite3"
import type { Engagement, Questionnaire } from "../src/assessment/model.ts"
import { openSqlite } from "../src/store/sqlite.ts"
import type { ResponseScope, Store } from "../src/store/store.ts"
import type { Figure } from "./figure.ts"
import { median, ms } from "./figure.ts"

/** Saves a second and the milliseconds that one took, over all rounds. */
export interface SaveFigures {
  /** The floor: one prepared upsert and one fsync after the other on a table of its own, nothing else. */
  readonly floorPerSecond: number
  /** Whole saves from 64 clients at once, each waiting for its own before the next. */
  readonly perSecond: number
  /** The same from one client. */
  readonly alonePerSecond: number
  readonly p50: number
  readonly p99: number
  /** Medians of the rounds' ratios to the floor of the same round. */
  readonly ratio: number
  readonly aloneRatio: number
}

/** Acts as the program itself. */
const program = { program: "bench" }
const clients = 64
const questions = 70

/** A save with its history, idempotency and revision against one bare upsert, both on disk before they count. */
export const measure = async (): Promise<readonly Figure[]> => {
  const figures = await measureSaves()
  return [
    { what: "Floor: one prepared upsert, one fsync, one after the other", value: `${figures.floorPerSecond} a second` },
    {
      what: `Answers saved, ${clients} respondents at once`,
      value: `${figures.perSecond} a second, ${times(figures.ratio)}`,
      // Where a sync takes 0.1 ms the processor is the limit, where it takes milliseconds the disk: only the gain by grouping is ours.
      goal: { text: "at least twice one alone", met: figures.perSecond >= 2 * figures.alonePerSecond },
    },
    {
      what: `One save among ${clients}`,
      value: `${ms(figures.p50)} in the middle, ${ms(figures.p99)} for the slowest in a hundred`,
    },
    { what: "Answers saved, one respondent alone", value: `${figures.alonePerSecond} a second, ${times(figures.aloneRatio)}` },
  ]
}

const times = (ratio: number): string => `${ratio.toFixed(1)} × the floor`

/** Measures durable saves on a disk's folder; rounds are interleaved, because a disk's speed wanders. */
export const measureSaves = async ({ folder = tmpdir(), rounds = 5, milliseconds = 500 } = {}): Promise<SaveFigures> => {
  const own = mkdtempSync(join(folder, "headwater-bench-"))
  const store = await openSqlite({ folder: join(own, "data"), now: 1 })
  const floor = openFloor(join(own, "floor.sqlite"))
  try {
    await store.addEngagement({ engagement: "bench", by: program }, engagement, questionnaire, 1)
    const all = { floor: [] as number[], together: [] as number[], alone: [] as number[], times: [] as number[] }
    for (let round = 0; round < rounds; round += 1) {
      all.floor.push(floorRate(floor, milliseconds))
      all.together.push(await saveRate(store, clients, milliseconds, round * 2, all.times))
      all.alone.push(await saveRate(store, 1, milliseconds, round * 2 + 1, []))
    }
    const ratios = (rates: readonly number[]): readonly number[] =>
      rates.map((rate, round) => rate / (all.floor[round] ?? Number.NaN))
    return {
      floorPerSecond: Math.round(median(all.floor)),
      perSecond: Math.round(median(all.together)),
      alonePerSecond: Math.round(median(all.alone)),
      p50: quantile(all.times, 0.5),
      p99: quantile(all.times, 0.99),
      ratio: median(ratios(all.together)),
      aloneRatio: median(ratios(all.alone)),
    }
  } finally {
    floor.close()
    await store.close()
    rmSync(own, { recursive: true })
  }
}

const openFloor = (file: string): Database.Database => {
  const database = new Database(file)
  database.pragma("journal_mode=WAL")
  database.pragma("synchronous=FULL")
  return database.exec("CREATE TABLE answer (id TEXT PRIMARY KEY, content TEXT) STRICT")
}

const floorRate = (database: Database.Database, milliseconds: number): number => {
  const upsert = database.prepare("INSERT INTO answer VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET content = excluded.content")
  const start = performance.now()
  let done = 0
  while (performance.now() - start < milliseconds) {
    upsert.run(`answer ${done % (clients * questions)}`, `{"status":"answered","value":${done}}`)
    done += 1
  }
  return (done * 1000) / (performance.now() - start)
}

/** Every client saves its answers one after the other, each on the revision before it. */
const saveRate = async (store: Store, count: number, milliseconds: number, run: number, times: number[]): Promise<number> => {
  const start = performance.now()
  const client = async (number: number): Promise<number> => {
    const scope = { engagement: "bench", respondent: `r${number}`, by: program }
    const seen = new Map<string, number>()
    let done = 0
    for (; performance.now() - start < milliseconds; done += 1) {
      const question = `${run}-${done % questions}`
      const before = performance.now()
      seen.set(question, await saveOne(store, scope, question, seen.get(question) ?? 0, `${run}.${done}`))
      times.push(performance.now() - before)
    }
    return done
  }
  const done = await Promise.all(Array.from({ length: count }, (_, number) => client(number)))
  return (done.reduce((sum, one) => sum + one, 0) * 1000) / (performance.now() - start)
}

const saveOne = async (store: Store, scope: ResponseScope, question: string, seen: number, key: string): Promise<number> => {
  const content = { status: "answered", value: seen % 5, comment: key } as const
  const [saved] = await store.saveAnswers(scope, [{ domain: "d", question, seen, key, content }], seen + 2)
  if (saved?.outcome !== "saved") throw new Error(`A save of the benchmark came to nothing: ${saved?.outcome}`)
  return saved.revision
}

const quantile = (values: readonly number[], share: number): number => {
  const inOrder = values.toSorted((a, b) => a - b)
  return inOrder[Math.min(inOrder.length - 1, Math.floor(share * inOrder.length))] ?? Number.NaN
}

// Saving never looks into a questionnaire, so the benchmark brings the least of one.
const questionnaire = { id: "bench", version: "1", hash: "bench", questions: [] as unknown } as Questionnaire

const engagement: Engagement = {
  format: "headwater-engagement/1",
  title: "Benchmark",
  client: "",
  questionnaire: { id: "bench", version: "1" },
  plan: { start: "2026-01-05", people: 5, daysPerWeek: 5, teams: 1, horizon: 3, platform: "managed" },
  domains: [{ id: "d", name: "Orders" }],
  respondents: Array.from({ length: clients }, (_, number) => ({
    id: `r${number}`,
    name: `Respondent ${number}`,
    role: "engineer",
  })),
  answers: [],
  inventories: [],
  decisions: [],
  overrides: [],
}
