import type { Respondent } from "../../assessment/model.ts"
import type { StoredEngagement } from "../../store/store.ts"
import { pseudonyms } from "../pseudonyms.ts"

/** Somebody who can be asked to fill in rows. */
export interface ListPerson {
  readonly id: string
  /** Stands for them in forms and addresses: ids are made from names. */
  readonly key: string
  readonly name: string
}

/** A respondent's engagement, which holds themselves alone, with everybody who is asked. */
export const withPeople = (stored: StoredEngagement, respondents: readonly Respondent[]): StoredEngagement => ({
  ...stored,
  engagement: { ...stored.engagement, respondents },
})

/** Those who are asked about a domain, by name or by role. */
export const peopleOf = (
  stored: StoredEngagement,
  domain: string,
  seen: StoredEngagement["terms"]["confidentiality"],
): readonly ListPerson[] => {
  const others = pseudonyms(stored)
  const asked = stored.engagement.respondents.filter(({ domains }) => domains?.includes(domain) ?? true)
  return asked.map(({ id, name, role }) => {
    const other = others.get(id) ?? { id: role, name: role }
    const twice = asked.filter((person) => person.name === name).length > 1
    const shown = seen === "role" ? other.name : twice ? `${name}, ${other.name}` : name
    return { id, key: other.id, name: shown }
  })
}

/** The owner of a row in words; the respondent who looks is "you". */
export const ownerName = (people: readonly ListPerson[], owner: string | undefined, me: string | undefined): string => {
  if (owner === undefined) return ""
  if (owner === me) return "You"
  return people.find(({ id }) => id === owner)?.name ?? "Somebody who is not asked any more"
}
