import { wrong } from "./arguments.ts"
import { type Command, exitCode, type Given, type Io } from "./command.ts"
import { inputOptions } from "./input-options.ts"

/** `headwater report FILE -o plan.pdf`: the migration plan as a PDF. */
export const report: Command = {
  name: "report",
  summary: "write the migration plan of an engagement file as a PDF",
  operands: "FILE",
  operandCount: [1, 1],
  options: {
    output: { type: "string", short: "o", value: "PLAN.pdf", help: 'file to write; "-" writes to standard output' },
    estate: {
      type: "string",
      value: "[DOMAIN=]PATH",
      help: "what runs today, as headwater estate reads it, with its products and their plan; may be given more than once",
    },
    letter: { type: "boolean", help: "US Letter instead of A4" },
    ...inputOptions,
  },
  notes: 'FILE is an engagement file, or "-" for standard input.',
  run,
}

async function run(given: Given, io: Io): Promise<number> {
  const output = given.text("output")
  if (output === undefined) throw wrong(report, "Name the file to write: -o plan.pdf.")
  const { checkTarget, replaceFile } = await import("./output.ts")
  const source = given.operands[0] ?? "-"
  if (output !== "-") await checkTarget(output, source)
  const { printProblems, readInput } = await import("./input.ts")
  const input = await readInput(report, given, io)
  if ("problems" in input) {
    printProblems(source, input, io)
    return exitCode.problems
  }
  for (const notice of input.notices) io.err(`${notice}\n`)
  const { readEstates } = await import("./report-estate.ts")
  const estates = await readEstates(given, input.engagement, io)
  if ("problems" in estates) {
    for (const { path, message } of estates.problems) io.err(`${path}: ${message}\n`)
    io.err("The estate cannot be read. Nothing was computed.\n")
    return exitCode.problems
  }
  for (const notice of estates.notices) io.err(`${notice}\n`)
  const { assess } = await import("../assessment/assess.ts")
  const { plannedEstate } = await import("../report/planned-estate.ts")
  const { writeReport } = await import("../report/report.ts")
  const { renderPdf } = await import("../report/pdf/render.ts")
  const { questionnaire, engagement, date } = input
  const assessment = assess(questionnaire, engagement, input.options)
  const estate = plannedEstate(questionnaire, engagement, assessment, estates.parts)
  const pdf = renderPdf(writeReport({ questionnaire, engagement, assessment, date, ...(estate && { estate }) }), {
    format: given.has("letter") ? "Letter" : "A4",
  })
  if (output === "-") io.out(pdf)
  else await replaceFile(output, pdf)
  return exitCode.ok
}
