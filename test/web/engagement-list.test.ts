import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { anEngagement } from "../fixtures/engagements.ts"
import { program } from "../fixtures/program.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"
import { wordsOf } from "./sample-stage.ts"
import { NOON, openStage, type Stage } from "./stage.ts"

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  for (let at = 1; at <= 30; at++) {
    const title = `Title ${String(31 - at).padStart(2, "0")}`
    const engagement = anEngagement(smallQuestionnaire, { title, client: at % 2 ? "Contoso" : "Fabrikam" })
    await stage.store.addEngagement({ engagement: `n${at}`, by: { account: "carla" } }, engagement, smallQuestionnaire, NOON + at)
  }
  await stage.store.archive({ engagement: "n30", by: program }, true, NOON)
})
afterAll(() => stage.close())

const titles = (html: string): readonly string[] =>
  [...html.matchAll(/<h2><a href="[^"]+">([^<]+)</g)].map(([, title]) => title ?? "")
const get = async (path: string) => (await stage.consultant().get(path).expect(200)).text

describe("the list of engagements", () => {
  test("shows a page of those at work, newest first, and leads to the next", async () => {
    const first = await get("/")
    expect(titles(first)).toHaveLength(25)
    expect(titles(first)[0]).toBe("Title 02")
    expect(wordsOf(first)).toContain("At work (30)")
    expect(wordsOf(first)).toContain("1 to 25 of 30")
    expect(titles(await get("/?page=2"))).toHaveLength(5)
  })

  test("is sorted by title or client, and searched in both, on every page", async () => {
    expect(titles(await get("/?sort=title"))[0]).toBe("Streaming readiness")
    const found = await get("/?find=contoso&sort=title")
    expect(titles(found)).toHaveLength(15)
    expect(titles(found)[0]).toBe("Title 02")
    expect(found).toContain('value="contoso"')
    expect(titles(await get("/?find=title%2007"))).toEqual(["Title 07"])
  })

  test("keeps archived ones apart", async () => {
    const text = await get("/?show=archived")
    expect(titles(text)).toEqual(["Title 01"])
    expect(wordsOf(text)).toContain("archived 23 November 2026")
    expect(titles(await get("/?find=title%2001"))).toEqual([])
  })

  test.each(["/?page=99", "/?page=-1", "/?page=1e9", "/?sort=secret&show=x", `/?find=${"x".repeat(500)}`, "/?find=%ff"])(
    "%s is a page all the same",
    async (path) => {
      expect(await get(path)).toContain("<h1>Engagements</h1>")
    },
  )

  test("says when nothing is found, and what to do when there is nothing", async () => {
    expect(wordsOf(await get("/?find=nowhere"))).toContain("No engagement has “nowhere” in its title or client. Show all")
    const foreign = wordsOf((await stage.consultant("otto").get("/").expect(200)).text)
    expect(foreign).toContain("No engagement yet.")
    expect(foreign).not.toContain("Title 02")
  })

  test("offers a reader's account nothing that it may not do", async () => {
    const { text } = await stage.consultant("rita").get("/").expect(200)
    expect(wordsOf(text)).toContain("No engagement is open to you yet.")
    expect(text).not.toContain("/engagements/new")
  })
})
