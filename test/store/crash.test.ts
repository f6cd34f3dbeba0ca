import { spawn } from "node:child_process"
import { once } from "node:events"
import { rmSync } from "node:fs"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { openSqlite } from "../../src/store/sqlite.ts"
import { temporaryFolder } from "./engines.ts"
import { program } from "../fixtures/program.ts"

/** Saves in a process of its own until it has acknowledged `enough`, then kills it in the middle of its work. */
const saveAndKill = async (folder: string, cycle: number, enough: number): Promise<readonly string[]> => {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.resolve("./saving-process.ts")), folder, String(cycle)], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  const acknowledged: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line)
    if (acknowledged.length === enough) child.kill("SIGKILL")
  }
  if (child.signalCode === null && child.exitCode === null) await once(child, "exit")
  expect(child.signalCode).toBe("SIGKILL")
  return acknowledged
}

test("kill -9 in the middle of saving loses no answer that was acknowledged, and leaves no lock behind", async () => {
  const folder = temporaryFolder()
  const acknowledged: string[] = []
  for (const [cycle, enough] of [40, 250, 700].entries()) acknowledged.push(...(await saveAndKill(folder, cycle, enough)))
  const store = await openSqlite({ folder, now: 9_000 })
  const response = await store.loadResponse({ engagement: "crash", respondent: "mara", by: program })
  const kept = new Map(response?.answers.map(({ question, comment }) => [question, comment]))
  expect(acknowledged.length).toBeGreaterThanOrEqual(990)
  expect(acknowledged.filter((question) => kept.get(question) !== `said on ${question}`)).toEqual([])
  for (const question of acknowledged.slice(-20)) {
    expect(await store.answerHistory({ engagement: "crash", by: program }, "mara", "orders", question)).toHaveLength(1)
  }
  await store.close()
  rmSync(folder, { recursive: true })
})
