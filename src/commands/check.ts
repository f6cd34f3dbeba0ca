import { stat } from "node:fs/promises"
import type { Questionnaire } from "../assessment/model.ts"
import type { Problem } from "../assessment/questionnaire.ts"
import { type Command, exitCode, type Given, type Io, Refusal } from "./command.ts"

/** `headwater check FOLDER`: everything that is wrong with a questionnaire. */
export const check: Command = {
  name: "check",
  summary: "check a questionnaire and list everything that is wrong with it",
  operands: "[FOLDER]",
  operandCount: [0, 1],
  options: { json: { type: "boolean", help: "print the problems as JSON" } },
  notes: "FOLDER holds questionnaire.yaml, scoring.yaml and recommendations.yaml; the shipped questionnaire when absent.",
  run,
}

async function run(given: Given, io: Io): Promise<number> {
  const { formatProblems, readQuestionnaire, shippedFolder } = await import("../questionnaire-files.ts")
  const [folder] = given.operands
  if (folder !== undefined && !(await isFolder(folder))) {
    throw new Refusal(exitCode.file, `There is no folder ${folder}. Name the folder that holds questionnaire.yaml.`)
  }
  const { questionnaire, problems } = await readQuestionnaire(folder ?? shippedFolder)
  const sound = questionnaire !== undefined && problems.length === 0
  if (given.has("json")) {
    const { id = null, version = null } = questionnaire ?? {}
    io.out(`${JSON.stringify({ format: "headwater-check/1", questionnaire: { id, version }, problems }, undefined, 2)}\n`)
  } else {
    const where = folder ?? "The shipped questionnaire"
    io.out(sound ? praise(questionnaire) : `${formatProblems(problems)}\n${where} has ${counted(problems)}.\n`)
  }
  return sound ? exitCode.ok : exitCode.problems
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

function praise({ id, version, questions, rules, initiatives }: Questionnaire): string {
  return `${id} ${version}: ${questions.length} questions, ${rules.length} rules, ${initiatives.length} initiatives, no problems.\n`
}

/** "3 problems: 2 in scoring.yaml, 1 in recommendations.yaml". */
function counted(problems: readonly Problem[]): string {
  const byFile = [...Map.groupBy(problems, ({ file }) => file)].map(([file, { length }]) => `${length} in ${file}`)
  return `${problems.length === 1 ? "1 problem" : `${problems.length} problems`}: ${byFile.join(", ")}`
}
