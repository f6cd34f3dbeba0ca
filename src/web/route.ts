import type { policy, Permission } from "./policy.ts"
import type { AccountVisit, Body, Handler, RespondentVisit, Route, Visit } from "./visit.ts"

type VisitFor<P extends Permission> = (typeof policy)[P] extends readonly ["anybody"]
  ? Visit
  : (typeof policy)[P] extends readonly ["respondent"]
    ? RespondentVisit
    : AccountVisit

/** One address: the line of the policy that says who may use it, what it reads from the body, and the handler that answers. */
export const to = <P extends Permission>(
  permission: P,
  method: Route["method"],
  path: string,
  handle: Handler<VisitFor<P>>,
  body: Body = "none",
): Route => ({ permission, method, path, handle: handle as Route["handle"], body })
