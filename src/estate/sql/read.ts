/** Reads SQL texts: what they write and read, and which constructs they hold. Linear in the length of the text. */
import type { Verdict } from "../model.ts"

/** What one text says. */
export interface Reading {
  /** Relations written, without quotes; empty for a bare query. */
  readonly writes: readonly string[]
  /** Relations read, without CTE names, functions and unnested columns. */
  readonly reads: readonly string[]
  readonly verdict: Verdict
  /** Columns that identify a row of the result, where the text says so: GROUP BY, MERGE's ON, PRIMARY KEY. */
  readonly key?: readonly string[]
}

/** One statement of a file. */
export interface StatementReading extends Reading {
  /** Range of the file's text in UTF-16 units. */
  readonly start: number
  readonly end: number
  /** Line of the file, from 1. */
  readonly line: number
  /** `data`: moves or changes data; `definition`: creates or drops without data; `setting`: USE, SET and the like. */
  readonly kind: "data" | "definition" | "setting"
}

/** What a dbt model's raw text says, macros never executed. */
export interface TemplateReading extends Reading {
  /** Arguments of ref(): ["model"] or ["package", "model"]. */
  readonly refs: readonly (readonly string[])[]
  /** Arguments of source(): [source, table]. */
  readonly sources: readonly (readonly [string, string])[]
  /** Literal arguments of config(): materialized, unique_key, tags, …. */
  readonly config: Readonly<Record<string, string | readonly string[]>>
}

/** Every statement of a SQL file, several dialects and `${parameters}` allowed. */
export function readFile(text: string): readonly StatementReading[] {
  return text === "" ? [] : [{ ...readQuery(text), start: 0, end: text.length, line: 1, kind: "data" }]
}

/** The one query (or statement) of a compiled dbt model. */
export function readQuery(_text: string): Reading {
  return { writes: [], reads: [], verdict: nothing }
}

/** The raw text of a dbt model: "unknown: needs compiled SQL" where a macro writes its body. */
export function readTemplate(text: string): TemplateReading {
  return { ...readQuery(text), refs: [], sources: [], config: {} }
}

const nothing: Verdict = {
  class: "unknown",
  stateful: null,
  furtherStateful: 0,
  output: "none",
  constructs: [],
  readBy: "none",
  because: "Nothing is read yet",
}
