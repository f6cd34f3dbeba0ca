/**
 * The nouns of the core: what an author writes (questionnaire) and what people say (engagement).
 * Everything that computes imports these types; they import nothing.
 */

// ---------------------------------------------------------------- questionnaire: ask

/** A behavioural level, 4 always being the favourable end, on every axis. */
export type Anchor = 0 | 1 | 2 | 3 | 4

/** Id of an axis of the scoring file: `TTI`, `DI`, `RDY`, `EASE`. */
export type AxisId = string
export type RoleId = string
export type QuestionId = string
export type DomainId = string
export type RespondentId = string

export interface Dimension {
  readonly id: string
  readonly name: string
  /** One sentence for the head of the section page. */
  readonly intro?: string
}

export interface Role {
  readonly id: RoleId
  readonly name: string
  /** Which side of a perception gap the role stands on (C.5). */
  readonly side: "executive" | "practitioner" | "neither"
}

interface QuestionCommon {
  readonly id: QuestionId
  readonly dimension: string
  /** The question as asked. */
  readonly text: string
  /** A few words for tables and charts. */
  readonly short: string
  readonly hint?: string
  readonly why: string
  /** The artefact that would prove the answer. */
  readonly evidence?: string
  readonly note?: string
  readonly core: boolean
  readonly primary: readonly RoleId[]
  readonly secondary: readonly RoleId[]
  readonly seed: readonly string[]
  /** The question is skipped when this holds; it may look at earlier questions only. */
  readonly skip?: { readonly when: Condition; readonly because: string }
  /** Minutes a workshop needs to settle it. */
  readonly minutes: number
}

export interface SingleQuestion extends QuestionCommon {
  readonly type: "single"
  readonly options: readonly { readonly anchor: Anchor; readonly text: string }[]
}

export interface MultiQuestion extends QuestionCommon {
  readonly type: "multi"
  readonly options: readonly { readonly id: string; readonly text: string }[]
  /** Label of "none of these" (an answered, empty list). */
  readonly none: string
  /** Count of ticks → anchor; absent when the question is not scored. Best match first. */
  readonly bands?: readonly CountBand[]
}

/** Matches when at least `from` and at most `to` options are ticked, `including` among them. */
export interface CountBand {
  readonly anchor: Anchor
  readonly from: number
  readonly to?: number
  readonly including?: readonly string[]
  readonly text: string
}

export interface NumberQuestion extends QuestionCommon {
  readonly type: "number"
  readonly unit: string
  readonly min: number
  readonly max: number
  readonly whole: boolean
  readonly bands: readonly Band[]
  /** A second figure kept beside the first and never scored (LEA-04's streaming figure). */
  readonly companion?: { readonly id: string; readonly label: string }
  /** Answers in words where no number exists ("incidents are not recorded"). The value is the id. */
  readonly special?: readonly { readonly id: string; readonly text: string; readonly anchor: Anchor }[]
}

/** A range of numbers: `from`/`to` include their limit, `above`/`below` do not. */
export interface Band {
  readonly anchor: Anchor
  readonly from?: number
  readonly above?: number
  readonly to?: number
  readonly below?: number
  readonly text: string
}

export interface TextQuestion extends QuestionCommon {
  readonly type: "text"
}

export interface TableQuestion extends QuestionCommon {
  readonly type: "table"
  /** What one row is, singular: "source system". */
  readonly item: string
  readonly columns: readonly Column[]
  /** Rows → anchor; absent when the question is not scored. */
  readonly score?: TableScore
  /** What an inventory that says "there are none" means: the question falls away, or it counts as missing. */
  readonly whenEmpty: "skip" | "missing"
}

