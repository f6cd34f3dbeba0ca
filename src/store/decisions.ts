import type { Decision, Override } from "../assessment/model.ts"
import { decisionText, millisecondsOf, overrideText } from "./content.ts"
import { changeOrNot } from "./engine.ts"
import type { Engine } from "./engine.ts"
import { haveDomains, nextPosition } from "./people.ts"
import type { EngagementScope } from "./store.ts"
import type { Db } from "./tables.ts"

/** Keeps the agreed answer in the place of an earlier one, or takes it back. */
export const saveDecision = (
  engine: Engine,
  scope: EngagementScope,
  domain: string,
  question: string,
  decision: Decision | undefined,
  now: number,
): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    const { engagement } = scope
    if (!decision) return takeBack(db, engagement, domain, question)
    if (!(await haveDomains(db, engagement, [domain]))) return false
    const values = { content: decisionText(decision), decided_at: millisecondsOf(decision.time) ?? now }
    await db
      .insertInto("decision")
      .values({ engagement, domain, question, ...values })
      .onConflict((conflict) => conflict.columns(["engagement", "domain", "question"]).doUpdateSet(values))
      .execute()
    return true
  })

const takeBack = async (db: Db, engagement: string, domain: string, question: string): Promise<boolean> => {
  const done = await db
    .deleteFrom("decision")
    .where("engagement", "=", engagement)
    .where("domain", "=", domain)
    .where("question", "=", question)
    .executeTakeFirst()
  return done.numDeletedRows === 1n
}

const opposites: Readonly<Partial<Record<Override["action"], Override["action"]>>> = { include: "drop", drop: "include" }

/**
 * Keeps the override in the place of an earlier one with the same action on the same initiative; `include` and `drop` replace each
 * other too.
 */
export const saveOverride = (engine: Engine, scope: EngagementScope, override: Override, now: number): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    const { engagement } = scope
    const { initiative, domain, action } = override
    if (!(await haveDomains(db, engagement, domain === undefined ? [] : [domain]))) return false
    const opposite = opposites[action]
    if (opposite) await dropOverrides(db, engagement, initiative, domain, opposite)
    const content = overrideText(override)
    await db
      .insertInto("override_")
      .values({
        engagement,
        initiative,
        scope: domain ?? "",
        domain: domain ?? null,
        action,
        content,
        position: await nextPosition(db, "override_", engagement),
      })
      .onConflict((conflict) => conflict.columns(["engagement", "initiative", "scope", "action"]).doUpdateSet({ content }))
      .execute()
    return true
  })

/** Takes back what was said against the plan for an initiative: one action, or all. */
export const removeOverride = (
  engine: Engine,
  scope: EngagementScope,
  initiative: string,
  domain: string | undefined,
  now: number,
  action?: Override["action"],
): Promise<boolean> => changeOrNot(engine, scope, now, (db) => dropOverrides(db, scope.engagement, initiative, domain, action))

const dropOverrides = async (
  db: Db,
  engagement: string,
  initiative: string,
  domain: string | undefined,
  action: Override["action"] | undefined,
): Promise<boolean> => {
  const all = db
    .deleteFrom("override_")
    .where("engagement", "=", engagement)
    .where("initiative", "=", initiative)
    .where("scope", "=", domain ?? "")
  const done = await (action === undefined ? all : all.where("action", "=", action)).executeTakeFirst()
  return done.numDeletedRows > 0n
}
