import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { newUploadFolder, removeLeftUploads } from "../../src/web/upload-folders.ts"

const usual = process.env["TMPDIR"]
let own = ""
beforeEach(() => {
  own = mkdtempSync(join(tmpdir(), "headwater-test-"))
  process.env["TMPDIR"] = own
})
afterEach(() => {
  if (usual === undefined) delete process.env["TMPDIR"]
  else process.env["TMPDIR"] = usual
  rmSync(own, { recursive: true })
})

test("what a killed program left is removed at the start, what a running one has is not, nor anything else", async () => {
  const ofBefore = await newUploadFolder()
  writeFileSync(join(ofBefore, "0"), "select 1")
  const running = `headwater-upload-${process.ppid}-abc123`
  // Beyond the largest number that a system gives.
  for (const name of [running, "headwater-upload-4999999-abc123", "headwater-web-1", "other"]) mkdirSync(join(own, name))
  await removeLeftUploads()
  expect(readdirSync(own).toSorted()).toEqual([running, "headwater-web-1", "other"].toSorted())
  expect(basename(ofBefore)).toContain(`-${process.pid}-`)
})

test("a folder for temporary files that is not there is nothing to clear", async () => {
  process.env["TMPDIR"] = join(own, "none")
  await removeLeftUploads()
  expect(readdirSync(own)).toEqual([])
})
