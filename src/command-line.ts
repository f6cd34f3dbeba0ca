/** The command line: finds the command, reads its arguments, and turns what happens into an exit code. */
import { didYouMean } from "./assessment/nearest.ts"
import { readArguments } from "./commands/arguments.ts"
import { assess } from "./commands/assess.ts"
import { audit } from "./commands/audit.ts"
import { backup } from "./commands/backup.ts"
import { check } from "./commands/check.ts"
import { type Command, exitCode, type Io, type Option, Refusal, sentence } from "./commands/command.ts"
import { estate } from "./commands/estate.ts"
import { report } from "./commands/report.ts"
import { restore } from "./commands/restore.ts"
import { serve } from "./commands/serve.ts"
import { user } from "./commands/user.ts"

const commands: readonly Command[] = [serve, assess, estate, report, check, user, audit, backup, restore]

/** Runs one command; gives the exit code. Never throws. */
export async function runCommandLine(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = argv
  try {
    if (name === undefined || name === "--help" || name === "-h" || name === "help") return showHelp(name, rest[0], io)
    const command = commands.find((each) => each.name === name)
    if (command === undefined) throw unknown(name)
    if (asksForHelp(rest)) io.out(helpOf(command))
    else return await command.run(readArguments(command, rest), io)
    return exitCode.ok
  } catch (error) {
    if (error instanceof Refusal) {
      io.err(`${error.message}\n`)
      return error.code
    }
    io.err(`This is a fault in Headwater, not in what you gave it. Report it with these lines:\n${detail(error)}\n`)
    return exitCode.failure
  }
}

function showHelp(name: string | undefined, about: string | undefined, io: Io): number {
  const command = commands.find((each) => each.name === about)
  if (name === "help" && about !== undefined && command === undefined) throw unknown(about)
  if (name === undefined) io.err(overview())
  else io.out(command === undefined ? overview() : helpOf(command))
  return name === undefined ? exitCode.usage : exitCode.ok
}

function unknown(name: string): Refusal {
  const meant = didYouMean(
    name,
    commands.map((command) => command.name),
  )
  return new Refusal(exitCode.usage, `${sentence(`There is no command "${name}"${meant}`)} See headwater --help.`)
}

/** `--help` anywhere before a bare `--`. */
function asksForHelp(rest: readonly string[]): boolean {
  const end = rest.indexOf("--")
  return (end === -1 ? rest : rest.slice(0, end)).some((argument) => argument === "--help" || argument === "-h")
}

function overview(): string {
  const width = Math.max(...commands.map((command) => command.name.length))
  return [
    "Headwater: from answers about data integration to a migration plan.",
    "",
    "Usage: headwater COMMAND [ARGUMENTS]",
    "",
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    "",
    "headwater COMMAND --help tells more about a command.",
    "",
    "Exit codes: 0 done, 1 unexpected failure, 2 wrong usage, 3 the file has problems (all are listed),",
    "4 a file cannot be found, read or written, 5 the server cannot start.",
    "",
  ].join("\n")
}

function helpOf(command: Command): string {
  const all: Readonly<Record<string, Option>> = { ...command.options, help: { type: "boolean", short: "h", help: "show this" } }
  const shown = Object.entries(all).map(([name, option]) => {
    const value = option.value === undefined ? "" : ` ${option.value}`
    return [`${option.short === undefined ? "    " : `-${option.short}, `}--${name}${value}`, option.help] as const
  })
  const width = Math.max(...shown.map(([left]) => left.length))
  return [
    `Usage: headwater ${command.name} ${command.operands}`.trimEnd() + " [OPTIONS]",
    "",
    `${command.summary[0]?.toUpperCase()}${command.summary.slice(1)}.`,
    "",
    ...shown.map(([left, help]) => `  ${left.padEnd(width)}  ${help}`),
    ...(command.notes === undefined ? [] : ["", command.notes]),
    "",
  ].join("\n")
}

function detail(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
