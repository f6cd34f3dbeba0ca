import { readFileSync } from "node:fs"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { engagementJsonSchema, parseEngagement, writeEngagementFile } from "../../src/assessment/engagement.ts"
import type { Answer, Engagement, Inventory } from "../../src/assessment/model.ts"
import { anEngagement, cast, everybody, orders, plan, said } from "../fixtures/engagements.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"

const read = (file: unknown, today?: string) =>
  parseEngagement(typeof file === "string" ? file : JSON.stringify(file), smallQuestionnaire, today)
const problemsOf = (file: unknown): readonly string[] => read(file).problems.map(({ path, message }) => `${path}: ${message}`)

/** A file as somebody would type it, with `parts` in place of what a test breaks. */
const file = (parts: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  ...anEngagement(smallQuestionnaire),
  ...parts,
})
const answer = (parts: Readonly<Record<string, unknown>> = {}) => ({
  respondent: "anil",
  domain: "orders",
  question: "SRC-01",
  value: 2,
  ...parts,
})
const withAnswer = (parts: Readonly<Record<string, unknown>>) => file({ answers: [answer(parts)] })
const withRow = (row: Readonly<Record<string, unknown>>) =>
  file({ inventories: [{ domain: "orders", question: "SRC-04", rows: [row] }] })

describe("a file by hand", () => {
  const short = {
    format: "headwater-engagement/1",
    title: "Streaming readiness",
    client: "Northwind Parcel",
    questionnaire: { id: "small", version: "1.2.0" },
    domains: [{ id: "orders", name: "Orders" }],
    respondents: [{ id: "anil", name: "Anil Rao", role: "AE" }],
    answers: [{ respondent: "anil", domain: "orders", question: "SRC-01", value: 2 }],
    inventories: [
      {
        domain: "orders",
        question: "SRC-04",
        rows: [
          { name: "shop", age: "15 min", personal: true, modes: "Stream; table" },
          { id: "crm", name: "crm", age: 90 },
        ],
      },
    ],
  }

  test("may leave out whatever has a usual value", () => {
    const { engagement, problems, notices } = read(short, "2026-11-20")
    expect(problems).toEqual([])
    expect(notices).toEqual([])
    expect(engagement?.plan).toEqual({
      start: "2026-11-23",
      people: 4,
      daysPerWeek: 5,
      teams: 1,
      horizon: 5,
      platform: "managed",
    })
    expect(engagement?.answers).toEqual([
      { respondent: "anil", domain: "orders", question: "SRC-01", status: "answered", value: 2 },
    ])
    expect(engagement?.decisions).toEqual([])
    expect(engagement?.inventories[0]?.rows).toEqual([
      { id: "row-1", name: "shop", age: 15, personal: "yes", modes: ["stream", "table"] },
      { id: "crm", name: "crm", age: 90 },
    ])
  })

  test.each([
    ["2026-11-20", "2026-11-23"],
    ["2026-11-23", "2026-11-30"],
    ["2026-12-31", "2027-01-04"],
  ])("starts on the Monday after %s", (today, start) => {
    expect(read(short, today).engagement?.plan.start).toBe(start)
  })

  test("without a day to count from, asks for the start", () => {
    expect(problemsOf(short)).toEqual(['$.plan.start: Add "start", the first working day, for example "2027-01-04"'])
  })

  test("gives rows without an id one that is free", () => {
    const rows = [{ name: "a" }, { id: "row-1", name: "b" }, { name: "c" }]
    const { engagement } = read({ ...short, inventories: [{ domain: "orders", question: "SRC-04", rows }] }, "2026-11-20")
    expect(engagement?.inventories[0]?.rows.map((row) => row.id)).toEqual(["row-2", "row-1", "row-3"])
  })

  test("keeps text clean: no control characters, one line end, composed letters", () => {
    const { engagement } = read(file({ answers: [answer({ comment: "  Cafe\u0301\r\nnext\u0007 " })] }))
    expect(engagement?.answers[0]?.comment).toBe("Café\nnext")
  })

  test("may name its schema for the editor", () => {
    const { engagement, problems } = read(file({ $schema: "../schemas/engagement.schema.json" }))
    expect(problems).toEqual([])
    expect(engagement).not.toHaveProperty("$schema")
  })

  test("may say of an inventory that there is none, or that nobody knows", () => {
    const none = file({
      inventories: [{ domain: "orders", question: "SRC-04", rows: [] }],
      answers: [{ respondent: "anil", domain: "orders", question: "SRC-04", status: "dont-know" }],
    })
    expect(read(none).engagement?.inventories).toEqual([{ domain: "orders", question: "SRC-04", rows: [] }])
  })
})

