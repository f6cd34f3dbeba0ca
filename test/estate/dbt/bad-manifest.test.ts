import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { readManifest } from "../../../src/estate/dbt/manifest.ts"
import { buildManifest, manifestText, type ManifestVersion, modelId, project } from "../../fixtures/dbt/build-manifest.ts"
import { jaffleShop } from "../../fixtures/dbt/jaffle-shop.ts"
import { sampleText } from "../../fixtures/sample.ts"

type Json = Record<string, unknown>

const whole = manifestText(12, jaffleShop)
const asJson = (more: Json): string => JSON.stringify({ ...buildManifest(12, jaffleShop), ...more })

/** Paths and messages, one a line. */
function problemsOf(text: string): string {
  const { estate, problems, notices } = readManifest(text)
  expect(estate).toBeUndefined()
  expect(notices).toEqual([])
  expect(problems.length).toBeGreaterThan(0)
  return problems.map(({ path, message }) => `${path}: ${message}`).join("\n")
}

describe("a text that is no manifest", () => {
  test.each([
    ["nothing", "", "$: Choose another file: this one is empty"],
    ["only space", " \n\t ", "$: Choose another file: this one is empty"],
    ["a list", "[]", "$: Choose another file: this one holds no object, { … }"],
    ["words", "hello", '$: Repair the JSON at line 1, column 1: expected a value, but found "hello"'],
    ["a comma too many", '{\n  "a": 1,\n}', '$: Repair the JSON at line 2, column 9: remove the comma before "}"'],
    ["an object", "{}", "it does not say that it is dbt's manifest.json"],
    ["an engagement", sampleText, "this is an engagement file, which is imported on the page of the engagements"],
    ["a package.json", '{ "name": "x", "version": "1.0.0", "dependencies": {} }', "this is a package.json"],
    ["a browser extension", '{ "manifest_version": 3, "name": "x" }', "this is the manifest of a browser extension"],
    ["a container image", '{ "schemaVersion": 2, "config": {} }', "this is the manifest of a container image"],
    ["nodes of something else", '{ "nodes": { "a": { "kind": "box" } } }', "it does not say that it is dbt's manifest.json"],
    [
      "inherited nodes",
      '{ "nodes": { "__proto__": { "resource_type": "model" } } }',
      "it does not say that it is dbt's manifest.json",
    ],
  ])("%s", (_, text, message) => {
    expect(problemsOf(text)).toContain(message)
  })

  test.each(["catalog", "run-results", "sources", "semantic-manifest"])("dbt's %s", (kind) => {
    const text = JSON.stringify({ metadata: { dbt_schema_version: `https://schemas.getdbt.com/dbt/${kind}/v1.json` }, nodes: {} })
    const name = `${kind.replaceAll("-", "_")}.json`
    expect(problemsOf(text)).toBe(
      `$.metadata.dbt_schema_version: Choose target/manifest.json of the dbt project: this is dbt's ${name}`,
    )
  })

  test("too long", () => {
    expect(problemsOf("x".repeat(500_000_001))).toBe("$: Use a smaller file: this one has more than 500 million characters")
  })

  test("cut off anywhere says so, or is not the whole object", () => {
    for (let end = 1; end < whole.length; end += 97) {
      expect(problemsOf(whole.slice(0, end))).toMatch(
        /^\$: Repair the JSON at line 1, column \d+: .*perhaps it was cut off on its way$/,
      )
    }
  })

  test("cut off where it is nested deeply says so in the engine's words", () => {
    expect(problemsOf(`{"a":${"[".repeat(100_000)}`)).toMatch(/^\$: Repair the JSON: .*perhaps it was cut off on its way$/)
  })
})

