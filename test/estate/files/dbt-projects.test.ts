import { describe, expect, test } from "vitest"
import { isDbtTemplate, projectsIn, roleOf } from "../../../src/estate/files/dbt-projects.ts"

const rolesOf = (files: Readonly<Record<string, string>>): Readonly<Record<string, string | undefined>> => {
  const { projects } = projectsIn(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    "import",
  )
  return Object.fromEntries(
    Object.keys(files).map((path) => {
      const found = roleOf(path, projects)
      return [path, found && `${found.project.name}: ${found.role}`]
    }),
  )
}

const model = "select * from {{ ref('orders') }}"

describe("files of a dbt project", () => {
  test("are known by their folder below dbt_project.yml", () => {
    expect(
      rolesOf({
        "shop/dbt_project.yml": "name: jaffle\n",
        "shop/models/a.sql": "select 1",
        "shop/snapshots/b.sql": "",
        "shop/macros/c.sql": "",
        "shop/tests/d.sql": "",
        "shop/analyses/e.sql": "",
        "shop/target/compiled/models/f.sql": "",
        "shop/scripts/g.sql": "",
        "other/models/h.sql": "select 1",
      }),
    ).toEqual({
      "shop/dbt_project.yml": "jaffle: other",
      "shop/models/a.sql": "jaffle: model",
      "shop/snapshots/b.sql": "jaffle: snapshot",
      "shop/macros/c.sql": "jaffle: macro",
      "shop/tests/d.sql": "jaffle: test",
      "shop/analyses/e.sql": "jaffle: analysis",
      "shop/target/compiled/models/f.sql": "jaffle: dbt's own output",
      "shop/scripts/g.sql": "jaffle: other",
      "other/models/h.sql": undefined,
    })
  })

  test("lie where the project says that they do", () => {
    const project = 'name: p\nmodel-paths: ["./transform", "models"]\ndata-paths: [lists]\ntarget-path: out\n'
    expect(rolesOf({ "dbt_project.yml": project, "transform/a.sql": "", "models/b.sql": "", "lists/c.csv": "" })).toMatchObject({
      "transform/a.sql": "p: model",
      "models/b.sql": "p: model",
      "lists/c.csv": "p: seed",
    })
  })

  test("are those of the installed package where one lies in the project, though it has a project file of its own", () => {
    expect(
      rolesOf({
        "dbt_project.yml": "name: p",
        "dbt_packages/utils/dbt_project.yml": "name: utils",
        "dbt_packages/utils/models/a.sql": "",
        "inner/dbt_project.yml": "name: inner",
        "inner/models/b.sql": "",
      }),
    ).toMatchObject({
      "dbt_packages/utils/models/a.sql": "p: installed package",
      "inner/models/b.sql": "inner: model",
    })
  })

  test("are known without a project file by a template in a folder called models", () => {
    expect(rolesOf({ "repo/models/a.sql": model, "repo/models/b.sql": "select 1", "repo/macros/c.sql": "" })).toEqual({
      "repo/models/a.sql": "repo: model",
      "repo/models/b.sql": "repo: model",
      "repo/macros/c.sql": "repo: macro",
    })
    expect(rolesOf({ "models/a.sql": model })).toEqual({ "models/a.sql": "import: model" })
    expect(rolesOf({ "repo/models/a.sql": "insert into a select 1", "repo/tests/b.sql": "" })).toEqual({
      "repo/models/a.sql": undefined,
      "repo/tests/b.sql": undefined,
    })
  })

  test.each([
    ["no YAML", "name: [\n"],
    ["no name", "version: 2\n"],
    ["a list", "- a\n"],
    ["a bomb", `a: &a [x,x]\n${Array.from({ length: 30 }, (_, at) => `b${at}: &b${at} [${"*a,".repeat(9)}*a]\n`).join("")}`],
  ])("are found in the usual folders when the project file is %s, and that is said", (_what, text) => {
    const files = [
      { path: "shop/dbt_project.yml", text },
      { path: "shop/models/a.sql", text: "" },
    ]
    const { projects, notices } = projectsIn(files, "import")
    expect(roleOf("shop/models/a.sql", projects)).toMatchObject({ project: { name: "shop" }, role: "model" })
    expect(notices).toMatchObject([{ place: "shop/dbt_project.yml" }])
  })
})

test.each([
  ["select * from {{ ref('a') }}", true],
  ['{{ config(materialized="table") }} select 1', true],
  ["{% snapshot a %} select 1 {% endsnapshot %}", true],
  ["select * from {{ source(var('x'), 'b') }}", true],
  ["select * from orders where day = '{{ ds }}'", false],
  ["select ref(a), source('x') from config('y')", false],
  ["${source('a')}", false],
])("%s calls dbt: %s", (text, is) => {
  expect(isDbtTemplate(text)).toBe(is)
})
