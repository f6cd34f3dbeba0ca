import type { HandDecision, Statement } from "../../estate/model.ts"
import { classOrder, classText } from "../../report/classes.ts"
import { errorOf, readText } from "../fields.ts"
import { typed } from "../forms.ts"
import type { PageProblem } from "../pages.ts"
import { capital } from "../results.ts"
import { versionOf } from "../versions.ts"
import type { Fields } from "../visit.ts"
import type { LoadedEstate } from "./loaded.ts"
import { isClass, STATES, type StateName } from "./words.ts"

const choosable = classOrder.filter((name) => name !== "unknown")

/** The fields to classify a statement by hand: as typed, else as decided before. */
export const classifyForm = ({ decisions }: LoadedEstate, { id }: Statement, form: Fields, problems: readonly PageProblem[]) => {
  const decision = decisions.get(id)
  const given = Object.keys(form).length > 0 ? form : decidedFields(decision)
  return {
    seen: versionOf(decision),
    classField: {
      id: "class",
      name: "class",
      label: "Class",
      error: errorOf(problems, "class"),
      choices: [
        { value: "", text: "Choose", checked: false },
        ...choosable.map((name) => ({
          value: name,
          text: capital(classText(name)),
          checked: given["class"] === name,
        })),
      ],
    },
    stateField: {
      id: "stateful",
      name: "stateful",
      label: "State",
      error: errorOf(problems, "stateful"),
      choices: Object.entries(STATES).map(([value, text]) => ({ value, text, checked: given["stateful"] === value })),
    },
    reasonField: {
      id: "reason",
      name: "reason",
      label: "Why",
      hint: "It stands beside the class, here and in the report",
      value: typed(given["reason"]),
      rows: 3,
      error: errorOf(problems, "reason"),
    },
  }
}

const stateNames = { true: "stateful", false: "stateless", null: "unknown" } as const

const decidedFields = (decision: HandDecision | undefined): Fields =>
  decision === undefined ? {} : { class: decision.class, stateful: stateNames[`${decision.stateful}`], reason: decision.reason }

const states: Readonly<Record<StateName, boolean | null>> = { stateful: true, stateless: false, unknown: null }

/** What a form decides; without one where there are problems. */
export const readDecision = (form: Fields): { readonly decision?: HandDecision; readonly problems: readonly PageProblem[] } => {
  const problems: PageProblem[] = []
  const chosen = typed(form["class"])
  const state = typed(form["stateful"])
  if (!isClass(chosen) || chosen === "unknown") problems.push({ target: "class", message: "Select the class" })
  if (!Object.hasOwn(states, state)) problems.push({ target: "stateful", message: "Select whether it keeps state" })
  const before = problems.length
  const reason = readText(form, "reason", problems)
  if (reason === "" && problems.length === before) problems.push({ target: "reason", message: "Say why: the report shows it" })
  if (problems.length > 0 || !isClass(chosen)) return { problems }
  return { problems, decision: { class: chosen, stateful: states[state as StateName], reason } }
}
