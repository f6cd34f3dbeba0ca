import type { FileProblem } from "../assessment/json-text.ts"
import type { Engagement } from "../assessment/model.ts"
import type { DomainEstate } from "../estate/merge.ts"
import type { Given, Io } from "./command.ts"
import { readImports } from "./estate-imports.ts"

/** What `--estate` named, each with its domain; or every problem with its place. */
export type EstateParts =
  | { readonly parts: readonly DomainEstate[]; readonly notices: readonly string[] }
  | { readonly problems: readonly FileProblem[] }

/**
 * Reads the estates of `--estate [DOMAIN=]PATH`. Without a domain it is the engagement's first one, which is said where there are
 * several. Throws a `Refusal` for files that cannot be read.
 */
export async function readEstates(given: Given, engagement: Engagement, io: Io): Promise<EstateParts> {
  const parts: DomainEstate[] = []
  const notices: string[] = []
  const problems: FileProblem[] = []
  for (const value of given.all("estate")) {
    const { domain, path, isGuess } = placed(value, engagement)
    const reading = await readImports({ ...given, operands: [path] }, io)
    problems.push(...reading.problems)
    if (reading.estate === undefined) continue
    parts.push({ domain, estate: reading.estate })
    if (isGuess) notices.push(`${path} is taken for the domain ${domain}. For another one write --estate DOMAIN=${path}.`)
  }
  return problems.length > 0 ? { problems } : { parts, notices }
}

/** A path may hold "=" itself: only the id of a domain before it counts. */
function placed(value: string, { domains }: Engagement): { domain: string; path: string; isGuess: boolean } {
  const named = domains.find(({ id }) => value.startsWith(`${id}=`))
  if (named) return { domain: named.id, path: value.slice(named.id.length + 1), isGuess: false }
  return { domain: domains[0]?.id ?? "all", path: value, isGuess: domains.length > 1 }
}
