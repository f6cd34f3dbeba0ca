import type { Option } from "./command.ts"

/** Options of every command that reads an engagement file. */
export const inputOptions: Readonly<Record<string, Option>> = {
  questionnaire: { type: "string", value: "FOLDER", help: "use the questionnaire of this folder instead of the shipped one" },
  seed: { type: "string", value: "NUMBER", help: "seed of the simulation; the same seed gives the same result" },
  draws: { type: "string", value: "NUMBER", help: "how often the simulation draws (1 to 100000)" },
  date: { type: "string", value: "YYYY-MM-DD", help: "day of the report, and of a plan that names no start; today when absent" },
}
