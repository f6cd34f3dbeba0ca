import { describe, expect, test } from "vitest"
import { macrosIn } from "../../../src/estate/sql/macros.ts"
import { readTemplate } from "../../../src/estate/sql/read.ts"
import { samplesOf } from "./texts.ts"

const sorted = (names: readonly string[]): readonly string[] => names.map((name) => name.toLowerCase()).toSorted()

test.each(samplesOf("dbt.sql"))("$place: $sql", ({ sql, reads, stateful, has, not }) => {
  const { verdict, ...reading } = readTemplate(sql)
  const found = verdict.constructs.map(({ construct }) => construct)
  expect(verdict.stateful).toBe(stateful ?? null)
  if (stateful !== undefined) expect(sorted(reading.reads)).toEqual(sorted(reads))
  else expect(verdict).toMatchObject({ class: "unknown", because: expect.any(String) })
  expect(found).toEqual(expect.arrayContaining([...has]))
  expect(found.filter((construct) => not.includes(construct))).toEqual([])
})

describe("references and configuration", () => {
  const { refs, sources, config } =
    readTemplate(`{{ config(materialized='incremental', unique_key=['a', "b"], tags="nightly", sort=3) }}
    select * from {{ ref("orders") }} join {{ ref('pkg', 'items') }} using (id) join {{ source('shop', 'users') }} using (id)
    {% if is_incremental() %} where id > (select max(id) from {{ this }}) and x in (select y from {{ ref('late') }}) {% endif %}`)

  test("are those of a full run", () => {
    expect(refs).toEqual([["orders"], ["pkg", "items"]])
    expect(sources).toEqual([["shop", "users"]])
  })

  test("configuration is taken where it is written out", () => {
    expect(config).toEqual({ materialized: "incremental", unique_key: ["a", "b"], tags: "nightly", sort: "3" })
  })

  test("a key that every object has is a key like others", () => {
    const read = readTemplate("{{ config(__proto__='x', constructor='y') }} select 1 from t")
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined()
    expect(Object.entries(read.config)).toContainEqual(["constructor", "y"])
  })
})

describe("templates are never run", () => {
  const escapes = [
    `{{ range.constructor("globalThis.ran = true")() }}`,
    `{{ cycler.__init__.__globals__.os.popen('touch x') }}`,
    `{% set x = range.constructor("globalThis.ran = true")() %}select 1 from t`,
    "${globalThis.ran = true}",
    `{{ ''.constructor.constructor('globalThis.ran = true')() }}`,
  ]
  test.each(escapes)("%s", (text) => {
    readTemplate(text)
    expect("ran" in globalThis).toBe(false)
  })
})

