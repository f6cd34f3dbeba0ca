/** Form fields as the templates in `views/parts/` show them. Every field is described by one object, made here. */

interface FieldBase {
  /** Id of the input, or of the first input of a group: what the error summary links to. */
  readonly id: string
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
  /** Says "(optional)" after the label. */
  readonly optional?: boolean
}

interface TextField extends FieldBase {
  readonly value: string
  readonly inputmode?: "text" | "numeric" | "decimal" | "email"
  readonly autocomplete?:
    | ("name" | "email" | "organization" | "organization-title" | "tel")
    | ("username" | "current-password" | "new-password" | "one-time-code")
  readonly spellcheck?: false
  readonly type?: "date" | "password"
  readonly width?: "short" | "medium" | "full"
  /** Shown after the input: a unit. */
  readonly suffix?: string
  /** Id of a list to choose from. */
  readonly list?: string
}

export interface AreaField extends FieldBase {
  readonly value: string
  readonly rows?: number
}

export interface Choice {
  readonly value: string
  readonly text: string
  readonly hint?: string
  readonly checked: boolean
}

/** Radios or checkboxes; `or` holds the alternatives after the divider. */
interface ChoiceField extends FieldBase {
  readonly choices: readonly Choice[]
  readonly or?: readonly Choice[]
  readonly inline?: boolean
}

export interface SelectField extends FieldBase {
  readonly choices: readonly Choice[]
}

/** The ids that describe an input, hint before error, as `aria-describedby`; empty when there are none. */
export const describedBy = (field: Pick<TextField | AreaField | ChoiceField | SelectField, "id" | "hint" | "error">): string =>
  [...(field.hint ? [`${field.id}-hint`] : []), ...(field.error ? [`${field.id}-error`] : [])].join(" ")

/** Id of the n-th input of a group: the first has the id of the group. */
export const inputId = (id: string, index: number): string => (index === 0 ? id : `${id}-${index + 1}`)

/** A form value as one text, to be shown again: what was sent several times stands one after the other. */
export const typed = (value: unknown): string =>
  typeof value === "string" ? value : Array.isArray(value) ? value.filter((item) => typeof item === "string").join("; ") : ""
