import { type Command, exitCode, type Given, type Io } from "./command.ts"
import { inputOptions } from "./input-options.ts"

/** `headwater assess FILE`: the assessment of an engagement file, for people or as JSON. */
export const assess: Command = {
  name: "assess",
  summary: "assess an engagement file",
  operands: "FILE",
  operandCount: [1, 1],
  options: {
    json: { type: "boolean", help: "print the complete result as JSON" },
    ...inputOptions,
  },
  notes: 'FILE is an engagement file, or "-" for standard input.',
  run,
}

async function run(given: Given, io: Io): Promise<number> {
  const { printProblems, readInput } = await import("./input.ts")
  const input = await readInput(assess, given, io)
  if ("problems" in input) {
    const { problems, notices } = input
    if (given.has("json")) io.out(`${JSON.stringify({ format: "headwater-problems/1", problems, notices }, undefined, 2)}\n`)
    printProblems(given.operands[0] ?? "-", input, io)
    return exitCode.problems
  }
  const { assess: assessEngagement } = await import("../assessment/assess.ts")
  const assessment = assessEngagement(input.questionnaire, input.engagement, input.options)
  for (const notice of input.notices) io.err(`${notice}\n`)
  if (given.has("json")) {
    const { writeResultFile } = await import("../assessment/result-file.ts")
    io.out(writeResultFile(input.engagement, assessment))
  } else {
    const { summaryOf } = await import("./summary.ts")
    io.out(summaryOf(input.questionnaire, input.engagement, assessment))
  }
  return exitCode.ok
}
