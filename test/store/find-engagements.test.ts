import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import type { EngagementSearch } from "../../src/store/store.ts"
import { program } from "../fixtures/program.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"
import { overEachEngine } from "./engines.ts"
import { orders } from "./orders.ts"

overEachEngine((store) => {
  describe("engagements looked for", () => {
    /** A word that only the engagements of this test have. */
    const start = async (
      titles: readonly (readonly [title: string, client: string])[],
      by: { account: string } | typeof program,
    ) => {
      const mark = `m${randomUUID().slice(0, 8)}`
      for (const [at, [title, client]] of titles.entries()) {
        const engagement = { ...orders, title: `${title} ${mark}`, client }
        await store().addEngagement({ engagement: `${mark}-${at}`, by }, engagement, smallQuestionnaire, 1_000 + at)
      }
      const find = async (search: Partial<EngagementSearch>, who: typeof by = by) => {
        const usual = { archived: false, sort: "newest", offset: 0, limit: 50 } as const
        const found = await store().findEngagements(who, { ...usual, ...search, words: [mark, ...(search.words ?? [])] })
        return { ...found, titles: found.engagements.map(({ title }) => title.replace(` ${mark}`, "")) }
      }
      return { mark, find }
    }

    test("come by the page, sorted, with the number of all", async () => {
      const { find } = await start(
        [
          ["Beta", "Zinc"],
          ["alpha", "Yew"],
          ["Gamma", "xylem"],
        ],
        program,
      )
      expect((await find({})).titles).toEqual(["Gamma", "alpha", "Beta"])
      expect((await find({ sort: "title" })).titles).toEqual(["alpha", "Beta", "Gamma"])
      expect((await find({ sort: "client" })).titles).toEqual(["Gamma", "alpha", "Beta"])
      expect(await find({ sort: "title", limit: 1, offset: 1 })).toMatchObject({ titles: ["Beta"], active: 3, archived: 0 })
      expect(await find({ offset: 9 })).toMatchObject({ engagements: [], active: 3 })
    })

    test("have every word in their title or client, in any case, signs taken as they are", async () => {
      const { find } = await start(
        [
          ["Orders 100%", "Northwind"],
          ["Orders 100 A", "Contoso"],
          ["A_B!", "Northwind"],
        ],
        program,
      )
      expect((await find({ words: ["ORDERS", "northwind"] })).titles).toEqual(["Orders 100%"])
      expect((await find({ words: ["100%"] })).titles).toEqual(["Orders 100%"])
      expect((await find({ words: ["a_b!"] })).titles).toEqual(["A_B!"])
      expect(await find({ words: ["nowhere"] })).toMatchObject({ engagements: [], active: 0, archived: 0 })
    })

    test("are at work or archived, with their counts", async () => {
      const { mark, find } = await start(
        [
          ["One", "X"],
          ["Two", "X"],
        ],
        program,
      )
      await store().archive({ engagement: `${mark}-0`, by: program }, true, 9_000)
      expect(await find({})).toMatchObject({ titles: ["Two"], active: 1, archived: 1 })
      const { engagements } = await find({ archived: true })
      expect(engagements).toEqual([
        {
          id: `${mark}-0`,
          title: `One ${mark}`,
          client: "X",
          createdAt: 1_000,
          archivedAt: 9_000,
          domains: 2,
          respondents: 2,
          submitted: 0,
          answers: 0,
        },
      ])
    })

    test("are those that the account reaches, and counted without the others", async () => {
      const [mine, other] = [randomUUID(), randomUUID()]
      for (const id of [mine, other]) {
        await store().addAccount(program, { id, name: "Stage", email: `${id}@example.com`, role: "consultant" }, 1_000)
      }
      const { mark, find } = await start([["Mine", "X"]], { account: mine })
      await store().addEngagement(
        { engagement: `${mark}-x`, by: { account: other } },
        { ...orders, title: `Theirs ${mark}` },
        smallQuestionnaire,
        1_000,
      )
      expect(await find({})).toMatchObject({ titles: ["Mine"], active: 1 })
      expect(await find({}, { account: other })).toMatchObject({ titles: ["Theirs"], active: 1 })
      expect(await find({}, program)).toMatchObject({ active: 2 })
      expect(await find({}, { account: "nobody" })).toMatchObject({ engagements: [], active: 0, archived: 0 })
    })
  })
})
