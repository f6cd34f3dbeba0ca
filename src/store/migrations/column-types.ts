/** How an engine writes the few column types there are. */
export interface ColumnTypes {
  /** Compared bytewise. */
  readonly text: string
  readonly integer: string
  /** What follows a table's last bracket, so that values of another type are refused. */
  readonly strict: string
}

export const columnTypes: Readonly<Record<"sqlite" | "postgres", ColumnTypes>> = {
  sqlite: { text: "TEXT", integer: "INTEGER", strict: "STRICT, WITHOUT ROWID" },
  postgres: { text: 'TEXT COLLATE "C"', integer: "BIGINT", strict: "" },
}
