/** The real site over a real SQLite database in a folder of its own, with a clock that the test moves. */
import { randomBytes, randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pino } from "pino"
import supertest from "supertest"
import type { Engagement, Questionnaire } from "../../src/assessment/model.ts"
import { createEstateReader } from "../../src/estate-reader.ts"
import { openSqlite } from "../../src/store/sqlite.ts"
import type { Store } from "../../src/store/store.ts"
import { createApp } from "../../src/web/app.ts"
import { tokenHash } from "../../src/web/session.ts"
import type { Dependencies, WebConfig } from "../../src/web/visit.ts"
import { anEngagement } from "../fixtures/engagements.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"
import { program } from "../fixtures/program.ts"

export const NOON = Date.UTC(2026, 10, 23, 12, 0)
const MONTH = 30 * 86_400_000

/** Tests ask for more pages in no time than anybody does; those of the limits set their own. */
const unlimited = { requestsPerMinute: 1e6, pdfsPerMinute: 1e6, pdfsAtOnce: 1e6, exportsPerHour: 1e6 }

export interface StageOptions {
  readonly questionnaire?: Questionnaire
  readonly engagement?: Partial<Engagement>
  readonly config?: Partial<WebConfig>
  readonly replace?: Partial<Dependencies>
  /** False for a site that nobody has set up yet. */
  readonly administrator?: boolean
}

const accountNames = ["carla", "otto", "ada", "rita"] as const
export type AccountName = (typeof accountNames)[number]

/** The session token that the account is signed in with from the start. */
export const accountToken = (account: AccountName): string => `${account}-session-token-of-the-stage`

const addAccounts = async (store: Store, administrator: boolean): Promise<void> => {
  for (const id of accountNames) {
    const role = id === "ada" && administrator ? "administrator" : id === "rita" ? "reader" : "consultant"
    await store.addAccount(
      program,
      { id, name: `${id[0]?.toUpperCase()}${id.slice(1)} Stage`, email: `${id}@example.com`, role },
      NOON,
    )
  }
}

/** Opens each account's session, or opens it again after a long time without use. */
const signIn = async (store: Store, now: number): Promise<void> => {
  for (const id of accountNames) {
    const hash = tokenHash(accountToken(id))
    const session = { id: `${id}-1`, account: id, step: "open", browser: "A program", address: "127.0.0.1" } as const
    await store.openAccountSession({ ...session, hash, expiresAt: now + 10 * MONTH }, now, hash)
  }
}

/** A site with one engagement, `e1`. Close it after the test. */
export const openStage = async ({
  questionnaire = smallQuestionnaire,
  engagement,
  config,
  replace,
  administrator = true,
}: StageOptions = {}) => {
  const folder = mkdtempSync(join(tmpdir(), "headwater-web-"))
  const store = await openSqlite({ folder, now: NOON, leastFree: 0 })
  await addAccounts(store, administrator)
  await signIn(store, NOON)
  const scope = { engagement: "e1", by: { account: "carla" } }
  await store.addEngagement(scope, anEngagement(questionnaire, engagement), questionnaire, NOON)
  const logged: string[] = []
  let now = NOON
  const estates = createEstateReader()
  const app = createApp({
    store,
    questionnaire,
    pdf: { render: async () => new Uint8Array() },
    estates,
    clock: () => now,
    dayOf: (time) => new Date(time).toISOString().slice(0, 10),
    newId: randomUUID,
    newToken: () => randomBytes(32).toString("base64url"),
    elapsed: () => now,
    log: pino({ level: "info" }, { write: (line: string) => logged.push(line) }),
    config: {
      publicUrl: "http://127.0.0.1:3000",
      linkDays: 30,
      savesPerMinute: 120,
      trustedProxies: [],
      mail: false,
      limits: unlimited,
      ...config,
    },
    draining: () => false,
    ...replace,
  })
  const issueLink = async (respondent: string, until = NOON + MONTH): Promise<string> => {
    const token = randomBytes(32).toString("base64url")
    await store.issueLink({ engagement: "e1", respondent, by: program }, tokenHash(token), until, now)
    return token
  }
  return {
    app,
    store,
    logged,
    issueLink,
    /** A browser without any session. */
    visitor: () => supertest.agent(app).set("Sec-Fetch-Site", "same-origin"),
    /** A browser signed in as the account: `carla` owns `e1`, `otto` is a consultant without it, `ada` administers. */
    consultant: (account: AccountName = "carla") =>
      supertest
        .agent(app)
        .set("Sec-Fetch-Site", "same-origin")
        .set("Cookie", `headwater-account=${accountToken(account)}`),
    /** A browser that has opened the respondent's link. */
    respondent: async (id: string) => {
      const agent = supertest.agent(app).set("Sec-Fetch-Site", "same-origin")
      await agent
        .post(`/r/${await issueLink(id)}`)
        .type("form")
        .expect(303)
      return agent
    },
    /** After a wait that has ended every sign-in. */
    signInAgain: () => signIn(store, now),
    wait: (milliseconds: number): void => void (now += milliseconds),
    close: async (): Promise<void> => {
      await estates.close()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>

/** A browser as supertest has it: it keeps cookies. */
export type Browser = ReturnType<Stage["visitor"]>

/** The value of a hidden field of a page. */
export const hidden = (html: string, name: string): string => {
  const value = new RegExp(`name="${name.replaceAll(".", "\\.")}" value="([^"]*)"`).exec(html)?.[1]
  if (value === undefined) throw new Error(`no hidden field ${name}`)
  return value
}