describe("one thing wrong", () => {
  test.each<[string, unknown, string]>([
    ["nothing", "", "$: Enter a JSON object, { … }: the file is empty"],
    [
      "a missing comma",
      '{\n  "format": 1\n  "title": 2 }',
      '$: Repair the JSON at line 3, column 3: expected a comma or "}", but found "\\""',
    ],
    ["a comma too many", '{ "a": [1, ] }', '$: Repair the JSON at line 1, column 10: remove the comma before "]"'],
    [
      "a comment",
      "// hello\n{}",
      "$: Repair the JSON at line 1, column 1: expected a value, but found a comment (JSON has none; remove it)",
    ],
    [
      "single quotes",
      "{ 'a': 1 }",
      "$: Repair the JSON at line 1, column 3: expected a key in double quotes, but found a single quote (JSON uses double quotes)",
    ],
    [
      "half a file",
      '{ "a": {\n "b": 1',
      '$: Repair the JSON at line 2, column 8: expected a comma or "}", but found the end of the file (opened at line 1, column 8)',
    ],
    [
      "deep nesting",
      "[".repeat(3000),
      "$: Repair the JSON at line 1, column 21: flatten this: lists and objects are nested more than 20 deep",
    ],
    ["a list for the file", [], "$: Give an object, { … }: an engagement file is one JSON object"],
    [
      "a newer format",
      { format: "headwater-engagement/2", anything: 1 },
      '$.format: Update Headwater: the file was made by a newer one ("headwater-engagement/2"), and this one reads "headwater-engagement/1"',
    ],
    [
      "a result",
      { format: "headwater-result/1" },
      '$.format: Give the engagement file itself: this is a result computed from one ("headwater-result/1")',
    ],
    [
      "a mistyped format",
      file({ format: "headwater-engagement/I" }),
      '$.format: Use "headwater-engagement/1": this is the text "headwater-engagement/I"; did you mean "headwater-engagement/1"?',
    ],
    ["no title", file({ title: undefined }), '$.title: Add "title": it is missing'],
    ["an empty title", file({ title: "  " }), "$.title: Enter a text: this is empty"],
    ["an unknown key", file({ titel: "x" }), '$.titel: Rename or remove this key: it is not known; did you mean "title"?'],
    [
      "an unknown key that is near none",
      file({ zzz: 1 }),
      "$.zzz: Remove this key: it is not one of $schema, format, title, client, questionnaire, plan, domains, respondents, answers, inventories, decisions, overrides",
    ],
    [
      "a repeated key",
      JSON.stringify(file()).replace('"title"', '"title":"a","title"'),
      "$.title: Keep one of them: this key appears more than once in the same object",
    ],
    [
      "another questionnaire",
      file({ questionnaire: { id: "other", version: "1" } }),
      '$.questionnaire.id: Use the questionnaire "other": the file is for it, and this is "small"',
    ],
    [
      "an unknown domain",
      withAnswer({ domain: "order" }),
      '$.answers[0].domain: No domain has the id "order"; did you mean "orders"?',
    ],
    [
      "a domain near none",
      withAnswer({ domain: "warehouse" }),
      '$.answers[0].domain: No domain has the id "warehouse"; add it to "domains"',
    ],
    [
      "an unknown respondent",
      withAnswer({ respondent: "bob" }),
      '$.answers[0].respondent: No respondent has the id "bob"; add the person to "respondents"',
    ],
    [
      "an unknown question",
      withAnswer({ question: "SRC-1" }),
      '$.answers[0].question: No question has the id "SRC-1"; did you mean "SRC-01"?',
    ],
    [
      "an unknown role",
      file({ respondents: [{ id: "x", name: "X", role: "CEO" }], answers: [] }),
      '$.respondents[0].role: No role has the id "CEO"; use one of the questionnaire\'s, such as DPE, AE, DM, AD, DPO',
    ],
    ["a level that is not offered", withAnswer({ value: 3 }), "$.answers[0].value: Choose one of the levels 0, 2, 4 of SRC-01"],
    [
      "a list where a level is expected",
      withAnswer({ value: [2] }),
      "$.answers[0].value: Choose one of the levels 0, 2, 4 of SRC-01",
    ],
    [
      "a text where a level is expected",
      withAnswer({ value: "2" }),
      "$.answers[0].value: Choose one of the levels 0, 2, 4 of SRC-01",
    ],
    [
      "an unknown option",
      withAnswer({ question: "SRC-03", value: ["kafka", "spark"] }),
      '$.answers[0].value: Choose from the options kafka, flink: "spark" is not one of them',
    ],
    [
      "a text where options are expected",
      withAnswer({ question: "SRC-03", value: "kafka" }),
      '$.answers[0].value: Give a list of option ids for SRC-03, for example ["kafka"]',
    ],
    [
      "a number out of band",
      withAnswer({ question: "USE-01", value: 500 }),
      "$.answers[0].value: Enter a number from 0 to 400 (days), for example 140",
    ],
    [
      "rows among the answers",
      withAnswer({ question: "SRC-04", value: [{ name: "shop" }] }),
      '$.answers[0].value: Move the rows to "inventories", as { "domain": "orders", "question": "SRC-04", "rows": [ … ] }: SRC-04 is a table question',
    ],
    [
      "no value and no status",
      withAnswer({ value: undefined }),
      '$.answers[0].value: Give a value, or the status "dont-know" or "not-applicable"',
    ],
    [
      "answered without a value",
      withAnswer({ value: undefined, status: "answered" }),
      '$.answers[0].value: Add "value": the status is "answered"',
    ],
    [
      "a value nobody knows",
      withAnswer({ status: "dont-know" }),
      '$.answers[0].value: Remove the value, or the status: a value goes with "answered" only',
    ],
    [
      "not applicable without a reason",
      withAnswer({ value: undefined, status: "not-applicable" }),
      '$.answers[0].reason: Say why in "reason": the status is "not-applicable"',
    ],
    [
      "a mistyped status",
      withAnswer({ value: undefined, status: "dontknow" }),
      '$.answers[0].status: Use one of "answered", "dont-know", "not-applicable": this is the text "dontknow"; did you mean "dont-know"?',
    ],
    [
      "a second figure that is not asked",
      withAnswer({ companion: 3 }),
      "$.answers[0].companion: Remove the second figure: SRC-01 takes none",
    ],
    [
      "a list where a comment is expected",
      withAnswer({ comment: ["a"] }),
      "$.answers[0].comment: Give a text in double quotes: this is a list",
    ],
    [
      "a comment of 100,000 characters",
      withAnswer({ comment: "x".repeat(100_000) }),
      "$.answers[0].comment: Shorten the text to 10,000 characters or fewer; it has 100,000",
    ],
    [
      "a NUL character",
      withAnswer({ comment: "a\0b" }),
      "$.answers[0].comment: Remove the NUL character at position 2: it cannot be stored",
    ],
    [
      "half a character",
      withAnswer({ comment: "a\uD800" }),
      "$.answers[0].comment: Remove or retype the broken character at position 2: half of it is missing",
    ],
    [
      "a time without its zone",
      withAnswer({ time: "2026-11-20 14:02" }),
      '$.answers[0].time: Give the time in UTC, for example "2026-11-20T14:02:00Z"',
    ],
    [
      "two answers to one question",
      file({ answers: [answer(), answer({ value: 4 })] }),
      "$.answers[1]: This respondent has already answered this question for this domain at $.answers[0]; keep one of the two",
    ],
    [
      "one id twice",
      file({ domains: [orders, orders] }),
      "$.domains[1].id: This id is already used at $.domains[0]; keep one of the two",
    ],
    [
      "an id with a blank",
      file({ domains: [orders, { id: "my domain", name: "x" }] }),
      "$.domains[1].id: Use 1 to 64 letters, digits, hyphens, dots or underscores for an id, a letter or digit first",
    ],
    [
      "a required cell left blank",
      withRow({ age: 15 }),
      '$.inventories[0].rows[0].name: Enter a text of 1000 characters or fewer for "Name"',
    ],
    [
      "a duration without a unit",
      withRow({ name: "shop", age: "15" }),
      '$.inventories[0].rows[0].age: Enter a duration with its unit for "Age", for example 30 s, 15 min, 4 h, 1 d or 2 w',
    ],
    [
      "an unknown column",
      withRow({ name: "shop", aeg: 1 }),
      '$.inventories[0].rows[0].aeg: Remove "aeg" or use one of the columns name, age, personal, modes',
    ],
    [
      "an inventory of a question without rows",
      file({ inventories: [{ domain: "orders", question: "SRC-01", rows: [] }] }),
      '$.inventories[0].question: Move this to "answers": SRC-01 is not a table question',
    ],
    [
      "one inventory twice",
      file({ inventories: [1, 2].map(() => ({ domain: "orders", question: "SRC-04", rows: [] })) }),
      "$.inventories[1]: This inventory is already listed for this domain at $.inventories[0]; keep one of the two",
    ],
    [
      "one row id twice",
      file({
        inventories: [
          {
            domain: "orders",
            question: "SRC-04",
            rows: [
              { id: "a", name: "x" },
              { id: "a", name: "y" },
            ],
          },
        ],
      }),
      "$.inventories[0].rows[1].id: Change this id or leave it out: $.inventories[0].rows[0] has it too",
    ],
    [
      "a decision without its reason",
      file({ decisions: [{ domain: "orders", question: "SRC-01", value: 2, rationale: "" }] }),
      "$.decisions[0].rationale: Say why in a few words: this is empty",
    ],
    [
      "a decision that decides nothing",
      file({ decisions: [{ domain: "orders", question: "SRC-01", rationale: "x" }] }),
      '$.decisions[0]: Add "value" (the agreed answer) or "anchor" (its level, 0 to 4)',
    ],
    [
      "a level beyond four",
      file({ decisions: [{ domain: "orders", question: "SRC-01", anchor: 5, rationale: "x" }] }),
      "$.decisions[0].anchor: Give a level: 0, 1, 2, 3 or 4",
    ],
    [
      "an unknown initiative",
      file({ overrides: [{ initiative: "I99", action: "drop", reason: "x" }] }),
      '$.overrides[0].initiative: No initiative has the id "I99"; use one of the questionnaire\'s, such as I01, I16',
    ],
    [
      "a move to nowhere",
      file({ overrides: [{ initiative: "I01", action: "move", reason: "x" }] }),
      '$.overrides[0].wave: Add "wave": the action is "move"',
    ],
    [
      "an effort that is no range",
      file({ overrides: [{ initiative: "I01", action: "effort", effort: [5], reason: "x" }] }),
      "$.overrides[0].effort: Give two numbers of person-days, low and high, for example [5, 15]",
    ],
    [
      "an effort the wrong way round",
      file({ overrides: [{ initiative: "I01", action: "effort", effort: [9, 5], reason: "x" }] }),
      "$.overrides[0].effort: Give the lower number of person-days first",
    ],
    [
      "toil in percent",
      file({ plan: { start: "2027-01-04", toil: 40 } }),
      "$.plan.toil: Give a share between 0 and 1, for example 0.4",
    ],
    [
      "nobody to do the work",
      file({ plan: { start: "2027-01-04", people: 0 } }),
      "$.plan.people: Give a number of 0.1 or more: this is the number 0",
    ],
    ["a year beyond planning", file({ plan: { start: "9999-12-31" } }), "$.plan.start: Give a date between 2000 and 2100"],
    ["a day that does not exist", file({ plan: { start: "2027-02-30" } }), '$.plan.start: Give a date, for example "2027-01-04"'],
  ])("%s", (_name, broken, message) => {
    const { engagement } = read(broken)
    expect(engagement).toBeUndefined()
    expect(problemsOf(broken)).toEqual([message])
  })

  test("a file of 50 million characters and one", () => {
    expect(problemsOf(" ".repeat(50_000_001))).toEqual(["$: Split the engagement: the file has more than 50 million characters"])
  })
})

