/**
 * What a report is made of. Page and PDF are written from these and from nothing else; a Report holds no functions, so that it
 * can be posted to a worker thread and compared byte for byte.
 */
import type { Drawing } from "./drawing.ts"

/** A tone is a meaning, never a colour alone: the words beside it say the same. */
export type Tone = "critical" | "high" | "medium" | "opportunity" | "positive" | "information" | "muted"

/** A piece of running text. `to` is the anchor of a block of this report; `href` leaves it and is http, https or mailto. */
export interface Span {
  readonly text: string
  readonly bold?: true
  readonly italic?: true
  readonly tone?: Tone
  readonly to?: string
  readonly href?: string
}

/** Running text; a line feed in it starts a new line. */
export type Text = string | readonly (string | Span)[]

export interface TableColumn {
  readonly label: string
  /** Numbers stand on the right; the first column names its row. */
  readonly kind: "text" | "number"
  /** Relative width. */
  readonly share: number
}

export interface TableRow {
  readonly id?: string
  readonly cells: readonly Text[]
}

export interface Table {
  /** Says what the rows are; read aloud before the table. */
  readonly caption: string
  readonly columns: readonly TableColumn[]
  readonly rows: readonly TableRow[]
}

export type Block =
  | {
      readonly type: "heading"
      readonly level: 2 | 3 | 4
      readonly text: string
      readonly id: string
      /** Set one size smaller than its level, where there are many. */
      readonly small?: true
      /** Further anchors that lead here. */
      readonly also?: readonly string[]
      /** Starts a new page of the PDF. */
      readonly fresh?: true
      readonly tone?: Tone
      readonly mark?: string
    }
  /** `lead` opens a section; `compact` and `small` (muted) use the full width; `keep` stays with what follows. */
  | { readonly type: "paragraph"; readonly text: Text; readonly style?: "lead" | "compact" | "small"; readonly keep?: true }
  | { readonly type: "list"; readonly items: readonly Text[]; readonly ordered?: true }
  | {
      readonly type: "figures"
      readonly items: readonly { readonly value: string; readonly label: string; readonly note?: string }[]
    }
  | ({ readonly type: "table"; readonly hideCaption?: true } & Table)
  | { readonly type: "chart"; readonly id: string; readonly drawing: Drawing; readonly note: Text; readonly data?: Table }
  | { readonly type: "quote"; readonly text: string; readonly source: string }
  | { readonly type: "callout"; readonly title: string; readonly style?: "compact"; readonly text: Text; readonly tone: Tone }
  | { readonly type: "facts"; readonly id?: string; readonly items: readonly { readonly term: string; readonly text: Text }[] }
  | { readonly type: "checklist"; readonly items: readonly Text[] }
  | {
      readonly type: "columns"
      readonly shares: readonly [number, number]
      readonly left: readonly Block[]
      readonly right: readonly Block[]
    }
  | { readonly type: "contents" }

export interface Section {
  /** Anchor, unique in the report. */
  readonly id: string
  readonly title: string
  /** On a new page, or below the section before. */
  readonly starts: "page" | "here"
  /** Starts a part of the report with this name: a line of its own in the contents. */
  readonly part?: string
  /** Set across the page, for tables with many columns. */
  readonly wide?: true
  readonly blocks: readonly Block[]
}

export interface Cover {
  readonly kind: string
  readonly title: string
  readonly client: string
  readonly date: string
  readonly facts: readonly { readonly term: string; readonly text: string }[]
}

export interface Report {
  /** BCP 47. */
  readonly language: string
  readonly title: string
  readonly client: string
  /** ISO date printed on the cover, and the time stamped into the PDF. */
  readonly date: string
  readonly cover: Cover
  readonly sections: readonly Section[]
}
