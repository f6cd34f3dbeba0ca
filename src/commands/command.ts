/** What a command of the command line is, and how it ends. */

/** How the program ends; the README has the same list. */
export const exitCode = {
  ok: 0,
  /** Something unexpected broke. */
  failure: 1,
  /** Unknown command or option, missing argument, wrong setting. */
  usage: 2,
  /** A file has problems, all of which are listed. */
  problems: 3,
  /** A file cannot be found, read or written. */
  file: 4,
  /** The server cannot start: port, data folder or database. */
  start: 5,
} as const

export interface Option {
  readonly type: "string" | "boolean"
  readonly short?: string
  /** What its value is called in the help. */
  readonly value?: string
  readonly help: string
}

/** What was given on the command line, already checked against the command's options. */
export interface Given {
  readonly operands: readonly string[]
  /** The last value where an option was given more than once. */
  text(option: string): string | undefined
  /** Every value of an option, in order. */
  all(option: string): readonly string[]
  has(option: string): boolean
}

/** The world outside, so that commands can be run without a process. */
export interface Io {
  out(text: string | Uint8Array): void
  err(text: string): void
  /** All of standard input. */
  input(): Promise<Uint8Array>
  /** ISO date. */
  today(): string
}

export interface Command {
  readonly name: string
  readonly summary: string
  /** Operands as the usage line shows them: "FILE". */
  readonly operands: string
  readonly operandCount: readonly [least: number, most: number]
  readonly options: Readonly<Record<string, Option>>
  readonly notes?: string
  /** Gives the exit code; a `Refusal` ends it with a message. */
  run(given: Given, io: Io): Promise<number>
}

/** Ends a command with a message that says what to do. */
export class Refusal extends Error {
  readonly code: number

  constructor(code: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** A message as a sentence: with a full stop, unless it ends with a question already. */
export function sentence(message: string): string {
  return message.endsWith("?") ? message : `${message}.`
}
