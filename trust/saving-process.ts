/**
 * Saves answers and rows, eight at a time, and prints each one's key once it was acknowledged:
 * `saving-process.ts FILE COUNT FULL|NORMAL`. The store is the program's own; NORMAL takes away what its durability rests on.
 */
import { writeSync } from "node:fs"
import { connectSqlite } from "../src/store/sqlite-connections.ts"
import { sqliteStore } from "../src/store/sqlite.ts"

const [file = "", count = "", synchronous = ""] = process.argv.slice(2)
const connections = connectSqlite(file)
const store = await sqliteStore(connections, Date.now())
if (synchronous === "NORMAL") connections.writer.pragma("synchronous=NORMAL")

let next = 0

const client = async (person: string): Promise<void> => {
  for (let number = next++; number < Number(count); number = next++) {
    const key = `k${number}`
    const written = await (number % 10 === 9 ? saveRow(person, key) : saveAnswer(person, key, `Q-${number % 40}-${number}`))
    if (!written) throw new Error(`${key} was not saved`)
    writeSync(1, `${key}\n`)
  }
}

const saveAnswer = async (respondent: string, key: string, question: string): Promise<boolean> => {
  const content = { status: "answered", value: 2, comment: `said with ${key}` } as const
  const scope = { engagement: "cut", respondent, by: { respondent } }
  const [saved] = await store.saveAnswers(scope, [{ domain: "orders", question, seen: 0, key, content }], Date.now())
  return saved?.outcome === "saved"
}

const saveRow = async (respondent: string, key: string): Promise<boolean> => {
  const scope = { engagement: "cut", by: { respondent } }
  return (await store.saveRow(scope, "orders", "SRC-04", { id: key, name: key }, 0, Date.now()))?.outcome === "saved"
}

await Promise.all(["p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"].map(client))
await store.close()
