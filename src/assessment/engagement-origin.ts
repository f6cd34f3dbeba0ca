/** Whether a document is an engagement file for this program and this questionnaire. */
import { engagementFormat } from "./engagement-schema.ts"
import type { FileProblem } from "./json-text.ts"
import type { Questionnaire } from "./model.ts"
import { shortened } from "./shape-problems.ts"

type Part = Readonly<Record<string, unknown>>

/** Problems of a document that is no engagement file this program reads; `undefined` when it is one. */
export function otherFormat(data: unknown): readonly FileProblem[] | undefined {
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    return [{ path: "$", message: "Give an object, { … }: an engagement file is one JSON object" }]
  }
  const format: unknown = (data as Part)["format"]
  if (format === undefined || format === engagementFormat || typeof format !== "string") return undefined
  const version = Number(/^headwater-engagement\/(\d{1,6})$/.exec(format)?.[1] ?? 0)
  if (version > 1) {
    const message = `Update Headwater: the file was made by a newer one ("${format}"), and this one reads "${engagementFormat}"`
    return [{ path: "$.format", message }]
  }
  if (!/^headwater-result\/\d+$/.test(format)) return undefined
  return [{ path: "$.format", message: `Give the engagement file itself: this is a result computed from one ("${format}")` }]
}

/** Whether the file names this questionnaire; `undefined` when it names none. */
export function isFor(data: unknown, questionnaire: Questionnaire): boolean | undefined {
  const id = named(data).id
  return typeof id === "string" ? id === questionnaire.id : undefined
}

/** The problem of a file for another questionnaire. */
export function otherQuestionnaire(data: unknown, questionnaire: Questionnaire): FileProblem {
  const message = `Use the questionnaire "${shortened(String(named(data).id))}": the file is for it, and this is "${questionnaire.id}"`
  return { path: "$.questionnaire.id", message }
}

/** What to know when the questionnaire is not the very one that the file was made with. */
export function versionNotices(data: unknown, questionnaire: Questionnaire, faulty: boolean): readonly string[] {
  const { version, hash } = named(data)
  if (typeof version !== "string") return []
  if (version !== questionnaire.version) {
    const versions = `The file was made with version ${version} of the questionnaire; this is version ${questionnaire.version}`
    return [faulty ? `${versions}, which may be why something does not fit.` : `${versions}. Every answer still fits.`]
  }
  if (hash === undefined || hash === questionnaire.hash) return []
  return [`The questionnaire has the same version ${version} as when the file was made, but another content.`]
}

function named(data: unknown): { readonly id?: unknown; readonly version?: unknown; readonly hash?: unknown } {
  const questionnaire = (data as Part)["questionnaire"]
  return typeof questionnaire === "object" && questionnaire !== null ? questionnaire : {}
}
