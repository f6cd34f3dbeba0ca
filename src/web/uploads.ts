/** Large uploads: streamed into files that are gone when the request is answered, so that memory does not grow with them. */
import { Busboy, type BusboyInstance } from "@fastify/busboy"
import type { Request } from "express"
import { createWriteStream } from "node:fs"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { type Readable, Transform, Writable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { newUploadFolder } from "./upload-folders.ts"
import type { Fields } from "./visit.ts"

/** Most bytes of one upload, all files together. */
export const largestUpload = 150_000_000
const mostFiles = 20_000
const mostFields = 20
const longestField = 1_100_000

export interface ReceivedFile {
  readonly field: string
  /** As the browser calls it, folders included where it says them. */
  readonly name: string
  /** Where the bytes are until the request is answered. */
  readonly path: string
  readonly bytes: number
}

export interface Received {
  readonly form: Fields
  readonly files: readonly ReceivedFile[]
}

/** More than is taken; the message is for people. */
export class UploadRefused extends Error {
  override readonly name = "UploadRefused"
}

/** Reads the upload, lets `handle` work with it, and removes its files whatever happens. */
export type Receive = <T>(handle: (received: Received) => Promise<T>) => Promise<T>

/** The upload of a request, to be read once it is known who sends it. Rejects with `UploadRefused`, or status 400 for what is none. */
export const receiverOf =
  (request: Request, most = largestUpload): Receive =>
  async (handle) => {
    if (Number(request.headers["content-length"] ?? 0) > most) throw tooLarge(most)
    const folder = await newUploadFolder()
    try {
      const received = await readInto(folder, request, most)
      // From here on it is the sender who waits: their silence says nothing, and the next request has the usual limit again.
      request.socket.setTimeout(0)
      return await handle(received)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

const tooLarge = (most: number): UploadRefused =>
  new UploadRefused(`An import may have ${Math.round(most / 1_000_000)} MB in all. Nothing was imported.`)

const unreadable = (): Error => Object.assign(new Error("cannot read the upload"), { status: 400 })

const readInto = async (folder: string, request: Request, most: number): Promise<Received> => {
  const parser = parserFor(request)
  const form: Record<string, string> = Object.create(null)
  const files: Promise<ReceivedFile | undefined>[] = []
  const open = new Set<Readable>()
  const { promise: read, resolve, reject: refuse } = Promise.withResolvers<void>()
  const count = counter(most, () => refuse(tooLarge(most)))
  parser.on("field", (name, value, _, cut) => {
    if (cut) refuse(new UploadRefused("One of the texts is longer than 1 MB. Nothing was imported."))
    else form[name] = value
    count(value.length)
  })
  parser.on("file", (field, stream, name) => {
    open.add(stream)
    count((name ?? "").length)
    const file = keepFile(join(folder, String(files.length)), field, name, stream, count)
    file.catch(refuse)
    files.push(file)
  })
  parser.on("filesLimit", () => refuse(new UploadRefused(`An import may have ${mostFiles} files. Nothing was imported.`)))
  parser.on("fieldsLimit", () => refuse(unreadable()))
  parser.on("error", () => refuse(unreadable()))
  parser.on("finish", resolve)
  const lookAtEnd = (): unknown => request.complete || refuse(unreadable())
  request.on("close", lookAtEnd)
  // Whoever went away before anybody listened does not come to an end again.
  if (request.destroyed) lookAtEnd()
  const parts = inPace(parser, files)
  request.pipe(parts)
  try {
    await read
    const kept = await Promise.all(files)
    return { form, files: kept.filter((file) => file !== undefined) }
  } catch (error) {
    // What still comes is read and forgotten, so that the browser gets to the answer.
    request.unpipe(parts)
    request.resume()
    for (const stream of open) stream.destroy()
    await Promise.allSettled(files)
    throw error
  }
}

const parserFor = (request: Request): BusboyInstance => {
  const type = request.headers["content-type"] ?? ""
  const limits = { files: mostFiles, fields: mostFields, fieldSize: longestField, fieldNameSize: 200 }
  try {
    return new Busboy({ headers: { "content-type": type }, preservePath: true, limits })
  } catch {
    throw unreadable()
  }
}

/** Gives the parser one part after the other, each once earlier files are written: else thousands of small ones are open at once. */
const inPace = (parser: BusboyInstance, files: readonly Promise<unknown>[]): Writable => {
  let written = 0
  return new Writable({
    write(part: Buffer, _encoding, done) {
      parser.write(part, () => {
        // The last one may go on in the next part.
        const earlier = files.slice(written, -1)
        written += earlier.length
        void Promise.allSettled(earlier).then(() => done())
      })
    },
    final(done) {
      parser.end()
      done()
    },
  })
}

type Counter = (bytes: number) => void

/** Counts the bytes of all files, their names and fields; what goes beyond `most` is told at once. */
const counter = (most: number, exceeded: () => void): Counter => {
  let total = 0
  return (bytes) => {
    total += bytes
    if (total > most) exceeded()
  }
}

/** A file field in which no file was chosen comes without name and content. */
const keepFile = async (
  path: string,
  field: string,
  name: string | undefined,
  stream: Readable,
  count: Counter,
): Promise<ReceivedFile | undefined> => {
  let bytes = 0
  const counting = new Transform({
    transform(part: Buffer, _encoding, done) {
      bytes += part.length
      count(part.length)
      done(null, part)
    },
  })
  await pipeline(stream, counting, createWriteStream(path))
  return (name ?? "") === "" && bytes === 0 ? undefined : { field, name: name ?? "", path, bytes }
}
