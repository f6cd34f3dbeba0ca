import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { extname, join, relative, sep } from "node:path"
import { brotliCompressSync } from "node:zlib"

export interface Asset {
  readonly bytes: Buffer
  readonly type: string
  /** Present where compression pays. */
  readonly brotli?: () => Buffer
}

/** The static files, in memory. One hash over all of them is part of every address, so a browser may keep them for good. */
export interface Assets {
  address(file: string): string
  /** `fresh` is false when the address carries the hash of another release. */
  find(hash: string, file: string): { asset: Asset; fresh: boolean } | undefined
}

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml; charset=utf-8",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
}

/** Reads `folder` once. Files of a type that is not listed above are left out. */
export const loadAssets = (folder: string): Assets => {
  const files = new Map<string, Asset>()
  const hash = createHash("sha256")
  for (const path of listFiles(folder)) {
    const type = TYPES[extname(path)]
    if (type === undefined) continue
    const bytes = readFileSync(join(folder, path))
    hash.update(path).update(bytes)
    files.set(path, type.startsWith("font/") ? { bytes, type } : { bytes, type, brotli: once(() => brotliCompressSync(bytes)) })
  }
  const release = hash.digest("hex").slice(0, 12)
  return {
    address(file) {
      if (!files.has(file)) throw new Error(`There is no public/${file}`)
      return `/assets/${release}/${file}`
    },
    find(hash, file) {
      const asset = files.get(file)
      return asset && { asset, fresh: hash === release }
    },
  }
}

const listFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort()

const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}
