import * as fc from "fast-check"
import { expect, test } from "vitest"
import { text } from "../../../src/assessment/question-types/text.ts"
import { cleanText, textUpTo } from "../../../src/assessment/text.ts"
import { miniQuestion } from "../../fixtures/questions.ts"

const question = miniQuestion("CON-09", "text")

test("a text is kept with its lines, without control characters, composed", () => {
  const sent = " cafe\u0301\r\nsecond\u0007 line\tend \u009F"
  expect(text.readForm(question, { "CON-09": sent }).content).toEqual({ status: "answered", value: "café\nsecond line\tend" })
})

test("a text is never scored, and shown as it is", () => {
  expect(text.anchorOf(question, "a")).toBeUndefined()
  expect(text.describe(question, "a")).toBe("a")
})

test.each([
  [1, "Give a text for CON-09"],
  [["a"], "Give a text for CON-09"],
  ["  ", "Enter a text for CON-09, or leave the answer out"],
  ["a\u0000", "Remove the NUL character at position 2: it cannot be stored"],
  ["x".repeat(10_001), "Shorten the text to 10,000 characters or fewer; it has 10,001"],
])("%j is refused", (value, message) => {
  expect(text.problemWith(question, value)).toBe(message)
})

test("length counts characters, not halves of them", () => {
  expect(text.problemWith(question, "😀".repeat(10_000))).toBeUndefined()
  expect(text.problemWith(question, "😀".repeat(10_001))).toMatch(/10,001$/)
})

test("two texts are one too many", () => {
  expect(text.readForm(question, { "CON-09": ["a", "b"] }).problems).toEqual([
    { field: "CON-09", message: "Enter one text: 2 were sent" },
  ])
})

test("cleaning twice changes nothing, and nothing that is kept offends a database", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (raw) => {
      const once = cleanText(raw)
      expect("problem" in once).toBe(raw.includes("\u0000") || !raw.isWellFormed())
      if ("problem" in once) return
      expect(cleanText(once.text)).toEqual(once)
      expect(once.text).toBe(once.text.normalize("NFC"))
      expect(once.text).not.toMatch(/[^\P{Cc}\n\t]/u)
    }),
  )
})

test("the schema says the same", () => {
  const schema = textUpTo(3)
  expect(schema.parse(" abc\r")).toBe("abc")
  expect(schema.safeParse("abcd").error?.issues[0]?.message).toBe("Shorten the text to 3 characters or fewer; it has 4")
})
