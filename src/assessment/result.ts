/**
 * What the core says: the shapes that `assess()` returns and that page, PDF and JSON are written from.
 * All indices are 0–100. Nothing here is stored; the same input always gives the same bytes.
 */
import type {
  Anchor,
  AnswerStatus,
  AnswerValue,
  AxisId,
  DomainId,
  EvidenceGrade,
  QuestionId,
  RespondentId,
  RoleId,
  Severity,
} from "./model.ts"

export interface Interval {
  readonly low: number
  readonly high: number
}

// ---------------------------------------------------------------- consensus

/** Why a question has, or has not, an anchor in a domain (C.4). */
export type ConsensusState = "answered" | "decided" | "dont-know" | "not-applicable" | "skipped" | "unanswered"

/** One respondent's solo answer, as it counts for a question. */
export interface SoloAnswer {
  readonly respondent: RespondentId
  readonly role: RoleId
  readonly weight: number
  readonly status: AnswerStatus
  /** Absent for don't know, not applicable, and questions that are not scored. */
  readonly anchor?: Anchor
  readonly value?: AnswerValue
  readonly companion?: number
  readonly reason?: string
  readonly comment?: string
  readonly evidence: EvidenceGrade
  readonly links?: readonly string[]
  /** Kept but not counted: the respondent's own path, or the domain's, skips the question. */
  readonly hidden: boolean
}

/** Several respondents and decisions → one anchor per question (C.2, C.5). */
export interface Consensus {
  readonly question: QuestionId
  readonly state: ConsensusState
  /** Present when `answered` or `decided`, for scored questions. */
  readonly anchor?: Anchor
  /** The role-weighted lower median, also where a decision overrides it. */
  readonly median?: Anchor
  /** Role weight per anchor 0–4 of counted solo answers. */
  readonly weightByAnchor: readonly [number, number, number, number, number]
  /** max − min of counted solo anchors; 0 with fewer than two. */
  readonly range: number
  /** Role-weighted mean absolute deviation from the median, in anchors. */
  readonly deviation: number
  /** Range of 2 or more, and not decided. */
  readonly disputed: boolean
  readonly answered: number
  readonly dontKnow: number
  readonly notApplicable: number
  /** Best evidence grade among counted answers (or of the decision or inventory). */
  readonly evidence: EvidenceGrade
  /** A primary role said "don't know" and nobody knew. */
  readonly blindSpot: boolean
  /** Option ids ticked by anybody (or decided): multi questions only. */
  readonly ticks?: readonly string[]
  /** Median raw figure of a number question. */
  readonly number?: number
  readonly companion?: number
  readonly skippedBecause?: string
  readonly rationale?: string
  readonly dissent?: string
  readonly solo: readonly SoloAnswer[]
}

// ---------------------------------------------------------------- scoring

/** One question's part of an index: the shares of all questions add up exactly to `raw`. */
export interface Contribution {
  readonly question: QuestionId
  readonly anchor: Anchor
  readonly weight: number
  /** Points of the index, 100·w·anchor / Σ4w. */
  readonly points: number
  /** Points still to gain, 100·w·(4−anchor) / Σ4w. */
  readonly missing: number
}

export interface PartScore {
  readonly id: string
  readonly name: string
  /** Absent when no question of the part has an answer. */
  readonly score?: number
  readonly coverage: number
}

/** "assessed" from 60 % coverage and half of the axis' gates; "indicative" 40–60 %; "not assessable" below, or with over 15 % not applicable. */
export type Standing = "assessed" | "indicative" | "not assessable"

export interface GateHit {
  readonly axis: AxisId
  readonly cap: number
  readonly questions: readonly QuestionId[]
  /** Plain words: "capped at 49 because DQC-05 is at level 0". */
  readonly because: string
}

export interface AxisResult {
  readonly axis: AxisId
  readonly name: string
  /** Absent when nothing on the axis is answered. */
  readonly raw?: number
  /** After gates. */
  readonly capped?: number
  readonly gates: readonly GateHit[]
  /** 5–95 % of the simulated draws. */
  readonly interval?: Interval
  /** All unknown questions at 0, all at 4, before gates. */
  readonly bounds?: Interval
  /** The same after gates, as they would then close: what `capped` can become. */
  readonly cappedBounds?: Interval
  /** Lowest and highest capped index with one respondent left out; absent with fewer than two. */
  readonly leaveOneOut?: Interval
  /** answered weight / applicable weight, 0–1. */
  readonly coverage: number
  /** Weight said to be not applicable / all weight, 0–1. */
  readonly notApplicable: number
  readonly standing: Standing
  readonly parts: readonly PartScore[]
  readonly contributions: readonly Contribution[]
  readonly unknown: readonly QuestionId[]
}

export interface DimensionProfile {
  readonly dimension: string
  readonly name: string
  /** Number of questions per anchor 0–4. */
  readonly counts: readonly [number, number, number, number, number]
  readonly unknown: number
  readonly notApplicable: number
  readonly skipped: number
  readonly disputed: number
  readonly lowestGate?: { readonly question: QuestionId; readonly anchor: Anchor }
}

