import { createHash } from "node:crypto"
import type { Response } from "express"
import type { Problem } from "./respond.ts"
import type { Passage, Traffic } from "./traffic.ts"
import type { Route, Visit } from "./visit.ts"

/** The request as the limits see it. */
export const passageOf = (
  route: Route,
  { address, cookie, accountCookie }: Pick<Visit, "address" | "cookie" | "accountCookie">,
): Passage => ({
  route,
  address,
  sessions: [cookie, accountCookie].filter((session) => session !== undefined),
})

/** Whoever is recognised is counted and logged, under a hash: ids of respondents are made from their names. */
export const arrival = (response: Response, passage: Passage, traffic: Traffic) => {
  let actor: string | undefined
  response.on("close", () => traffic.leave(passage, response.statusCode, actor))
  return (who: string): Problem | undefined => {
    actor = createHash("sha256").update(who).digest("hex").slice(0, 12)
    response.locals["actor"] = actor
    return traffic.arrive(passage, actor)
  }
}
