/** Ids given twice. */
import { atEvery, type Draft, type Placed } from "./draft.ts"
import type { DocumentName, Fault, Path } from "./fault.ts"

/** Ids that two parts of the same kind share: at the second one. */
export function checkDuplicates(draft: Draft): readonly Fault[] {
  const { scoring } = draft
  const nested = draft.questions.flatMap(({ value, path }) => [
    ...("options" in value && value.type === "multi"
      ? twice("questionnaire", "option", atEvery(value.options, [...path, "options"]))
      : []),
    ...(value.type === "number" ? twice("questionnaire", "special answer", atEvery(value.special, [...path, "special"])) : []),
    ...(value.type === "table" ? twiceInColumns(value.columns, path) : []),
  ])
  return [
    ...twice("questionnaire", "role", draft.roles),
    ...twice("questionnaire", "dimension", draft.dimensions),
    ...twice("questionnaire", "question", draft.questions),
    ...nested,
    ...twice("scoring", "axis", atEvery(scoring.axes, ["axes"])),
    ...(scoring.axes ?? []).flatMap((axis, at) => twice("scoring", "part", atEvery(axis.parts, ["axes", at, "parts"]))),
    ...twice("scoring", "quadrant", atEvery(scoring.quadrants, ["quadrants"])),
    ...Object.entries(scoring.needs?.classes ?? {}).flatMap(([axis, classes]) =>
      twice("scoring", "class of need", atEvery(classes, ["needs", "classes", axis])),
    ),
    ...twice("recommendations", "theme", draft.themes),
    ...twice("recommendations", "rule", draft.rules),
    ...twice("recommendations", "initiative", draft.initiatives),
  ]
}

function twiceInColumns(
  columns: readonly { readonly id: string; readonly options?: readonly { readonly id: string }[] }[],
  path: Path,
): readonly Fault[] {
  const options = columns.flatMap((column, at) =>
    twice("questionnaire", "option", atEvery(column.options, [...path, "columns", at, "options"])),
  )
  return [...twice("questionnaire", "column", atEvery(columns, [...path, "columns"])), ...options]
}

function twice(document: DocumentName, what: string, parts: readonly Placed<{ readonly id: string }>[]): readonly Fault[] {
  const seen = new Set<string>()
  return parts.flatMap(({ value, path }) => {
    if (!seen.has(value.id)) {
      seen.add(value.id)
      return []
    }
    return [
      {
        document,
        path: [...path, "id"],
        message: `duplicate id: another ${what} is "${value.id}"`,
        fix: "Give one of them another id",
      },
    ]
  })
}
