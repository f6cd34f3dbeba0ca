import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { onTestFinished } from "vitest"
import { runCommandLine } from "../../src/command-line.ts"

/** Runs the command line in this process, with a fixed day and `input` as standard input. */
export async function headwater(
  argv: readonly string[],
  input = "",
): Promise<{ code: number; out: string; err: string; bytes: Uint8Array }> {
  const out: Uint8Array[] = []
  let err = ""
  const code = await runCommandLine(argv, {
    out: (text) => void out.push(typeof text === "string" ? Buffer.from(text) : text),
    err: (text) => void (err += text),
    input: () => Promise.resolve(Buffer.from(input)),
    today: () => "2026-11-20",
  })
  const bytes = Buffer.concat(out)
  return { code, out: bytes.toString(), err, bytes }
}

/** A folder that is gone after the test, with these files in it. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "headwater-test-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}
