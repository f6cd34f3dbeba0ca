import { spawn } from "node:child_process"
import { once } from "node:events"
import { type AddressInfo, createServer } from "node:net"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { folderWith } from "./commands/running.ts"
import { CLIENT, openBrowserOf, openProvider } from "./fixtures/provider.ts"

/** The provider has to know where people come back to before the program starts. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, "close")
  return port
}

/** The real program, with its frozen prototypes, once it has printed the link that makes the first administrator. */
const serve = async (environment: Readonly<Record<string, string>>): Promise<{ link: string; logged: () => string }> => {
  const child = spawn(process.execPath, ["--disable-proto=delete", "src/main.ts", "serve", "--no-sample"], {
    cwd: join(import.meta.dirname, ".."),
    env: { PATH: process.env["PATH"] ?? "", DATA_DIR: folderWith(), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  })
  onTestFinished(() => void child.kill("SIGKILL"))
  let [out, err] = ["", ""]
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text))
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text))
  while (!/\/set-up\/\S+\n/.test(out))
    await Promise.race([once(child.stdout, "data"), once(child, "close").then(() => expect.fail(err))])
  return { link: /http:\S+\/set-up\/\S+/.exec(out)?.[0] ?? "", logged: () => err }
}

test("the running program signs people in with the provider of its settings", { timeout: 60_000 }, async () => {
  const port = await freePort()
  const people = { ada: { email: "ada@example.com", verified: true, amr: ["mfa"] } }
  const provider = await openProvider(`http://127.0.0.1:${port}/sign-on/callback`, people)
  onTestFinished(() => provider.close())
  const { link, logged } = await serve({
    PORT: String(port),
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.clientId,
    OIDC_CLIENT_SECRET: CLIENT.clientSecret,
    OIDC_NAME: "Acme",
  })
  const password = "four unrelated words it is"
  const ada = { name: "Ada", email: "ada@example.com", "new-password": password, "repeated-password": password }
  expect((await openBrowserOf("ada").ask(link, ada)).status).toBe(303)

  const { origin } = new URL(link)
  const browser = openBrowserOf("ada")
  expect(await (await browser.ask(`${origin}/sign-in`)).text()).toContain(">Acme</a>")
  const away = await browser.ask(`${origin}/sign-on?to=%2Faccounts`)
  const back = await openBrowserOf("ada").goTo(away.headers.get("location") ?? "")
  const opened = await browser.ask(back.href)
  expect([opened.status, opened.headers.get("location"), logged()]).toEqual([303, "/accounts", ""])
  expect(await (await browser.ask(`${origin}/account`)).text()).toContain("With “Acme”.")
})
