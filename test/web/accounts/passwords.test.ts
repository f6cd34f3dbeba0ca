import { argon2Sync } from "node:crypto"
import { describe, expect, test } from "vitest"
import { StoreBusy } from "../../../src/store/store.ts"
import { checkPassword, hashPassword } from "../../../src/web/accounts/passwords.ts"
import { newRecoveryCodes, newSecret, recoveryCodeHash, stepOfCode } from "../../../src/web/accounts/second-factor-codes.ts"
import { codeAt } from "./signing-in.ts"

describe("passwords", () => {
  test("are kept as argon2id with a salt of their own", async () => {
    const [one, other] = await Promise.all([hashPassword("grüne Wiese am See"), hashPassword("grüne Wiese am See")])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(one).not.toBe(other)
    expect(await checkPassword(one, "grüne Wiese am See")).toEqual({ right: true, outdated: false })
    expect(await checkPassword(one, "grüne Wiese am See ")).toEqual({ right: false, outdated: false })
    expect(await checkPassword(undefined, "grüne Wiese am See")).toMatchObject({ right: false })
    expect(await checkPassword("$2b$10$nonsense", "grüne Wiese am See")).toMatchObject({ right: false })
  })

  test("typed on another keyboard, with letters put together otherwise, are the same", async () => {
    const hash = await hashPassword("grüne Wiese".normalize("NFC"))
    expect(await checkPassword(hash, "grüne Wiese".normalize("NFD"))).toMatchObject({ right: true })
  })

  test("of another strength are taken, and said to be outdated", async () => {
    const nonce = Buffer.alloc(16, 7)
    const given = { message: "an old password", nonce, memory: 4096, passes: 3, parallelism: 1, tagLength: 32 }
    const text = (bytes: Buffer): string => bytes.toString("base64").replaceAll("=", "")
    const phc = `$argon2id$v=19$m=4096,t=3,p=1$${text(nonce)}$${text(argon2Sync("argon2id", given))}`
    expect(await checkPassword(phc, "an old password")).toEqual({ right: true, outdated: true })
  })

  test("beyond fifty in line are turned away, and nobody waits for ever", async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => hashPassword("a password for everybody")))
    const refused = outcomes.filter((one) => one.status === "rejected")
    expect(refused).toHaveLength(8)
    expect(refused.every((one) => one.reason instanceof StoreBusy)).toBe(true)
  })
})

describe("codes", () => {
  const now = Date.UTC(2026, 10, 23, 12)

  test("are those of RFC 6238, of now, the step before and the one after", () => {
    // The RFC's own secret and time: 59 seconds after the epoch the code ends in 287082.
    expect(stepOfCode("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "287 082", 59_000)).toBe(1)
    const secret = newSecret()
    const steps = [-60, -30, 0, 30, 60].map((seconds) => stepOfCode(secret, codeAt(secret, now + seconds * 1000), now))
    const step = now / 30_000
    expect(steps).toEqual([undefined, step - 1, step, step + 1, undefined])
    for (const wrong of ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"]) expect(stepOfCode(secret, wrong, now)).toBeUndefined()
  })

  test("for recovery are ten of 60 bits, read however they are typed", () => {
    const codes = newRecoveryCodes()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){2}$/)
    expect(recoveryCodeHash(" ABCD efgh-2345")).toBe(recoveryCodeHash("abcd-efgh-2345"))
  })
})
