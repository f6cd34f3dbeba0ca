import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, expect, test } from "vitest"
import { createPages, type Pages } from "../../src/web/pages.ts"

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const pagesOf = (templates: Record<string, string>): Pages => {
  const folder = mkdtempSync(join(tmpdir(), "headwater-views-"))
  folders.push(folder)
  for (const [name, text] of Object.entries(templates)) {
    mkdirSync(dirname(join(folder, `${name}.ejs`)), { recursive: true })
    writeFileSync(join(folder, `${name}.ejs`), text)
  }
  return createPages(folder, (file) => `/assets/${file}`)
}

test("text is escaped, in content and in attributes", () => {
  const pages = pagesOf({ a: '<p title="<%= locals.text %>"><%= locals.text %></p>' })
  expect(pages.part("a", { text: `<b>"it's" & so` })).toBe(
    '<p title="&lt;b&gt;&quot;it&#39;s&quot; &amp; so">&lt;b&gt;&quot;it&#39;s&quot; &amp; so</p>',
  )
})

test("a value that was not given is an error with the name of the template", () => {
  const pages = pagesOf({ "deep/a": "<% if (locals.name) { %>x<% } %>" })
  expect(() => pages.part("deep/a", {})).toThrow('views/deep/a.ejs: needs "name"')
})

test("a missing value inside a given one is an error, not an empty string", () => {
  const pages = pagesOf({ a: "<%= locals.person.name %>" })
  expect(() => pages.part("a", { person: {} })).toThrow("prints a missing value")
  expect(() => pages.part("a", { person: { name: {} } })).toThrow("prints object instead of text")
})

test("a slip in a template shows when the pages are made", () => {
  expect(() => pagesOf({ broken: "<% if (locals.a) { %>" })).toThrow("views/broken.ejs")
})

test("templates include others by name, and read no files while rendering", () => {
  const pages = pagesOf({ a: '[<%- locals.include("b/c", { n: 1 }) %>]', "b/c": "<%= locals.n %>", d: '<%- include("a") %>' })
  expect(pages.part("a", {})).toBe("[1]")
  expect(() => pages.part("d", {})).toThrow("use locals.include()")
  expect(() => pages.part("../../etc/passwd", {})).toThrow("There is no template")
})

test("a polluted prototype changes no page", () => {
  const prototype = Object.prototype as unknown as Record<string, unknown>
  try {
    Object.assign(prototype, { openDelimiter: "{", closeDelimiter: "}", delimiter: "?", isAdmin: true, outputFunctionName: "x" })
    const pages = pagesOf({ a: "<%= locals.text %>", b: "<%= locals.isAdmin %>" })
    expect(pages.part("a", { text: "{?= 1 ?}" })).toBe("{?= 1 ?}")
    expect(() => pages.part("b", {})).toThrow('needs "isAdmin"')
  } finally {
    for (const name of ["openDelimiter", "closeDelimiter", "delimiter", "isAdmin", "outputFunctionName"]) delete prototype[name]
  }
})
