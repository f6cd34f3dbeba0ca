/** The organisation: how far its domains are spread, never only a mean. */
import type { DomainScores } from "./domain.ts"
import type { Questionnaire } from "./model.ts"
import type { OrganisationResult } from "./result.ts"

type Spread = NonNullable<OrganisationResult["axes"][string]>

/** Lowest, middle and highest capped index over the domains, the domains per quadrant, and plain words on both. */
export function scoreOrganisation(
  questionnaire: Questionnaire,
  domains: readonly DomainScores[],
): Omit<OrganisationResult, "findings" | "cannotBeJudged"> {
  const { axes, quadrants } = questionnaire.scoring
  const within = quadrants.map(({ id, name }) => ({ id, name, domains: domains.filter((each) => each.position.quadrant === id) }))
  return {
    axes: Object.fromEntries(axes.map(({ id }) => [id, spreadOf(domains.map((each) => each.axes[id]?.capped))])),
    quadrants: Object.fromEntries(within.map((each) => [each.id, each.domains.map((domain) => domain.domain)])),
    wording: inWords(
      within.filter((each) => each.domains.length > 0),
      domains.filter((each) => each.position.quadrant === undefined),
    ),
  }
}

/** The middle is the lower median: a figure that one of the domains really has. */
function spreadOf(indices: readonly (number | undefined)[]): Spread | undefined {
  const sorted = indices.filter((each) => each !== undefined).sort((a, b) => a - b)
  const [low] = sorted
  const high = sorted.at(-1)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]
  return low === undefined || middle === undefined || high === undefined ? undefined : { low, middle, high }
}

function inWords(
  within: readonly { readonly name: string; readonly domains: readonly DomainScores[] }[],
  unplaced: readonly DomainScores[],
): string {
  const where = within.map((each) => `${each.name}: ${namesOf(each.domains)}`).join("; ")
  const open = unplaced.length === 0 ? "" : ` Not placed yet: ${namesOf(unplaced)}.`
  if (within.length === 0) return `No domain can be placed yet.${open}`
  if (within.length === 1) return `${where}.${open}`
  return `The domains stand in ${within.length} quadrants (${where}). An average would describe none of them, so the plan goes domain by domain.${open}`
}

function namesOf(domains: readonly DomainScores[]): string {
  return domains.map((each) => each.name).join(", ")
}
