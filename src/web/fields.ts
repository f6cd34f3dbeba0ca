import type { z } from "zod"
import { cleanText } from "../assessment/text.ts"
import type { PageProblem } from "./pages.ts"
import type { Fields } from "./visit.ts"

/** A form read through its schema: the value, or the problems with the names of their fields. */
export type Reading<T> =
  | { readonly value: T; readonly problems?: undefined }
  | { readonly value?: undefined; readonly problems: readonly PageProblem[] }

/** Reads a form. Field names are the schema's keys; blank fields count as not given. */
export const readFields = <S extends z.ZodType>(schema: S, form: Fields): Reading<z.output<S>> => {
  const given = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ""))
  const result = schema.safeParse(given)
  if (result.success) return { value: result.data }
  const problems = new Map<string, string>()
  for (const issue of result.error.issues) {
    const target = String(issue.path[0] ?? "main")
    if (!problems.has(target)) problems.set(target, sentTwice(form[target]) ?? issue.message)
  }
  return { problems: [...problems].map(([target, message]) => ({ target, message })) }
}

/** A free text of a form; a problem is noted under the field's name, and the text is then empty. */
export const readText = (form: Fields, name: string, problems: PageProblem[]): string => {
  const sent = form[name] ?? ""
  const twice = sentTwice(sent)
  const read = typeof sent === "string" ? cleanText(sent) : { problem: twice ?? "" }
  if ("problem" in read) problems.push({ target: name, message: read.problem })
  return "text" in read ? read.text : ""
}

/** A field that takes one text and came several times is not guessed at. */
const sentTwice = (sent: unknown): string | undefined =>
  Array.isArray(sent) ? `Enter this once: it was sent ${sent.length} times` : undefined

/** The message for a field, when it has one. */
export const errorOf = (problems: readonly PageProblem[], field: string): string | undefined =>
  problems.find((problem) => problem.target === field)?.message

/** All values of a field that may be sent several times. */
export const listOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string" && item !== "")
