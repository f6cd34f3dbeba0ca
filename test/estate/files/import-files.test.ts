import { describe, expect, test } from "vitest"
import { checkFiles, textOfBytes } from "../../../src/estate/files/import-files.ts"

const pathsOf = (...paths: readonly string[]) => {
  const { files, problems } = checkFiles(paths.map((path) => ({ path, text: "" })))
  return { paths: files.map(({ path }) => path), problems }
}

describe("paths of an import", () => {
  test("have forward slashes, whatever they came with", () => {
    expect(pathsOf("etl\\daily\\orders.sql", "./a//b/./c.sql")).toEqual({
      paths: ["etl/daily/orders.sql", "a/b/c.sql"],
      problems: [],
    })
  })

  test.each([
    ["../secret.sql", "leaves it"],
    ["a/../../secret.sql", "leaves it"],
    ["a\\..\\..\\secret.sql", "leaves it"],
    ["/etc/passwd", "absolute"],
    ["C:\\data\\orders.sql", "absolute"],
    ["\\\\server\\share\\orders.sql", "absolute"],
    ["", "Give the file a name"],
    ["a\u0000b.sql", "Give the file a name"],
    [`${"a/".repeat(600)}b.sql`, "Shorten the path"],
  ])("%j is refused", (path, message) => {
    expect(pathsOf(path).problems).toEqual([
      { path: expect.any(String) as string, message: expect.stringContaining(message) as string },
    ])
  })

  test("stand once each", () => {
    expect(pathsOf("a/b.sql", "a\\b.sql")).toEqual({
      paths: ["a/b.sql"],
      problems: [{ path: "a\\b.sql", message: "Give each file once: this path is there twice" }],
    })
  })
})

describe("texts of an import", () => {
  test("lose the byte order mark and nothing else", () => {
    expect(checkFiles([{ path: "a.sql", text: "\uFEFFSELECT 1\r\n" }]).files).toEqual([{ path: "a.sql", text: "SELECT 1\r\n" }])
  })

  test("are passed over with a notice when they are none", () => {
    const { files, notices } = checkFiles([{ path: "a.sql", text: "SQLite format 3\0" }])
    expect(files).toEqual([])
    expect(notices).toEqual([{ place: "a.sql", message: "Passed over: this is no text. Save it as UTF-8 text" }])
  })

  test.each([
    ["UTF-8", Buffer.from("SELECT 'ü'"), undefined],
    ["UTF-16", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("SELECT 'ü'", "utf16le")]), "Read as UTF-16"],
    ["Windows-1252", Buffer.from("SELECT 'ü'", "latin1"), "Not UTF-8"],
  ])("are read as %s, and it is said where that was a guess", (_name, bytes, notice) => {
    const read = textOfBytes(bytes)
    expect(read.text).toBe("SELECT 'ü'")
    if (notice === undefined) expect(read.notice).toBeUndefined()
    else expect(read.notice).toContain(notice)
  })
})
