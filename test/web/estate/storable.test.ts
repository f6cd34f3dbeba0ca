import { expect, test } from "vitest"
import { shopEstate, withStatements } from "../../fixtures/shop-estate.ts"
import { storableImport } from "../../../src/web/estate/storable.ts"

const wanted = { id: "i", domain: "orders", name: "shop" }

test("an import with plain texts stays as it is", async () => {
  expect(await storableImport({ ...wanted, estate: shopEstate })).toEqual({ ...wanted, estate: shopEstate })
})

test("what no database keeps becomes U+FFFD, unit for unit, also in names of fields", async () => {
  const estate = withStatements((all) => all.slice(0, 1).map((one) => ({ ...one, name: "a\ud800", text: "select \0, '\udc00'" })))
  const odd = { ...estate, origin: { ...estate.origin, passedOver: { "x\0": 1 } } }
  const kept = await storableImport({ ...wanted, name: "n\0", estate: odd })
  expect(kept.name).toBe("n\uFFFD")
  expect(kept.estate.statements[0]).toMatchObject({ name: "a\uFFFD", text: "select \uFFFD, '\uFFFD'" })
  expect(kept.estate.origin.passedOver).toEqual({ "x\uFFFD": 1 })
})
