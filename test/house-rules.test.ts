import { globSync, readFileSync, statSync } from "node:fs"
import { dirname, join, normalize, relative } from "node:path"
import { describe, expect, test } from "vitest"

const root = join(import.meta.dirname, "..")
const sources = globSync("src/**/*.ts", { cwd: root }).map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }))
const views = globSync("views/**/*.ejs", { cwd: root }).map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }))

/** Room → what it may import: other rooms, and packages. `src` itself holds the front door, which knows everybody. */
const mayImport: Record<string, { rooms: string[]; packages: RegExp }> = {
  assessment: { rooms: ["assessment"], packages: /^zod$/ },
  estate: { rooms: ["estate", "assessment"], packages: /^(zod|csv-parse\/sync|yaml)$/ },
  threads: { rooms: ["threads"], packages: /^node:worker_threads$/ },
  report: { rooms: ["report", "threads", "estate", "assessment"], packages: /^(node:.*|pdfkit|ejs|@dagrejs\/dagre)$/ },
  store: { rooms: ["store", "estate", "assessment"], packages: /^(node:.*|kysely(\/.*)?|better-sqlite3|pg|zod)$/ },
  mail: { rooms: ["mail"], packages: /^(node:.*|nodemailer|zod)$/ },
  web: {
    rooms: ["web", "mail", "report", "estate", "assessment"],
    packages:
      /^(node:.*|express|ejs|pino|zod|openid-client|otpauth|qr|csv-parse\/sync|@fastify\/busboy|@zxcvbn-ts\/language-common)$/,
  },
}
/** The one file of the store that the web and the mail may know: its interface, as types. */
const storeInterface = "src/store/store.ts"

/** The only places that print markup unescaped: the layout's own body, and drawings that we wrote and escaped ourselves. */
const rawOutputAllowed = /include\(|locals\.(body|drawing|drawings\.[a-z]+|svg)\b/

function importsOf(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "")
  return [...code.matchAll(/\bfrom\s+["']([^"']+)["']|\bimport\s+["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g)].map(
    (found) => found[1] ?? found[2] ?? found[3] ?? "",
  )
}

function roomOf(file: string): string {
  const parts = file.split("/")
  return parts.length > 2 ? (parts[1] ?? "") : "main"
}

describe("who may import whom", () => {
  const cases = sources.filter(({ file }) => mayImport[roomOf(file)] !== undefined)
  test.each(cases)("$file", ({ file, text }) => {
    const room = mayImport[roomOf(file)]
    const wrong = importsOf(text).filter((target) => {
      if (!target.startsWith(".")) return !room?.packages.test(target)
      const path = normalize(join(dirname(file), target))
      if (["web", "mail"].includes(roomOf(file)) && path === storeInterface) return false
      return !room?.rooms.includes(roomOf(path))
    })
    expect(wrong).toEqual([])
  })

  test("rooms are those that are listed", () => {
    const known = new Set([...Object.keys(mayImport), "commands", "main"])
    expect(sources.map(({ file }) => roomOf(file)).filter((room) => !known.has(room))).toEqual([])
  })
})

describe("habits", () => {
  test("only config.ts reads the environment", () => {
    expect(
      sources.filter(({ file, text }) => file !== "src/config.ts" && /process\.env/.test(text)).map(({ file }) => file),
    ).toEqual([])
  })

  test("the core and the report have no clock and no dice of their own", () => {
    const pure = sources.filter(({ file }) => /^src\/(assessment|estate|report)\//.test(file) && !file.includes("/pdf/worker"))
    expect(
      pure
        .filter(({ text }) => /Date\.now|new Date\(\)|Math\.random|performance\.now|randomUUID/.test(text))
        .map(({ file }) => file),
    ).toEqual([])
  })

  test("no SQL is put together from strings outside the store", () => {
    expect(
      sources
        .filter(({ file, text }) => roomOf(file) !== "store" && /\b(prepare|sql)`|from ["']kysely/.test(text))
        .map(({ file }) => file),
    ).toEqual([])
  })

  test("no file is named after nothing", () => {
    expect(sources.map(({ file }) => file).filter((file) => /(utils?|helpers?|manager|common|misc)\.ts$/i.test(file))).toEqual([])
  })

  test("source files stay short enough to read", () => {
    const long = sources.map(({ file, text }) => ({ file, lines: text.split("\n").length })).filter(({ lines }) => lines > 230)
    // The contracts of the core, and the construct table, are read as one document each.
    expect(long.filter(({ file }) => !/(assessment\/(model|result)|estate\/(model|construct-table))\.ts$/.test(file))).toEqual([])
  })

  test("every source file has its test room", () => {
    const rooms = [...new Set(sources.map(({ file }) => roomOf(file)))].filter((room) => room !== "main")
    for (const room of rooms) expect(globSync(`test/${room}/**/*.test.ts`, { cwd: root }).length, room).toBeGreaterThan(0)
  })
})

describe("templates", () => {
  test.each(views)("$file escapes everything and holds no script or style of its own", ({ text }) => {
    const raw = [...text.matchAll(/<%-([\s\S]*?)%>/g)]
      .map((found) => found[1] ?? "")
      .filter((inside) => !rawOutputAllowed.test(inside))
    expect(raw).toEqual([])
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)/)
    expect(text).not.toMatch(/\sstyle=/)
    expect(text).not.toMatch(/\son[a-z]+=/)
    expect(text).not.toMatch(/include\(\s*[^'"\s]/)
  })
})

test("nothing of anybody's machine is in the tree", () => {
  const files = globSync(
    [
      "*.md",
      "*.json",
      "src/**/*",
      "test/**/*.ts",
      "views/**/*",
      "public/*.{js,css}",
      "questionnaires/**/*",
      "scripts/*",
      ".ci/*",
      "Dockerfile",
    ],
    {
      cwd: root,
    },
  ).filter((file) => statSync(join(root, file)).isFile() && file !== relative(root, import.meta.filename))
  const wrong = files.filter((file) =>
    /(^|[\s"'(=])\/(root|home\/[a-z]+)\/|registry\.npmjs/.test(
      readFileSync(join(root, file), "utf8").replaceAll(/"resolved": "[^"]*"/g, ""),
    ),
  )
  expect(wrong).toEqual([])
})

describe("what is installed to run it", () => {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<
      string,
      { dev?: boolean; license?: string; hasInstallScript?: boolean; resolved?: string; integrity?: string }
    >
  }
  const runtime = Object.entries(lock.packages).filter(([path, { dev }]) => path !== "" && !dev)

  test("asks nothing in return: permissive licences only", () => {
    const permissive =
      /^\(?(MIT|MIT-0|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|Unlicense|WTFPL|CC0-1\.0)( OR [^)]*)?( AND [^)]*)?\)?$/
    // Read by hand: DejaVu's own free licence, and MIT in a LICENSE file that the package does not name.
    const known = new Set(["node_modules/dejavu-fonts-ttf", "node_modules/png-js"])
    expect(
      runtime.filter(([path, { license }]) => !known.has(path) && !permissive.test(license ?? "")).map(([path]) => path),
    ).toEqual([])
  })

  test("runs no script of its own while it is installed", () => {
    const { allowScripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      allowScripts: Record<string, boolean>
    }
    const scripted = runtime
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => path.replace("node_modules/", ""))
    expect(scripted.filter((name) => allowScripts[name] !== false)).toEqual([])
  })

  test("is what was tested: every package has its hash", () => {
    expect(
      Object.entries(lock.packages)
        .filter(([path, { integrity }]) => path !== "" && integrity === undefined)
        .map(([path]) => path),
    ).toEqual([])
  })
})