describe("several things wrong", () => {
  test("are told at once, also where one stands inside another", () => {
    const broken = file({
      client: 3,
      plan: { toil: 2, peple: 4, start: "2027-01-04" },
      respondents: [{ id: "anil", name: "Anil", role: "AEE" }],
      answers: [
        { respondent: "anil", domain: "nowhere", question: "SRC-01", value: 7, comment: ["no"], evidence: "rumour" },
        "nonsense",
        { respondent: "anna", domain: "orders", question: "USE-01", value: -1 },
      ],
      inventories: [{ domain: "orders", question: "SRC-04", rows: [{ name: "shop", age: "soon", personal: "maybe" }, 5] }],
    })
    expect(problemsOf(broken).map((problem) => problem.split(": ", 1)[0])).toEqual([
      "$.client",
      "$.plan.toil",
      "$.plan.peple",
      "$.answers[0].comment",
      "$.answers[0].evidence",
      "$.answers[1]",
      "$.inventories[0].rows[1]",
      "$.respondents[0].role",
      "$.answers[0].domain",
      "$.answers[0].value",
      "$.answers[2].respondent",
      "$.answers[2].value",
      "$.inventories[0].rows[0].age",
      "$.inventories[0].rows[0].personal",
    ])
  })

  test("beyond a thousand are counted", () => {
    const answers = Array.from({ length: 1500 }, (_, at) => answer({ respondent: `nobody-${at}` }))
    const problems = problemsOf(file({ answers }))
    expect(problems).toHaveLength(1001)
    expect(problems.at(-1)).toBe("$: Repair these first: there are 500 more problems")
  })

  test("do not repeat what an unknown questionnaire would make wrong", () => {
    const broken = file({
      questionnaire: { id: "other", version: "1" },
      answers: [answer({ question: "X-1" }), answer({ question: "X-1" })],
    })
    expect(problemsOf(broken)).toEqual([
      '$.questionnaire.id: Use the questionnaire "other": the file is for it, and this is "small"',
      "$.answers[1]: This respondent has already answered this question for this domain at $.answers[0]; keep one of the two",
    ])
  })
})

