import { parseArgs } from "node:util"
import { didYouMean } from "../assessment/nearest.ts"
import { type Command, exitCode, type Given, Refusal, sentence } from "./command.ts"

/** Reads what follows a command's name. Throws a `Refusal` for unknown options, missing values and a wrong number of operands. */
export function readArguments(command: Command, argv: readonly string[]): Given {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type, short }]) => [name, { type, ...(short !== undefined && { short }) }]),
  )
  const { tokens, positionals } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true })
  const texts = new Map<string, string[]>()
  const flags = new Set<string>()
  for (const token of tokens) {
    if (token.kind !== "option") continue
    const option = Object.hasOwn(command.options, token.name) ? command.options[token.name] : undefined
    if (option === undefined)
      throw wrong(command, sentence(`There is no option ${token.rawName}${meant(token.rawName, command)}`))
    if (option.type === "boolean" && token.value !== undefined) throw wrong(command, `${token.rawName} takes no value.`)
    if (option.type === "boolean") flags.add(token.name)
    // An option after an option is a forgotten value, not the value.
    else if (token.value === undefined || (token.value.startsWith("-") && token.value !== "-" && !token.inlineValue)) {
      throw wrong(command, `${token.rawName} needs a value: ${token.rawName} ${option.value ?? "TEXT"}.`)
    } else texts.set(token.name, [...(texts.get(token.name) ?? []), token.value])
  }
  checkOperands(command, positionals)
  return {
    operands: positionals,
    text: (name) => texts.get(name)?.at(-1),
    all: (name) => texts.get(name) ?? [],
    has: (name) => flags.has(name),
  }
}

/** A refusal that ends with where to find help. */
export function wrong(command: Command, message: string): Refusal {
  return new Refusal(exitCode.usage, `${message} See headwater ${command.name} --help.`)
}

function checkOperands(command: Command, operands: readonly string[]): void {
  const [least, most] = command.operandCount
  if (operands.length < least) throw wrong(command, `Name the file: headwater ${command.name} ${command.operands}.`)
  if (operands.length > most) throw wrong(command, `"${operands[most] ?? ""}" is one argument too many.`)
}

function meant(rawName: string, command: Command): string {
  return didYouMean(rawName.replace(/^-+/, ""), Object.keys(command.options)).replace(/"([^"]*)"/, "--$1")
}
