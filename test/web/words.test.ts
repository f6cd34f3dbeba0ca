import { expect, test } from "vitest"
import { aboutMinutes, count, dateText, listed, timeText, withArticle } from "../../src/web/words.ts"

test.each([
  [0, "about a minute"],
  [1, "about a minute"],
  [9, "about 9 minutes"],
  [13, "about 15 minutes"],
  [74, "about 75 minutes"],
  [75, "about 1½ hours"],
  [110, "about 2 hours"],
])("%i minutes are %s", (minutes, text) => {
  expect(aboutMinutes(minutes)).toBe(text)
})

test("times are written in UTC and say so", () => {
  const time = Date.UTC(2026, 10, 3, 9, 5)
  expect(dateText(time)).toBe("3 November 2026")
  expect(timeText(time)).toBe("3 November 2026, 09:05 UTC")
})

test("counts, lists and articles read as people write them", () => {
  expect([count(1, "row"), count(0, "row"), count(2, "entry", "entries")]).toEqual(["1 row", "0 rows", "2 entries"])
  expect([listed([]), listed(["a"]), listed(["a", "b", "c"])]).toEqual(["", "a", "a, b and c"])
  expect([withArticle("source"), withArticle("interface")]).toEqual(["a source", "an interface"])
})
