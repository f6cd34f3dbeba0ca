import { randomUUID } from "node:crypto"
import { expect, test } from "vitest"
import type { Estate, HandDecision } from "../../src/estate/model.ts"
import type { EngagementScope, EstateImport, StoredEstate } from "../../src/store/store.ts"
import { program } from "../fixtures/program.ts"
import { lapsedText, largeEstate, ordersText, shopEstate, withStatements } from "../fixtures/shop-estate.ts"
import { overEachEngine } from "./engines.ts"
import { startOrders } from "./orders.ts"

const fct = "model.shop.fct_orders"
const byHand: HandDecision = { class: "P2", stateful: false, reason: "The join is to one row a day" }

/** As a page shows it: without texts. */
const withoutTexts = (estate: Estate): Estate => ({
  ...estate,
  statements: estate.statements.map(({ text: _, ...statement }) => statement),
})

const anImport = (more: Partial<EstateImport> = {}): EstateImport => ({
  id: randomUUID(),
  domain: "orders",
  name: "shop",
  estate: shopEstate,
  ...more,
})

overEachEngine((store) => {
  const start = async (): Promise<EngagementScope> => {
    const { engagement, by } = await startOrders(store())
    return { engagement, by }
  }
  const revisionOf = (scope: EngagementScope) => store().revisionOf(scope)
  const only = async (scope: EngagementScope): Promise<StoredEstate> => {
    const heads = await store().listEstates(scope)
    expect(heads).toHaveLength(1)
    const stored = await store().loadEstate(scope, heads[0]?.id ?? "")
    if (stored === undefined) throw new Error("The estate is not there")
    return stored
  }

  test("an estate comes back as it was, without its texts, and each text by itself", async () => {
    const scope = await start()
    const wanted = anImport()
    const before = await revisionOf(scope)
    expect(await store().saveEstate(scope, wanted, 2_000)).toBe(true)
    expect(await revisionOf(scope)).toBe((before ?? 0) + 1)
    expect(await store().listEstates(scope)).toEqual([
      { id: wanted.id, domain: "orders", name: "shop", kind: "dbt-manifest", importedAt: 2_000, revision: 1, statements: 7 },
    ])
    const stored = await only(scope)
    expect(stored.estate).toEqual(withoutTexts(shopEstate))
    expect(stored.decisions.size).toBe(0)
    expect([...stored.textHashes.keys()]).toEqual(shopEstate.statements.flatMap(({ id, text }) => (text ? [id] : [])))
    expect(await store().loadStatementText(scope, wanted.id, fct)).toBe(ordersText)
    expect(await store().loadStatementText(scope, wanted.id, "model.shop.ml_scores")).toBeUndefined()
    const log = await store().readAudit(program, { engagement: scope.engagement, offset: 0, limit: 1 })
    expect(log?.entries).toMatchObject([
      { action: "estate.imported", subject: wanted.id, detail: { kind: "dbt-manifest", statements: 7, again: false } },
    ])
  })

  test("several imports stand side by side; one of the same domain and name takes the place of the earlier", async () => {
    const scope = await start()
    for (const [name, domain] of [
      ["shop", "orders"],
      ["jobs", "orders"],
      ["shop", "stock"],
    ] as const)
      await store().saveEstate(scope, anImport({ name, domain }), 2_000)
    const again = anImport({ estate: withStatements((all) => all.slice(0, 3)) })
    expect(await store().saveEstate(scope, again, 3_000)).toBe(true)
    const heads = await store().listEstates(scope)
    expect(heads.map(({ name, domain, statements }) => [name, domain, statements].join(" ")).toSorted()).toEqual([
      "jobs orders 7",
      "shop orders 3",
      "shop stock 7",
    ])
    expect((await store().loadEstate(scope, again.id))?.estate.statements).toHaveLength(3)
  })

  test("a decision stands before the verdict, can be replaced and taken back, and outlives every re-import", async () => {
    const scope = await start()
    const first = anImport()
    await store().saveEstate(scope, first, 2_000)
    expect(await store().decideStatement(scope, first.id, fct, byHand, 3_000)).toBe(true)
    const decided = await only(scope)
    expect(decided.revision).toBe(2)
    const stored = { ...byHand, time: "1970-01-01T00:00:03.000Z" }
    expect(decided.estate.statements.find(({ id }) => id === fct)?.decision).toEqual(stored)
    expect(decided.decisions.get(fct)).toEqual({ ...stored, outdated: false })

    const gone = anImport({ estate: withStatements((all) => all.filter(({ id }) => id !== fct)) })
    await store().saveEstate(scope, gone, 4_000)
    expect((await only(scope)).decisions.size).toBe(0)
    const back = anImport({
      estate: withStatements((all) => all.map((one) => (one.id === fct ? { ...one, text: "select 1" } : one))),
    })
    await store().saveEstate(scope, back, 5_000)
    expect((await only(scope)).decisions.get(fct)).toEqual({ ...stored, outdated: true })

    const other: HandDecision = { class: "code", stateful: null, reason: "It calls a model" }
    expect(await store().decideStatement(scope, back.id, fct, other, 6_000)).toBe(true)
    expect((await only(scope)).decisions.get(fct)).toMatchObject({ ...other, outdated: false })
    expect(await store().decideStatement(scope, back.id, fct, undefined, 7_000)).toBe(true)
    expect(await store().decideStatement(scope, back.id, fct, undefined, 7_000)).toBe(false)
    expect((await only(scope)).estate.statements.find(({ id }) => id === fct)).not.toHaveProperty("decision")
    expect(await store().decideStatement(scope, back.id, "model.shop.nobody", byHand, 8_000)).toBe(false)
  })

  test("an import that waits changes nothing until it is taken, and is seen by nobody else", async () => {
    const scope = await start()
    await store()
      .addAccount(program, { id: "eva", name: "Eva", email: `${randomUUID()}@example.com`, role: "consultant" }, 1)
      .catch(() => undefined)
    await store().saveMember(scope, "eva", "editor", 1)
    const before = await revisionOf(scope)
    const eva = { ...scope, by: { account: "eva" } }
    const wanted = anImport({ upload: "name,reads" })
    expect(await store().putEstateAside(eva, wanted, 2_000)).toBe(true)
    expect(await store().listEstates(eva)).toEqual([])
    expect(await store().loadEstate(eva, wanted.id)).toBeUndefined()
    expect(await revisionOf(scope)).toBe(before)
    expect(await store().loadWaitingEstate(scope, wanted.id)).toBeUndefined()
    expect(await store().takeEstate(scope, wanted.id, { moved: [] }, 3_000)).toBe("gone")
    expect(await store().decideStatement(eva, wanted.id, fct, byHand, 3_000)).toBe(false)
    const waiting = await store().loadWaitingEstate(eva, wanted.id)
    expect(waiting).toMatchObject({ upload: "name,reads", by: "eva", estate: withoutTexts(shopEstate) })
    expect(await store().takeEstate(eva, wanted.id, { moved: [] }, 3_000)).toBe("taken")
    expect(await store().takeEstate(eva, wanted.id, { moved: [] }, 3_000)).toBe("gone")
    const taken = await only(scope)
    expect([taken.importedAt, taken.by, taken.upload]).toEqual([3_000, "eva", undefined])
  })

  test("what waits is taken only in the place of what it was compared with", async () => {
    const scope = await start()
    const earlier = anImport()
    const [waiting, quicker] = [anImport(), anImport()]
    await store().saveEstate(scope, earlier, 2_000)
    await store().putEstateAside(scope, waiting, 3_000)
    await store().saveEstate(scope, quicker, 4_000)
    const before = await revisionOf(scope)
    expect(await store().takeEstate(scope, waiting.id, { replaces: earlier.id, moved: [] }, 5_000)).toBe("moved on")
    expect(await store().takeEstate(scope, waiting.id, { moved: [] }, 5_000)).toBe("moved on")
    expect([await revisionOf(scope), (await only(scope)).id]).toEqual([before, quicker.id])
    expect(await store().takeEstate(scope, waiting.id, { replaces: quicker.id, moved: [] }, 5_000)).toBe("taken")
    expect((await only(scope)).id).toBe(waiting.id)
  })

  test("decisions go along with statements that are known again under another id, also where two changed places", async () => {
    const scope = await start()
    const earlier = anImport()
    await store().saveEstate(scope, earlier, 2_000)
    const [one, other, gone] = ["model.shop.stg_orders", "model.shop.stg_customers", "model.shop.dim_lapsed"] as const
    await store().decideStatement(scope, earlier.id, one, { ...byHand, reason: "one" }, 2_000)
    await store().decideStatement(scope, earlier.id, other, { ...byHand, reason: "other" }, 2_000)
    await store().decideStatement(scope, earlier.id, gone, { ...byHand, reason: "gone" }, 2_000)
    await store().decideStatement(scope, earlier.id, fct, { ...byHand, reason: "fct" }, 2_000)
    const waiting = anImport()
    await store().putEstateAside(scope, waiting, 3_000)
    const moved = [
      { from: one, to: other },
      { from: other, to: one },
      { from: fct, to: gone },
    ]
    expect(await store().takeEstate(scope, waiting.id, { replaces: earlier.id, moved }, 4_000)).toBe("taken")
    const { decisions } = await only(scope)
    expect([one, other, gone, fct].map((id) => decisions.get(id)?.reason)).toEqual(["other", "one", "fct", undefined])
  })

  test("one import waits for an account at a time, and none for more than a day", async () => {
    const scope = await start()
    const [first, second, third] = [anImport(), anImport(), anImport()]
    await store().putEstateAside(scope, first, 2_000)
    await store().putEstateAside(scope, second, 3_000)
    expect(await store().loadWaitingEstate(scope, first.id)).toBeUndefined()
    expect((await store().loadWaitingEstate(scope, second.id))?.estate).toEqual(withoutTexts(shopEstate))
    expect(await store().removeEstate(scope, second.id, 4_000)).toBe(true)
    expect(await store().loadWaitingEstate(scope, second.id)).toBeUndefined()
    await store().putEstateAside(scope, third, 5_000)
    const { engagement } = scope
    await store().putEstateAside({ engagement, by: { program: "another" } }, anImport(), 5_000 + 86_400_001)
    expect(await store().loadWaitingEstate(scope, third.id)).toBeUndefined()
  })

  test("while a large import is put aside, others save, and it is there whole or not at all", async () => {
    const scope = await start()
    const large = anImport({ estate: largeEstate(2_000) })
    const done: string[] = []
    const aside = store()
      .putEstateAside(scope, large, 2_000)
      .then((kept) => done.push(`aside ${kept}`))
    await store().saveEstate(scope, anImport({ name: "small" }), 2_000)
    done.push("saved")
    await aside
    expect(done).toEqual(["saved", "aside true"])
    expect((await store().loadWaitingEstate(scope, large.id))?.estate.statements).toHaveLength(2_000)
    // The next import of the same account clears the one away that is still being written, whichever of the two begins first.
    const two = [anImport({ estate: largeEstate(2_000) }), anImport({ estate: largeEstate(2_000) })]
    const kept = await Promise.all(two.map((one) => store().putEstateAside(scope, one, 3_000)))
    expect(new Set(kept)).toEqual(new Set([false, true]))
    const waiting = await Promise.all(two.map(({ id }) => store().loadWaitingEstate(scope, id)))
    expect(waiting.map((one) => one?.estate.statements.length)).toEqual(kept.map((is) => (is ? 2_000 : undefined)))
  })

  test("an import that cannot be written to its end leaves nothing that waits", async () => {
    const scope = await start()
    const { statements } = largeEstate(900)
    const broken = statements.map((one, at) => (at < 800 ? one : { ...one, tags: [1n as unknown as string] }))
    const wanted = anImport({ estate: { ...shopEstate, statements: broken } })
    await expect(store().putEstateAside(scope, wanted, 2_000)).rejects.toThrow()
    expect(await store().loadWaitingEstate(scope, wanted.id)).toBeUndefined()
  })

  test("an import goes with its statements, with its domain, and with its engagement", async () => {
    const scope = await start()
    const [one, other] = [anImport(), anImport({ domain: "stock" })]
    for (const each of [one, other]) await store().saveEstate(scope, each, 2_000)
    await store().decideStatement(scope, one.id, fct, byHand, 2_000)
    expect(await store().removeEstate(scope, one.id, 3_000)).toBe(true)
    expect(await store().removeEstate(scope, one.id, 3_000)).toBe(false)
    expect(await store().loadStatementText(scope, one.id, fct)).toBeUndefined()
    expect((await store().listEstates(scope)).map(({ id }) => id)).toEqual([other.id])
    expect(await store().removeDomain(scope, "stock", 4_000)).toBe(true)
    expect(await store().listEstates(scope)).toEqual([])
    await store().saveEstate(scope, anImport(), 5_000)
    expect(await store().removeEngagement(scope, 6_000)).toBe(true)
  })

  test("nobody reaches an estate without a right to the engagement, and who may read does not change", async () => {
    const scope = await start()
    const wanted = anImport()
    await store().saveEstate(scope, wanted, 2_000)
    const { engagement } = scope
    const strangers = [{ account: "nobody" }, { respondent: "mara" }, { account: "rick" }]
    const rick = { id: "rick", name: "Rick", email: `${randomUUID()}@example.com`, role: "consultant" } as const
    await store()
      .addAccount(program, rick, 1)
      .catch(() => undefined)
    await store().saveMember(scope, "rick", "reader", 1)
    for (const [at, by] of strangers.entries()) {
      const mayRead = at === 2
      const foreign = { engagement, by }
      expect((await store().listEstates(foreign)).length).toBe(mayRead ? 1 : 0)
      expect((await store().loadEstate(foreign, wanted.id)) !== undefined).toBe(mayRead)
      expect((await store().loadStatementText(foreign, wanted.id, fct)) !== undefined).toBe(mayRead)
      expect(await store().saveEstate(foreign, anImport(), 3_000)).toBe(false)
      expect(await store().putEstateAside(foreign, anImport(), 3_000)).toBe(false)
      expect(await store().decideStatement(foreign, wanted.id, fct, byHand, 3_000)).toBe(false)
      expect(await store().removeEstate(foreign, wanted.id, 3_000)).toBe(false)
    }
    const elsewhere = { engagement: randomUUID(), by: program }
    expect(await store().loadEstate(elsewhere, wanted.id)).toBeUndefined()
    expect(await store().saveEstate(scope, anImport({ domain: "moon" }), 3_000)).toBe(false)
    expect((await only(scope)).id).toBe(wanted.id)
  })

  test("archived, an estate can be read and not changed", async () => {
    const scope = await start()
    const wanted = anImport()
    await store().saveEstate(scope, wanted, 2_000)
    await store().archive(scope, true, 3_000)
    expect(await store().saveEstate(scope, anImport(), 4_000)).toBe(false)
    expect(await store().decideStatement(scope, wanted.id, fct, byHand, 4_000)).toBe(false)
    expect((await only(scope)).id).toBe(wanted.id)
  })

  test("thousands of statements, ids of any length, and texts of megabytes are kept", { timeout: 60_000 }, async () => {
    const scope = await start()
    const long = { ...shopEstate.statements[0], id: `model.${"ä".repeat(3_000)}`, text: "x".repeat(4_000_000) }
    const estate = largeEstate(5_600)
    const wanted = anImport({ estate: { ...estate, statements: [...estate.statements, long as Estate["statements"][number]] } })
    expect(await store().saveEstate(scope, wanted, 2_000)).toBe(true)
    const stored = await only(scope)
    expect(stored.estate.statements.map(({ id }) => id)).toEqual(wanted.estate.statements.map(({ id }) => id))
    expect((await store().loadStatementText(scope, wanted.id, long.id))?.length).toBe(4_000_000)
    expect(await store().removeEstate(scope, wanted.id, 3_000)).toBe(true)
  })

  test("hostile words are kept as they are", async () => {
    const scope = await start()
    const text = `${lapsedText} -- '); DROP TABLE estate; --`
    const estate = withStatements((all) => all.map((one) => ({ ...one, name: "'); DROP TABLE estate; --", text })))
    const wanted = anImport({ name: "o'brien \"); --", estate })
    await store().saveEstate(scope, wanted, 2_000)
    expect((await only(scope)).estate).toEqual(withoutTexts(estate))
    expect(await store().loadStatementText(scope, wanted.id, fct)).toBe(text)
  })
})
