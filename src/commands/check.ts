import { type Command, exitCode, type Given, type Io } from "./command.ts"

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
  const { readQuestionnaire, shippedFolder } = await import("../questionnaire-files.ts")
  const folder = given.operands[0] ?? shippedFolder
  const { questionnaire, problems } = await readQuestionnaire(folder)
  const sound = questionnaire !== undefined && problems.length === 0
  if (given.has("json")) {
    io.out(
      `${JSON.stringify({ format: "headwater-check/1", folder, questions: questionnaire?.questions.length ?? null, problems }, undefined, 2)}\n`,
    )
  } else {
    for (const { file, line, id, message, fix } of problems) {
      io.out(`${file}:${line}: ${id === undefined || message.includes(id) ? "" : `${id}: `}${message} ${fix}\n`)
    }
    io.out(
      sound
        ? `${folder}: ${questionnaire.questions.length} questions, no problems.\n`
        : `${folder}: ${counted(problems.length)}.\n`,
    )
  }
  return sound ? exitCode.ok : exitCode.problems
}

function counted(problems: number): string {
  return problems === 1 ? "1 problem" : `${problems} problems`
}
