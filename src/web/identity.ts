/** Words that stand where an id could stand in an address. */
const reserved: ReadonlySet<string> = new Set(["new", "paste", "selection", "invite", "remind", "sheet", "revoke", "reminders"])

/**
 * A readable id made from a name, not yet taken: "Payments & Cards" → `payments-cards`, then `payments-cards-2`.
 * Ids are made once and never change with the name; some words are addresses of their own.
 */
export const idFrom = (name: string, taken: readonly string[] | ReadonlySet<string>, otherwise: string): string => {
  const plain =
    name
      .normalize("NFKD")
      .replaceAll(/\p{M}/gu, "")
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-+|-+$/g, "")
      .slice(0, 40) || otherwise
  const isTaken = (id: string): boolean => ("has" in taken ? taken.has(id) : taken.includes(id))
  let id = plain
  for (let number = 2; reserved.has(id) || isTaken(id); number += 1) id = `${plain}-${number}`
  return id
}
