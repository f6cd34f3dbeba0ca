import { z } from "zod"
import { textUpTo } from "../assessment/text.ts"
import { errorOf, type Reading, readFields } from "./fields.ts"
import type { PageProblem } from "./pages.ts"
import type { Fields } from "./visit.ts"
import { typed } from "./forms.ts"

/** A colleague as a respondent names them. */
export interface NamedColleague {
  readonly name: string
  readonly email?: string
  readonly note?: string
}

const colleagueForm = z.object({
  colleague: z.string().optional(),
  name: z.string().pipe(textUpTo(200)).optional(),
  email: z
    .string()
    .pipe(textUpTo(320))
    .refine((text) => /^[^\s@]+@[^\s@]+$/.test(text), {
      error: "Enter an e-mail address, for example anna@example.com, or leave it empty",
    })
    .optional(),
  note: z.string().pipe(textUpTo(2_000)).optional(),
})

/** Reads who was named: one of `known`, picked by id, or somebody else by name. */
export const readColleague = (
  form: Fields,
  known: readonly { readonly id: string; readonly name: string }[],
): Reading<NamedColleague> => {
  const { value, problems } = readFields(colleagueForm, form)
  if (value === undefined) return { problems }
  const picked = known.find(({ id }) => id === value.colleague)
  const { name = "", email, note } = value
  if (picked === undefined && name === "") {
    const message = known.length > 0 ? "Select a colleague, or enter the name of somebody else" : "Enter your colleague's name"
    return { problems: [{ target: known.length > 0 ? "colleague" : "name", message }] }
  }
  return {
    value: {
      name: picked?.name ?? name,
      ...(picked === undefined && email !== undefined && { email }),
      ...(note !== undefined && note !== "" && { note }),
    },
  }
}

/** The fields of the form, as typed. */
export const colleagueFields = (
  form: Fields,
  problems: readonly PageProblem[],
  known: readonly { readonly id: string; readonly name: string }[],
) => {
  const field = (name: string, label: string) => ({
    id: name,
    name,
    label,
    value: typed(form[name]),
    error: errorOf(problems, name),
  })
  const picked = typed(form["colleague"])
  return {
    colleague:
      known.length === 0
        ? undefined
        : {
            id: "colleague",
            name: "colleague",
            label: "Who could answer this section?",
            error: errorOf(problems, "colleague"),
            choices: known.map(({ id, name }) => ({ value: id, text: name, checked: id === picked })),
            or: [{ value: "", text: "Somebody else, named below", checked: picked === "" && typed(form["name"]) !== "" }],
          },
    name: { ...field("name", known.length === 0 ? "Your colleague's name" : "Name of somebody else"), spellcheck: false },
    email: { ...field("email", "Their e-mail"), optional: true, inputmode: "email", spellcheck: false },
    note: {
      ...field("note", "A word to the consultant"),
      hint: "For example what your colleague knows, or why you are not the one to ask",
      optional: true,
      rows: 3,
    },
  }
}
