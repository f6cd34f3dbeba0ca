import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { sampleProject, sampleTarget } from "../../scripts/sample-manifest.ts"

test.each(Object.entries(sampleTarget()))(
  "%s of the sample is what its models give (node scripts/sample-manifest.ts writes it anew)",
  (file, text) => {
    expect(readFileSync(join(sampleProject, "target", file), "utf8")).toBe(text)
  },
)
