import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { folderWith, headwater } from "./running.ts"

beforeEach(() => {
  vi.stubEnv("DATA_DIR", folderWith())
  vi.stubEnv("DATABASE_URL", "")
  vi.stubEnv("PUBLIC_URL", "https://headwater.example.com")
})
afterEach(() => vi.unstubAllEnvs())

const ada = ["user", "add", "Ada Byron", "ada@example.com", "--role", "administrator"]

test("accounts are added with a link, listed, reset, disabled and enabled from the shell", async () => {
  expect((await headwater(["user", "list"])).out).toBe("There are no accounts yet.\n")
  const added = await headwater(ada)
  expect(added.out).toMatch(
    /^Ada Byron is added as administrator\.\n[^\n]+\nhttps:\/\/headwater\.example\.com\/password\/[\w-]{43}\n$/,
  )
  await headwater(["user", "add", "Otto Lang", "otto@example.com"])
  expect((await headwater(["user", "reset", "otto@example.com", "--second-factor"])).out).toContain("/password/")
  expect((await headwater(["user", "disable", "otto@example.com"])).out).toBe("Otto Lang can no longer sign in.\n")
  expect((await headwater(["user", "list"])).out).toBe(
    "ada@example.com\tadministrator\tAda Byron\notto@example.com\tconsultant\tOtto Lang\tdisabled\n",
  )
  expect((await headwater(["user", "enable", "otto@example.com"])).code).toBe(0)
  expect((await headwater(["audit"])).out).toMatch(/^\d+ entries, unbroken\.\n$/)
})

test("what makes no sense is refused, and says what would", async () => {
  await headwater(ada)
  const refused = async (...argv: string[]) => {
    const { code, err } = await headwater(["user", ...argv])
    expect(code).toBe(2)
    return err
  }
  expect(await refused("ad", "x")).toContain("Use headwater user add NAME EMAIL")
  expect(await refused("add", "X")).toContain("Use headwater user add NAME EMAIL")
  expect(await refused("add", "X", "nonsense")).toContain("Enter an e-mail address")
  expect(await refused("add", "X", "x@example.com", "--role", "king")).toContain('"king" is no role')
  expect(await refused("add", "Ada", "ADA@example.com")).toContain("There is an account with the address ADA@example.com already")
  expect(await refused("reset", "nobody@example.com")).toContain("There is no account with the address nobody@example.com")
  expect(await refused("disable", "ada@example.com")).toContain("Ada Byron is the last administrator")
})
