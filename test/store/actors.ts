/** One engagement and everybody who might reach for it: members, strangers, respondents, the program. */
import { randomUUID } from "node:crypto"
import type { Actor, EngagementScope, MemberRole, Store } from "../../src/store/store.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"
import { program } from "../fixtures/program.ts"
import { orders, startOrders } from "./orders.ts"

export interface Cast {
  readonly engagement: string
  /** By what they are to the engagement. */
  readonly actors: Readonly<Record<ActorName, Actor>>
  readonly scope: (name: ActorName) => EngagementScope
}

export const actorNames = [
  "owner",
  "editor",
  "reader",
  "administrator",
  "program",
  "foreign consultant",
  "disabled owner",
  "disabled administrator",
  "reader account made owner",
  "no account",
  "respondent of it",
  "respondent of another",
] as const
export type ActorName = (typeof actorNames)[number]

export type Role = "administrator" | "consultant" | "reader"

export const accountOf = (actor: Actor): string => ("account" in actor ? actor.account : "")

/** Adds an account; gives its id. */
export const addAccount = async (store: Store, role: Role = "consultant", disabled = false): Promise<string> => {
  const id = randomUUID()
  await store.addAccount(program, { id, name: `Name ${id}`, email: `${id}@example.com`, role }, 1_000)
  if (disabled) await store.disableAccount(program, id, true, 1_500)
  return id
}

/** So many engagements, each with the same cast. */
export const castsOf = async (store: Store, count: number): Promise<readonly Cast[]> => {
  const add = async (role: Role = "consultant") => ({ account: await addAccount(store, role) })
  const [owner, editor, foreign, disabledOwner, demoted] = await Promise.all([add(), add(), add(), add(), add()])
  const [reader, administrator, disabledAdministrator] = await Promise.all([
    add("reader"),
    add("administrator"),
    add("administrator"),
  ])
  const engagements = await Promise.all(
    Array.from({ length: count }, async () => {
      const { engagement } = await startOrders(store)
      const member = (role: MemberRole, { account }: { account: string }) =>
        store.saveMember({ engagement, by: program }, account, role, 1_200)
      await Promise.all([member("owner", owner), member("owner", disabledOwner), member("owner", demoted)])
      await Promise.all([member("editor", editor), member("reader", reader)])
      return engagement
    }),
  )
  const stranger = { ...orders, respondents: [{ id: "stranger", name: "Stranger", role: "AD" }] }
  await store.addEngagement({ engagement: randomUUID(), by: program }, stranger, smallQuestionnaire, 1_000)
  await store.disableAccount(program, disabledOwner.account, true, 1_500)
  await store.disableAccount(program, disabledAdministrator.account, true, 1_500)
  const change = { name: "D", email: `${demoted.account}@example.com`, role: "reader" } as const
  await store.changeAccount(program, demoted.account, change, 1_500)
  const actors = {
    owner,
    editor,
    reader,
    administrator,
    program,
    "foreign consultant": foreign,
    "disabled owner": disabledOwner,
    "disabled administrator": disabledAdministrator,
    "reader account made owner": demoted,
    "no account": { account: randomUUID() },
    "respondent of it": { respondent: "mara" },
    "respondent of another": { respondent: "stranger" },
  }
  return engagements.map((engagement) => ({ engagement, actors, scope: (name) => ({ engagement, by: actors[name] }) }))
}

/** One engagement with the cast. */
export const castOf = async (store: Store): Promise<Cast> => {
  const [cast] = await castsOf(store, 1)
  if (cast === undefined) throw new Error("no cast")
  return cast
}