export interface Column {
  readonly id: string
  readonly label: string
  readonly type: "text" | "number" | "percent" | "duration" | "yes-no" | "choice" | "choices" | "date"
  readonly required: boolean
  readonly hint?: string
  /** For `choice` and `choices`. */
  readonly options?: readonly { readonly id: string; readonly text: string }[]
  /** Filled in from other duration or number columns when the cell is empty. */
  readonly sumOf?: readonly string[]
  /** Names of rows of another inventory (`CON-01`), separated by semicolons. */
  readonly refersTo?: QuestionId
}

/** Share of rows (among `among`, all rows when absent) that satisfy every predicate → anchor by `bands` in percent. */
export interface TableScore {
  readonly among?: readonly RowPredicate[]
  readonly share: readonly RowPredicate[]
  readonly bands: readonly Band[]
}

/**
 * One test on a row. Exactly one of the comparisons is given. A blank cell fails every test but `blank`:
 * what is not known never helps.
 */
export interface RowPredicate {
  readonly column: string
  readonly is?: readonly string[]
  readonly includes?: readonly string[]
  readonly onlyFrom?: readonly string[]
  readonly filled?: true
  readonly blank?: true
  readonly atLeast?: number
  readonly atMost?: number
  readonly above?: number
  readonly below?: number
  readonly atMostColumn?: string
  readonly aboveColumn?: string
}

export type Question = SingleQuestion | MultiQuestion | NumberQuestion | TextQuestion | TableQuestion
export type QuestionType = Question["type"]

// ---------------------------------------------------------------- questionnaire: judge

/**
 * The closed vocabulary of conditions, with three outcomes: true, false, cannot be judged (Kleene).
 * `question` looks at the consensus anchor; `rows` at an inventory; the last two at the whole engagement.
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly question: QuestionId; readonly atMost?: number; readonly atLeast?: number; readonly is?: readonly number[] }
  | { readonly question: QuestionId; readonly includes: readonly string[] }
  | { readonly index: AxisId; readonly atLeast?: number; readonly below?: number }
  | { readonly rows: QuestionId; readonly where?: readonly RowPredicate[]; readonly atLeast: number }
  | { readonly rows: QuestionId; readonly where?: readonly RowPredicate[]; readonly every: readonly RowPredicate[] }
  | { readonly perceptionGap: { readonly atLeast: number; readonly sharedQuestions: number } }
  | { readonly domainsApart: true }

export interface Axis {
  readonly id: AxisId
  /** "Speed of insight". */
  readonly name: string
  readonly subtitle?: string
  readonly meaning: string
  /** Sub-scores; questions of a part are a subset of the axis' weighted questions. */
  readonly parts: readonly { readonly id: string; readonly name: string; readonly questions: readonly QuestionId[] }[]
}

/** Caps an axis at `cap` when any of `zero` has consensus 0, or when `lowCount` of `low` are at `lowAt` or lower (C.3). */
export interface Gate {
  readonly axis: AxisId
  readonly cap: number
  readonly zero: readonly QuestionId[]
  readonly low?: { readonly questions: readonly QuestionId[]; readonly atMost: number; readonly count: number }
}

export interface Quadrant {
  readonly id: string
  readonly name: string
  /** Position relative to the limit on the two placing axes. */
  readonly vertical: "high" | "low"
  readonly horizontal: "high" | "low"
  readonly pros: readonly string[]
  readonly cons: readonly string[]
}

/** A class of need with its target value on an axis (C.8), strictest last. */
export interface NeedClass {
  readonly id: string
  readonly name: string
  readonly target: number
  /** Applies when a critical row satisfies every predicate. */
  readonly when: readonly RowPredicate[]
}

