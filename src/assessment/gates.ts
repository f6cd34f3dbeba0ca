/** What waits for a gate: everything that moves something in the domain where the gate is closed (E.6). */
import { type Programme, byScore, dependsOn, link } from "./programme.ts"
import { migrates } from "./moving.ts"
import type { Candidate } from "./ranking.ts"
import type { Draft } from "./worth.ts"

/** Makes the pilot and all that moves products, sources or statements wait for what opens the gates of its domain. */
export function waitForGates(programme: Programme): void {
  const drafts = byScore(programme)
  const openers = drafts.filter(({ candidate }) => candidate.gate && candidate.initiative.effects.length > 0)
  for (const mover of drafts.filter(({ candidate }) => migrates(candidate.initiative))) {
    for (const opener of openers) if (isShutBy(mover.candidate, opener.candidate)) waitFor(programme, mover, opener)
  }
}

/** Whether one of the gates that an initiative opens is closed where the other works. */
function isShutBy({ domain }: Candidate, { initiative, findings }: Candidate): boolean {
  const gates = findings.filter((finding) => finding.gate && finding.initiatives[0] === initiative.id)
  return gates.some((gate) => domain === undefined || gate.domain === undefined || gate.domain === domain)
}

function waitFor(programme: Programme, mover: Draft, { candidate }: Draft): void {
  const { key, domain, initiative } = candidate
  if (mover.needs.some((need) => need.key === key) || dependsOn(programme, key, mover.candidate.key)) return
  const scope = domain === undefined ? {} : { domain }
  link(programme, mover, { key, id: initiative.id, ...scope, status: "planned", opens: true })
}
