import express, { type Request, type RequestHandler } from "express"
import { inheritedNames } from "../assessment/json-text.ts"
import type { Body, Fields, Visit } from "./visit.ts"

/** A section with every comment far too long still arrives, so that the page can say so and keep it. */
const FORM_LIMIT = 2_000_000
const JSON_LIMIT = 1_000_000
const UPLOAD_LIMIT = 20_000_000
const FIELD_LIMIT = 2_000
const NESTING_LIMIT = 20

const TYPE = {
  form: "application/x-www-form-urlencoded",
  json: "application/json",
  upload: "multipart/form-data",
  files: "multipart/form-data",
} as const

const parsers: Readonly<Record<Exclude<Body, "none" | "files">, RequestHandler>> = {
  form: express.urlencoded({ extended: false, limit: FORM_LIMIT, parameterLimit: FIELD_LIMIT }),
  json: express.json({ limit: JSON_LIMIT }),
  upload: express.raw({ type: TYPE.upload, limit: UPLOAD_LIMIT }),
}

/** Reads the one kind of body that a route takes; another kind is 415, too much of it 413. */
export const readBody =
  (body: Body): RequestHandler =>
  (request, response, next) => {
    if (body === "none") return next()
    if (!request.is(TYPE[body])) return next(Object.assign(new Error("wrong type of body"), { status: 415 }))
    // Files that may be large are read by the handler, once it is known who sends them.
    if (body === "files") return next()
    parsers[body](request, response, next)
  }

/** The parsed body in the shape handlers get it. */
export const bodyOf = async (request: Request, body: Body): Promise<Pick<Visit, "form" | "json" | "files">> => {
  if (body === "form") return { form: ownFields(request.body), json: undefined, files: [] }
  if (body === "json") return { form: {}, json: flatEnough(request.body), files: [] }
  if (body === "upload") return { json: undefined, ...(await readParts(request)) }
  return { form: {}, json: undefined, files: [] }
}

const ownFields = (parsed: unknown): Fields => Object.assign(Object.create(null), parsed) as Fields

const flatEnough = (value: unknown): unknown => {
  if (depth(value) > NESTING_LIMIT) throw Object.assign(new Error("nested too deep"), { status: 400 })
  return value
}

/** Levels of nesting, counted without recursion: deep input must not exhaust the stack. */
const depth = (value: unknown): number => {
  let level: unknown[] = [value]
  let levels = 0
  while (level.length > 0 && levels <= NESTING_LIMIT) {
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? ownValues(item) : []))
    levels += 1
  }
  return levels
}

const ownValues = (item: object): readonly unknown[] => {
  if (Object.keys(item).some((name) => inheritedNames.has(name))) {
    throw Object.assign(new Error("a name that no field has"), { status: 400 })
  }
  return Object.values(item)
}

const readParts = async (request: Request): Promise<Pick<Visit, "form" | "files">> => {
  const type = String(request.headers["content-type"])
  const parts = await new Response(request.body as Buffer, { headers: { "content-type": type } }).formData().catch(() => {
    throw Object.assign(new Error("cannot read the upload"), { status: 400 })
  })
  const form: Record<string, string> = Object.create(null)
  const files: Visit["files"][number][] = []
  for (const [field, value] of parts) {
    if (typeof value === "string") form[field] = value
    else files.push({ field, name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) })
  }
  return { form, files }
}
