import { readdirSync, readFileSync } from "node:fs"
import { join, relative, sep } from "node:path"
import ejs from "ejs"
import { describedBy } from "./forms.ts"

export type Locals = Readonly<Record<string, unknown>>

/** One error of a page: the id of the field to go to, and what to do. */
export interface PageProblem {
  readonly target: string
  readonly message: string
}

export interface NavLink {
  readonly href: string
  readonly text: string
  readonly current: boolean
}

/** Everything of a page but its content: the head, the header, the way back, the error summary. */
export interface Frame {
  /** Most specific first: question, section, engagement. */
  readonly title: readonly string[]
  /** BCP 47. */
  readonly language?: string
  readonly area: "consultant" | "respondent"
  /** Who is signed in, in the header. */
  readonly account?: { readonly name: string; readonly role: "administrator" | "consultant" | "reader" }
  /** Name of the engagement, in the header. */
  readonly place?: string
  readonly nav?: readonly NavLink[]
  readonly back?: { readonly href: string; readonly text: string }
  readonly problems?: readonly PageProblem[]
  /** What has just been done, said once at the head of the page. */
  readonly notice?: string
  /** `form` 40 rem, `page` with room for tables, `wide` for the matrix and roadmap. */
  readonly width?: "form" | "page" | "wide"
  /** Says that the engagement is archived, at the head of every page. */
  readonly archived?: string
  /** Names of scripts in `public/`. */
  readonly scripts?: readonly string[]
}

/** Compiled templates: `part` gives a fragment, `page` a whole document. Both throw when a template asks for a missing value. */
export interface Pages {
  part(name: string, locals: Locals): string
  page(name: string, frame: Frame, locals: Locals): string
}

type Template = (locals: Locals) => string

/**
 * Compiles every template below `folder`. A template reads `locals.` only and includes others by
 * `<%- locals.include("name", { … }) %>`; `address` turns the name of a static file into its address.
 */
export const createPages = (folder: string, address: (file: string) => string): Pages => {
  const templates = compileAll(folder)
  const part = (name: string, locals: Locals): string => {
    const template = templates.get(name)
    if (template === undefined) throw new Error(`There is no template views/${name}.ejs`)
    try {
      return template(guarded(name, { ...locals, include: part, address, describedBy }))
    } catch (error) {
      throw new Error(`views/${name}.ejs: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
  }
  return {
    part,
    page: (name, frame, locals) => part("layout", { frame: fullFrame(frame), body: part(name, locals) }),
  }
}

const fullFrame = (frame: Frame): Required<Omit<Frame, "account" | "archived" | "back" | "notice" | "place">> & Frame => ({
  language: "en",
  nav: [],
  problems: [],
  width: "page",
  scripts: [],
  ...frame,
})

const compileAll = (folder: string): ReadonlyMap<string, Template> => {
  const templates = new Map<string, Template>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".ejs")) continue
    const file = join(entry.parentPath, entry.name)
    const name = relative(folder, file).slice(0, -".ejs".length).split(sep).join("/")
    templates.set(name, compileTemplate(readFileSync(file, "utf8"), name))
  }
  return templates
}

/** Explicit delimiters and own locals only, so that a polluted prototype changes no page. */
const compileTemplate = (text: string, name: string): Template => {
  const options = {
    strict: true,
    localsName: "locals",
    openDelimiter: "<",
    delimiter: "%",
    closeDelimiter: ">",
    compileDebug: false,
    rmWhitespace: false,
    escape: escapeText,
    unsafePrototypeLocals: true,
    includer: () => {
      throw new Error("include() reads files while rendering; use locals.include()")
    },
  }
  try {
    return ejs.compile(text, options)
  } catch (error) {
    throw new Error(`views/${name}.ejs: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

/** The locals of one template, where asking for a value that was not given is an error. */
const guarded = (name: string, locals: Locals): Locals =>
  new Proxy(locals, {
    get(target, key) {
      if (typeof key === "string" && Object.hasOwn(target, key)) return target[key]
      throw new Error(`needs "${String(key)}", which views/${name}.ejs was not given`)
    },
  })

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }

/** Text for HTML content and quoted attributes; printing a missing value or an object is a mistake, not an empty string. */
const escapeText = (value: unknown): string => {
  if (typeof value !== "string" && typeof value !== "number") throw new Error(`prints ${describe(value)}`)
  const text = String(value)
  return /[&<>"']/.test(text) ? text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign) : text
}

const describe = (value: unknown): string =>
  value === undefined || value === null ? "a missing value" : `${typeof value} instead of text`
