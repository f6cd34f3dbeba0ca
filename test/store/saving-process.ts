/** Saves answers, eight at a time, and prints each one's question once it was acknowledged: `saving-process.ts FOLDER CYCLE`. */
import { writeSync } from "node:fs"
import { openSqlite } from "../../src/store/sqlite.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"
import { answered, changeTo, orders } from "./orders.ts"
import { program } from "../fixtures/program.ts"

const [folder = "", cycle = ""] = process.argv.slice(2)
const store = await openSqlite({ folder, now: 1 })
const scope = { engagement: "crash", respondent: "mara", by: program }
if (!(await store.revisionOf(scope)))
  await store.addEngagement({ engagement: "crash", by: program }, orders, smallQuestionnaire, 1)

const client = async (number: number): Promise<void> => {
  for (let turn = 0; ; turn += 1) {
    const question = `${cycle}-${number}-${turn}`
    const [saved] = await store.saveAnswers(scope, [changeTo(answered(2, `said on ${question}`), { question })], 2_000)
    if (saved?.outcome !== "saved") throw new Error(`${question}: ${saved?.outcome}`)
    writeSync(1, `${question}\n`)
  }
}

await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(client))