describe("a manifest with a fault", () => {
  test.each<[string, Json, string]>([
    ["no nodes", { nodes: undefined }, '$.nodes: Add "nodes": it is missing, so that there is nothing to read'],
    ["nodes as a list", { nodes: [] }, "$.nodes: Give an object, { … }: this is a list"],
    ["sources as a text", { sources: "none" }, '$.sources: Give an object, { … }: this is the text "none"'],
    ["a node that is none", { nodes: { "model.a.b": 1 } }, '$.nodes["model.a.b"]: Give an object, { … }: this is the number 1'],
    [
      "no models",
      { nodes: {} },
      "$.nodes: Choose a manifest with models or snapshots: it only holds source or seed: 1, macro: 1, disabled: 1",
    ],
    [
      "edges that are no list",
      { nodes: { "model.a.b": { resource_type: "model", depends_on: { nodes: "model.a.c" } } } },
      '$.nodes["model.a.b"].depends_on.nodes: Give a list, [ … ]: this is the text "model.a.c"',
    ],
    [
      "an edge that is no text",
      { nodes: { "model.a.b": { resource_type: "model", depends_on: { nodes: ["model.a.c", 7] } } } },
      '$.nodes["model.a.b"].depends_on.nodes[1]: Give a text in double quotes: this is the number 7',
    ],
    [
      "SQL that is no text",
      { nodes: { "model.a.b": { resource_type: "model", compiled_code: ["select"] } } },
      '$.nodes["model.a.b"].compiled_code: Give a text in double quotes: this is a list',
    ],
    [
      "an id that is not allowed",
      { nodes: { "model.a.b": { resource_type: "model", unique_id: "constructor" } } },
      '$.nodes["model.a.b"].unique_id: Use another id: this one is not allowed',
    ],
    [
      "an id twice",
      {
        nodes: {
          one: { resource_type: "model", unique_id: "model.a.b" },
          two: { resource_type: "model", unique_id: "model.a.b" },
        },
      },
      '$.nodes.two: Keep one of them: the id "model.a.b" appears more than once',
    ],
  ])("%s", (_, more, problem) => {
    expect(problemsOf(asJson(more))).toBe(problem)
  })

  test("a key twice, of which JSON would drop one without a word", () => {
    const twice = whole.replace('"nodes":{', `"nodes":{"${modelId("orders")}": {"note": "\\\\\\"}{"} ,`)
    expect(problemsOf(twice)).toBe(
      `$.nodes["${modelId("orders")}"]: Keep one of them: this key appears more than once in the same object`,
    )
    expect(problemsOf(`{"nodes":{},${whole.slice(1)}`)).toContain("$.nodes: Keep one of them")
    expect(readManifest(whole.replace('"docs":{', '"docs":{"a":1,"a":2')).problems).toEqual([])
  })

  test("a key that every object has", () => {
    expect(problemsOf(whole.replace('"nodes":{', '"nodes":{"__proto__":{"resource_type":"model"},'))).toBe(
      '$.nodes["__proto__"]: Remove this key: it is not allowed'.replace('["__proto__"]', ".__proto__"),
    )
  })

  test("more problems than anybody reads are counted", () => {
    const nodes = Object.fromEntries(Array.from({ length: 1500 }, (_, at) => [`model.a.m${at}`, at]))
    const { problems } = readManifest(asJson({ nodes }))
    expect(problems).toHaveLength(1001)
    expect(problems.at(-1)?.message).toBe("Repair these first: there are 500 more problems")
  })
})

