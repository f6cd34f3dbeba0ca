/** Rules of safety that hold for the whole source, each looked for in the text of it. */
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"

const root = join(import.meta.dirname, "..")
const sources = globSync("src/**/*.ts", { cwd: root }).map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }))
const scripts = globSync("public/*.js", { cwd: root }).map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }))
const filesWith = (pattern: RegExp, among = sources): readonly string[] =>
  among
    .filter(({ text }) => pattern.test(text))
    .map(({ file }) => file)
    .toSorted()

describe("files of the data folder", () => {
  test("are touched by these alone: closing a database that SQLite has open drops its locks", () => {
    const touching = filesWith(/from "node:fs/).filter((file) => file.startsWith("src/store/"))
    expect(touching).toEqual([
      "src/store/copy-inspection.ts",
      "src/store/ledger.ts",
      "src/store/sqlite-backup.ts",
      "src/store/sqlite-folder.ts",
      "src/store/sqlite-restore.ts",
    ])
  })
})

describe("SQL", () => {
  test("gets values as parameters: no text is put together into a statement", () => {
    const known = new Set(["src/store/sqlite-connections.ts", "src/store/copy-inspection.ts"])
    const building = /\.(?:prepare|exec|query|raw|pragma)(?:<[^()]*>)?\(\s*(?:`[^`]*\$\{|"[^"]*"\s*\+)/
    // Both put in names that the program itself wrote: its settings, and the tables of a copy that it made.
    expect(filesWith(building).filter((file) => !known.has(file))).toEqual([])
    expect(filesWith(building).length).toBeGreaterThan(0)
  })

  test("is run raw by the migrations and for sorting by fixed names alone", () => {
    expect(filesWith(/\bsql\.(?:raw|lit|id|ref)\b/)).toEqual(["src/store/find-engagements.ts", "src/store/migrations/migrate.ts"])
  })
})

describe("the network", () => {
  test("is asked by nothing but the mail server's and the sign-on's own files", () => {
    const asking = /\bfetch\(|from "node:(?:https|tls|dgram|dns|http2)"|\b(?:nodemailer|openid-client)"|new WebSocket|EventSource/
    expect(
      filesWith(asking).filter((file) => !/^src\/(?:web\/accounts\/|mail|web\/mail|sign-on|web\/sign-on)/.test(file)),
    ).toEqual([])
  })

  test("is listened to by the server alone", () => {
    expect(filesWith(/\bcreateServer\b/)).toEqual(["src/server.ts"])
  })
})

describe("expressions of our own", () => {
  /** A regular expression as source has it: after what can stand before a value, up to its flags. */
  const literal = /(?<=(?:[=(,:[!&|?{};>]|\breturn|=>)\s*)\/(?![/*])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([dgimsuvy]*)/g
  const all = [...sources, ...scripts].flatMap(({ file, text }) =>
    [...text.matchAll(literal)].map(([, body = "", flags = ""]) => ({ file, body, flags })),
  )
  const repeated = [
    "a",
    "A1",
    "0",
    " ",
    "-",
    ".",
    ",",
    "/",
    "\\",
    "\n",
    "\r\n",
    "=",
    ";",
    '"',
    "a ",
    "a.",
    "a@",
    "1,",
    "x-",
    "%",
    "_a",
    "&a",
    "é",
  ]

  const milliseconds = (expression: RegExp, text: string): number => {
    const began = performance.now()
    if (expression.global) text.replaceAll(expression, "")
    else expression.exec(text)
    return performance.now() - began
  }

  /** The quickest of three: a pause of the machine is not the expression's. */
  const quickest = (expression: RegExp, text: string): number => Math.min(...[1, 2, 3].map(() => milliseconds(expression, text)))

  /** Looked at by hand: what reaches them is short. */
  const shortInput = new Set([
    // Numbers that the program counted itself.
    String.raw`src/report/wording.ts: \B(?=(\d{3})+$)`.replaceAll("\\\\", "\\"),
    String.raw`src/assessment/text.ts: \B(?=(?:\d{3})+$)`.replaceAll("\\\\", "\\"),
    // Behind a look at the length: at most 60 characters.
    String.raw`src/assessment/question-types/amounts.ts: (\d[\d\s.,]*)([a-z]+)`.replaceAll("\\\\", "\\"),
  ])

  test("are found", () => {
    expect(all.length).toBeGreaterThan(60)
    expect(all.filter(({ body, flags }) => !isExpression(body, flags))).toEqual([])
  })

  test("take linear time: 100 KB of anything in an instant", { timeout: 60_000 }, () => {
    const slow: string[] = []
    for (const { file, body, flags } of all.filter((one) => !shortInput.has(`${one.file}: ${one.body}`))) {
      const expression = new RegExp(body, flags.replace("y", ""))
      for (const piece of repeated) {
        const grow = (size: number): string => `${piece.repeat(Math.ceil(size / piece.length))}\u0001`
        // Ten thousand first: what grows with the square would take minutes for a hundred thousand.
        const isSlow = quickest(expression, grow(10_000)) > 25 || quickest(expression, grow(100_000)) > 100
        if (!isSlow) continue
        slow.push(`${file}: /${body}/${flags} on ${JSON.stringify(piece)}`)
        break
      }
    }
    expect(slow).toEqual([])
  })

  test("and the test would see one that does not", () => {
    expect(quickest(/(?:a+)+$/, `${"a".repeat(22)}\u0001`)).toBeGreaterThan(25)
    expect(quickest(/a*$/, `${"a".repeat(10_000)}\u0001`)).toBeGreaterThan(25)
  })

  test("are made of text at one place, where every sign of it stands for itself", () => {
    expect(filesWith(/new RegExp\(/)).toEqual(["src/report/dossier.ts"])
  })
})

const isExpression = (body: string, flags: string): boolean => {
  try {
    return new RegExp(body, flags) instanceof RegExp
  } catch {
    return false
  }
}
