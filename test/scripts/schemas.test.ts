import { globSync, readFileSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { expect, test } from "vitest"
import { schemaFiles, schemaFolder } from "../../scripts/schemas.ts"

const root = join(import.meta.dirname, "..", "..")

test.each(Object.entries(schemaFiles()))("%s is what the program reads (npm run schemas writes it anew)", (file, content) => {
  expect(readFileSync(join(schemaFolder, file), "utf8")).toBe(content)
})

test.each(globSync(["questionnaires/*/*.yaml", "test/fixtures/mini/*.yaml"], { cwd: root }))(
  "%s names its schema for editors",
  (file) => {
    const [first = ""] = readFileSync(join(root, file), "utf8").split("\n", 1)
    const named = first.replace("# yaml-language-server: $schema=", "")
    expect(resolve(root, dirname(file), named)).toBe(join(root, "schemas", `${basename(file, ".yaml")}.schema.json`))
  },
)
