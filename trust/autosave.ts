/** T3: what an answering page says of saving is true, in a real browser over a bad network. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium } from "playwright-core"
import { sectionsFor } from "../src/assessment/answers.ts"
import type { Questionnaire } from "../src/assessment/model.ts"
import { seededRandom } from "../src/assessment/random.ts"
import { shippedQuestionnaire } from "../src/questionnaire-files.ts"
import { openSqlite } from "../src/store/sqlite.ts"
import { answerForty, type Left, type Person, type Section, type Stage } from "./answering-session.ts"
import { falseWord, faultsIn, isKept, type Look, openTruth, type Truth } from "./answering-truth.ts"
import { addCast } from "./cast.ts"
import { type Experiment, grouped, none, type Options } from "./experiment.ts"
import { openFaultProxy } from "./fault-proxy.ts"
import { startServerProcess } from "./server-process.ts"

const answers = 40
const atOnce = 10
const role = "DPE"
/** What has nothing to do with saving costs time all the same. */
const args = ["--no-sandbox", "--disable-gpu", "--disable-remote-fonts"]

export const experiment: Experiment = {
  title: "what the page says of saving, over a bad network",
  run: async ({ seed, full, count, say }) => {
    const folder = mkdtempSync(join(tmpdir(), "headwater-trust-"))
    const questionnaire = await shippedQuestionnaire()
    const people = await prepare(folder, questionnaire, count(40, 300))
    const server = await startServerProcess({ DATA_DIR: join(folder, "data") })
    const truth = openTruth(join(folder, "data", "headwater.sqlite"))
    const proxy = await openFaultProxy(server.address, seededRandom(seed, "weather"), full ? 30_000 : 2_500)
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args })
    try {
      const found = emptyFindings()
      const saw = (person: string, looks: readonly Look[]): void => judge(person, looks, truth, found)
      const stage: Stage = { browser, proxy, sections: sectionsOf(questionnaire), answers, saw }
      await answerAll(stage, people, seed, { truth, found, say })
      for (const { id } of people) judgeHistory(id, stage, truth, found)
      return outcomeOf(found, people.length, [...proxy.counts])
    } finally {
      await browser.close()
      proxy.close()
      truth.close()
      await server.end("SIGKILL")
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

const prepare = async (folder: string, questionnaire: Questionnaire, count: number): Promise<readonly Person[]> => {
  const store = await openSqlite({ folder: join(folder, "data"), now: Date.now() })
  const ids = Array.from({ length: count }, (_, at) => `p${at}`)
  const links = await addCast(store, questionnaire, "network", ids, role)
  await store.close()
  return [...links].map(([id, token]) => ({ id, token }))
}

/** Sections with enough questions of one choice. */
const sectionsOf = (questionnaire: Questionnaire): readonly Section[] =>
  sectionsFor(questionnaire, role)
    .map(({ dimension, questions }) => ({
      path: `/respond/orders/${dimension.id}`,
      questions: questions.flatMap((one) => (one.type === "single" && one.skip === undefined ? [one.id] : [])),
    }))
    .filter(({ questions }) => questions.length >= 2)

interface Findings {
  looks: number
  readonly falseSaved: Set<string>
  readonly unseen: Set<string>
  readonly lost: string[]
  readonly doubled: string[]
  readonly overwritten: string[]
  readonly unsettled: string[]
}

const emptyFindings = (): Findings => ({
  looks: 0,
  falseSaved: new Set(),
  unseen: new Set(),
  lost: [],
  doubled: [],
  overwritten: [],
  unsettled: [],
})

const judge = (person: string, looks: readonly Look[], truth: Truth, found: Findings): void => {
  for (const look of looks) {
    found.looks += 1
    const word = falseWord(look, truth.history(person, look.question))
    const told = `${person} ${look.question}: "${look.says}" with ${look.value} ${look.comment} at revision ${look.seen}`
    if (word === "false Saved") found.falseSaved.add(told)
    if (word === "unseen") found.unseen.add(told)
  }
}

interface Judging {
  readonly truth: Truth
  readonly found: Findings
  readonly say: Options["say"]
}

const answerAll = async (
  stage: Stage,
  people: readonly Person[],
  seed: number,
  { truth, found, say }: Judging,
): Promise<void> => {
  const queue = people.values()
  let done = 0
  const next = async (): Promise<void> => {
    for (const person of queue) {
      const { left, last } = await answerForty(stage, person, seededRandom(seed, "session", person.id))
      judge(person.id, last, truth, found)
      for (const { says, question } of last)
        if (!/^(Saved|)(\s|$)/.test(says)) found.unsettled.push(`${person.id} ${question}: ${says}`)
      found.lost.push(
        ...left.filter((one) => isLost(one, person.id, truth)).map((one) => `${person.id} ${one.question}, by ${one.how}`),
      )
      done += 1
      if (done % 10 === 0) say(`${done} people have answered`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, next))
}

const isLost = ({ question, comment, warned }: Left, person: string, truth: Truth): boolean =>
  !warned && !isKept(truth.history(person, question), comment)

const judgeHistory = (person: string, { proxy, sections }: Stage, truth: Truth, found: Findings): void => {
  const byKey = Map.groupBy(proxy.asked, ({ key }) => key)
  for (const question of sections.flatMap(({ questions }) => questions)) {
    const { doubled, overwritten } = faultsIn(question, truth.history(person, question), byKey)
    found.doubled.push(...doubled.map((text) => `${person} ${text}`))
    found.overwritten.push(...overwritten.map((text) => `${person} ${text}`))
  }
}

const outcomeOf = (found: Findings, people: number, counts: readonly (readonly [string, number])[]) => {
  const requests = counts.reduce((sum, [, count]) => sum + count, 0)
  const faults = requests - (new Map(counts).get("none") ?? 0)
  return {
    done: `${people} people × ${answers} answers in Chromium, ${grouped(requests)} saves of which ${grouped(faults)} met a fault, ${grouped(found.looks)} looks at what the page says`,
    found: `${found.falseSaved.size} false "Saved", ${found.unseen.size} unsaved and unsaid, ${found.doubled.length} doubled, ${found.overwritten.length} overwritten unseen, ${found.lost.length} lost on leaving without a warning`,
    goals: [
      none('false "Saved"', found.falseSaved.size),
      none("unsaved and unsaid", found.unseen.size),
      none("doubled revisions", found.doubled.length),
      none("silent overwrites", found.overwritten.length),
      none("lost on leaving without a warning", found.lost.length),
      none("left unsettled in good weather", found.unsettled.length),
    ],
    wrong: [
      ...[...found.falseSaved, ...found.unseen].slice(0, 12),
      ...[found.lost, found.doubled, found.overwritten, found.unsettled].flatMap((list) => list.slice(0, 8)),
    ],
  }
}
