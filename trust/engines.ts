/** T15, second part: the same history of changes ends alike on SQLite and on PostgreSQL, step by step. */
import { createHash } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { seededRandom } from "../src/assessment/random.ts"
import { openPostgres } from "../src/store/postgres.ts"
import { openSqlite } from "../src/store/sqlite.ts"
import type { EstateImport, Store } from "../src/store/store.ts"
import { shopEstate } from "../test/fixtures/shop-estate.ts"
import { anEngagement } from "../test/fixtures/engagements.ts"
import { smallQuestionnaire } from "../test/fixtures/small-questionnaire.ts"
import { between, type Chance, type Experiment, grouped, none, oneOf } from "./experiment.ts"
import { temporaryDatabase } from "./postgres.ts"

export const experiment: Experiment = {
  title: "one history on both engines",
  run: async ({ seed, count, postgres }) => {
    const goalless = {
      done: "not run: no PostgreSQL answers",
      found: "nothing is known",
      goals: [{ text: "runs", met: false }],
      wrong: [],
    }
    if (postgres === undefined) return goalless
    const steps = count(3_000, 10_000)
    const folder = mkdtempSync(join(tmpdir(), "headwater-trust-"))
    const { url, drop } = await temporaryDatabase(postgres)
    try {
      const one = await live(await openSqlite({ folder: join(folder, "data"), now: 1 }), steps, seed)
      const other = await live(await openPostgres({ url, now: 1 }), steps, seed)
      const differing = one.told.flatMap((told, at) =>
        told === other.told[at] ? [] : [`step ${at}: ${told} and ${other.told[at]}`],
      )
      const same = one.end === other.end
      return {
        done: `${grouped(steps)} changes on SQLite and on PostgreSQL`,
        found: `${differing.length} outcomes differ, the exports at the end are ${same ? "equal byte for byte" : "not equal"}`,
        goals: [none("differing outcomes", differing.length), { text: "equal exports", met: same }],
        wrong: differing.slice(0, 10),
      }
    } finally {
      await drop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

const people = ["petra", "anil", "marta", "david", "paula"]
const domains = ["orders", "billing", "stock"]
const questions = ["SRC-01", "SRC-02", "SRC-03", "SRC-04", "USE-01", "USE-02"]
const words = [
  "",
  "plain",
  "é\u0301 ﬁ 😀",
  "a\nb\tc",
  "' \" < & \\",
  "ﬀ\u202e",
  "\u0000",
  "\ud800",
  "x".repeat(3_000),
  "Zürich",
  "zurich",
  "ZURICH",
]

/** Does the steps and tells the outcome of each, and everything that is there at the end. */
const live = async (
  store: Store,
  steps: number,
  seed: number,
): Promise<{ readonly told: readonly string[]; readonly end: string }> => {
  const chance = seededRandom(seed, "engines")
  const told: string[] = []
  const owner = { engagement: "e", by: { account: "owner" } }
  await store.addAccount({ program: "trust" }, { id: "owner", name: "Owner", email: "owner@example.com", role: "consultant" }, 1)
  await store.addEngagement(owner, anEngagement(smallQuestionnaire), smallQuestionnaire, 1)
  for (let step = 0; step < steps; step += 1) {
    const act = oneOf(chance, acts)
    const outcome = await act(store, chance, 1_000 + step).then(
      (value) => JSON.stringify(value) ?? "nothing",
      (error: unknown) => (error instanceof Error && error.name.startsWith("Store") ? error.name : "refused by the database"),
    )
    told.push(outcome)
  }
  const end = JSON.stringify([
    await store.loadEngagement(owner),
    await store.readAudit({ program: "trust" }, { offset: 0, limit: 100_000 }),
    await Promise.all(people.map((respondent) => store.loadResponse({ engagement: "e", respondent, by: { respondent } }))),
    await store.listMembers(owner),
    await Promise.all((await store.listEstates(owner)).map(({ id }) => store.loadEstate(owner, id))),
    await store.verifyAudit({ program: "trust" }),
  ])
  await store.close()
  return { told, end }
}

type Act = (store: Store, chance: Chance, now: number) => Promise<unknown>

const scopeOf = (chance: Chance) => ({
  engagement: chance() < 0.98 ? "e" : "none",
  by: chance() < 0.95 ? { account: "owner" } : { account: "none" },
})
const responseOf = (chance: Chance) => {
  const respondent = oneOf(chance, people)
  return { engagement: "e", respondent, by: { respondent: chance() < 0.97 ? respondent : oneOf(chance, people) } }
}
const hash = (chance: Chance): string =>
  createHash("sha256")
    .update(String(between(chance, 0, 30)))
    .digest("hex")

const saveAnswers: Act = (store, chance, now) =>
  store.saveAnswers(
    responseOf(chance),
    Array.from({ length: between(chance, 1, 3) }, () => ({
      domain: oneOf(chance, domains),
      question: oneOf(chance, questions),
      seen: between(chance, 0, 6),
      key: `k${between(chance, 0, 400)}`,
      unheard: [`k${between(chance, 0, 400)}`],
      content:
        chance() < 0.1 ? undefined : { status: "answered" as const, value: between(chance, 0, 4), comment: oneOf(chance, words) },
    })),
    now,
  )

const saveRow: Act = (store, chance, now) => {
  const row = { id: `row ${between(chance, 0, 20)}`, name: oneOf(chance, words), age: between(chance, 0, 99) }
  const scope = chance() < 0.5 ? scopeOf(chance) : responseOf(chance)
  return store.saveRow(scope, oneOf(chance, domains), "SRC-04", row, between(chance, 0, 12), now)
}

const estates = ["import 1", "import 2", "import 3", "import 4", "import 5"]
const statements = shopEstate.statements.map(({ id }) => id)

const anImport = (chance: Chance): EstateImport => ({
  id: oneOf(chance, estates),
  domain: oneOf(chance, domains),
  name: oneOf(chance, words.slice(1, 5)),
  estate: {
    ...shopEstate,
    statements: shopEstate.statements.filter(() => chance() < 0.8).map((one) => ({ ...one, name: oneOf(chance, words) })),
  },
})

const acts: readonly Act[] = [
  ...Array.from({ length: 8 }, () => saveAnswers),
  ...Array.from({ length: 3 }, () => saveRow),
  (store, chance, now) =>
    store.removeRow(scopeOf(chance), oneOf(chance, domains), "SRC-04", `row ${between(chance, 0, 20)}`, now),
  (store, chance, now) => store.stateNone(scopeOf(chance), oneOf(chance, domains), "SRC-04", chance() < 0.5, now),
  (store, chance, now) => store.submit(responseOf(chance), now),
  (store, chance, now) => store.reopen(responseOf(chance), now),
  (store, chance, now) => store.reopen(responseOf(chance), now),
  (store, chance, now) =>
    store.loadRows(scopeOf(chance), oneOf(chance, domains), "SRC-04").then((rows) => rows.concat().slice(0, now)),
  (store, chance) =>
    store.answerHistory(scopeOf(chance), oneOf(chance, people), oneOf(chance, domains), oneOf(chance, questions)),
  (store, chance, now) => {
    const [domain, question] = [oneOf(chance, domains), oneOf(chance, questions)]
    const decision =
      chance() < 0.2 ? undefined : { domain, question, value: between(chance, 0, 4), rationale: oneOf(chance, words) }
    return store.saveDecision(scopeOf(chance), domain, question, decision, now)
  },
  (store, chance, now) => {
    const override = {
      initiative: oneOf(chance, ["I01", "I16"]),
      action: "move" as const,
      wave: between(chance, 1, 4),
      reason: oneOf(chance, words),
    }
    return store.saveOverride(scopeOf(chance), { ...override, ...(chance() < 0.5 && { domain: oneOf(chance, domains) }) }, now)
  },
  (store, chance, now) => store.removeOverride(scopeOf(chance), oneOf(chance, ["I01", "I16"]), undefined, now),
  (store, chance, now) => store.saveDomain(scopeOf(chance), { id: oneOf(chance, domains), name: oneOf(chance, words) }, now),
  (store, chance, now) => (chance() < 0.1 ? store.removeDomain(scopeOf(chance), "stock", now) : Promise.resolve(false)),
  (store, chance, now) =>
    store.saveRespondent(
      scopeOf(chance),
      { id: oneOf(chance, people), name: oneOf(chance, words), role: oneOf(chance, ["DPE", "AD"]) },
      now,
    ),
  (store, chance, now) =>
    chance() < 0.1 ? store.removeRespondent(scopeOf(chance), oneOf(chance, people), now) : Promise.resolve(false),
  (store, chance, now) =>
    store.issueLink({ ...scopeOf(chance), respondent: oneOf(chance, people) }, hash(chance), now + 500, now),
  (store, chance, now) => store.openSession(hash(chance), hash(chance), now + 500, now),
  (store, chance, now) => store.readSession(hash(chance), now, 300),
  (store, chance, now) =>
    chance() < 0.2 ? store.revokeLink({ ...scopeOf(chance), respondent: oneOf(chance, people) }, now) : Promise.resolve(false),
  (store, chance, now) =>
    store.changeTerms(scopeOf(chance), { confidentiality: oneOf(chance, ["named", "role"] as const), remindOn: [] }, now),
  (store, chance) => store.revisionOf(scopeOf(chance)),
  (store, chance, now) => store.saveEstate(scopeOf(chance), anImport(chance), now),
  (store, chance, now) => store.putEstateAside(scopeOf(chance), anImport(chance), now),
  (store, chance, now) => {
    const moved = [{ from: oneOf(chance, statements), to: oneOf(chance, statements) }]
    const replaces = chance() < 0.3 ? undefined : oneOf(chance, estates)
    return store.takeEstate(scopeOf(chance), oneOf(chance, estates), { moved, ...(replaces && { replaces }) }, now)
  },
  (store, chance, now) => {
    const decision =
      chance() < 0.3 ? undefined : { class: oneOf(chance, ["P1", "P5"] as const), stateful: null, reason: oneOf(chance, words) }
    return store.decideStatement(scopeOf(chance), oneOf(chance, estates), oneOf(chance, statements), decision, now)
  },
  (store, chance) =>
    store
      .loadEstate(scopeOf(chance), oneOf(chance, estates))
      .then((found) => found && [found.estate, [...found.decisions], [...found.textHashes]]),
  (store, chance, now) =>
    chance() < 0.2 ? store.removeEstate(scopeOf(chance), oneOf(chance, estates), now) : Promise.resolve(false),
]
