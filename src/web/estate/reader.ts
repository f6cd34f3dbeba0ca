/** How the web has imports read: elsewhere than on the thread that answers requests. */
import type { JobMapping, JobTable } from "../../estate/jobs/job-table.ts"
import type { Estate } from "../../estate/model.ts"

/** A file of an upload, where it lies. */
export interface SourceFile {
  /** As the sender calls it, with its folders. */
  readonly name: string
  readonly path: string
}

export type EstateSource =
  | { readonly kind: "dbt"; readonly manifest: SourceFile; readonly catalog?: SourceFile; readonly runResults?: SourceFile }
  | { readonly kind: "sql"; readonly name: string; readonly dialect?: string; readonly files: readonly SourceFile[] }
  | JobSource

export interface JobSource {
  readonly kind: "jobs"
  readonly name: string
  readonly text: string
  readonly mapping?: JobMapping
  /** Leaves out the rows that have problems. */
  readonly leaveOut?: boolean
}

/** The estate, or everything that keeps the import from being one. */
export interface EstateReading {
  readonly estate?: Estate
  readonly problems: readonly { readonly path: string; readonly message: string }[]
  /** Of a list of jobs: its columns, and how many of its rows have problems. */
  readonly table?: JobTable
  readonly badRows?: number
}

export interface EstateReader {
  /** Says what is wrong with the files in the reading; rejects only when it cannot read at all, as when too many wait. */
  read(source: EstateSource): Promise<EstateReading>
}
