/** Where in a document something stands: keys and positions, outermost first. */
export type Path = readonly (string | number)[]

export type DocumentName = "questionnaire" | "scoring" | "recommendations"

/** One thing wrong, at its place in one of the three documents: what it is, and what to do. */
export interface Fault {
  readonly document: DocumentName
  readonly path: Path
  readonly message: string
  readonly fix: string
}
