/** T13: no other site can make a browser change anything; every answer carries the protective headers; no page breaks its own policy. */
import { routes } from "../src/web/routes.ts"
import type { Route } from "../src/web/visit.ts"
import { addressOf } from "../test/web/matrix.ts"
import { accountToken } from "../test/web/stage.ts"
import type { Question } from "./ask.ts"
import { crawl } from "./crawl.ts"
import { type Experiment, grouped, none, spread } from "./experiment.ts"
import { checkHeaders } from "./headers.ts"
import { eachOf } from "./inflow.ts"
import { openSite, type Site } from "./site.ts"

const host = "headwater.example.com"
const own = `https://${host}`

/** What browsers may say of where a request comes from; several values at once are garbage, too. */
const sites = ["same-origin", "none", "same-site", "cross-site", undefined, "same-origin, cross-site"]
const origins = [own, `http://${host}`, `${own}:8443`, "https://elsewhere.example", "null", undefined]
const multipart = "multipart/form-data; boundary=b"
const types = { form: "application/x-www-form-urlencoded", json: "application/json", upload: multipart, files: multipart }

interface Cell {
  readonly route: Route
  readonly site: string | undefined
  readonly origin: string | undefined
  readonly cookie: boolean
  readonly type: string | undefined
}

export const experiment: Experiment = {
  title: "requests from other sites, headers, content policy",
  run: async ({ count, say }) => {
    const publicSite = await openSite({ config: { publicUrl: own } })
    const cells = spread(cellsOf(routes.filter(({ method }) => method !== "get")), count)
    const wrong = await checkCells(publicSite, cells)
    await publicSite.close()
    say(`${grouped(cells.length)} cells`)
    const headers = await checkHeaders()
    say(`${headers.answers} kinds of answer`)
    const crawled = await crawl(count(250, 1_000))
    return {
      done: `${grouped(cells.length)} cells of ${new Set(cells.map(({ route }) => route)).size} changing routes, headers of ${headers.answers} kinds of answer, ${crawled.pages} pages in Chromium`,
      found: `${wrong.length} wrong cells, ${headers.wrong.length} missing headers, ${crawled.violations.length} violations`,
      goals: [
        none("wrong cells", wrong.length),
        none("missing headers", headers.wrong.length),
        none("violations of the content policy", crawled.violations.length),
      ],
      wrong: [wrong, headers.wrong, crawled.violations].flatMap((list) => list.slice(0, 8)),
    }
  },
}

const cellsOf = (changing: readonly Route[]): readonly Cell[] =>
  changing.flatMap((route) =>
    sites.flatMap((site) =>
      origins.flatMap((origin) =>
        [true, false].flatMap((cookie) =>
          [types[route.body === "none" ? "form" : route.body], "text/plain", undefined].map((type): Cell => ({
            route,
            site,
            origin,
            cookie,
            type,
          })),
        ),
      ),
    ),
  )

/** What must be let through: the browser's own word first, then the origin; with neither, only what carries no session. */
const isOurs = ({ site, origin, cookie }: Cell): boolean => {
  if (site !== undefined) return site === "same-origin" || (site === "none" && !cookie)
  return origin === undefined ? !cookie : origin === own
}

/** First what must be refused, with ids that exist: afterwards nothing may have changed. */
const checkCells = async (site: Site, cells: readonly Cell[]): Promise<readonly string[]> => {
  const wrong: string[] = []
  const check = async (cell: Cell): Promise<void> => void wrong.push(...(await checkCell(site, cell)))
  const before = await everything(site)
  await eachOf(
    cells.filter((cell) => !isOurs(cell)),
    8,
    check,
  )
  if ((await everything(site)) !== before) wrong.push("A refused request changed something.")
  await eachOf(cells.filter(isOurs), 8, check)
  return wrong
}

const everything = async ({ stage }: Site): Promise<string> =>
  JSON.stringify([
    await stage.store.loadEngagement({ engagement: "e1", by: { program: "trust" } }),
    await stage.store.listAccounts(),
    (await stage.store.readAudit({ program: "trust" }, { offset: 0, limit: 1 }))?.total,
  ])

const checkCell = async ({ ask }: Site, cell: Cell): Promise<readonly string[]> => {
  const { route, type } = cell
  const ids = { engagement: isOurs(cell) ? "nowhere" : "e1" }
  const { status, text } = await ask(addressOf(route, isOurs(cell) ? { ...missing, ...ids } : ids), questionOf(cell))
  const name = `${route.method} ${route.path}, Sec-Fetch-Site ${cell.site}, Origin ${cell.origin}, cookie ${cell.cookie}, ${type}: ${status}`
  const foreign = status === 403 && text.includes("This came from another site")
  if (status >= 500 || foreign === isOurs(cell)) return [name]
  const isRead = route.body === "none" || type?.split(";")[0] === types[route.body].split(";")[0]
  return isOurs(cell) && !isRead && status !== 415 && status !== 403 ? [`${name} for a body that is not read`] : []
}

const missing = { domain: "nowhere", person: "nowhere", account: "nobody", section: "NO", initiative: "NO" }

const questionOf = ({ route, site, origin, cookie, type }: Cell): Question => ({
  method: route.method.toUpperCase(),
  headers: {
    host,
    ...(site !== undefined && { "sec-fetch-site": site }),
    ...(origin !== undefined && { origin }),
    ...(cookie && { cookie: `__Host-headwater-account=${accountToken("carla")}` }),
    ...(type !== undefined && { "content-type": type }),
  },
  body: route.body === "json" ? "{}" : "action=none",
})
