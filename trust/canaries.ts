/** T14: every stored text is hostile; no page, file, header or log takes it for more than text. */
import type { Engagement, Questionnaire } from "../src/assessment/model.ts"
import { createPdfWorker } from "../src/report/pdf/worker-pool.ts"
import { routes } from "../src/web/routes.ts"
import { sampleInput } from "../test/fixtures/sample.ts"
import { program } from "./cast.ts"
import { canariesIn } from "./canary-cells.ts"
import { estateDomain, estateQuestion, plantEstate, type PlantedEstate } from "./canary-estate.ts"
import { payloads } from "./canary-payloads.ts"
import { openLink } from "./ask.ts"
import { type Experiment, grouped, none } from "./experiment.ts"
import { openSite, type Site } from "./site.ts"

export const experiment: Experiment = {
  title: "injection canaries",
  run: async ({ full, count, say }) => {
    const pdf = createPdfWorker()
    const site = await openSite({ replace: { pdf: { render: (report, options) => pdf.render(report as never, options) } } })
    try {
      const wrong: string[] = []
      const chosen = payloads.slice(0, count(payloads.length, payloads.length))
      let fields = 0
      let outputs = 0
      for (const [at, payload] of chosen.entries()) {
        const planted = await plant(site, payload, `c${at}`)
        fields = planted.fields
        // A PDF takes long to make; each fourth payload goes through one.
        for (const address of addressesOf(planted, full || at % 4 === 0)) {
          const { headers, text } = await site.ask(address.path, { headers: { cookie: address.cookie } })
          const output = { type: String(headers["content-type"] ?? ""), text, headers }
          outputs += 1
          wrong.push(...canariesIn(output, payload).map((fault) => `${JSON.stringify(payload)} at ${address.path}: ${fault}`))
        }
        if (at % 10 === 9) say(`${at + 1} payloads`)
      }
      const secrets = secretsIn(site)
      return {
        done: `${fields} stored texts × ${chosen.length} payloads, ${grouped(outputs)} pages and files, ${grouped(site.stage.logged.length)} log lines`,
        found: `${wrong.length} taken for more than text, ${secrets.length} log lines with answers, names or tokens`,
        goals: [none("raw canaries, formula cells and active names", wrong.length), none("secrets in logs", secrets.length)],
        wrong: [...new Set(wrong)].slice(0, 20).concat(secrets.slice(0, 5)),
      }
    } finally {
      await site.close()
      await pdf.close()
    }
  },
}

interface Planted {
  readonly fields: number
  readonly engagement: string
  readonly content: Engagement
  readonly questionnaire: Questionnaire
  readonly estate: PlantedEstate
  readonly owner: string
  readonly respondent: string
}

/** The sample with every text replaced, under an account whose name is hostile, too. */
const plant = async (site: Site, payload: string, engagement: string): Promise<Planted> => {
  const { store } = site.stage
  const { questionnaire, engagement: sample } = await sampleInput()
  let fields = 0
  const text = (): string => payload.replaceAll("Z", `zq${engagement}f${fields++}`)
  const textColumns = new Set(
    questionnaire.questions
      .flatMap((one) => (one.type === "table" ? one.columns.filter(({ type }) => type === "text") : []))
      .map(({ id }) => id),
  )
  const textQuestions = new Set(questionnaire.questions.flatMap((one) => (one.type === "text" ? [one.id] : [])))
  const content: Engagement = {
    ...sample,
    title: text(),
    client: text(),
    domains: sample.domains.map((one) => ({ ...one, name: text(), description: text() })),
    respondents: sample.respondents.map((one) => ({ ...one, name: text(), email: text() })),
    answers: sample.answers.map((one) => ({
      ...one,
      ...(one.status === "not-applicable" && { reason: text() }),
      ...(textQuestions.has(one.question) && one.value !== undefined && { value: text() }),
      comment: text(),
    })),
    inventories: sample.inventories.map((one) => ({
      ...one,
      rows: one.rows.map((row) => ({
        ...row,
        ...Object.fromEntries(Object.keys(row).flatMap((key) => (textColumns.has(key) ? [[key, text()]] : []))),
      })),
    })),
    decisions: sample.decisions.map((one) => ({ ...one, rationale: text(), dissent: text() })),
    overrides: sample.overrides.map((one) => ({ ...one, reason: text() })),
  }
  await store.addEngagement({ engagement, by: { account: "carla" } }, content, questionnaire, Date.now())
  const now = Date.now()
  await store.changeAccount(program, "carla", { name: text(), email: "carla@example.com", role: "consultant" }, now)
  const estate = await plantEstate(site, engagement, text)
  return {
    fields,
    engagement,
    content,
    questionnaire,
    estate,
    owner: site.accountCookie("carla"),
    respondent: await linkFor(site, engagement, content),
  }
}

const linkFor = async ({ stage, ask }: Site, engagement: string, content: Engagement): Promise<string> => {
  const { tokenHash } = await import("../src/web/session.ts")
  const { NOON } = await import("../test/web/stage.ts")
  const token = `link-of-${engagement}-that-is-long-enough-to-be-one`
  const respondent = content.respondents[0]?.id ?? ""
  await stage.store.issueLink({ engagement, respondent, by: program }, tokenHash(token), NOON + 1e9, NOON)
  return openLink(ask, token)
}

interface Address {
  readonly path: string
  readonly cookie: string
}

/** Every address that can be read, with ids that exist. */
const addressesOf = (planted: Planted, withPdf: boolean): readonly Address[] => {
  const { engagement, content, questionnaire, estate, owner, respondent } = planted
  const table = content.inventories.find((one) => one.rows.length > 0)
  const asked = content.answers[0]
  const section = questionnaire.questions.find((one) => one.id === asked?.question)?.dimension
  return routes
    .filter(({ method, path }) => method === "get" && !/^\/(r|set-up|password|u)\/|assets/.test(path))
    .filter(({ path }) => withPdf || !path.endsWith(".pdf"))
    .map(({ path }) => {
      const fromEstate = { domain: estateDomain, question: estateQuestion }
      const place = path.includes("/tables/") ? table : path.includes("/estate/inventories/") ? fromEstate : asked
      const ids: Readonly<Record<string, string | undefined>> = {
        engagement,
        domain: place?.domain,
        question: place?.question,
        section,
        row: table?.rows[0]?.id ?? "x",
        person: content.respondents[0]?.id,
        initiative: content.overrides[0]?.initiative ?? questionnaire.initiatives[0]?.id,
        account: "carla",
        estate: path.includes("/estate/import/") ? estate.waiting : estate.estate,
        statement: estate.statement,
        product: estate.product,
      }
      const address = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(ids[name] ?? "x"))
      return {
        path: address,
        cookie: path.startsWith("/respond")
          ? respondent
          : path.startsWith("/accounts") || path.startsWith("/audit")
            ? planted.owner.replace("carla", "ada")
            : owner,
      }
    })
}

/** Log lines that hold what somebody wrote, an address of a person, or what opens a session. */
const secretsIn = ({ stage }: Site): readonly string[] =>
  stage.logged
    .filter((line) => /zqc\d|@example\.com|link-of-|session-token|headwater-account=/.test(line))
    .map((line) => line.slice(0, 300))
