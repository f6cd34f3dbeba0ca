import { livez, readyz } from "./health.ts"
import { askToStart, goodbye, leave, start } from "./links.ts"
import type { Access, Body, Handler, RespondentVisit, Route } from "./visit.ts"

/** One address: who may use it, what it reads from the body, and the handler that answers. */
const to = <A extends Access>(
  access: A,
  method: Route["method"],
  path: string,
  handle: A extends "respondent" ? Handler<RespondentVisit> : Handler,
  body: Body = "none",
): Route => ({ access, method, path, handle, body })

/** Every address of the site, one line each; the first match answers. */
export const routes: readonly Route[] = [
  to("anybody", "get", "/livez", livez),
  to("anybody", "get", "/readyz", readyz),

  to("anybody", "get", "/r/:token", askToStart),
  to("anybody", "post", "/r/:token", start, "form"),
  to("anybody", "get", "/goodbye", goodbye),
  to("respondent", "post", "/respond/leave", leave, "form"),
]
