import type { Compilable, CompiledQuery, QueryResult } from "kysely"
import type { Db, Tables } from "./tables.ts"

class Placeholder {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/**
 * A query built and compiled once for each engine, then run with new values: building one costs several times what running it does.
 * `value("name")` marks where a value goes.
 */
export const statement = <V extends object, R = unknown>(
  build: (db: Db, value: <K extends keyof V & string>(name: K) => V[K]) => Compilable<R>,
): ((db: Db, values: V) => Promise<QueryResult<R>>) => {
  const compiled = new WeakMap<object, CompiledQuery<R>>()
  const compile = (db: Db): CompiledQuery<R> => {
    // The adapter is the one object that a connection and its transactions share.
    const engine = db.getExecutor().adapter
    const known = compiled.get(engine) ?? build(db, (name) => new Placeholder(name) as never).compile()
    compiled.set(engine, known)
    return known
  }
  return (db, values) => {
    const query = compile(db)
    const parameters = query.parameters.map((one) => (one instanceof Placeholder ? values[one.name as keyof V] : one))
    return db.executeQuery<R>({ ...query, parameters })
  }
}

const rowsPerInsert = 200
const insertsByEngine = new WeakMap<object, Map<string, CompiledQuery>>()

/**
 * Adds any number of rows, all with the same columns, some hundred in a statement that is compiled once. Lets other work of the
 * process run in between.
 */
export const insertMany = async <T extends keyof Tables>(db: Db, table: T, rows: readonly Tables[T][]): Promise<void> => {
  const columns = Object.keys(rows[0] ?? {}) as (keyof Tables[T])[]
  for (let from = 0; from < rows.length; from += rowsPerInsert) {
    const part = rows.slice(from, from + rowsPerInsert)
    const query = part.length === rowsPerInsert ? fullInsert(db, table, part) : insertOf(db, table, part)
    await db.executeQuery({ ...query, parameters: part.flatMap((row) => columns.map((column) => row[column])) })
    if (from > 0) await breathe()
  }
}

/** Lets the rest of the process run in the middle of a long transaction: no other change slips in, and readers see none of it. */
export const breathe = (): Promise<void> => new Promise((resume) => setImmediate(resume))

const fullInsert = <T extends keyof Tables>(db: Db, table: T, rows: readonly Tables[T][]): CompiledQuery => {
  const engine = db.getExecutor().adapter
  const known = insertsByEngine.get(engine) ?? new Map<string, CompiledQuery>()
  insertsByEngine.set(engine, known)
  const shape = `${table}: ${Object.keys(rows[0] ?? {}).join()}`
  const query = known.get(shape) ?? insertOf(db, table, rows)
  known.set(shape, query)
  return query
}

const insertOf = <T extends keyof Tables>(db: Db, table: T, rows: readonly Tables[T][]): CompiledQuery =>
  db
    .insertInto(table)
    .values(rows as never)
    .compile()