describe("macros of the project", () => {
  const macros = macrosIn(`
    {% macro cents(column) %} ({{ column }} / 100)::numeric {% endmacro %}
    {% macro only_recent() %} where created_at > '2020-01-01' and {{ cents('x') }} > 0 {% endmacro %}
    {%- macro counted(x) -%} select {{ x }}, count(*) from t group by 1 {%- endmacro -%}
    {% macro plain(x) %} select * from {{ x }} {% endmacro %}
    {% macro dispatched() %} {{ return(adapter.dispatch('dispatched')()) }} {% endmacro %}
    {% macro default__dispatched() %} where a = 1 {% endmacro %}
    {% macro calls_unknown() %} {{ nobody_knows() }} {% endmacro %}
    {% macro calls_itself() %} {{ calls_itself() }} where x {% endmacro %}
  `)
  const stateful = (text: string): boolean | null => readTemplate(text, macros).verdict.stateful

  test("are found by name", () => {
    expect([...macros.keys()]).toEqual([
      "cents",
      "only_recent",
      "counted",
      "plain",
      "dispatched",
      "default__dispatched",
      "calls_unknown",
      "calls_itself",
    ])
  })

  test("that write a value or a filter leave the statement readable", () => {
    expect(stateful("select a from {{ ref('t') }} {{ only_recent() }}")).toBe(false)
    expect(stateful("select a from {{ ref('t') }} {{ dispatched() }}")).toBe(false)
    expect(stateful("select a from {{ ref('t') }} {{ calls_itself() }}")).toBe(false)
    expect(stateful("with a as ( {{ plain(ref('t')) }} ) select x from a")).toBe(false)
  })

  test("that may keep state, or that nobody knows, do not", () => {
    expect(stateful("with a as ( {{ counted('y') }} ) select x from a")).toBeNull()
    expect(stateful("select a from {{ ref('t') }} {{ calls_unknown() }}")).toBeNull()
    expect(stateful("select a from {{ ref('t') }} {{ unheard_of() }}")).toBeNull()
  })

  test("that keep state leave a column unknown too", () => {
    const aggregate = macrosIn("{% macro latest(x) %} max({{ x }}) over (partition by id) {% endmacro %}")
    expect(readTemplate("select id, {{ latest('x') }} from {{ ref('t') }}", aggregate).verdict).toMatchObject({
      stateful: null,
      because: expect.stringContaining("may keep state"),
    })
    expect(stateful("select id, {{ cents('x') }}, {{ unheard_of() }} from {{ ref('t') }}")).toBe(false)
  })

  test("are not judged by what they ask the database while they run", () => {
    const asking = macrosIn(`{% macro columns() %}
      {% set q %} select distinct name from t order by 1 {% endset %}
      {% call statement('x') %} select count(*) from t group by 1 {% endcall %}
      {% for each in run_query(q) %} {{ each }}, {% endfor %} {% endmacro %}`)
    expect(readTemplate("select {{ columns() }} a from {{ ref('t') }} {{ columns() }}", asking).verdict.stateful).toBe(false)
  })

  test("are read as for a full run", () => {
    const clause = macrosIn(`{% macro clause(c, t) %} {{ adapter.dispatch('clause')(c, t) }} {% endmacro %}
      {%- macro default__clause(c, t) -%}
      {% if is_incremental() %} and {{ c }} > (select max({{ c }}) from {{ t }}) {% endif %} {%- endmacro -%}`)
    expect(readTemplate("select a from {{ ref('t') }} where 1 = 1 {{ clause('a', this) }}", clause).verdict.stateful).toBe(false)
  })

  test("never stand for a whole body", () => {
    expect(stateful("{{ plain(ref('t')) }}")).toBeNull()
  })
})

describe("choices and loops", () => {
  const reads = (text: string): readonly string[] => readTemplate(text).reads

  test("a name means what it was last set to", () => {
    expect(reads("{% set a = ref('x') %}select * from {{ a }} union all {% set a = ref('y') %}select * from {{ a }}")).toEqual([
      "x",
      "y",
    ])
  })

  test("branches that a run for production does not take are passed over", () => {
    expect(reads("select * from {% if target.name == 'dev' %}{{ ref('small') }}{% else %}{{ ref('whole') }}{% endif %}")).toEqual(
      ["whole"],
    )
    expect(reads("select * from {% if var('old', false) %}{{ ref('old') }}{% else %}{{ ref('new') }}{% endif %}")).toEqual([
      "new",
    ])
  })

  test("UNION between the rounds of a loop removes duplicates, a comma does not", () => {
    const loop = (sign: string): string =>
      `{% for m in [ref('a'), ref('b')] %}select id from {{ m }} {% if not loop.last %}${sign}{% endif %}{% endfor %}`
    expect(readTemplate(loop("union")).verdict.stateful).toBe(true)
    expect(readTemplate(loop("union all")).verdict.stateful).toBe(false)
    expect(readTemplate("select {% for c in x %}{{ c }}{{ ', ' if not loop.last }}{% endfor %} from t").verdict.stateful).toBe(
      false,
    )
    expect(readTemplate("{% for c in x %}select 1 from t {{ 'union' if not loop.last }}{% endfor %}").verdict.stateful).toBe(true)
  })

  test("marks inside strings close nothing", () => {
    expect(reads(`{{ config(post_hook="grant select on {{ this }} to x group by") }} select * from {{ ref('t') }}`)).toEqual([
      "t",
    ])
  })

  test("places are those of the template", () => {
    const text = "{{ config(a='b') }}\n{# note #}\nselect count(*)\nfrom {{ ref('t') }}"
    const found = readTemplate(text).verdict.constructs.find(({ construct }) => construct === "group-by")
    expect(found).toMatchObject({ start: text.indexOf("count"), end: text.indexOf("count") + 8, line: 3 })
  })
})
