import { stat } from "node:fs/promises"
import type { Questionnaire } from "../assessment/model.ts"
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
    io.out(
      sound
        ? praise(questionnaire)
        : `${formatProblems(problems)}\n${folder ?? "The shipped questionnaire"} has ${counted(problems.length)}.\n`,
    )
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

function counted(problems: number): string {
  return problems === 1 ? "1 problem" : `${problems} problems`
}
