/** The page of a list with 500 rows of 12 columns, against a bare node:http reply of as many bytes; and its upload. */
import { once } from "node:events"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import type { Row, TableQuestion } from "../src/assessment/model.ts"
import { shippedQuestionnaire } from "../src/questionnaire-files.ts"
import { accountToken, openStage } from "../test/web/stage.ts"
import { type Figure, median, ms } from "./figure.ts"

const rounds = 60
const rowCount = 500
const list = "/engagements/e1/tables/orders/PRD-06"
const program = { program: "bench" }

export async function measure(): Promise<readonly Figure[]> {
  const questionnaire = await shippedQuestionnaire()
  const question = questionnaire.questions.find((one): one is TableQuestion => one.id === "PRD-06" && one.type === "table")
  if (question === undefined) throw new Error("The questionnaire has no table PRD-06.")
  const stage = await openStage({ questionnaire })
  const rows = Array.from({ length: rowCount }, (_, at) => rowOf(question, at))
  const changes = rows.map((row) => ({ id: row.id, row, seen: 0 }))
  const start = performance.now()
  await stage.store.saveRows({ engagement: "e1", by: program }, "orders", "PRD-06", changes, 1)
  const saved = performance.now() - start
  const site = await listen(createServer(stage.app))
  try {
    const { page, found, floor, size } = await timePages(site.url)
    const columns = `${rowCount} rows × ${question.columns.length} columns`
    return [
      { what: `Floor: bare node:http, a reply of the page's ${Math.round(size / 1024)} KB`, value: ms(floor) },
      {
        what: `List page, ${columns}, 100 shown`,
        value: `${ms(page)}, ${(page / floor).toFixed(0)} × the floor`,
        goal: { text: "under 100 ms", met: page < 100 },
      },
      { what: "The same, filtered and sorted", value: ms(found), goal: { text: "under 100 ms", met: found < 100 } },
      { what: `${rowCount} rows saved in one transaction, with their history`, value: ms(saved) },
    ]
  } finally {
    site.server.closeAllConnections()
    site.server.close()
    await stage.close()
  }
}

/** Medians of interleaved rounds, so that a noisy moment hits all. */
const timePages = async (url: string) => {
  const size = (await get(`${url}${list}`)).length
  const body = Buffer.alloc(size, "x")
  const bare = await listen(createServer((_request, response) => void response.end(body)))
  const times = { page: [] as number[], found: [] as number[], floor: [] as number[] }
  for (let round = -5; round < rounds; round += 1) {
    const taken = {
      floor: await timed(() => get(bare.url)),
      page: await timed(() => get(`${url}${list}`)),
      found: await timed(() => get(`${url}${list}?q=system&sort=owner&order=down`)),
    }
    if (round < 0) continue
    for (const name of ["page", "found", "floor"] as const) times[name].push(taken[name])
  }
  bare.server.closeAllConnections()
  bare.server.close()
  return { page: median(times.page), found: median(times.found), floor: median(times.floor), size }
}

const timed = async (run: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await run()
  return performance.now() - start
}

const get = async (url: string): Promise<Buffer> => {
  const reply = await fetch(url, { headers: { cookie: `headwater-account=${accountToken("carla")}` } })
  if (reply.status !== 200) throw new Error(`${url} answered ${reply.status}.`)
  return Buffer.from(await reply.arrayBuffer())
}

const listen = async (server: Server): Promise<{ readonly server: Server; readonly url: string }> => {
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const rowOf = (question: TableQuestion, at: number): Row => {
  const cells = question.columns.map(({ id, type, options }) => {
    if (type === "number" || type === "percent" || type === "duration") return [id, (at * 7) % 100]
    if (type === "date") return [id, "2027-03-31"]
    if (type === "yes-no") return [id, at % 2 === 0 ? "yes" : "no"]
    const option = options?.[at % options.length]?.id ?? ""
    if (type === "choice") return [id, option]
    return [id, type === "choices" ? [option] : `System ${at} of the ${id}`]
  })
  return { ...(Object.fromEntries(cells) as Omit<Row, "id">), id: `row-${at}` }
}
