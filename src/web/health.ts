import type { Store } from "../store/store.ts"
import { accountSessionOf } from "./session.ts"
import type { Handler, Tools, Visit } from "./visit.ts"

/** The process runs. */
export const livez: Handler = () => ({ reply: "json", status: 200, body: { status: "ok" } })

const PROBE_EVERY = 1000
const lastProbe = new WeakMap<Store, { at: number; ok: Promise<boolean> }>()

/**
 * The store answers one read and one write, and the process is not stopping. Asked of the store once a second at most. A disk that fills up
 * is "degraded": reading goes on, so whoever asks must not send people elsewhere. Administrators see why.
 */
export const readyz: Handler = async (visit, on) => {
  const { store, draining, room } = on
  const answers = await probe(store, visit.now)
  const ready = !draining() && answers
  const status = !ready ? "not ready" : room() === "enough" ? "ok" : "degraded"
  const details = (await isAdministrator(visit, on)) ? { details: detailsOf(on, answers) } : {}
  return { reply: "json", status: ready ? 200 : 503, body: { status, ...details } }
}

const isAdministrator = async (visit: Visit, { store }: Tools): Promise<boolean> => {
  const session = await accountSessionOf(visit, store).catch(() => undefined)
  return session?.step === "open" && session.account.role === "administrator"
}

const detailsOf = ({ store, draining, room, freeBytes, lastBackup }: Tools, answers: boolean) => {
  const backup = lastBackup?.()
  return {
    store: store.engine,
    storeAnswers: answers,
    draining: draining(),
    room: room(),
    ...(freeBytes && { freeMegabytes: Math.floor(freeBytes() / 1_000_000) }),
    ...(backup !== undefined && { lastBackup: new Date(backup).toISOString() }),
    memoryMegabytes: Math.round(process.memoryUsage.rss() / 1_000_000),
  }
}

const probe = (store: Store, now: number): Promise<boolean> => {
  const last = lastProbe.get(store)
  if (last !== undefined && now >= last.at && now - last.at < PROBE_EVERY) return last.ok
  const ok = store.probe(now).then(
    () => true,
    () => false,
  )
  lastProbe.set(store, { at: now, ok })
  return ok
}