export interface PerceptionGap {
  readonly dimension: string
  readonly executives: number
  readonly practitioners: number
  /** executives − practitioners, in anchors. */
  readonly difference: number
  readonly sharedQuestions: readonly QuestionId[]
}

export interface Position {
  /** Quadrant of the capped indices; absent when an axis has none. */
  readonly quadrant?: string
  /** Share of draws per quadrant id, 0–1. */
  readonly shares: Readonly<Record<string, number>>
  /** "in ETL", "probably ETL, possibly Hand coding", … by the shares alone (C.6). */
  readonly wording: string
  /** What to say of the domain: the wording, or that too little is answered to place it (C.4). */
  readonly statement: string
  /** At least two respondents and two roles, and both axes assessed: the word "placement" may be used. */
  readonly placed: boolean
  /** Why not, in plain words. */
  readonly caveats: readonly string[]
}

export interface Sensitivity {
  /** Share of the variants of C.7 that leave the quadrant as it is, 0–1. */
  readonly unchanged: number
  readonly variants: readonly { readonly name: string; readonly quadrant?: string; readonly same: boolean }[]
  /** Up to three questions whose answer alone would change the quadrant. */
  readonly decisive: readonly QuestionId[]
  /** The quadrant by the core questions alone. */
  readonly quickPass?: { readonly quadrant?: string; readonly values: Readonly<Record<AxisId, number>> }
}

/** A question that could move the position or the plan, with the minutes a workshop would need. */
export interface NextQuestion {
  readonly question: QuestionId
  readonly domain: DomainId
  readonly why: "unknown" | "disputed"
  /** Points by which indices could move (largest span over the placing axes). */
  readonly span: number
  readonly couldChangeQuadrant: boolean
  /** Rules it would decide. */
  readonly rules: readonly string[]
  readonly minutes: number
  /** Who should be asked: primary roles. */
  readonly ask: readonly RoleId[]
  readonly score: number
}

/** What a consumer or product needs, and what it gets (C.8). */
export interface ProductNeed {
  readonly product: string
  readonly consumers: readonly string[]
  readonly classes: Readonly<Record<AxisId, string>>
  readonly target: Readonly<Record<AxisId, number>>
  /** Every critical consumer gets what it requires: leave it in batch (R47). `undefined`: cannot be judged. */
  readonly met: boolean | undefined
  /** A critical consumer reads it as a stream already: met or not, it is not in batch. */
  readonly streamed: boolean
}

export interface TargetAxis {
  readonly axis: AxisId
  /** Id and name of the need class that set it. */
  readonly need: string
  readonly target: number
  /** target − current, never negative. */
  readonly gap: number
  /** Consumers that set the target. */
  readonly because: readonly string[]
}

export interface Target {
  /** Absent when no critical consumer is listed. */
  readonly axes?: Readonly<Record<AxisId, TargetAxis>>
  /** Axes on which more may be needed than is known, with the critical consumers whose cells leave it open. */
  readonly open?: Readonly<Record<AxisId, readonly string[]>>
  readonly products: readonly ProductNeed[]
  /** Plain words on where to go and why not further. */
  readonly wording: string
}

// ---------------------------------------------------------------- findings

/** One answer or fact that fired a rule. */
export interface Evidence {
  readonly question?: QuestionId
  /** Level that counted. */
  readonly anchor?: Anchor
  /** Rows of an inventory, by their name (first text column). */
  readonly rows?: readonly string[]
  /** For indices, gaps and quadrants: plain words. */
  readonly fact?: string
  /** Comments given with the answers, with the role that gave them. */
  readonly comments: readonly { readonly role: RoleId; readonly text: string }[]
}

export interface Finding {
  readonly rule: string
  readonly name: string
  readonly finding: string
  readonly severity: Severity
  readonly gate: boolean
  readonly theme: string
  /** Absent for findings about the whole organisation. */
  readonly domain?: DomainId
  readonly evidence: readonly Evidence[]
  readonly initiatives: readonly string[]
}

export interface Unjudged {
  readonly rule: string
  readonly name: string
  readonly domain?: DomainId
  /** Questions to ask; empty `ask` never happens. */
  readonly ask: readonly QuestionId[]
}

// ---------------------------------------------------------------- plan

export interface EffortRange {
  readonly low: number
  readonly expected: number
  readonly high: number
}

/** An initiative as ranked for the plan (E.5). */
export interface RankedInitiative {
  readonly id: string
  /** Absent: done once for the organisation. */
  readonly domain?: DomainId
  readonly score: number
  readonly rank: number
  /** Rules (and their domains) that lead to it. */
  readonly findings: readonly { readonly rule: string; readonly domain?: DomainId }[]
  /** Why it is in the list: rule weights, gap, confidence, effort, in plain words. */
  readonly reason: string
  readonly gate: boolean
  /** Put in because another initiative needs it. */
  readonly neededBy: readonly string[]
  readonly effort: EffortRange
  /** "8 sources × 5–15 days; ×1.3 experience (OPS-01 at 1)". */
  readonly effortBasis: string
  readonly overridden?: string
}