describe("another version of the questionnaire", () => {
  const old = { id: "small", version: "1.1.0" }

  test("is a notice when everything fits", () => {
    const { engagement, notices } = read(file({ questionnaire: old, answers: [answer()] }))
    expect(engagement?.questionnaire).toEqual(old)
    expect(notices).toEqual([
      "The file was made with version 1.1.0 of the questionnaire; this is version 1.2.0. Every answer still fits.",
    ])
  })

  test("explains what no longer fits", () => {
    const { engagement, problems, notices } = read(file({ questionnaire: old, answers: [answer({ value: 1 })] }))
    expect(engagement).toBeUndefined()
    expect(problems).toHaveLength(1)
    expect(notices).toEqual([
      "The file was made with version 1.1.0 of the questionnaire; this is version 1.2.0, which may be why something does not fit.",
    ])
  })

  test("is noticed by its content too", () => {
    const { notices } = read(file({ questionnaire: { id: "small", version: "1.2.0", hash: "other" } }))
    expect(notices).toEqual(["The questionnaire has the same version 1.2.0 as when the file was made, but another content."])
  })
})

/** Text as it is kept: clean, composed, trimmed. */
const words = fc.stringMatching(/^[A-Za-z0-9äöüß€ .,"\\{}<>-]{1,30}$/).map((text) => `x${text.trim()}`)
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const without = <T extends object>(object: T): T =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T

const answers: fc.Arbitrary<Answer[]> = fc.uniqueArray(
  fc
    .record({
      who: fc.constantFrom(...everybody),
      domain: fc.constantFrom("orders", "billing"),
      given: fc.constantFrom(
        { question: "SRC-01", status: "answered", value: 4 },
        { question: "SRC-02", status: "dont-know" },
        { question: "SRC-03", status: "answered", value: ["kafka"] },
        { question: "SRC-03", status: "answered", value: [] },
        { question: "SRC-04", status: "not-applicable", reason: "No sources." },
        { question: "USE-01", status: "answered", value: 12.5, companion: 3 },
        { question: "USE-01", status: "answered", value: "unknown-days" },
        { question: "USE-02", status: "answered", value: "Reroute parcels." },
      ),
      comment: optional(words),
      evidence: optional(fc.constantFrom("claim" as const, "measured" as const)),
      time: optional(fc.constant("2026-11-20T14:02:00Z")),
    })
    .map(({ who, domain, given, ...rest }) => without({ respondent: who.id, domain, ...given, ...rest }) as Answer),
  { selector: (each) => `${each.respondent} ${each.domain} ${each.question}` },
)

const inventories: fc.Arbitrary<Inventory[]> = fc.uniqueArray(
  fc.record({
    domain: fc.constantFrom("orders", "billing"),
    question: fc.constant("SRC-04"),
    rows: fc
      .array(
        fc.record({
          name: words,
          age: optional(fc.integer({ min: 0, max: 10_000 })),
          personal: optional(fc.constantFrom("yes", "no")),
          modes: optional(fc.constant(["stream", "table"])),
        }),
      )
      .map((rows) => rows.map((row, at) => without({ id: `row-${at + 1}`, ...row }))),
  }),
  { selector: (each) => each.domain },
) as fc.Arbitrary<Inventory[]>

const engagements: fc.Arbitrary<Engagement> = fc
  .record({ title: words, answers, inventories, toil: optional(fc.constant(0.4)) })
  .map(({ toil, ...parts }) =>
    anEngagement(smallQuestionnaire, { ...parts, plan: toil === undefined ? plan : { ...plan, toil } }),
  )

const byContent = (engagement: Engagement) => ({
  ...engagement,
  answers: new Set(engagement.answers),
  inventories: new Set(engagement.inventories),
})

describe("export and import", () => {
  test("give back what went in", () => {
    fc.assert(
      fc.property(engagements, (engagement) => {
        const { engagement: back, problems } = read(writeEngagementFile(engagement))
        expect(problems).toEqual([])
        expect(byContent(back as Engagement)).toEqual(byContent(engagement))
      }),
    )
  })

  test("give the same bytes, whatever the order of answers and keys", () => {
    fc.assert(
      fc.property(engagements, (engagement) => {
        const once = writeEngagementFile(engagement)
        const turned = Object.fromEntries(
          Object.entries({
            ...engagement,
            answers: engagement.answers.toReversed(),
            inventories: engagement.inventories.toReversed(),
          }).reverse(),
        )
        expect(writeEngagementFile(turned as unknown as Engagement)).toBe(once)
        expect(writeEngagementFile(read(once).engagement as Engagement)).toBe(once)
      }),
    )
  })

  test("keep decisions and overrides", () => {
    const engagement = anEngagement(smallQuestionnaire, {
      answers: [said(cast.sponsor, "SRC-01", 4)],
      decisions: [
        { domain: "orders", question: "SRC-04", anchor: 2, rationale: "Counted together.", dissent: "Edward thinks higher." },
      ],
      overrides: [
        { initiative: "I01", action: "move", wave: 2, reason: "Licence ends." },
        { initiative: "I16", domain: "orders", action: "effort", effort: [3, 8], reason: "Known system." },
      ],
    })
    expect(read(writeEngagementFile(engagement)).engagement).toEqual(engagement)
  })
})

const survives = (text: string): void => {
  const { engagement, problems } = read(text, "2026-11-20")
  expect(engagement === undefined).toBe(problems.length > 0)
  for (const { path, message } of problems) {
    expect(path).toMatch(/^\$/)
    expect(message).toMatch(/^[A-Z]/)
    expect(message.length).toBeLessThan(400)
  }
}

describe("whatever comes in", () => {
  test("any JSON is read or explained", () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => survives(JSON.stringify(value))))
  })

  test("any text is read or explained", () => {
    fc.assert(fc.property(fc.string(), survives))
  })

  test("a file with anything anywhere is read or explained", () => {
    const whole = anEngagement(smallQuestionnaire, {
      answers: [said(cast.modeler, "SRC-01", 2), said(cast.productOwner, "USE-01", 12, { companion: 4, comment: "Counted." })],
      inventories: [{ domain: "orders", question: "SRC-04", rows: [{ id: "a", name: "shop", age: 15, modes: ["stream"] }] }],
      decisions: [{ domain: "orders", question: "SRC-01", value: 4, rationale: "Agreed." }],
      overrides: [{ initiative: "I01", action: "move", wave: 2, reason: "Licence ends." }],
    })
    const places = placesIn(whole)
    const mutation = fc.record({
      place: fc.constantFrom(...places),
      value: fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined)),
    })
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const mutant: unknown = structuredClone(whole)
        for (const { place, value } of mutations) put(mutant, place, value)
        survives(JSON.stringify(mutant))
      }),
      { numRuns: 500 },
    )
  })
})

test("the published schema is the one of this program", () => {
  const published: unknown = JSON.parse(readFileSync(new URL("../../schemas/engagement.schema.json", import.meta.url), "utf8"))
  expect(published).toEqual(engagementJsonSchema())
})

test("the published schema describes the format and every key", () => {
  const schema = engagementJsonSchema() as { title: string; required: string[]; properties: Record<string, { const?: string }> }
  expect(schema.title).toBe("Headwater engagement file")
  expect(schema.properties["format"]?.const).toBe("headwater-engagement/1")
  expect(schema.required).toEqual(["format", "title", "client", "questionnaire", "domains", "respondents"])
})

function placesIn(value: unknown, above: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([key, inside]) => {
    const place = above.concat(Array.isArray(value) ? Number(key) : key)
    return [place].concat(placesIn(inside, place))
  })
}

function put(target: unknown, place: readonly (string | number)[], value: unknown): void {
  let holder = target as Record<string | number, unknown> | undefined
  for (const step of place.slice(0, -1)) {
    const next = holder?.[step]
    holder = typeof next === "object" && next !== null ? (next as Record<string | number, unknown>) : undefined
  }
  if (holder !== undefined) holder[place.at(-1) ?? ""] = value
}
