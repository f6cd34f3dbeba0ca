import { randomBytes, randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, onTestFinished, test } from "vitest"
import { createOutbox } from "../../src/mail/outbox.ts"
import { startRounds } from "../../src/mail/rounds.ts"
import { createSmtpMailer } from "../../src/mail/smtp.ts"
import { writeMail } from "../../src/mailing.ts"
import { openSqlite } from "../../src/store/sqlite.ts"
import { tokenHash } from "../../src/web/session.ts"
import { program } from "../fixtures/program.ts"
import { startOrders } from "../store/orders.ts"
import { freePort, openMailServer, readable } from "./mail-server.ts"

const MINUTE = 60_000
const MORNING = Date.UTC(2026, 2, 9, 7, 30)
const respondents = ["mara", "jonas", "nadia"].map((id) => ({ id, name: `${id} Test`, role: "AD", email: `${id}@example.com` }))

/** A store with three people, an outbox that sends to `server`, and a clock that the test moves. */
const open = async (server: string, patience = 10_000) => {
  const folder = mkdtempSync(join(tmpdir(), "headwater-mail-"))
  const store = await openSqlite({ folder, now: MORNING, leastFree: 0 })
  const scope = await startOrders(store, { respondents })
  const mailer = createSmtpMailer({ server, from: "Headwater <headwater@example.com>", patience })
  onTestFinished(async () => {
    mailer.close()
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  let now = MORNING
  const troubles: unknown[] = []
  const outbox = createOutbox({
    store,
    mailer,
    tokenHash,
    linkDays: 30,
    clock: () => now,
    newId: randomUUID,
    write: (message, token) => writeMail(store, "https://headwater.example", message, token),
    dayOf: (time) => new Date(time).toISOString().slice(0, 10),
    hourOf: (time) => new Date(time).getUTCHours(),
    newToken: () => randomBytes(32).toString("base64url"),
    onTrouble: (error) => troubles.push(error),
  })
  const invite = (...ids: readonly string[]) =>
    store.putOutMessages(
      scope,
      "invitation",
      ids.map((respondent) => ({ id: randomUUID(), respondent })),
      now + MINUTE,
      now,
    )
  return {
    store,
    scope,
    outbox,
    invite,
    troubles,
    wait: (milliseconds: number): void => void (now += milliseconds),
    now: () => now,
  }
}

const withServer = async (options: Parameters<typeof openMailServer>[0] = {}, patience?: number) => {
  const server = await openMailServer(options)
  onTestFinished(() => server.close())
  return { server, ...(await open(server.url, patience)) }
}

describe("the outbox", () => {
  test("sends each message once, with a link that opens the answers and one that ends reminders", async () => {
    const { server, store, outbox, invite, now } = await withServer()
    await invite("mara", "jonas")
    expect(await outbox.deliver()).toBe(2)
    expect(await outbox.deliver()).toBe(0)
    // Messages that are due at the same moment leave in any order.
    const sentTo = server.received.map(({ recipients }) => recipients.join())
    expect(sentTo.toSorted()).toEqual(["jonas@example.com", "mara@example.com"])
    const text = readable(server.received[sentTo.indexOf("mara@example.com")]?.text ?? "")
    for (const said of [
      "Subject: Your answers for Orders in motion, Northwind Mills",
      "Hello mara Test,",
      "Northwind Mills",
      "question",
    ]) {
      expect(text).toContain(said)
    }
    expect(text).toMatch(/It works until 8 April 2026/)
    const token = /https:\/\/headwater\.example\/r\/([\w-]{43})/.exec(text)?.[1] ?? ""
    expect(await store.readLink(tokenHash(token), now())).toMatchObject({ scope: { respondent: "mara" }, expired: false })
    expect(text).toContain(`https://headwater.example/u/${tokenHash(token)}`)
  })

  test("notes a refused recipient and goes on with the others", async () => {
    const { server, store, scope, outbox, invite } = await withServer({
      refuse: (address) => (address.startsWith("mara") ? 550 : undefined),
    })
    await invite("mara", "jonas")
    expect(await outbox.deliver()).toBe(1)
    expect(server.received).toHaveLength(1)
    expect(await store.listMessages(scope, "mara")).toMatchObject([
      { state: "undeliverable", problem: expect.stringContaining("550") as unknown },
    ])
  })

  test("gives a message up after five tries, each later than the one before", async () => {
    const { store, scope, outbox, invite, wait } = await withServer({ refuse: () => 451 })
    await invite("mara")
    for (const minutes of [2, 10, 60, 240]) {
      expect(await outbox.deliver()).toBe(0)
      wait(minutes * MINUTE - 1)
      await outbox.deliver()
      wait(1)
    }
    expect(await store.listMessages(scope)).toMatchObject([{ state: "waiting", tries: 4 }])
    await outbox.deliver()
    expect(await store.listMessages(scope)).toMatchObject([{ state: "given-up", tries: 5 }])
  })

  test("loses nothing while the server is away, asks it ever less often, and sends when it is back", async () => {
    const port = await freePort()
    const { store, scope, outbox, invite, wait, troubles } = await open(`smtp://127.0.0.1:${port}`)
    await invite("mara", "jonas")
    for (let round = 0; round < 20; round += 1) {
      expect(await outbox.deliver()).toBe(0)
      wait(MINUTE)
    }
    // At 0, 1, 3 and 8 minutes; the next would be at 23.
    expect(troubles).toHaveLength(4)
    const [waiting] = await store.listMessages(scope, "mara")
    expect(waiting).toMatchObject({ state: "waiting", tries: 0 })
    const server = await openMailServer({ port })
    onTestFinished(() => server.close())
    wait(3 * MINUTE)
    expect(await outbox.deliver()).toBe(2)
    expect(server.received).toHaveLength(2)
  })

  test("is not held up by a silent server, and tries that message later", async () => {
    const { store, scope, outbox, invite, wait } = await withServer({ silent: true }, 500)
    await invite("mara", "jonas")
    expect(await outbox.deliver()).toBe(0)
    const tries = async () => (await store.listMessages(scope)).map((message) => message.tries).sort((one, other) => one - other)
    // One was tried, and the server left alone for a while.
    expect(await tries()).toEqual([0, 1])
    wait(MINUTE)
    await outbox.deliver()
    expect(await tries()).toEqual([1, 1])
    wait(2 * MINUTE)
    await outbox.deliver()
    expect(await tries()).toEqual([1, 2])
    expect((await store.listMessages(scope)).map(({ state }) => state)).toEqual(["waiting", "waiting"])
  })

  test("reminds on a chosen day from eight o'clock, once, and never after they submitted", async () => {
    const { server, store, scope, outbox, invite, wait, now } = await withServer()
    await invite("mara", "jonas", "nadia")
    await outbox.deliver()
    server.received.length = 0
    await store.changeTerms(scope, { confidentiality: "named", remindOn: ["2026-03-09"] }, now())
    expect(await outbox.deliver()).toBe(0)
    wait(30 * MINUTE)
    await store.submit({ ...scope, respondent: "mara" }, now())
    await store.putOutReminders(program, "2026-03-09", randomUUID, now() + MINUTE, now())
    // Submitted after the reminder was put out and before it leaves.
    await store.submit({ ...scope, respondent: "jonas" }, now())
    expect(await outbox.deliver()).toBe(1)
    expect(await outbox.deliver()).toBe(0)
    expect(server.received.map(({ recipients }) => recipients)).toEqual([["nadia@example.com"]])
    expect(readable(server.received[0]?.text ?? "")).toContain("Subject: Reminder: your answers for Orders in motion")
    expect(await store.listMessages(scope, "jonas")).toMatchObject([
      { kind: "reminder", state: "withheld", problem: "submitted" },
      {},
    ])
  })

  test("two outboxes side by side send each message once", async () => {
    const { server, outbox, invite } = await withServer()
    await invite("mara", "jonas", "nadia")
    const sent = await Promise.all([outbox.deliver(), outbox.deliver()])
    expect(sent[0] + sent[1]).toBe(3)
    expect(server.received.flatMap(({ recipients }) => recipients).sort()).toEqual(respondents.map(({ email }) => email).sort())
  })
})

describe("the rounds", () => {
  test("come again after a failure and end when they are stopped", async () => {
    const { promise: third, resolve } = Promise.withResolvers<void>()
    const troubles: unknown[] = []
    let rounds = 0
    const outbox = {
      deliver: async () => {
        rounds += 1
        if (rounds === 1) throw new Error("the database is busy")
        if (rounds === 3) resolve()
        return 0
      },
    }
    const running = startRounds(outbox, 1, (error) => troubles.push(error))
    await third
    await running.stop(1_000)
    const before = rounds
    await new Promise((resume) => setImmediate(resume))
    expect([rounds, troubles.length]).toEqual([before, 1])
  })

  test("wait for the message that is being sent, but not for ever", async () => {
    const running = startRounds({ deliver: () => new Promise(() => undefined) }, 1, () => undefined)
    await running.stop(20)
    const { promise, resolve } = Promise.withResolvers<number>()
    const waiting = startRounds({ deliver: () => promise }, 1, () => undefined)
    const stopped = waiting.stop(10_000)
    resolve(1)
    await stopped
  })
})
