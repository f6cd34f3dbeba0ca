/** Where a domain stands on the matrix, how sure that is, and what stands against calling it a placement (C.4, C.6). */
import type { Position } from "./result.ts"
import { type AxisScore, standingLimits } from "./scoring.ts"
import { quadrantOf, type Sheet } from "./sheet.ts"

const certainFrom = 0.9
const probableFrom = 0.7
const peopleNeeded = 2
const rolesNeeded = 2
/** Below this number of people the simulated interval is called too narrow. */
const fewPeople = 4

/** Places a domain. `shares` are the simulated shares per quadrant; `people` and `roles` those who answered. */
export function placeOnMatrix(
  sheet: Sheet,
  axes: readonly AxisScore[],
  shares: Readonly<Record<string, number>>,
  answered: { readonly people: number; readonly roles: number },
): Position {
  const quadrant = quadrantOf(
    sheet,
    axes.map((each) => each.capped),
  )
  const placing = [axes[sheet.vertical], axes[sheet.horizontal]].filter((each) => each !== undefined)
  const enoughPeople = answered.people >= peopleNeeded && answered.roles >= rolesNeeded
  const wording = wordingOf(sheet, quadrant, shares)
  const tooLittle = placing.some((each) => each.standing === "not assessable")
  return {
    ...(quadrant === undefined ? {} : { quadrant }),
    shares,
    wording,
    statement: quadrant !== undefined && tooLittle ? "not to be placed yet: too little is answered" : wording,
    placed: enoughPeople && placing.every((each) => each.standing === "assessed"),
    caveats: [...placing.flatMap(caveatsOnAxis), ...caveatsOnPeople(answered)],
  }
}

/** The words of C.6. Equal shares fall to the quadrant of the point, then to the order of the scoring file. */
function wordingOf(sheet: Sheet, quadrant: string | undefined, shares: Readonly<Record<string, number>>): string {
  if (quadrant === undefined) return "cannot be placed yet: an axis of the matrix has no answers"
  const first = (id: string): number => (id === quadrant ? 0 : 1)
  const ranked = [...sheet.quadrants].sort((a, b) => (shares[b.id] ?? 0) - (shares[a.id] ?? 0) || first(a.id) - first(b.id))
  const [likely, other] = ranked
  if (likely === undefined || other === undefined) return `in ${quadrant}`
  const share = shares[likely.id] ?? 0
  if (share >= certainFrom) return `in ${likely.name}`
  if (share >= probableFrom) return `probably ${likely.name}, possibly ${other.name}`
  return `on the border of ${likely.name} and ${other.name}: plan must hold for both`
}

function caveatsOnAxis(axis: AxisScore): readonly string[] {
  if (axis.standing === "assessed") return []
  if (axis.notApplicable > standingLimits.notApplicable)
    return [
      `${axis.name} is not assessable: ${Math.ceil(axis.notApplicable * 100)} % of its weight is called not applicable, and more than ${percent(standingLimits.notApplicable)} blocks a placement.`,
    ]
  const covered = `${Math.floor(axis.coverage * 100)} % of its weight is answered`
  if (axis.standing === "not assessable")
    return [`${axis.name} is not assessable: ${covered}, and it takes ${percent(standingLimits.indicative)} to say anything.`]
  if (axis.coverage < standingLimits.assessed)
    return [`${axis.name} is indicative: ${covered}, and a placement takes ${percent(standingLimits.assessed)}.`]
  return [`${axis.name} is indicative: fewer than half of the questions that can cap it are answered.`]
}

function caveatsOnPeople({ people, roles }: { readonly people: number; readonly roles: number }): readonly string[] {
  const caveats: string[] = []
  if (people < peopleNeeded || roles < rolesNeeded)
    caveats.push(
      `A placement takes answers from at least two people in two roles; so far ${count(people, "person", "people")} in ${count(roles, "role", "roles")} answered.`,
    )
  if (people < fewPeople)
    caveats.push(
      "With so few people the interval is too narrow, because one person's overall impression colours all of that person's answers. Read it together with the bounds and with the range when one respondent is left out.",
    )
  return caveats
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function count(number: number, one: string, many: string): string {
  return `${number === 0 ? "no" : number} ${number === 1 ? one : many}`
}
