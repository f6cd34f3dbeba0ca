import type { Respondent } from "../assessment/model.ts"
import { amongPeople, engagementFrame, type EngagementVisit, gone } from "./engagement.ts"
import { writeCsv } from "./csv.ts"
import { backToPeople } from "./person.ts"
import { qrPath } from "./qr-picture.ts"
import { page, type Reply } from "./respond.ts"
import { namedIn } from "./selection.ts"
import { tokenHash } from "./session.ts"
import type { Tools } from "./visit.ts"
import { roleName, workLeft, workOf } from "./work.ts"
import { dateText, withArticle } from "./words.ts"

const DAY = 24 * 60 * 60 * 1000

/** Somebody with a link made just now; it is shown this once. */
export interface Linked {
  readonly person: Respondent
  readonly link: string
  readonly until: number
}

/** Gives each of these a further link; those who are not there or revoked get none. */
export const makeLinks = async (visit: EngagementVisit, on: Tools, ids: readonly string[]): Promise<readonly Linked[]> => {
  const { stored, now } = visit
  const made = ids.map((respondent) => ({ respondent, token: on.newToken() }))
  const least = now + on.config.linkDays * DAY
  const links = made.map(({ respondent, token }) => ({ respondent, tokenHash: tokenHash(token) }))
  const given = new Set(await on.store.addLinks(visit.engagementScope, links, least, now))
  const expires = new Map(stored.responses.map(({ respondent, link }) => [respondent, link?.expiresAt ?? 0]))
  return made.flatMap(({ respondent, token }) => {
    const person = stored.engagement.respondents.find(({ id }) => id === respondent)
    if (person === undefined || !given.has(respondent)) return []
    const until = Math.max(least, expires.get(respondent) ?? 0)
    return [{ person, link: `${on.config.publicUrl}/r/${token}`, until }]
  })
}

/** A file for a mail merge: name, address, role and a link each. */
export const downloadLinks = amongPeople((visit, on) =>
  withLinks(visit, on, "csv", (linked) => ({
    reply: "file",
    bytes: new TextEncoder().encode(
      writeCsv([
        ["name", "email", "role", "link", "expires"],
        ...linked.map(({ person, link, until }) => [
          person.name,
          person.email ?? "",
          roleName(visit.stored, person.role),
          link,
          new Date(until).toISOString().slice(0, 10),
        ]),
      ]),
    ),
    type: "text/csv; charset=utf-8",
    name: `${visit.stored.engagement.title} links.csv`,
  })),
)

/** A sheet for each person, to be printed and handed over. */
export const printSheets = amongPeople((visit, on) =>
  withLinks(visit, on, "sheet", (linked) =>
    page(
      "people/sheets",
      engagementFrame(visit, "people", "Sheets to print", { back: backToPeople(visit) }),
      {
        engagement: visit.stored.engagement,
        asker: visit.session.account.name,
        sheets: linked.map((one) => sheetOf(visit, one)),
      },
      { secret: true },
    ),
  ),
)

const sheetOf = ({ stored }: EngagementVisit, { person, link, until }: Linked) => {
  const own = stored.engagement.answers.filter(({ respondent }) => respondent === person.id)
  const work = workLeft(workOf(stored, person, own))
  return {
    name: person.name,
    text: `You are asked as ${withArticle(roleName(stored, person.role))}: ${work}.`,
    link,
    qr: qrPath(link),
    until: dateText(Math.min(until, stored.terms.closesAt ?? until)),
  }
}

/** Makes the links, notes that they left the house, and shows them. */
const withLinks = async (
  visit: EngagementVisit,
  on: Tools,
  form: "csv" | "sheet",
  show: (linked: readonly Linked[]) => Reply,
): Promise<Reply> => {
  const linked = await makeLinks(visit, on, namedIn(visit))
  if (linked.length === 0) return gone(visit, "There is nobody to make a link for")
  const { engagement } = visit.engagementScope
  await on.store.noteAudit(visit.by, { action: "links.exported", engagement, detail: { form, people: linked.length } }, visit.now)
  return show(linked)
}
