import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from "express"
import { fileURLToPath } from "node:url"
import { type Assets, loadAssets } from "./assets.ts"
import { bodyOf, readBody } from "./body.ts"
import { arrival, passageOf } from "./arrival.ts"
import { CALLBACK, connectProvider } from "./accounts/provider.ts"
import { admit } from "./admission.ts"
import { keptFields } from "./links.ts"
import { createLimiter } from "./limiter.ts"
import { createRoom, roomFor, withRoomTold } from "./room.ts"
import { createPages, type Pages } from "./pages.ts"
import { problemOf } from "./problems.ts"
import { notFound, type Problem, type Reply, send } from "./respond.ts"
import { routes } from "./routes.ts"
import { checkHost, checkOrigin, protectiveHeaders } from "./security.ts"
import { readSessionCookie } from "./session.ts"
import { createTraffic, type Traffic, usualLimits } from "./traffic.ts"
import { receiverOf } from "./uploads.ts"
import type { Dependencies, Fields, Route, Tools, Visit } from "./visit.ts"

const folder = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url))

/** The whole site. Compiles all templates and reads all static files, so what is missing shows at start. */
export const createApp = (dependencies: Dependencies): Express => {
  const { signOn } = dependencies.config
  const elapsed = dependencies.elapsed ?? (() => performance.now())
  const on = {
    ...dependencies,
    provider: dependencies.provider ?? (signOn && connectProvider(signOn, dependencies.config.publicUrl)),
    waitBeforeSaving: createLimiter(dependencies.config.savesPerMinute, elapsed),
    room: createRoom(dependencies.freeBytes ?? (() => Number.POSITIVE_INFINITY), elapsed),
    release: dependencies.newId(),
  }
  const assets = loadAssets(folder("public"))
  const pages = createPages(folder("views"), (file) => assets.address(file))
  const refuse = (response: Response, problem: Problem): void => send(response, problem, pages, idOf(response))
  const app = express()
  app.disable("x-powered-by").disable("etag")
  app
    .set("query parser", "simple")
    .set("case sensitive routing", true)
    .set("strict routing", true)
    .set("env", "production")
    .set("trust proxy", [...dependencies.config.trustedProxies])

  const { publicUrl } = on.config
  app.use(identify(on), protectiveHeaders(publicUrl), checkHost(publicUrl, refuse), checkOrigin(publicUrl, refuse))
  app.use(checkAddress(refuse))
  app.get("/assets/:release/*file", serveAssets(assets))
  const traffic = createTraffic({ ...usualLimits, ...on.config.limits }, elapsed)
  for (const route of routes) app[route.method](route.path, readBody(route.body), answer(route, on, pages, traffic))
  for (const path of new Set(routes.map((route) => route.path))) app.all(path, refuseMethod(path, refuse))
  app.use((_request, response) => refuse(response, notFound()))
  app.use(answerError(on, pages))
  return app
}

const idOf = (response: Response): string => String(response.locals["requestId"])

/** Gives each request an id and logs it, when answered, by its pattern: addresses may hold tokens. */
const identify =
  ({ log, newId }: Dependencies): RequestHandler =>
  (request, response, next) => {
    const id = newId()
    response.locals["requestId"] = id
    const began = performance.now()
    response.on("finish", () => {
      const { route = "none", actor } = response.locals as { readonly route?: string; readonly actor?: string }
      const ms = Math.round(performance.now() - began)
      log.info({ id, method: request.method, route, status: response.statusCode, ms, ...(actor && { actor }) }, "request")
    })
    next()
  }

/** Providers' codes may be long: some carry everything that they say. */
const checkAddress =
  (refuse: (response: Response, problem: Problem) => void): RequestHandler =>
  (request, response, next) => {
    if (request.url.length > (request.path === CALLBACK ? 8192 : 2048)) {
      return refuse(response, {
        reply: "problem",
        status: 414,
        heading: "This address is too long",
        text: ["Check the address."],
      })
    }
    next()
  }

const serveAssets =
  (assets: Assets): RequestHandler =>
  (request, response, next) => {
    const file = ([] as unknown[]).concat(request.params["file"]).join("/")
    const found = assets.find(String(request.params["release"]), file)
    if (found === undefined) return next()
    response.locals["route"] = "/assets"
    const { asset, fresh } = found
    const zip = asset.brotli !== undefined && /\bbr\b/.test(request.headers["accept-encoding"] ?? "")
    const bytes = zip && asset.brotli ? asset.brotli() : asset.bytes
    response.set({ "Content-Type": asset.type, "Content-Length": String(bytes.length), Vary: "Accept-Encoding" })
    if (zip) response.set("Content-Encoding", "br")
    response.set("Cache-Control", fresh ? "public, max-age=31536000, immutable" : "no-cache")
    response.end(request.method === "HEAD" ? undefined : bytes)
  }

