import type { EvidenceGrade, Row } from "../../assessment/model.ts"
import { rowOf, rowText } from "../content.ts"
import { change, requireOne } from "../engine.ts"
import type { Engine } from "../engine.ts"
import { insertMany } from "../statement.ts"
import type { Actor, EngagementScope, RowChange, RowOutcome } from "../store.ts"
import type { Db, Tables } from "../tables.ts"
import { remember } from "./history.ts"
import { listState, nextRevision, type Place, rowsAt } from "./place.ts"

/** Adds (`seen` 0) or changes a row; `undefined` when the list is not there. */
export const saveRow = async (
  engine: Engine,
  scope: EngagementScope,
  domain: string,
  question: string,
  row: Row,
  seen: number,
  now: number,
): Promise<RowOutcome | undefined> => (await saveRows(engine, scope, domain, question, [{ id: row.id, row, seen }], now))?.[0]

/** Adds, changes and removes rows in one transaction, each judged on its own; `undefined` when the list is not there. */
export const saveRows = async (
  engine: Engine,
  scope: EngagementScope,
  domain: string,
  question: string,
  changes: readonly RowChange[],
  now: number,
  evidence?: EvidenceGrade,
): Promise<readonly RowOutcome[] | undefined> => {
  const result = await change(
    engine,
    scope,
    now,
    async (db) => {
      const state = await listState(db, scope, domain, now)
      if (state === "missing") return undefined
      if (state !== "open") return { outcomes: changes.map(() => closedOutcome(state)), written: false }
      const place = { engagement: scope.engagement, domain, question }
      const saved = await putRows(db, place, scope.by, changes, now)
      if (saved.written && evidence !== undefined) await grade(db, place, evidence)
      return saved
    },
    (saved) => saved?.written ?? false,
    "answer",
  )
  return result?.outcomes
}

const grade = async (db: Db, place: Place, evidence: EvidenceGrade): Promise<void> => {
  await db
    .updateTable("inventory")
    .set({ evidence })
    .where((one) => one.and({ ...place }))
    .execute()
}

const closedOutcome = (because: Extract<RowOutcome, { outcome: "closed" }>["because"]): RowOutcome => ({
  outcome: "closed",
  because,
})

type Current = Pick<Tables["inventory_row"], "id" | "content" | "revision" | "position" | "owner" | "filled_at">

interface Judged {
  readonly wanted: RowChange
  readonly content: string | null
  readonly current: Current | undefined
  /** `undefined` for a change that is to be written. */
  readonly outcome: RowOutcome | undefined
}

const putRows = async (
  db: Db,
  place: Place,
  by: Actor,
  changes: readonly RowChange[],
  now: number,
): Promise<{ readonly outcomes: readonly RowOutcome[]; readonly written: boolean }> => {
  const known = await currentRows(
    db,
    place,
    changes.map(({ id }) => id),
  )
  const taken = new Set<string>()
  const judged = changes.map((wanted) => judge(wanted, known.get(wanted.id), taken))
  await settleUntouched(db, place, by, judged, now)
  const due = judged.filter(({ outcome }) => outcome === undefined)
  const revision = due.length > 0 ? await nextRevision(db, place) : 0
  if (due.length > 0) await write(db, place, by, due, revision, now)
  return {
    outcomes: judged.map(({ outcome, wanted }) => outcome ?? { outcome: "saved", revision: wanted.row ? revision : 0 }),
    written: due.length > 0,
  }
}

const currentRows = async (db: Db, place: Place, ids: readonly string[]): Promise<ReadonlyMap<string, Current>> => {
  if (ids.length === 0) return new Map()
  const rows = await rowsAt(db, place)
    .select(["id", "content", "revision", "position", "owner", "filled_at"])
    .where("id", "in", ids)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** A change is a conflict when the page showed another state, or when the same call changes the row already. */
const judge = (wanted: RowChange, current: Current | undefined, taken: Set<string>): Judged => {
  const content = wanted.row ? rowText(wanted.row) : null
  const revision = current?.revision ?? 0
  const conflict = { outcome: "conflict", current: current && rowOf(current.content), revision } as const
  const judged = { wanted, content, current }
  if (taken.has(wanted.id)) return { ...judged, outcome: conflict }
  if ((current?.content ?? null) === content) return { ...judged, outcome: { outcome: "saved", revision } }
  if (revision !== wanted.seen) return { ...judged, outcome: conflict }
  taken.add(wanted.id)
  return { ...judged, outcome: undefined }
}

/** An owner who saves a row as it stands has looked at it: it waits no longer. */
const settleUntouched = async (db: Db, place: Place, by: Actor, judged: readonly Judged[], now: number): Promise<void> => {
  const settled = judged.filter(
    ({ outcome, current }) => outcome?.outcome === "saved" && current?.filled_at === null && isOwner(by, current.owner),
  )
  if (settled.length === 0) return
  await db
    .updateTable("inventory_row")
    .set({ filled_at: now })
    .where((row) => row.and({ ...place }))
    .where(
      "id",
      "in",
      settled.map(({ wanted }) => wanted.id),
    )
    .execute()
}

const isOwner = (by: Actor, owner: string | null): boolean => "respondent" in by && by.respondent === owner

const write = async (db: Db, place: Place, by: Actor, due: readonly Judged[], revision: number, now: number): Promise<void> => {
  let last = await lastPosition(db, place)
  const states = due.map(({ wanted, content, current }) => ({
    id: wanted.id,
    content,
    position: current?.position ?? (last += 1),
    owner: current?.owner ?? null,
    filled_at: isOwner(by, current?.owner ?? null) ? now : (current?.filled_at ?? null),
  }))
  const added = states.filter((_, at) => due[at]?.current === undefined)
  await insertMany(
    db,
    "inventory_row",
    added.map((state) => ({ ...place, ...state, content: state.content ?? "", revision, saved_at: now })),
  )
  for (const state of states.filter((_, at) => due[at]?.current !== undefined)) {
    await (state.content === null
      ? deleteRow(db, place, state.id)
      : updateRow(db, place, { ...state, content: state.content }, revision, now))
  }
  await remember(db, place, by, states, revision, now)
}

const lastPosition = async (db: Db, place: Place): Promise<number> =>
  (await rowsAt(db, place).select("position").orderBy("position", "desc").limit(1).executeTakeFirst())?.position ?? 0

const updateRow = async (
  db: Db,
  place: Place,
  { id, content, filled_at }: Pick<Current, "id" | "content" | "filled_at">,
  revision: number,
  now: number,
): Promise<void> => {
  const update = db
    .updateTable("inventory_row")
    .set({ content, filled_at, revision, saved_at: now })
    .where((row) => row.and({ ...place, id }))
  requireOne({ numAffectedRows: (await update.executeTakeFirst()).numUpdatedRows })
}

/** Takes one row out of the list; throws when it is not there. */
export const deleteRow = async (db: Db, place: Place, id: string): Promise<void> => {
  const done = await db
    .deleteFrom("inventory_row")
    .where((row) => row.and({ ...place, id }))
    .executeTakeFirst()
  requireOne({ numAffectedRows: done.numDeletedRows })
}