export interface Scoring {
  readonly roleWeights: { readonly primary: number; readonly secondary: number; readonly other: number }
  readonly axes: readonly Axis[]
  readonly weights: Readonly<Record<QuestionId, Readonly<Record<AxisId, number>>>>
  readonly gates: readonly Gate[]
  /** The two axes of the matrix and the limit of its quadrants. */
  readonly placement: { readonly vertical: AxisId; readonly horizontal: AxisId; readonly limit: number }
  readonly quadrants: readonly Quadrant[]
  /** Consumers' need → target (C.8). */
  readonly needs: {
    readonly inventory: QuestionId
    readonly critical: readonly RowPredicate[]
    readonly products: { readonly inventory: QuestionId; readonly consumersColumn: string }
    /** Required against actual, for "need met" (R47). */
    readonly met: readonly RowPredicate[]
    /** A consumer that reads a stream already: where need is met, nothing is to be left in batch. */
    readonly streamed?: readonly RowPredicate[]
    readonly classes: Readonly<Record<AxisId, readonly NeedClass[]>>
    /** Level asked of the axes that no consumer decides, when any consumer's need is not met. */
    readonly enabling: Readonly<Record<AxisId, number>>
  }
}

// ---------------------------------------------------------------- questionnaire: advise

export type Severity = "critical" | "high" | "medium" | "opportunity" | "positive" | "information"

export interface Rule {
  readonly id: string
  readonly name: string
  readonly when: Condition
  readonly finding: string
  readonly severity: Severity
  /** A gate can block a wave whatever the indices say. `axes`: which axes the finding concerns. */
  readonly gate: boolean
  readonly theme: string
  /** In order of importance. */
  readonly initiatives: readonly string[]
  readonly seed: readonly string[]
}

export interface Theme {
  readonly id: string
  readonly name: string
}

/** Raises `question` to at least `level` once the initiative meets its exit criterion. */
export interface Effect {
  readonly question: QuestionId
  readonly level: Anchor
}

export interface Initiative {
  readonly id: string
  readonly title: string
  readonly what: string
  /** Axes served, plus `confidence`, `cost` or `focus` where no axis is. */
  readonly serves: readonly string[]
  readonly moves: string
  readonly needs: readonly string[]
  readonly effort: InitiativeEffort
  /** Absent where the responsible person is none of the respondents (I00's assessment lead). */
  readonly responsible?: RoleId
  readonly responsibleName: string
  readonly risk: string
  readonly exit: string
  readonly theme: string
  readonly effects: readonly Effect[]
  /** Levels at which it counts as done already, where other than its effects; empty where no answer proves it. */
  readonly inPlaceAt?: readonly Effect[]
  /** Done once for the organisation, or once in each domain. */
  readonly scope: "organisation" | "domain"
  /** Earliest kind of wave: 0 groundwork, 1 pilot, 2 later. */
  readonly stage: 0 | 1 | 2
  /** What it takes of a wave's size limits (E.7); `sources` is the most, where its units count fewer. */
  readonly takes?: { readonly products?: number; readonly heavyProducts?: number; readonly sources?: number }
  /** Repeated in every wave from its first one on (I39, I40). */
  readonly everyWave?: true
}

/** Person-days: `base` once plus `perUnit` for each unit, the units counted from an inventory or taken from the reference size. */
export interface InitiativeEffort {
  readonly base: readonly [low: number, high: number]
  /** Instead of `base` where the client runs the platform itself. */
  readonly selfRun?: readonly [low: number, high: number]
  readonly perUnit?: {
    readonly days: readonly [low: number, high: number]
    readonly unit: string
    /** Where units are counted; `where` narrows the rows. */
    readonly rows?: QuestionId
    readonly where?: readonly RowPredicate[]
    /** Count when the inventory is missing (reference size of part D). */
    readonly reference: number
    readonly atMost?: number
  }
  /** Multipliers of E.3 that apply, `none` for organisational work. */
  readonly multipliers: "none" | "stateless" | "stateful"
  readonly drivers: string
}

