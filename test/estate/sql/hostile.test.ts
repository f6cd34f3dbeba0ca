import { describe, expect, test } from "vitest"
import { parse } from "../../../src/estate/sql/parse.ts"
import { readQuery, readTemplate } from "../../../src/estate/sql/read.ts"
import { readFile } from "../../../src/estate/sql/read-file.ts"
import { type Tokens, pairBrackets, tokenize } from "../../../src/estate/sql/tokens.ts"
import { hostileTexts } from "./hostile.ts"

const short = hostileTexts(20_000)
const long = hostileTexts(40_000)
const names = Object.keys(short)

describe.each(names)("%s", (name) => {
  test("is read to an answer", () => {
    const text = short[name] ?? ""
    for (const reading of [readQuery(text), readTemplate(text), ...readFile(text)]) {
      expect(reading.verdict.constructs.length).toBeLessThanOrEqual(401)
      if (reading.verdict.class === "unknown") expect(reading.verdict.because).toMatch(/\w/)
    }
  })

  test("of twice the length takes about twice the looks at its tokens", () => {
    const [once, twice] = [looksAt(short[name] ?? ""), looksAt(long[name] ?? "")]
    // Twice as many quotes may be strings where half of them are none.
    expect(twice).toBeLessThanOrEqual(Math.max(2.3 * once, 4 * 40_000))
  })
})

/** How often the kind of a token is looked at while the text is parsed. */
function looksAt(text: string): number {
  const tokens = tokenize(text)
  if (pairBrackets(tokens, 0, tokens.kind.length) !== undefined) return 0
  let looks = 0
  const kind = new Proxy(tokens.kind, {
    get: (target, key): unknown => {
      looks++
      return Reflect.get(target, key)
    },
  })
  parse({ ...tokens, kind } satisfies Tokens, { start: 0, end: tokens.kind.length })
  return looks
}
