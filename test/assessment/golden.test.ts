import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { goldenFiles, goldenFolder } from "../../scripts/golden.ts"

const files = await goldenFiles()

test("every sample has its golden result, and no other is kept", () => {
  expect(readdirSync(goldenFolder).toSorted()).toEqual(Object.keys(files).toSorted())
})

test.each(Object.entries(files))("%s is what it was: npm run golden takes a change over, read the diff", (file, content) => {
  expect(content.split("\n")).toEqual(readFileSync(join(goldenFolder, file), "utf8").split("\n"))
})
