import { describe, expect, test } from "vitest"
import { type Kind, kind, lineAt, pairBrackets, tokenize } from "../../../src/estate/sql/tokens.ts"

const nameOf = (what: Kind): string => Object.entries(kind).find(([, value]) => value === what)?.[0] ?? ""
const shown = (text: string): readonly string[] => {
  const tokens = tokenize(text)
  return tokens.kind.map((what, at) => `${nameOf(what)} ${text.slice(tokens.start[at], tokens.end[at])}`)
}
const words = (text: string): readonly string[] => tokenize(text).word

test.each<[text: string, tokens: readonly string[]]>([
  ["a.b_1", ["word a", "symbol .", "word b_1"]],
  ["'it''s' x", ["string 'it''s'", "word x"]],
  [String.raw`'it\'s' x`, [String.raw`string 'it\'s'`, "word x"]],
  [String.raw`'c:\' x 'd'`, [String.raw`string 'c:\'`, "word x", "string 'd'"]],
  [
    String.raw`a escape '\' or b like 'x' escape '\'`,
    [
      "word a",
      "word escape",
      String.raw`string '\'`,
      "word or",
      "word b",
      "word like",
      "string 'x'",
      "word escape",
      String.raw`string '\'`,
    ],
  ],
  ['"a""b" `c d`', ['quoted "a""b"', "quoted `c d`"]],
  [
    "r'\\d' b'x' E'\\'' N'y' x'ff' rb\"z\"",
    ["string r'\\d'", "string b'x'", "string E'\\''", "string N'y'", "string x'ff'", 'string rb"z"'],
  ],
  [
    "f('''', x, '''') '''%' y '''",
    [
      "word f",
      "open (",
      "string ''''",
      "symbol ,",
      "word x",
      "symbol ,",
      "string ''''",
      "close )",
      "string '''%'",
      "word y",
      "string '''",
    ],
  ],
  ["'''\n a = 'b' c = '' ''' d", ["string '''\n a = 'b' c = '' '''", "word d"]],
  ["'''a 'b' c''' d", ["string '''a 'b' c'''", "word d"]],
  [String.raw`'''a \'''' b '''c''' d`, [String.raw`string '''a \''''`, "word b", "string '''c'''", "word d"]],
  ["$$a ' b$$ $t$ c $$ $t$", ["string $$a ' b$$", "string $t$ c $$ $t$"]],
  ["a -- b\nc", ["word a", "word c"]],
  ["a # b\nc", ["word a", "word c"]],
  ["a /* b */ c // d", ["word a", "word c"]],
  ["from #t", ["word from", "word #t"]],
  ["a #>> b", ["word a", "symbol #", "symbol >", "symbol >", "word b"]],
  ["1.5e-3 1. 10L .5 2024_x", ["number 1.5e-3", "number 1.", "number 10L", "number .5", "word 2024_x"]],
  [
    "a::int <=> b ->> 'c' != d",
    ["word a", "symbol ::", "word int", "symbol <=>", "word b", "symbol ->>", "string 'c'", "symbol !=", "word d"],
  ],
  [
    "${hiveconf:dt} x_${env}_y $(v) {param} @v @@e :b",
    ["word ${hiveconf:dt}", "word x_${env}_y", "word $(v)", "word {param}", "word @v", "word @@e", "symbol :", "word b"],
  ],
  ["f(a[1])", ["word f", "open (", "word a", "open [", "number 1", "close ]", "close )"]],
  ["größe = 1", ["word größe", "symbol =", "number 1"]],
])("%j", (text, expected) => {
  expect(shown(text)).toEqual(expected)
})

describe("words", () => {
  test("are in lower case, names in quotes as written", () => {
    expect(words('SELECT "Ab" `Cd` Ef')).toEqual(["select", "Ab", "Cd", "ef"])
  })

  test("inside strings and comments are none", () => {
    expect(words("'select' /* from */ x -- join\n")).toEqual(["", "x"])
  })
})

describe("what is never closed", () => {
  test.each(["'abc", "select 'a", '"abc', "`abc", "$$abc", "$t$ abc"])("%s is said", (text) => {
    expect(tokenize(text).broken).toMatch(/never closed/)
  })

  test("ends with the text", () => {
    expect(tokenize("'abc").end).toEqual([4])
    expect(tokenize("/* abc").kind).toEqual([])
  })
})

describe("brackets", () => {
  test("of all shapes are paired", () => {
    const tokens = tokenize("(a[(b)])")
    expect(pairBrackets(tokens, 0, tokens.kind.length)).toBeUndefined()
    expect(tokens.match).toEqual([7, -1, 6, 5, -1, 3, 2, 0])
  })

  test.each([
    ["a)", /closed that was never opened \(line 1\)/],
    ["a\n(b", /never closed \(line 2\)/],
  ])("that do not fit are named: %j", (text, problem) => {
    const tokens = tokenize(text)
    expect(pairBrackets(tokens, 0, tokens.kind.length)).toMatch(problem)
  })
})

test("lines are counted from 1", () => {
  expect([0, 1, 2, 3].map((place) => lineAt("a\n\nb", place))).toEqual([1, 1, 2, 3])
})