export interface Dropped {
  readonly id: string
  readonly domain?: DomainId
  readonly reason: string
}

export interface WaveItem {
  readonly id: string
  readonly domain?: DomainId
  readonly effort: EffortRange
  /** Why in this wave, in plain words. */
  readonly reasons: readonly string[]
  /** Needed initiatives and the wave they are in; `in place` where effects are already reached or there is nothing to do, `later` only where an override goes against a need. */
  readonly needs: readonly {
    readonly id: string
    readonly domain?: DomainId
    readonly wave: number | "in place" | "dropped" | "later"
  }[]
  /** ISO dates inside the wave: start, expected finish, P80 finish. */
  readonly start: string
  readonly finish: string
  readonly finishLate: string
  readonly overridden?: string
}

export interface Wave {
  readonly number: number
  readonly name: string
  readonly start: string
  /** Planned end: all its work at what is expected of it; the next wave starts after it. */
  readonly finish: string
  /** When four draws out of five have ended, waves before it included (P80). */
  readonly finishLate: string
  readonly weeks: number
  /** Person-days. */
  readonly capacity: number
  readonly effort: EffortRange
  readonly items: readonly WaveItem[]
  readonly exit: readonly string[]
  readonly stop: readonly string[]
  /** How capacity came about: people × days × (1 − toil) × 0.8, minus the reserve. */
  readonly capacityBasis: string
}

/** A domain's indices after a wave, by re-scoring with the effects. Stop 0 is today. */
export interface TrajectoryStop {
  readonly after: number | "today"
  readonly indices: Readonly<Record<AxisId, number>>
  readonly quadrant?: string
  /** Initiatives that moved it. */
  readonly because: readonly string[]
}

export interface Trajectory {
  readonly domain: DomainId
  readonly stops: readonly TrajectoryStop[]
}

export interface Plan {
  readonly ranked: readonly RankedInitiative[]
  /** At most seven themes, best first, with the initiatives of each. */
  readonly themes: readonly {
    readonly id: string
    readonly name: string
    readonly initiatives: readonly { readonly id: string; readonly domain?: DomainId }[]
  }[]
  /** Five next moves. */
  readonly moves: readonly { readonly id: string; readonly domain?: DomainId; readonly wave: number; readonly outcome: string }[]
  readonly waves: readonly Wave[]
  /** Ranked but outside the horizon or blocked, with the reason. */
  readonly later: readonly Dropped[]
  readonly dropped: readonly Dropped[]
  /** What some finding leads to and nothing calls for: in place, nothing to do, or no need left open. Not ranked. */
  readonly notRecommended: readonly Dropped[]
  /** Products and domains that stay in batch, with the reason (R47, I44). */
  readonly keepInBatch: readonly { readonly domain: DomainId; readonly product: string; readonly reason: string }[]
  readonly trajectory: readonly Trajectory[]
  /** Overrides that no longer apply, or conflict, and why. */
  readonly notices: readonly string[]
  /** When half of the draws have ended the last wave (P50), never before its planned end. */
  readonly finish?: string
  /** When four draws out of five have (P80). */
  readonly finishLate?: string
}

// ---------------------------------------------------------------- all of it

export interface DomainResult {
  readonly domain: DomainId
  readonly name: string
  readonly respondents: number
  readonly roles: readonly RoleId[]
  readonly consensus: readonly Consensus[]
  /** By axis id, in the order of the scoring file. */
  readonly axes: Readonly<Record<AxisId, AxisResult>>
  readonly position: Position
  readonly sensitivity: Sensitivity
  readonly profile: readonly DimensionProfile[]
  readonly perceptionGaps: readonly PerceptionGap[]
  readonly disputed: readonly QuestionId[]
  readonly unknown: readonly QuestionId[]
  readonly target: Target
  readonly findings: readonly Finding[]
  readonly cannotBeJudged: readonly Unjudged[]
  /** Ranked initiative ids that concern this domain. */
  readonly initiatives: readonly string[]
}

export interface OrganisationResult {
  /** Lowest, middle and highest capped index over the domains: a spread, never only a mean. */
  readonly axes: Readonly<Record<AxisId, { readonly low: number; readonly middle: number; readonly high: number } | undefined>>
  /** Domain ids per quadrant id. */
  readonly quadrants: Readonly<Record<string, readonly DomainId[]>>
  readonly wording: string
  readonly findings: readonly Finding[]
  readonly cannotBeJudged: readonly Unjudged[]
}

export interface Assessment {
  readonly engine: string
  readonly questionnaire: { readonly id: string; readonly version: string; readonly hash: string }
  readonly seed: number
  readonly draws: number
  readonly domains: readonly DomainResult[]
  readonly organisation: OrganisationResult
  /** What to find out next, over all domains, best first. */
  readonly next: readonly NextQuestion[]
  readonly plan: Plan
  /** Answers kept but not counted, questionnaire changes and the like. */
  readonly notices: readonly string[]
}
