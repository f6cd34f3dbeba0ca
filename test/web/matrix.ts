/** Everybody against every address: who comes, what the policy table says to that, and what the site really answers. */
import { randomUUID } from "node:crypto"
import { once } from "node:events"
import { createServer } from "node:http"
import supertest from "supertest"
import { actorsOf } from "../../src/web/policy.ts"
import { tokenHash } from "../../src/web/session.ts"
import type { Route } from "../../src/web/visit.ts"
import { anEngagement } from "../fixtures/engagements.ts"
import { program } from "../fixtures/program.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"
import { NOON, openStage } from "./stage.ts"

export const actors = [
  ...(["anonymous", "respondent", "foreign respondent"] as const),
  ...(["owner", "editor", "member-reader", "administrator"] as const),
  ...(["foreign consultant", "reader account", "removed member", "disabled account", "ended session"] as const),
] as const
export type MatrixActor = (typeof actors)[number]

/** How the site receives somebody: lets them in, or one of its ways to refuse. */
export type Verdict = "admitted" | "sign in" | "open the link" | "not there" | "not with this role" | "read only"

/** Everything in the engagement that is somebody else's says so. */
export const foreignMark = "Somebody-elses"

const accountOf: Partial<Record<MatrixActor, string>> = {
  owner: "carla",
  editor: "emil",
  "member-reader": "mia",
  administrator: "ada",
  "foreign consultant": "otto",
  "reader account": "rita",
  "removed member": "remo",
  "disabled account": "dora",
  "ended session": "carla",
}
const nobody = new Set<MatrixActor>(["anonymous", "respondent", "foreign respondent", "disabled account", "ended session"])
const standings = { owner: "owner", editor: "editor", "member-reader": "member-reader", administrator: "owner" } as const

/** What the policy table says to this actor at this address; `undefined` where anybody may come. */
export const expectedOf = ({ permission }: Route, actor: MatrixActor): Verdict | undefined => {
  const kinds = actorsOf(permission)
  if (kinds.includes("anybody")) return undefined
  if (kinds.includes("respondent")) return actor.endsWith("respondent") ? "admitted" : "open the link"
  if (nobody.has(actor)) return "sign in"
  if (!kinds.includes("owner")) return kinds.includes(roleOf(actor)) ? "admitted" : "not with this role"
  const standing = (standings as Partial<Record<MatrixActor, "owner" | "editor" | "member-reader">>)[actor]
  if (standing === undefined) return "not there"
  return kinds.includes(standing) ? "admitted" : "read only"
}

const roleOf = (actor: MatrixActor) =>
  actor === "administrator" ? "administrator" : actor === "reader account" ? "reader" : "consultant"

const usual: Readonly<Record<string, string>> = {
  domain: "orders",
  section: "SRC",
  person: "petra",
  initiative: "I1",
  account: "victim",
  token: "t".repeat(43),
  row: "3c3f6a4e-8a5c-4f0e-9a53-6f2b1f0f7a11",
}

/** The route's address in an engagement; `ids` replaces parts by name. */
export const addressOf = ({ path }: Route, ids: Readonly<Record<string, string>>): string =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const question = path.includes("/tables/") ? "SRC-04" : "SRC-01"
    return encodeURIComponent(ids[name] ?? (name === "question" ? question : (usual[name] ?? "nowhere")))
  })

export interface Answered {
  readonly status: number
  readonly text: string
  readonly verdict: Verdict
  /** Engagement `e1` is another than before. */
  readonly changed: boolean
}

/** The stage with an account for each actor, engagement `e1` of theirs and `e2` of somebody else. Close it afterwards. */
export const openMatrix = async () => {
  const stage = await openStage({ config: { savesPerMinute: 1_000_000 } })
  const { store } = stage
  const server = createServer(stage.app).listen(0, "127.0.0.1")
  await once(server, "listening")
  const web = supertest(server)

  for (const id of ["emil", "mia", "remo", "dora", "victim"])
    await store.addAccount(program, { id, name: `${id} Stage`, email: `${id}@example.com`, role: "consultant" }, NOON)

  const addEngagement = async (engagement: string, owner = "carla", name = "Ours"): Promise<void> => {
    const content = anEngagement(smallQuestionnaire, { title: name, client: name })
    const domains = [...content.domains, { id: `${engagement}-domain`, name: `${name} domain` }]
    const people = [...content.respondents, { id: `${engagement}-person`, name: `${name} person`, role: "DPE" }]
    const scope = { engagement, by: { account: owner } }
    await store.addEngagement(scope, { ...content, domains, respondents: people }, smallQuestionnaire, NOON)
  }
  const addMembers = async (engagement: string): Promise<void> => {
    const scope = { engagement, by: { account: "carla" } }
    for (const [account, role] of [
      ["emil", "editor"],
      ["mia", "reader"],
      ["remo", "owner"],
      ["dora", "owner"],
    ] as const)
      await store.saveMember(scope, account, role, NOON)
    await store.removeMember(scope, "remo", NOON)
  }
  await addMembers("e1")
  await addEngagement("e2", "otto", foreignMark)
  const links = new Map([
    ["e1", await linkOf("e1", "petra")],
    ["e2", await linkOf("e2", "e2-person")],
  ])

  async function linkOf(engagement: string, respondent: string): Promise<string> {
    const hash = tokenHash(randomUUID())
    await store.issueLink({ engagement, respondent, by: program }, hash, NOON + 1e9, NOON)
    return hash
  }

  /** A session of its own for each request, for some requests end theirs. */
  const cookieOf = async (actor: MatrixActor): Promise<string | undefined> => {
    const token = `session-${randomUUID()}`
    const hash = tokenHash(token)
    if (actor === "anonymous") return undefined
    if (actor === "respondent" || actor === "foreign respondent") {
      await store.openSession(links.get(actor === "respondent" ? "e1" : "e2") ?? "", hash, NOON + 1e9, NOON)
      return `headwater=${token}`
    }
    const account = accountOf[actor] ?? ""
    const session = { id: randomUUID(), account, step: "open", browser: "A program", address: "127.0.0.1" } as const
    await store.disableAccount(program, "dora", false, NOON)
    await store.openAccountSession({ ...session, hash, expiresAt: NOON + 1e9 }, NOON)
    if (actor === "disabled account") await store.disableAccount(program, "dora", true, NOON)
    if (actor === "ended session") await store.endAccountSession(hash, NOON)
    return `headwater-account=${token}`
  }

  const refusals = async (): Promise<number> =>
    (await store.readAudit(program, { action: "access.refused", offset: 0, limit: 1 }))?.total ?? 0

  const ours = (): Promise<number | undefined> => store.revisionOf({ engagement: "e1", by: program })

  /** Sends the smallest body that the route reads. */
  const ask = async (route: Route, actor: MatrixActor, address: string): Promise<Answered> => {
    const cookie = await cookieOf(actor)
    const before = await refusals()
    const revision = await ours()
    let request = web[route.method](address).set("Sec-Fetch-Site", "same-origin").redirects(0)
    if (cookie !== undefined) request = request.set("Cookie", cookie)
    if (route.body === "form") request = request.type("form").send("")
    if (route.body === "json") request = request.send({ seen: 0, key: "k", fields: {} })
    if (route.body === "upload" || route.body === "files") request = request.field("nothing", "at all")
    const { status, text, headers } = await request.ok(() => true)
    const refused = (await refusals()) > before
    const verdict = verdictOf(status, text ?? "", headers["location"] ?? "", refused)
    return { status, text: text ?? "", verdict, changed: (await ours()) !== revision }
  }

  const close = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
    await stage.close()
  }
  return { stage, addEngagement, addMembers, ask, refusals, close }
}

