import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, describe, expect, test, vi } from "vitest"
import { openSqlite } from "../../src/store/sqlite.ts"
import { program } from "../fixtures/program.ts"
import { anEngagement } from "../fixtures/engagements.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"
import { folderWith, headwater } from "./running.ts"

afterEach(() => {
  vi.unstubAllEnvs()
})

const scope = { engagement: "e1", by: program }

/** A data folder in use, as the server has it. */
const inUse = async () => {
  const root = folderWith()
  const data = join(root, "data")
  const store = await openSqlite({ folder: data, now: 1, leastFree: 0 })
  await store.addEngagement(scope, anEngagement(smallQuestionnaire), smallQuestionnaire, 2)
  vi.stubEnv("DATA_DIR", data)
  return { root, data, store, file: join(root, "one.sqlite") }
}

describe("headwater backup", () => {
  test("copies the database while the server has it, and replaces nothing", async () => {
    const { file, store } = await inUse()
    const { code, out } = await headwater(["backup", file])
    expect([code, existsSync(file), existsSync(`${file}.json`)]).toEqual([0, true, true])
    expect(out).toMatch(/one\.sqlite: 0\.\d MB, \d+ rows in \d+ tables, verified\n$/)
    expect(await headwater(["backup", file])).toMatchObject({
      code: 4,
      err: expect.stringContaining("is there already") as string,
    })
    await store.close()
  })

  test("says what is missing", async () => {
    const root = folderWith()
    vi.stubEnv("DATA_DIR", root)
    expect(await headwater(["backup", join(root, "x")])).toMatchObject({
      code: 4,
      err: expect.stringContaining("no database") as string,
    })
    expect(await headwater(["backup"])).toMatchObject({ code: 2 })
    vi.stubEnv("DATABASE_URL", "postgres://db/headwater")
    expect(await headwater(["backup", join(root, "x")])).toMatchObject({
      code: 2,
      err: expect.stringContaining("pg_dump") as string,
    })
  })
})

describe("headwater restore", () => {
  test("brings back the database without the person erased since", async () => {
    const { root, data, store, file } = await inUse()
    await headwater(["backup", file])
    await store.removeRespondent(scope, "petra", 10)
    await store.close()
    const folder = join(root, "new")
    vi.stubEnv("DATA_DIR", folder)
    expect(await headwater(["restore", file])).toMatchObject({
      code: 4,
      err: expect.stringContaining("--without-ledger") as string,
    })
    const { code, out } = await headwater(["restore", file, "--ledger", join(data, "headwater.ledger")])
    expect([code, out]).toEqual([0, expect.stringContaining("Ended once more since: 1. Start the server.")])
    const restored = await openSqlite({ folder, now: 20, leastFree: 0 })
    expect((await restored.loadEngagement(scope))?.engagement.respondents.map(({ id }) => id)).not.toContain("petra")
    await restored.close()
  })

  test("takes neither a damaged backup nor a folder with a database, and says so", async () => {
    const { root, store, file } = await inUse()
    await headwater(["backup", file])
    await store.close()
    expect(await headwater(["restore", file])).toMatchObject({
      code: 4,
      err: expect.stringContaining("has a database") as string,
    })
    writeFileSync(file, "short")
    const empty = join(root, "empty")
    mkdirSync(empty)
    vi.stubEnv("DATA_DIR", empty)
    const damaged = await headwater(["restore", file, "--without-ledger"])
    expect(damaged).toMatchObject({ code: 4, err: expect.stringContaining("is damaged") as string })
    expect(readdirSync(empty)).toEqual(["headwater.lock"])
  })
})
