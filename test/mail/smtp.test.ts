import { describe, expect, onTestFinished, test } from "vitest"
import type { Mail } from "../../src/mail/mailer.ts"
import { createSmtpMailer } from "../../src/mail/smtp.ts"
import { freePort, type MailServerOptions, openMailServer, readable } from "./mail-server.ts"

const letter = {
  subject: "Your answers for Orders <b>in motion</b>",
  body: ["Hello Zoë & Co,", { href: "https://headwater.example/r/abc", text: "Begin" }],
  smallPrint: [{ href: "https://headwater.example/u/def", text: "If you want no reminders" }],
}

const aMail = (parts: Partial<Mail> = {}): Mail => ({
  to: { name: "Zoë Marsh", address: "zoe@example.com" },
  replyTo: { name: "Carla Stage", address: "carla@example.com" },
  letter,
  unsubscribe: "https://headwater.example/u/def",
  id: "message-1",
  ...parts,
})

const withServer = async (options: MailServerOptions = {}, patience = 5_000) => {
  const server = await openMailServer(options)
  const mailer = createSmtpMailer({ server: server.url, from: "Headwater <headwater@example.com>", patience })
  onTestFinished(async () => {
    mailer.close()
    await server.close()
  })
  return { server, mailer }
}

describe("a mail", () => {
  test("arrives with sender, recipient, answer address, both texts and a way to unsubscribe", async () => {
    const { server, mailer } = await withServer()
    await mailer.verify()
    await mailer.send(aMail())
    const [received] = server.received
    expect(received?.recipients).toEqual(["zoe@example.com"])
    const text = readable(received?.text ?? "")
    for (const said of [
      "From: Headwater <headwater@example.com>",
      "<zoe@example.com>",
      "Reply-To: Carla Stage <carla@example.com>",
      "Message-ID: <message-1@headwater.example>",
      "List-Unsubscribe: <https://headwater.example/u/def>",
      "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
      "Auto-Submitted: auto-generated",
      "Begin:\nhttps://headwater.example/r/abc",
      '<a href="https://headwater.example/r/abc">Begin</a>',
      "Hello Zoë &amp; Co,",
    ])
      expect(text).toContain(said)
    expect(text).not.toMatch(/<img|src=|@import|url\(/)
  })

  test("promises one-click only over https", async () => {
    const { server, mailer } = await withServer()
    await mailer.send(aMail({ unsubscribe: "http://127.0.0.1:3000/u/def" }))
    expect(server.received[0]?.text).toContain("List-Unsubscribe: <http://127.0.0.1:3000/u/def>")
    expect(server.received[0]?.text).not.toContain("List-Unsubscribe-Post")
  })

  test.each([
    ["name", { to: { name: "Eve\r\nBcc: all@example.com", address: "eve@example.com" } }],
    ["answer address", { replyTo: { name: "Eve\nX-Bad: 1", address: "eve@example.com\r\nBcc: all@example.com" } }],
    ["subject", { letter: { ...letter, subject: "Hello\r\nBcc: all@example.com\r\n\r\nText" } }],
  ])("takes no header from its %s", async (_what, parts) => {
    const { server, mailer } = await withServer()
    await mailer.send(aMail(parts))
    const { recipients = [], text = "" } = server.received[0] ?? {}
    expect(recipients).toHaveLength(1)
    expect(text.split("\r\n\r\n", 1)[0]).not.toMatch(/^(Bcc|X-Bad):/im)
  })

  test.each([
    "two@example.com, three@example.com",
    "eve@example.com\r\nRCPT TO:<x@example.com>",
    "<a@example.com>",
    "nobody",
    "",
  ])("goes to one address only: %j is refused before anything is sent", async (address) => {
    const { server, mailer } = await withServer()
    await expect(mailer.send(aMail({ to: { name: "Eve", address } }))).rejects.toMatchObject({ kind: "recipient" })
    expect(server.received).toEqual([])
  })
})

describe("what goes wrong", () => {
  test("is the recipient's when the server says 5xx, and may pass when it says 4xx", async () => {
    const { mailer } = await withServer({
      refuse: (address) => (address.startsWith("gone") ? 550 : address.startsWith("full") ? 452 : undefined),
    })
    const to = (address: string) => aMail({ to: { name: "Zoë", address } })
    await expect(mailer.send(to("gone@example.com"))).rejects.toMatchObject({
      kind: "recipient",
      message: expect.stringContaining("550 Nobody here is gone@example.com") as unknown,
    })
    await expect(mailer.send(to("full@example.com"))).rejects.toMatchObject({ kind: "message" })
    await mailer.send(to("zoe@example.com"))
  })

  test("is the server's when nobody listens", async () => {
    const mailer = createSmtpMailer({ server: `smtp://127.0.0.1:${await freePort()}`, from: "headwater@example.com" })
    await expect(mailer.send(aMail())).rejects.toMatchObject({
      kind: "server",
      message: expect.stringContaining("does not answer") as unknown,
    })
    await expect(mailer.verify()).rejects.toMatchObject({ kind: "server" })
  })

  test("is the server's when it wants a password that we do not have right", async () => {
    const { server } = await withServer({ locked: true })
    const mailer = createSmtpMailer({ server: server.url.replace("//", "//user:wrong@"), from: "headwater@example.com" })
    await expect(mailer.send(aMail())).rejects.toMatchObject({ kind: "server" })
  })

  test("does not hold us for ever when the server falls silent", async () => {
    const { mailer } = await withServer({ silent: true }, 600)
    await expect(mailer.send(aMail())).rejects.toMatchObject({
      kind: "broken-off",
      message: expect.stringContaining("too long") as unknown,
    })
  })
})