/** Checks who may use the route, lets its handler think, and sends what it says. */
const answer =
  (route: Route, on: Tools, pages: Pages, traffic: Traffic): RequestHandler =>
  async (request, response) => {
    response.locals["route"] = route.path
    const visit = await visitOf(request, response, route, on, traffic)
    const room = on.room()
    const held = traffic.enter(passageOf(route, visit)) ?? roomFor(route, room, visit.form)
    const reply = held ?? (await admit(route, room === "enough" ? visit : { ...visit, holds: () => false }, on))
    if (route.permission === "link.open" && reply.reply === "redirect" && reply.cookie !== undefined)
      traffic.welcome(readSessionCookie(on.config.publicUrl, [reply.cookie].flat().join("; ")) ?? "")
    send(response, withRoomTold(keepingTyped(reply, visit), room), pages, visit.requestId, route.body === "json")
  }

/** Whoever is to wait loses nothing of what they typed. */
const keepingTyped = (reply: Reply, { form }: Visit): Reply =>
  reply.reply === "problem" && reply.status === 429 && reply.kept === undefined ? { ...reply, kept: keptFields(form) } : reply

const visitOf = async (request: Request, response: Response, route: Route, on: Tools, traffic: Traffic): Promise<Visit> => {
  const params = single(request.params)
  const query = single(request.query as Fields)
  const held = request.headers["if-none-match"] ?? ""
  const now = on.clock()
  const who = {
    cookie: readSessionCookie(on.config.publicUrl, request.headers.cookie),
    accountCookie: readSessionCookie(on.config.publicUrl, request.headers.cookie, "account"),
    address: request.ip ?? "unknown",
  }
  return {
    method: request.method,
    path: request.originalUrl,
    params,
    query,
    ...(await bodyOf(request, route.body)),
    receive: receiverOf(request),
    ...who,
    arrive: arrival(response, passageOf(route, who), traffic),
    signOnCookie: readSessionCookie(on.config.publicUrl, request.headers.cookie, "sign-on"),
    browser: browserName(request.headers["user-agent"] ?? ""),
    holds: (tag) => held.includes(`"${tag}"`),
    requestId: idOf(response),
    now,
    today: on.dayOf(now),
  }
}

/** "Firefox on Linux": enough to know one's own sign-ins by, and no more. */
const browserName = (agent: string): string => {
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)(?:iOS)?\//.exec(agent)?.[1]
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|CrOS|Linux)/.exec(agent)?.[1]
  const names: Readonly<Record<string, string>> = { Edg: "Edge", OPR: "Opera", "Mac OS X": "macOS", CrOS: "ChromeOS" }
  return [browser ?? "A program", system].flatMap((name) => (name ? [names[name] ?? name] : [])).join(" on ")
}

/** Parameters once each and without control characters: a list where text is expected is refused, not guessed. */
const single = (given: Readonly<Record<string, string | readonly string[]>>): Readonly<Record<string, string>> => {
  const result: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(given)) {
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    if (typeof value !== "string" || /[\u0000-\u001f\u007f]/.test(value)) throw Object.assign(new Error(name), { status: 400 })
    result[name] = value
  }
  return result
}

const refuseMethod = (path: string, refuse: (response: Response, problem: Problem) => void): RequestHandler => {
  const methods = routes.filter((route) => route.path === path).map((route) => route.method.toUpperCase())
  const allow = [...new Set(methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])))].join(", ")
  return (_request, response) => {
    response.locals["route"] = path
    refuse(response, {
      reply: "problem",
      status: 405,
      heading: "This page cannot be used like that",
      text: ["Go back and use the links and buttons of the page."],
      allow,
    })
  }
}

const answerError =
  ({ log }: Dependencies, pages: Pages) =>
  (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    const problem = { ...problemOf(error), kept: typedIn(request) }
    if (problem.status >= 500) log.error({ id: idOf(response), err: error }, "failed")
    if (response.headersSent) return next(error)
    send(response, problem, pages, idOf(response), Boolean(request.is("application/json")))
  }

/** What a form held that could not be dealt with, so that nothing typed is lost. */
const typedIn = (request: Request): NonNullable<Problem["kept"]> =>
  request.is("application/x-www-form-urlencoded") && typeof request.body === "object" && request.body !== null
    ? keptFields(request.body as Fields)
    : []
