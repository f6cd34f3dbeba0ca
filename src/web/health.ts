import type { Store } from "../store/store.ts"
import type { Handler } from "./visit.ts"

/** The process runs. */
export const livez: Handler = () => ({ reply: "json", status: 200, body: { status: "ok" } })

const PROBE_EVERY = 1000
const lastProbe = new WeakMap<Store, { at: number; ok: Promise<boolean> }>()

/** The store answers one read and one write, and the process is not stopping. Asked of the store once a second at most. */
export const readyz: Handler = async (visit, { store, draining }) => {
  const ready = !draining() && (await probe(store, visit.now))
  return { reply: "json", status: ready ? 200 : 503, body: { status: ready ? "ok" : "not ready" } }
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
