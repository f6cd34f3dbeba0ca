/**
 * The nouns of the estate: what runs today (statements, sources, consumers), what was found in each text, and what is planned from it.
 * Plain data, so that it can be stored, sent to a worker and printed as JSON. Everything that computes imports these types.
 */
import type { EffortRange } from "../assessment/result.ts"
import type { ConstructId } from "./construct-table.ts"

/**
 * What a node is called everywhere: dbt's `unique_id`; `<file>#<n>` for the n-th statement of a SQL file; `job.<name>` for a
 * listed job; `table.<name>` (folded to lower case) for a table that nothing in the estate writes.
 */
export type NodeId = string

// ---------------------------------------------------------------- what runs

export interface Estate {
  readonly format: "headwater-estate/1"
  readonly origin: Origin
  /** Everything that has to move: one per model, snapshot, SQL statement or job, in the order of the import. */
  readonly statements: readonly Statement[]
  /** Data that nothing in the estate computes: declared sources, seeds, and whatever is read without being declared. */
  readonly sources: readonly Source[]
  readonly consumers: readonly Consumer[]
  /** What was passed over or looked odd, with its place; never a reason to refuse the import. */
  readonly notices: readonly Notice[]
}

export type OriginKind = "dbt-manifest" | "sql-files" | "job-list"

export interface Origin {
  readonly kind: OriginKind
  /** What was read, for people: the project's name, the folder or the list. */
  readonly name: string
  /** dbt: "v12"; absent for the others. */
  readonly schemaVersion?: string
  /** dbt: the adapter; SQL files: as given. */
  readonly dialect?: string
  /** When the manifest was made, as it says. */
  readonly generatedAt?: string
  /** What was seen and not taken: "test" → 120, "disabled" → 3, "table definition" → 8. */
  readonly passedOver: Readonly<Record<string, number>>
}

export interface Notice {
  /** File, `unique_id` or row that it is about. */
  readonly place: string
  /** Line in the file, from 1. */
  readonly line?: number
  readonly message: string
}

/** Which text the class came from. `none`: there was no text, or a macro writes it. */
export type TextSource = "compiled" | "raw" | "none"

export interface Statement {
  readonly id: NodeId
  /** As people call it: the model, the table written or the job. */
  readonly name: string
  readonly kind: "model" | "snapshot" | "statement" | "job"
  /** With forward slashes, relative to what was imported. */
  readonly file?: string
  /** First line of the text in its file, from 1. */
  readonly line?: number
  /** dbt: table, view, incremental, ephemeral, …. */
  readonly materialized?: string
  /** Relations written, as the text or the manifest names them, without quotes. */
  readonly writes: readonly string[]
  /** Relations found in the text, CTE names left out; for dbt only to flag differences from `dependsOn`. */
  readonly reads: readonly string[]
  /** Lineage: from the manifest's `depends_on`, else by name. Every id is a statement or a source of the estate. */
  readonly dependsOn: readonly NodeId[]
  readonly text?: string
  readonly textSource: TextSource
  readonly verdict: Verdict
  /** Where the SQL and the manifest's lineage disagree. */
  readonly differences: readonly Difference[]
  readonly description?: string
  readonly owner?: string
  readonly tags?: readonly string[]
  /** Columns that identify a row of what is written, where declared. */
  readonly key?: readonly string[]
  readonly measured?: Measured
  /** A class set by hand; it stands before the verdict and is kept when the estate is imported again. */
  readonly decision?: HandDecision
}

/** Figures from catalog, run results or a job list. */
export interface Measured {
  readonly rows?: number
  readonly runMinutes?: number
  readonly everyMinutes?: number
}

export interface Source {
  readonly id: NodeId
  /** Relation or name, as written. */
  readonly name: string
  /** `outside`: read or depended on, and nowhere declared. */
  readonly kind: "source" | "seed" | "outside"
  readonly owner?: string
  readonly description?: string
  /** The system it comes from, where the import tells: dbt's source name, or the schema. */
  readonly system?: string
  readonly rows?: number
}

/** Who reads: dbt exposures and the readers of a job list. */
export interface Consumer {
  readonly id: NodeId
  readonly name: string
  /** dbt's exposure type, or "reader". */
  readonly kind: string
  readonly owner?: string
  readonly description?: string
  readonly reads: readonly NodeId[]
}

export interface Difference {
  /** `hard-coded`: a table in the SQL that the lineage does not have. `not-in-text`: an edge that the SQL does not show. */
  readonly kind: "hard-coded" | "not-in-text"
  readonly relation: string
}

export interface HandDecision {
  readonly class: StatementClass
  readonly stateful: boolean | null
  readonly reason: string
  /** ISO 8601, UTC. */
  readonly time?: string
}

// ---------------------------------------------------------------- what was found in a text

/** P1 port, P2 adapt, P3 redesign bounded, P4 redesign stateful, P5 rebuild or keep in batch (E.2). */
export type StatementClass = "P1" | "P2" | "P3" | "P4" | "P5" | "code" | "unknown"

export type Factor = 1 | 2 | 3 | 4 | 5

/** What a sink has to take: rows that are only added, or rows that change. `as input`: whatever comes in. */
export type OutputKind = "as input" | "append" | "changelog" | "not repeatable" | "none"

