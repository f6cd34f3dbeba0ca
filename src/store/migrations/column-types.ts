/** How an engine writes the few things that are not the same on both. */
export interface ColumnTypes {
  /** Compared bytewise. */
  readonly text: string
  readonly integer: string
  /** What follows a table's last bracket, so that values of another type are refused. */
  readonly strict: string
  /** Statements after which rows of the table, whose key is `number`, can be added and never changed or removed. */
  readonly appendOnly: (table: string) => readonly string[]
}

export const columnTypes: Readonly<Record<"sqlite" | "postgres", ColumnTypes>> = {
  sqlite: {
    text: "TEXT",
    integer: "INTEGER",
    strict: "STRICT, WITHOUT ROWID",
    appendOnly: (table) => [
      ...["UPDATE", "DELETE"].map(
        (verb) =>
          `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`,
      ),
      // REPLACE takes the earlier row away without asking the trigger of DELETE.
      `CREATE TRIGGER ${table}_no_replace BEFORE INSERT ON ${table} WHEN EXISTS (SELECT 1 FROM ${table} WHERE number = NEW.number)
        BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`,
    ],
  },
  postgres: {
    text: 'TEXT COLLATE "C"',
    integer: "BIGINT",
    strict: "",
    appendOnly: (table) => [
      `CREATE FUNCTION ${table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '${table} is append-only'; END $$`,
      `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table} EXECUTE FUNCTION ${table}_append_only()`,
    ],
  },
}

/** A column of a key: text that is there, and not too long for an index. */
export const keyOf =
  ({ text }: ColumnTypes) =>
  (name: string): string =>
    `${name} ${text} NOT NULL CHECK (length(${name}) BETWEEN 1 AND 200)`
