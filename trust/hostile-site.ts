/** The real server over engagements that may be ruined, with more sign-ins than can be ended by accident. */
import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openSqlite } from "../src/store/sqlite.ts"
import { tokenHash } from "../src/web/session.ts"
import { smallQuestionnaire } from "../test/fixtures/small-questionnaire.ts"
import { asker } from "./ask.ts"
import { addCast, program } from "./cast.ts"
import { startServerProcess } from "./server-process.ts"

const engagements = ["e0", "e1", "e2", "e3", "e4", "e5"]
const people = ["petra", "david", "paula"]
const signIns = 60

export const openHostileSite = async () => {
  const folder = mkdtempSync(join(tmpdir(), "headwater-trust-"))
  const cookies = await prepare(join(folder, "data"))
  const server = await startServerProcess({ DATA_DIR: join(folder, "data"), LOG_LEVEL: "error" })
  const { ask, close } = asker(server.address, 8)
  return {
    ask,
    address: server.address,
    pid: server.pid,
    logged: server.logged,
    engagements,
    people,
    /** Of owners, administrators and respondents; each opens something. */
    cookies,
    close: async (): Promise<void> => {
      close()
      await server.end("SIGKILL")
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type HostileSite = Awaited<ReturnType<typeof openHostileSite>>

const prepare = async (folder: string): Promise<readonly string[]> => {
  const now = Date.now()
  const store = await openSqlite({ folder, now })
  for (const id of ["owner", "admin", "victim"]) {
    const role = id === "admin" ? "administrator" : "consultant"
    await store.addAccount(program, { id, name: `${id} of all`, email: `${id}@example.com`, role }, now)
  }
  const cookies: string[] = []
  for (const engagement of engagements) {
    const links = await addCast(store, smallQuestionnaire, engagement, people, "DPE")
    await store.saveMember({ engagement, by: program }, "owner", "owner", now)
    for (const link of links.values())
      for (let turn = 0; turn < signIns / 10; turn += 1) {
        const token = `respondent-${randomUUID()}`
        await store.openSession(tokenHash(link), tokenHash(token), now + 1e8, now)
        cookies.push(`headwater=${token}`)
      }
  }
  for (let turn = 0; turn < signIns * 2; turn += 1) {
    const token = `account-${randomUUID()}`
    const account = turn % 3 === 0 ? "admin" : "owner"
    const session = { id: randomUUID(), account, step: "open", browser: "A program", address: "127.0.0.1" } as const
    await store.openAccountSession({ ...session, hash: tokenHash(token), expiresAt: now + 1e8 }, now)
    cookies.push(`headwater-account=${token}`)
  }
  await store.close()
  return cookies
}