export interface Questionnaire {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly language: string
  /** sha-256 of the canonical content, hex. */
  readonly hash: string
  readonly dimensions: readonly Dimension[]
  readonly roles: readonly Role[]
  /** In the order asked. */
  readonly questions: readonly Question[]
  readonly scoring: Scoring
  readonly themes: readonly Theme[]
  readonly rules: readonly Rule[]
  readonly initiatives: readonly Initiative[]
  /** Effort multipliers of E.3: factor per anchor of a question, applied where `to` says. */
  readonly effortMultipliers: readonly {
    readonly question: QuestionId
    readonly to: "all" | "stateful"
    readonly factors: readonly [number, number, number, number, number]
  }[]
}

// ---------------------------------------------------------------- engagement

export type EvidenceGrade = "claim" | "document" | "observed" | "measured"
export type AnswerStatus = "answered" | "dont-know" | "not-applicable"

/** single: the option's anchor · multi: option ids · number: the raw number or a special's id · text: the text. */
export type AnswerValue = number | string | readonly string[]

export interface Answer {
  readonly respondent: RespondentId
  readonly domain: DomainId
  readonly question: QuestionId
  readonly status: AnswerStatus
  /** Present when answered. */
  readonly value?: AnswerValue
  /** The number question's second figure. */
  readonly companion?: number
  /** Why not applicable; or, where somebody doesn't know, who knows or what is to be found out. */
  readonly reason?: string
  readonly comment?: string
  readonly evidence?: EvidenceGrade
  /** Addresses of what backs the answer: http, https or mailto. */
  readonly links?: readonly string[]
  /** ISO 8601, UTC. */
  readonly time?: string
}

/** A cell: text, number, minutes (durations), "yes"/"no", option id(s), ISO date; absent when blank. */
export type Cell = string | number | readonly string[]
export interface Row {
  readonly id: string
  readonly [column: string]: Cell
}

/** The rows of a table question in a domain. Present and empty: "there are none". */
export interface Inventory {
  readonly domain: DomainId
  readonly question: QuestionId
  readonly rows: readonly Row[]
  readonly evidence?: EvidenceGrade
}

/** The agreed answer: overrides the median; `anchor` may set the level of any type of question. */
export interface Decision {
  readonly domain: DomainId
  readonly question: QuestionId
  readonly value?: AnswerValue
  readonly anchor?: Anchor
  readonly rationale: string
  readonly dissent?: string
  readonly evidence?: EvidenceGrade
  readonly time?: string
}

/** A consultant's word against the computed plan; survives re-scoring. */
export interface Override {
  readonly initiative: string
  /** Absent for initiatives of the organisation. */
  readonly domain?: DomainId
  readonly action: "include" | "drop" | "move" | "effort"
  /** For `move`: wave number. */
  readonly wave?: number
  /** For `effort`: person-days. */
  readonly effort?: readonly [low: number, high: number]
  readonly reason: string
}

export interface PlanSettings {
  /** First working day, ISO date. */
  readonly start: string
  readonly people: number
  readonly daysPerWeek: number
  readonly teams: number
  /** Share of team time spent on keeping things running; OPS-03 when absent. 0–1. */
  readonly toil?: number
  /** Waves planned in detail, wave 0 included. */
  readonly horizon: number
  /** Managed service or self-run platform; decides I10's effort. */
  readonly platform: "managed" | "self-run"
}

export interface Domain {
  readonly id: DomainId
  readonly name: string
  readonly description?: string
}

export interface Respondent {
  readonly id: RespondentId
  readonly name: string
  readonly role: RoleId
  readonly email?: string
  /** Domains the person is asked about; all when absent. */
  readonly domains?: readonly DomainId[]
}

export interface Engagement {
  readonly format: "headwater-engagement/1"
  readonly title: string
  readonly client: string
  readonly questionnaire: { readonly id: string; readonly version: string; readonly hash?: string }
  readonly plan: PlanSettings
  readonly domains: readonly Domain[]
  readonly respondents: readonly Respondent[]
  readonly answers: readonly Answer[]
  readonly inventories: readonly Inventory[]
  readonly decisions: readonly Decision[]
  readonly overrides: readonly Override[]
}
