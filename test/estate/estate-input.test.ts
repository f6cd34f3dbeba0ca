import { expect, test } from "vitest"
import { inputKindOf } from "../../src/estate/estate-input.ts"

test.each([
  ["manifest.json", "", "manifest"],
  ["MANIFEST.JSON", "{", "manifest"],
  ["a.sql", "{{ config() }}", "sql"],
  ["a.hql", "", "sql"],
  ["jobs.csv", "{", "jobs"],
  ["jobs.tsv", "", "jobs"],
  ["a.txt", '\uFEFF\n { "metadata": {} }', "manifest"],
  ["a.txt", "SELECT 1", "sql"],
  [undefined, '{"nodes": {}}', "manifest"],
  [undefined, "{}", "manifest"],
  [undefined, "{{ config() }} select 1", "sql"],
  [undefined, "{% if x %}", "sql"],
  [undefined, "", "sql"],
])("%s with %j is read as %s", (path, text, kind) => {
  expect(inputKindOf(text, path)).toBe(kind)
})
