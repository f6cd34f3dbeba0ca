import { describe, expect, test } from "vitest"
import { intervalMinutes, runMinutes } from "../../../src/estate/jobs/schedules.ts"

const day = 1440

describe("how often a job runs", () => {
  test.each([
    ["15 min", 15],
    ["1 h 30 min", 90],
    ["hourly", 60],
    ["Every hour", 60],
    ["every 15 minutes", 15],
    ["Daily", day],
    ["once a day", day],
    ["nightly", day],
    ["@daily", day],
    ["every night", day],
    ["twice a day", day / 2],
    ["4 times per day", day / 4],
    ["6x a day", day / 6],
    ["weekly", 7 * day],
    ["rate(5 minutes)", 5],
    ["*/15 * * * *", 15],
    ["* * * * *", 1],
    ["0 * * * *", 60],
    ["5 2 * * *", day],
    ["0 6,18 * * *", day / 2],
    ["0 6,7 * * *", 23 * 60],
    ["0 8-18 * * 1-5", 60],
    ["0 8-18 * * MON-FRI", 60],
    ["*/20 8-18 * * *", 20],
    ["0 3 * * 0", 7 * day],
    ["0 3 * * 7", 7 * day],
    ["0 3 * * 1-5", day],
    ["0 3 1 * *", 30 * day],
    ["0 3 1,15 * *", 16 * day],
    ["0 3 1 jan,jul *", 180 * day],
    ["0 0/10 * * * ?", 10],
    ["0 0 2 ? * MON *", 7 * day],
    ["cron(0 12 * * ? *)", day],
  ])("%s", (typed, minutes) => {
    expect(intervalMinutes(typed)).toBe(minutes)
  })

  test.each([
    "15",
    "often",
    "on demand",
    "after load_orders",
    "every",
    "0 times a day",
    "*/0 * * * *",
    "61 * * * *",
    "5-1 * * * *",
    "* * * *",
    "* * * * * * * *",
    "0 3 L * *",
    "0 3 ? * 5#2",
    "0 3 1 * 1",
    "__proto__",
    "constructor",
    "every ".repeat(10_000),
    `${"1,".repeat(50_000)}1 * * * *`,
  ])("%.60s is not to be told", (typed) => {
    expect(intervalMinutes(typed)).toBeUndefined()
  })
})

test.each([
  ["90 s", 1.5],
  ["2 h", 120],
  ["01:02:30", 62.5],
  ["0:00:06.25", 0.1],
  ["12:30", undefined],
  ["12", undefined],
])("a run of %s takes %s minutes", (typed, minutes) => {
  expect(runMinutes(typed)).toBe(minutes)
})
