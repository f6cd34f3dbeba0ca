import { expect, onTestFinished, test } from "vitest"
import { createLine, type LineLimits, TookTooLong } from "../../src/threads/line.ts"
import type { EchoJob } from "./echo-thread.ts"

const line = (limits: Partial<LineLimits> = {}) => {
  const created = createLine<EchoJob, string>(
    new URL("./echo-thread.ts", import.meta.url),
    { milliseconds: 30_000, waiting: 10, megabytes: 64, ...limits },
    {
      busy: () => new Error("busy"),
      closed: "closed",
      stopped: "stopped",
      outOfMemory: "out of memory",
      slow: (seconds) => `slow: ${seconds}`,
      failed: (why) => `failed: ${why}`,
    },
  )
  onTestFinished(() => created.close())
  return created
}

test("answers jobs in their order, and what a job throws is told of that job alone", async () => {
  const { run } = line()
  const all = await Promise.allSettled([run({ say: "one" }), run({ fail: "two" }), run({ say: "three" })])
  expect(all.map((each) => (each.status === "fulfilled" ? each.value : String(each.reason)))).toEqual([
    "one",
    "Error: two",
    "three",
  ])
})

test("refuses what is more than may wait", async () => {
  const { run } = line({ waiting: 1 })
  const all = await Promise.allSettled([1, 2, 3].map(() => run({ say: "x" })))
  expect(all.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"])
})

test("gives up a job that takes too long, and starts anew for the next", async () => {
  const { run } = line({ milliseconds: 2000 })
  await expect(run({ hang: true })).rejects.toEqual(new TookTooLong("slow: 2", undefined))
  await expect(run({ say: "x" })).resolves.toBe("x")
})

test("gives up a step that takes too long, and says which", async () => {
  const { run } = line({ stepMilliseconds: 50 })
  await expect(run({ hang: true, step: "orders.sql" })).rejects.toMatchObject({ name: "TookTooLong", at: "orders.sql" })
  await expect(run({ say: "x" })).resolves.toBe("x")
})

test("survives a thread that runs out of memory, and one that ends", async () => {
  const { run } = line()
  await expect(run({ fill: true })).rejects.toThrow("out of memory")
  await expect(run({ exit: true })).rejects.toThrow("stopped")
  await expect(run({ say: "x" })).resolves.toBe("x")
})

test("rejects what waits when it is closed, and what comes after", async () => {
  const closing = line()
  const waiting = [closing.run({ hang: true }), closing.run({ say: "x" })].map((each) => expect(each).rejects.toThrow("closed"))
  await closing.close()
  await Promise.all(waiting)
  await expect(closing.run({ say: "x" })).rejects.toThrow("closed")
})
