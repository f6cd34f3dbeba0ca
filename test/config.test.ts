import { expect, test } from "vitest"
import { variables } from "../src/config-variables.ts"
import { readConfig } from "../src/config.ts"
import { localUrl, shownUrl } from "../src/public-url.ts"

test("nothing set gives the usual settings", () => {
  const usual = {
    dataFolder: "data",
    host: "127.0.0.1",
    isLocal: true,
    port: 3000,
    logLevel: "warn",
    linkDays: 30,
    savesPerMinute: 120,
    requestsPerMinute: 300,
    drainDelay: 0,
    trustedProxies: [],
  }
  expect(readConfig({})).toEqual({ config: usual })
  expect(readConfig({ PORT: "", HOST: "", SOMETHING_ELSE: "x" })).toEqual({ config: usual })
})

test("every variable of the help is read", () => {
  const environment = {
    PORT: "8080",
    HOST: "::1",
    DATA_DIR: "/srv/headwater",
    DATABASE_URL: "postgres://db/headwater",
    PUBLIC_URL: "https://headwater.example.com/",
    LOG_LEVEL: "info",
    LINK_DAYS: "7",
    SAVES_PER_MINUTE: "60",
    REQUESTS_PER_MINUTE: "600",
    DRAIN_DELAY: "5",
    BACKUP_DIR: "/srv/backups",
    BACKUP_HOURS: "6",
    BACKUP_KEEP: "30",
    TRUST_PROXY: "10.0.0.0/24, loopback",
    SMTP_URL: "smtps://post:secret@mail.example.com",
    MAIL_FROM: "Headwater <headwater@example.com>",
    OIDC_ISSUER: "https://id.example.com",
    OIDC_CLIENT_ID: "headwater",
    OIDC_CLIENT_SECRET: "secret",
    OIDC_NAME: "Example ID",
  }
  expect(Object.keys(environment).sort()).toEqual(Object.keys(variables).sort())
  expect(readConfig(environment)).toEqual({
    config: {
      port: 8080,
      host: "::1",
      dataFolder: "/srv/headwater",
      databaseUrl: "postgres://db/headwater",
      publicUrl: "https://headwater.example.com",
      logLevel: "info",
      linkDays: 7,
      savesPerMinute: 60,
      requestsPerMinute: 600,
      drainDelay: 5,
      backup: { folder: "/srv/backups", hours: 6, keep: 30 },
      isLocal: true,
      trustedProxies: ["10.0.0.0/24", "loopback"],
      mail: { server: "smtps://post:secret@mail.example.com", from: "Headwater <headwater@example.com>" },
      signOn: { issuer: "https://id.example.com", clientId: "headwater", clientSecret: "secret", name: "Example ID" },
    },
  })
})

test("everything that is wrong is told at once", () => {
  const broken = {
    DATABASE_URL: "mysql://db",
    HOST: "example.com",
    PORT: "99999",
    LOG_LEVEL: "loud",
    PUBLIC_URL: "https://example.com/path",
    LINK_DAYS: "0",
    SAVES_PER_MINUTE: "many",
    TRUST_PROXY: "10.0.0.0/99",
    SMTP_URL: "mail.example.com",
    MAIL_FROM: "Headwater",
    OIDC_ISSUER: "http://id.example.com",
  }
  expect(readConfig(broken)).toEqual({
    problems: [
      "DATABASE_URL: Give an address that begins with postgres://, or leave it out for the embedded database.",
      "HOST: Give an address of this machine: 127.0.0.1 for it alone, 0.0.0.0 or :: for every network it is in.",
      "PORT: Give a whole number from 0 to 65535.",
      "LOG_LEVEL: Use trace, debug, info, warn, error, fatal or silent.",
      "PUBLIC_URL: Give an address without a path, such as https://headwater.example.com.",
      "LINK_DAYS: Give a whole number from 1 to 365.",
      "SAVES_PER_MINUTE: Give a whole number from 1 to 10000.",
      "TRUST_PROXY: Give addresses or ranges of your own proxies, such as 10.0.0.5 or 10.0.0.0/24, with commas between them.",
      "SMTP_URL: Give the mail server as smtps://user:password@mail.example.com, or smtp:// for one that starts TLS by itself.",
      "MAIL_FROM: Give an address, such as Headwater <headwater@example.com>.",
      "OIDC_ISSUER: Give the https address of your OpenID provider, as it names itself.",
    ],
  })
})

test.each(["0.0.0.0", "192.168.1.4", "::"])("the host %s, which others can reach, needs the address that people open", (HOST) => {
  const problems = [`PUBLIC_URL: Give the https address that people open: HOST=${HOST} can be reached from other machines.`]
  expect(readConfig({ HOST })).toEqual({ problems })
  expect(readConfig({ HOST, PUBLIC_URL: "http://localhost:3000" })).toEqual({ problems })
  expect(readConfig({ HOST, PUBLIC_URL: "https://headwater.example.com" })).toMatchObject({ config: { isLocal: false } })
})

test.each(["example.com", "127.0.0.1.example.com"])("the host %s is refused", (HOST) => {
  expect(readConfig({ HOST, PUBLIC_URL: "https://headwater.example.com" })).toHaveProperty("problems")
})

test("settings that only make sense together are asked for together", () => {
  expect(readConfig({ SMTP_URL: "smtp://mail.example.com" })).toEqual({
    problems: ["MAIL_FROM: Give the sender's address: SMTP_URL is set."],
  })
  expect(readConfig({ OIDC_ISSUER: "https://id.example.com" })).toHaveProperty("problems")
  expect(readConfig({ OIDC_CLIENT_ID: "headwater" })).toHaveProperty("problems")
})

test("people reach it over https, or over http on this machine", () => {
  const problems = ["PUBLIC_URL: Give an https address: over plain http, browsers would send answers and sessions unprotected."]
  for (const PUBLIC_URL of ["http://headwater.example.com", "http://127.0.0.1.example.com:80", "http://localhost.example.com"])
    expect(readConfig({ PUBLIC_URL })).toEqual({ problems })
  for (const PUBLIC_URL of ["https://headwater.example.com:8443", "http://127.0.0.1:4000", "http://localhost", "http://[::1]:80"])
    expect(readConfig({ PUBLIC_URL })).not.toHaveProperty("problems")
})

test("an address of a site has no path, query or password", () => {
  expect(shownUrl("http://127.0.0.1:3000")).toBe("http://127.0.0.1:3000")
  for (const wrong of ["ftp://x", "http://x/y", "http://x?y", "http://a:b@x", "//x", "javascript:alert(1)"])
    expect(shownUrl(wrong)).toBeUndefined()
  expect(localUrl("127.0.0.1", 3000)).toBe("http://127.0.0.1:3000")
  expect(localUrl("::1", 80)).toBe("http://[::1]:80")
})
