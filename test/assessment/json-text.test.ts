import * as fc from "fast-check"
import { inspect } from "node:util"
import { describe, expect, test } from "vitest"
import { inheritedNames, pathText, readJson } from "../../src/assessment/json-text.ts"

const hasInheritedName = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  Object.entries(value).some(([each, inside]) => inheritedNames.has(each) || hasInheritedName(inside))

describe("reading JSON", () => {
  test("gives what JSON.parse gives", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.constantFrom(undefined, 2, "\t"), (value, space) => {
        fc.pre(!hasInheritedName(value))
        expect(readJson(JSON.stringify(value, undefined, space))).toEqual({
          data: JSON.parse(JSON.stringify(value)) as unknown,
          problems: [],
        })
      }),
    )
  })

  test("finds broken exactly what JSON.parse finds broken", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"b',
      "1",
      "-",
      "01",
      "1.5e3",
      "true",
      "null",
      " ",
      "\n",
      "\\",
      "'",
      '"\\u00e9"',
      '"\\x"',
      '"\t"',
    )
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 8 }).map((some) => some.join("")),
        (text) => {
          // A number beyond all numbers is refused here, where the built-in reader makes it infinite.
          const sound = parses(text) && !/Infinity/.test(inspect(JSON.parse(text), { depth: null }))
          const { data, problems } = readJson(text)
          expect(data !== undefined).toBe(sound)
          if (!sound) expect(problems[0]?.message).toMatch(/^(Repair the JSON at line \d+, column \d+: |Enter a JSON object)/)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test("reports every repeated key at its place", () => {
    expect(readJson('{"a":{"b":1,"b":2},"a":3}').problems.map(({ path }) => path)).toEqual(["$.a.b", "$.a"])
  })

  test("keeps a planted prototype out", () => {
    const { data, problems } = readJson('{"a":{"__proto__":{"isAdmin":true}}}')
    expect(problems).toEqual([{ path: "$.a.__proto__", message: "Remove this key: it is not allowed" }])
    expect((data as { a: { isAdmin?: boolean } }).a.isAdmin).toBeUndefined()
  })

  test.each(["constructor", "toString", "hasOwnProperty", "valueOf"])(
    "takes no key %s: with frozen prototypes nobody can copy it",
    (key) => {
      const { data, problems } = readJson(`{"a":{"${key}":1,"b":2}}`)
      expect(problems).toEqual([{ path: `$.a.${key}`, message: "Remove this key: it is not allowed" }])
      expect(Object.keys((data as { a: object }).a)).toEqual(["b"])
    },
  )

  test("reads past the mark that some editors put first", () => {
    expect(readJson("\uFEFF[1]").data).toEqual([1])
  })
})

test("paths are written as in JSONPath", () => {
  expect(pathText([])).toBe("$")
  expect(pathText(["answers", 12, "value"])).toBe("$.answers[12].value")
  expect(pathText(["rows", 0, "peak per second", "x-y"])).toBe('$.rows[0]["peak per second"]["x-y"]')
})

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
