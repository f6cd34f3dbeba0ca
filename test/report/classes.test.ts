import { expect, test } from "vitest"
import { classOrder, classText, mixText, stateText } from "../../src/report/classes.ts"

const none = { P1: 0, P2: 0, P3: 0, P4: 0, P5: 0, code: 0, unknown: 0 }

test("a mix names only what there is, the least work first", () => {
  expect(mixText(none)).toBe("")
  expect(mixText({ ...none, unknown: 1, P4: 3, P1: 12 })).toBe("12 P1, 3 P4 and 1 not known")
})

test("every class has words of its own", () => {
  expect(new Set(classOrder.map(classText)).size).toBe(classOrder.length)
  expect(classText("P4")).toBe("P4 redesign, stateful")
  expect(classText("code")).toBe("code, not SQL")
})

test("state that nobody knows is not called stateless", () => {
  expect([true, false, null].map(stateText)).toEqual(["keeps state", "stateless", "not known"])
})