describe("what is odd and no fault", () => {
  test("a byte order mark, deep nesting and types that nobody knows", () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`
    const text = whole.replace(
      '"nodes":{',
      `"extra":${deep},"nodes":{"hologram.a.b":{"resource_type":"hologram","meta":${deep}},`,
    )
    const { estate, problems } = readManifest(`\uFEFF${text}`)
    expect(problems).toEqual([])
    expect(estate?.origin.passedOver).toMatchObject({ hologram: 1 })
  })

  test("types with the names of what every object has are counted together", () => {
    const nodes = { "constructor.a.b": { resource_type: "constructor" }, "__proto__.a.b": { resource_type: "__proto__" } }
    const { estate } = readManifest(JSON.stringify({ ...buildManifest(12, jaffleShop), unit_tests: nodes }))
    expect(estate?.origin.passedOver["other"]).toBe(2)
  })

  test("disabled as a list, an object, a number or nothing", () => {
    for (const [disabled, count] of [
      [[{}, {}], 2],
      [{ a: [{}, {}], b: {} }, 3],
      [4, undefined],
      [null, undefined],
    ] as const) {
      expect(readManifest(asJson({ disabled })).estate?.origin.passedOver["disabled"]).toBe(count)
    }
  })

  test("a source that old versions hold twice is taken once", () => {
    const { nodes, sources } = buildManifest(1, jaffleShop) as { nodes: Json; sources: Json }
    const { estate, problems } = readManifest(asJson({ nodes: { ...nodes, ...sources }, sources }))
    expect(problems).toEqual([])
    expect(estate?.sources.filter(({ kind }) => kind === "source")).toHaveLength(1)
  })
})

describe("any change to a manifest", () => {
  const odd = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      "",
      "model",
      "__proto__",
      [],
      {},
      [null],
      [[]],
      { nodes: [] },
      "\u0000",
      "{{",
      "a.b.c",
    ),
    fc.jsonValue({ maxDepth: 2 }),
  )
  const change = fc.record({ steps: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), remove: fc.boolean(), value: odd })
  const version = fc.constantFrom<ManifestVersion>(1, 4, 8, 12, "preview")

  test("reads, or says where it is wrong", () => {
    fc.assert(
      fc.property(version, fc.array(change, { minLength: 1, maxLength: 3 }), (number, changes) => {
        const manifest = structuredClone(buildManifest(number, jaffleShop))
        for (const each of changes) alter(manifest, each)
        const { estate, problems, notices } = readManifest(JSON.stringify(manifest))
        if (estate === undefined) {
          expect(problems.length).toBeGreaterThan(0)
          for (const { path, message } of problems) expect(`${path} ${message}`).toMatch(/^\$\S* .{10,}/)
          return
        }
        const known = new Set([...estate.statements, ...estate.sources].map(({ id }) => id))
        expect(known.size).toBe(estate.statements.length + estate.sources.length)
        const edges = [
          ...estate.statements.flatMap(({ dependsOn }) => dependsOn),
          ...estate.consumers.flatMap(({ reads }) => reads),
        ]
        expect(edges.filter((id) => !known.has(id))).toEqual([])
        expect(estate.notices).toEqual(notices)
        expect(JSON.parse(JSON.stringify(estate))).toEqual(estate)
      }),
      { numRuns: 400 },
    )
  })

  test("to single characters reads, or says where it is wrong", () => {
    const small = manifestText(12, {
      models: [{ name: "orders", compiled: "select 1 from a", dependsOn: [`seed.${project}.x`] }],
    })
    fc.assert(
      fc.property(
        fc.nat(small.length - 1),
        fc.constantFrom("", '"', "{", "}", ",", "\\", "x", "\u0000", "[", "9"),
        (at, sign) => {
          const { estate, problems } = readManifest(small.slice(0, at) + sign + small.slice(at + 1))
          expect(estate === undefined).toBe(problems.length > 0)
        },
      ),
      { numRuns: 500 },
    )
  })
})

/** Walks down by the given turns and puts the value there, or takes what is there away. */
function alter(root: Json, { steps, remove, value }: { steps: readonly number[]; remove: boolean; value: unknown }): void {
  let holder: Json = root
  for (const [at, step] of steps.entries()) {
    const keys = Object.keys(holder)
    const key = keys[step % Math.max(1, keys.length)]
    if (key === undefined) return
    const next = holder[key]
    if (at < steps.length - 1 && typeof next === "object" && next !== null) holder = next as Json
    else if (remove) delete holder[key]
    else holder[key] = structuredClone(value)
  }
}
