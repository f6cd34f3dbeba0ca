import { expect, test } from "vitest"
import { openStage } from "./stage.ts"

test("ready while the store answers and the process is not stopping; alive in any case", async () => {
  let draining = false
  let probes = 0
  let broken = false
  const site = await openStage({ replace: { draining: () => draining } })
  const probe = site.store.probe.bind(site.store)
  Object.assign(site.store, {
    probe: (now: number) => {
      probes += 1
      return broken ? Promise.reject(new Error("disk gone")) : probe(now)
    },
  })
  const ask = async (address: string) => (await site.visitor().get(address)).status
  expect([await ask("/readyz"), await ask("/readyz"), probes]).toEqual([200, 200, 1])
  broken = true
  site.wait(1000)
  expect([await ask("/readyz"), await ask("/livez")]).toEqual([503, 200])
  broken = false
  site.wait(1000)
  expect(await ask("/readyz")).toBe(200)
  draining = true
  expect([await ask("/readyz"), await ask("/livez")]).toEqual([503, 200])
  await site.close()
})
