/** The imports as a visitor may see them: for those who may only read, with a role in the place of every full name. */
import type { Consumer, HandDecision, Source, Statement } from "../../estate/model.ts"
import type { EngagementVisit } from "../engagement.ts"
import type { Tools } from "../visit.ts"
import { estatesOf, indexed, type LoadedEstate } from "./loaded.ts"

type Unnamer = (text: string) => string

/** Every import of the visited engagement that was taken, oldest first. Texts of statements are not touched: they are what runs. */
export const estatesFor = async (visit: EngagementVisit, on: Pick<Tools, "store">): Promise<readonly LoadedEstate[]> => {
  const { engagement, by } = visit.engagementScope
  const estates = await estatesOf({ engagement, by }, on)
  const { unnamed, stored } = visit
  return unnamed === undefined ? estates : estates.map((estate) => withoutNames(estate, unnamed, stored.revision))
}

const known = new WeakMap<LoadedEstate, { readonly revision: number; readonly estate: LoadedEstate }>()

/** Made once for each revision of the engagement: its people may be others in the next. */
const withoutNames = (named: LoadedEstate, unnamed: Unnamer, revision: number): LoadedEstate => {
  const found = known.get(named)
  if (found?.revision === revision) return found.estate
  const { estate, decisions } = named
  const result = indexed({
    ...named,
    decisions: new Map([...decisions].map(([id, decision]) => [id, unnamedDecision(decision, unnamed)])),
    estate: {
      ...estate,
      statements: estate.statements.map((one) => unnamedStatement(one, unnamed)),
      sources: estate.sources.map((one) => unnamedPart(one, unnamed)),
      consumers: estate.consumers.map((one) => ({ ...unnamedPart(one, unnamed), name: unnamed(one.name) })),
      notices: estate.notices.map((one) => ({ ...one, message: unnamed(one.message) })),
    },
  })
  known.set(named, { revision, estate: result })
  return result
}

const unnamedStatement = (statement: Statement, unnamed: Unnamer): Statement => ({
  ...unnamedPart(statement, unnamed),
  ...(statement.decision !== undefined && { decision: unnamedDecision(statement.decision, unnamed) }),
})

const unnamedDecision = <T extends HandDecision>(decision: T, unnamed: Unnamer): T => ({
  ...decision,
  reason: unnamed(decision.reason),
})

const unnamedPart = <T extends Statement | Source | Consumer>(part: T, unnamed: Unnamer): T => ({
  ...part,
  ...(part.owner !== undefined && { owner: unnamed(part.owner) }),
  ...(part.description !== undefined && { description: unnamed(part.description) }),
})
