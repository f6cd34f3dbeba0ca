import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { actorsOf, policy } from "../../src/web/policy.ts"
import { routes } from "../../src/web/routes.ts"
import { actors, checkCell, checkForeign, checkSwapped, type Matrix, openMatrix } from "./matrix.ts"

let matrix: Matrix
beforeAll(async () => {
  matrix = await openMatrix()
})
afterAll(() => matrix.close())

test("every route names a line of the policy, and every line is used or waits for its page", () => {
  expect(routes.filter(({ permission }) => !(permission in policy)).map(({ path }) => path)).toEqual([])
  expect(routes.filter(({ permission }) => actorsOf(permission).length === 0).map(({ path }) => path)).toEqual([])
})

describe("everybody is received as the policy says, at every address", () => {
  test.each(actors)("%s", { timeout: 180_000 }, async (actor) => {
    const wrong: string[] = []
    for (const route of routes) wrong.push(...(await checkCell(matrix, route, actor)))
    expect(wrong).toEqual([])
  })
})

describe("what is somebody else's looks like what is not there", () => {
  test.each(["foreign consultant", "reader account", "removed member"] as const)(
    "to a %s, a whole engagement",
    { timeout: 180_000 },
    async (actor) => {
      const wrong: string[] = []
      for (const route of routes) wrong.push(...(await checkForeign(matrix, route, actor)))
      expect(wrong).toEqual([])
    },
  )

  test.each(["owner", "respondent"] as const)("to an %s, a part of another engagement", { timeout: 180_000 }, async (actor) => {
    const wrong: string[] = []
    for (const route of routes) wrong.push(...(await checkSwapped(matrix, route, actor)))
    expect(wrong).toEqual([])
  })
})