export type Matrix = Awaited<ReturnType<typeof openMatrix>>

const verdictOf = (status: number, text: string, location: string, refused: boolean): Verdict => {
  if (/^\/sign-in(\?|$)/.test(location) || (status === 403 && text.includes("Sign in again"))) return "sign in"
  if (status === 403 && text.includes("Open your personal link again")) return "open the link"
  if (status === 403 && text.includes("Your account may not do this")) return "not with this role"
  if (status === 403 && text.includes("You may read this engagement, not do this")) return "read only"
  return status === 404 && refused ? "not there" : "admitted"
}

/** One cell: what is wrong with it, or nothing. A change that is let in happens to an engagement of its own. */
export const checkCell = async (matrix: Matrix, route: Route, actor: MatrixActor): Promise<readonly string[]> => {
  const name = `${actor}, ${route.method} ${route.path}`
  const expected = expectedOf(route, actor)
  const changes = route.method !== "get" && route.path.includes(":engagement") && expected === "admitted"
  const engagement = changes ? `e-${randomUUID()}` : "e1"
  if (changes) await matrix.addEngagement(engagement)
  if (changes) await matrix.addMembers(engagement)
  const { status, text, verdict, changed } = await matrix.ask(route, actor, addressOf(route, { engagement }))
  const wrong: string[] = []
  if (status >= 500) wrong.push(`${name}: ${status}`)
  if (expected !== undefined && verdict !== expected) wrong.push(`${name}: ${verdict} (${status}) instead of ${expected}`)
  if (expected !== "admitted" && expected !== undefined && changed) wrong.push(`${name}: refused, and changed something`)
  if (actor !== "foreign consultant" && actor !== "administrator" && actor !== "foreign respondent" && text.includes(foreignMark))
    wrong.push(`${name}: shows what is somebody else's`)
  return wrong
}

/** An engagement that is somebody else's answers exactly as one that does not exist. */
export const checkForeign = async (matrix: Matrix, route: Route, actor: MatrixActor): Promise<readonly string[]> => {
  if (!route.path.includes(":engagement") || expectedOf(route, actor) !== "not there") return []
  return compareWithMissing(matrix, route, actor, { engagement: "e1" }, { engagement: "e0" })
}

/** Ids of another engagement inside one's own answer exactly as ids that do not exist. */
export const checkSwapped = async (matrix: Matrix, route: Route, actor: MatrixActor): Promise<readonly string[]> => {
  const wrong: string[] = []
  // What is foreign to the others is theirs.
  if (actor === "foreign respondent") return wrong
  for (const [part, foreign, missing] of [
    ["domain", "e2-domain", "e0-domain"],
    ["person", "e2-person", "e0-person"],
  ] as const) {
    if (!route.path.includes(`:${part}`) || expectedOf(route, actor) !== "admitted") continue
    const engagement = { engagement: "e1" }
    wrong.push(
      ...(await compareWithMissing(matrix, route, actor, { ...engagement, [part]: foreign }, { ...engagement, [part]: missing })),
    )
  }
  return wrong
}

type Ids = Readonly<Record<string, string>>

const compareWithMissing = async (matrix: Matrix, route: Route, actor: MatrixActor, foreign: Ids, missing: Ids) => {
  const [one, other] = [
    await matrix.ask(route, actor, addressOf(route, foreign)),
    await matrix.ask(route, actor, addressOf(route, missing)),
  ]
  const name = `${actor}, ${route.method} ${route.path}`
  if (one.status !== other.status) return [`${name}: ${one.status} for a foreign id, ${other.status} for a missing one`]
  return plain(one.text) === plain(other.text) ? [] : [`${name}: a foreign and a missing id look different`]
}

/** Without what differs between any two answers. */
const plain = (text: string): string =>
  text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID").replaceAll(/\be[012]\b/g, "E")
