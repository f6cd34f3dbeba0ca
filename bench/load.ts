/** 500 respondents who each save an answer every five seconds, through the real server with sessions, revisions and history. */
import { randomBytes, randomUUID } from "node:crypto"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { sectionsFor } from "../src/assessment/answers.ts"
import { shippedQuestionnaire } from "../src/questionnaire-files.ts"
import { openPostgres } from "../src/store/postgres.ts"
import { openSqlite } from "../src/store/sqlite.ts"
import type { Store } from "../src/store/store.ts"
import { tokenHash } from "../src/web/session.ts"
import { type Ask, asker, autosave } from "../trust/ask.ts"
import { addCast } from "../trust/cast.ts"
import { quantile } from "../trust/experiment.ts"
import { reachablePostgres, temporaryDatabase } from "../trust/postgres.ts"
import { type ServerProcess, startServerProcess } from "../trust/server-process.ts"
import { type Figure, ms } from "./figure.ts"
import { openRoundRobin } from "./round-robin.ts"

const respondents = 500
const pauseBetween = 5_000
const seconds = 25
const role = "DPE"
const limit = 100

/** The milliseconds of saves on SQLite with FULL and, where a server answers, on PostgreSQL with two processes. */
export const measure = async (): Promise<readonly Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), "headwater-bench-"))
  try {
    const data = join(folder, "data")
    const people = await prepare(await openSqlite({ folder: data, now: Date.now() }))
    const server = await startServerProcess({ DATA_DIR: data })
    const embedded = figuresOf("SQLite, one process", await saveFor(server.address, people, [server]))
    return [...embedded, ...(await onPostgres(folder))]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const onPostgres = async (folder: string): Promise<readonly Figure[]> => {
  const reachable = await reachablePostgres()
  if (reachable === undefined) return [{ what: "PostgreSQL, two processes", value: "not run: no server answers" }]
  const { url, drop } = await temporaryDatabase(reachable)
  try {
    const people = await prepare(await openPostgres({ url, now: Date.now() }))
    const settings = { DATABASE_URL: url, DATA_DIR: join(folder, "none") }
    const servers = [await startServerProcess(settings), await startServerProcess(settings)]
    const proxy = await openRoundRobin(servers.map(({ address }) => address))
    const saves = await saveFor(proxy.url, people, servers)
    proxy.close()
    return figuresOf("PostgreSQL, two processes behind a proxy", saves)
  } finally {
    await drop()
  }
}

interface Person {
  readonly cookie: string
  readonly seen: Map<string, number>
}

/** Everybody with an open session; gives the questions they are asked, too. */
const prepare = async (store: Store): Promise<{ readonly people: readonly Person[]; readonly questions: readonly string[] }> => {
  const questionnaire = await shippedQuestionnaire()
  const ids = Array.from({ length: respondents }, (_, at) => `p${at}`)
  const links = await addCast(store, questionnaire, "load", ids, role)
  const people: Person[] = []
  for (const link of links.values()) {
    const session = randomBytes(32).toString("base64url")
    await store.openSession(tokenHash(link), tokenHash(session), Date.now() + 3_600_000, Date.now())
    people.push({ cookie: `headwater=${session}`, seen: new Map() })
  }
  await store.close()
  const questions = sectionsFor(questionnaire, role).flatMap((section) => section.questions)
  return { people, questions: questions.flatMap((one) => (one.type === "single" ? [one.id] : [])) }
}

interface Saves {
  readonly taken: readonly number[]
  readonly wrong: readonly string[]
  /** Share of one core that the servers used. */
  readonly busy: number
}

const saveFor = async (
  address: string,
  { people, questions }: Awaited<ReturnType<typeof prepare>>,
  servers: readonly ServerProcess[],
): Promise<Saves> => {
  const { ask, close } = asker(address, 200)
  const taken: number[] = []
  const wrong: string[] = []
  const warm = performance.now() + pauseBetween
  const until = warm + seconds * 1_000
  const before = cpuOf(servers)
  await Promise.all(
    people.map(async (person, at) => {
      await pause((at * pauseBetween) / people.length)
      for (let turn = 0; performance.now() < until; turn += 1) {
        const began = performance.now()
        const question = questions[(at + turn) % questions.length] ?? ""
        const told = await save(ask, person, question, turn).catch(String)
        if (told !== "saved") wrong.push(told)
        if (began >= warm) taken.push(performance.now() - began)
        await pause(Math.max(0, began + pauseBetween - performance.now()))
      }
    }),
  )
  const busy = (cpuOf(servers) - before) / (seconds + pauseBetween / 1_000)
  close()
  for (const server of servers) await server.end("SIGTERM")
  return { taken, wrong, busy }
}

const save = async (ask: Ask, { cookie, seen }: Person, question: string, turn: number): Promise<string> => {
  const fields = { [question]: String(turn % 5), [`${question}.comment`]: `As we do it today, turn ${turn}` }
  const body = { seen: seen.get(question) ?? 0, key: randomUUID(), fields }
  const { status, text } = await ask(`/respond/orders/answers/${question}`, autosave(body, cookie))
  if (status !== 200) return `${status} ${text.slice(0, 100)}`
  seen.set(question, (JSON.parse(text) as { revision: number }).revision)
  return "saved"
}

/** Seconds of processor time that the servers have used, where the system tells. */
const cpuOf = (servers: readonly ServerProcess[]): number => {
  try {
    return servers.reduce((sum, { pid }) => {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? []
      return sum + (Number(fields[11]) + Number(fields[12])) / 100
    }, 0)
  } catch {
    return Number.NaN
  }
}

const figuresOf = (where: string, { taken, wrong, busy }: Saves): readonly Figure[] => {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(taken, share)) as [number, number, number]
  return [
    {
      what: `${respondents} respondents saving every ${pauseBetween / 1_000} s, ${where}`,
      value: `${taken.length} saves, p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}; ${Math.round(busy * 100)} % of a core`,
      goal: { text: `p99 under ${limit} ms`, met: p99 < limit },
    },
    {
      what: `errors, ${where}`,
      value: [String(wrong.length), ...new Set(wrong.slice(0, 3))].join(", "),
      goal: { text: "0", met: wrong.length === 0 },
    },
  ]
}