export interface FoundConstruct {
  readonly construct: ConstructId
  /** Range of the text, in UTF-16 units, that shows it. */
  readonly start: number
  readonly end: number
  /** Line in the text, from 1. */
  readonly line: number
  /** Why it was taken for this: "LEFT JOIN customers c ON c.id = o.customer_id". */
  readonly reason: string
  /** Counted as keeping state, as its row of the construct table says. */
  readonly stateful: boolean
  readonly factor: Factor
}

/** One statement's class with everything that led to it. */
export interface Verdict {
  readonly class: StatementClass
  /** `null` where nobody knows: no text, code, or a text that cannot be read. */
  readonly stateful: boolean | null
  /** Highest factor found; absent for `code` and `unknown`. */
  readonly factor?: Factor
  /** Stateful constructs besides the one that sets the class (E.3). */
  readonly furtherStateful: number
  readonly output: OutputKind
  readonly constructs: readonly FoundConstruct[]
  /** `parser`: the whole structure was understood; `scanner`: only words in order; `none`: nothing to read. */
  readonly readBy: "parser" | "scanner" | "none"
  /** For `code` and `unknown`: why, and what would help. */
  readonly because?: string
}

// ---------------------------------------------------------------- what is planned from it

/** Number of statements in each class. */
export type ClassMix = Readonly<Record<StatementClass, number>>

/** A consumer as the product sheet names it: from the estate, or a row of CON-01. */
export interface ProductConsumer {
  readonly name: string
  readonly from: "exposure" | "reader" | "CON-01"
  readonly critical: boolean
  /** Minutes; from CON-01. */
  readonly requiredAge?: number
  readonly actualAge?: number
  /** Percent; from CON-01. */
  readonly completeness?: number
  readonly decision?: string
}

/** One or more sinks with the cone that feeds them (E.4). */
export interface Product {
  readonly id: string
  readonly name: string
  readonly domain: string
  /** Bounded context: as listed in DOM-05, else the domain. */
  readonly context: string
  /** It draws on at least three source systems: an aggregate product of its consumers' context. */
  readonly aggregate: boolean
  readonly owner?: string
  readonly sinks: readonly NodeId[]
  /** Everything upstream, sinks included: statements only. */
  readonly cone: readonly NodeId[]
  /** Statements of the cone that no other product uses. */
  readonly own: readonly NodeId[]
  /** Statements of the cone that other products use too. */
  readonly shared: readonly NodeId[]
  readonly sources: readonly NodeId[]
  readonly consumers: readonly ProductConsumer[]
  readonly mix: ClassMix
  /** Effort of the whole cone, and what is added to what earlier waves deliver. Person-days. */
  readonly effort: EffortRange
  readonly marginal: EffortRange
  /** What the contract has to promise, in words and figures: freshness, completeness, output kind, key. */
  readonly contract: {
    readonly freshnessMinutes?: number
    readonly completeness?: number
    readonly output: OutputKind
    readonly key?: readonly string[]
  }
  /** What its statements need that plain porting does not give: "2 anti joins: NOT EXISTS with an updatable sink". */
  readonly translations: readonly string[]
  readonly fate: "migrate" | "keep in batch" | "retire"
  readonly because: string
}

export interface Bridge {
  readonly from: NodeId
  readonly to: NodeId
  readonly product: string
  readonly reason: string
}

/** A product's place in the plan. */
export interface PlannedProduct {
  readonly product: string
  readonly priority: number
  readonly rank: number
  /** Best and worst rank when each input is shaken by a step (E.5). */
  readonly ranks: { readonly low: number; readonly high: number }
  readonly wave: number | "later"
  readonly effort: EffortRange
  readonly reasons: readonly string[]
  /** In the order in which they are built: sources → sinks, stateless before stateful among equals. */
  readonly statements: readonly NodeId[]
  readonly newSources: readonly NodeId[]
  readonly needs: readonly string[]
  readonly bridges: readonly Bridge[]
}

export interface ProductWave {
  readonly number: number
  readonly name: string
  readonly start: string
  readonly finish: string
  /** Person-days for products. */
  readonly capacity: number
  readonly effort: EffortRange
  readonly products: readonly string[]
  /** Initiatives of the assessment's plan that have to be there first. */
  readonly enabling: readonly { readonly id: string; readonly wave: number }[]
}

/** A strongly connected part, and where to cut it. */
export interface Cycle {
  readonly nodes: readonly NodeId[]
  /** The edge that most likely writes results back (reverse ETL). */
  readonly cut: { readonly from: NodeId; readonly to: NodeId; readonly because: string }
}

export interface EstatePlan {
  readonly products: readonly Product[]
  readonly planned: readonly PlannedProduct[]
  readonly waves: readonly ProductWave[]
  readonly cycles: readonly Cycle[]
  /** Tables that several products read, and whether somebody owns them. */
  readonly shared: readonly {
    readonly id: NodeId
    /** The first 50; `advice` says how many there are. */
    readonly products: readonly string[]
    readonly owner?: string
    readonly advice: string
  }[]
  /** Sources that at least two products read: source-aligned products. */
  readonly sourceProducts: readonly {
    readonly id: NodeId
    readonly name: string
    readonly domain: string
    readonly system?: string
    readonly owner?: string
    readonly products: readonly string[]
    readonly advice: string
  }[]
  readonly keepInBatch: readonly { readonly product: string; readonly reason: string }[]
  readonly retire: readonly { readonly id: NodeId; readonly reason: string }[]
  readonly mix: ClassMix
  /** Of all statements, whatever becomes of them. Person-days. */
  readonly effort: EffortRange
  readonly notices: readonly string[]
}
