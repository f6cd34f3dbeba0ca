import { expect, test } from "vitest"
import { variables } from "../src/config-variables.ts"
import { readConfig } from "../src/config.ts"
import { localUrl, shownUrl } from "../src/public-url.ts"

test("nothing set gives the usual settings", () => {
  const usual = { dataFolder: "data", host: "127.0.0.1", port: 3000, logLevel: "warn", linkDays: 30, savesPerMinute: 120 }
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
    },
  })
})

test("everything that is wrong is told at once", () => {
  const broken = {
    DATABASE_URL: "mysql://db",
    HOST: "0.0.0.0",
    PORT: "99999",
    LOG_LEVEL: "loud",
    PUBLIC_URL: "https://example.com/path",
    LINK_DAYS: "0",
    SAVES_PER_MINUTE: "many",
  }
  expect(readConfig(broken)).toEqual({
    problems: [
      "DATABASE_URL: Give an address that begins with postgres://, or leave it out for the embedded database.",
      "HOST: Use 127.0.0.1: there are no accounts yet, so Headwater answers this machine only.",
      "PORT: Give a whole number from 0 to 65535.",
      "LOG_LEVEL: Use trace, debug, info, warn, error, fatal or silent.",
      "PUBLIC_URL: Give an address without a path, such as https://headwater.example.com.",
      "LINK_DAYS: Give a whole number from 1 to 365.",
      "SAVES_PER_MINUTE: Give a whole number from 1 to 10000.",
    ],
  })
})

test.each(["0.0.0.0", "192.168.1.4", "::", "example.com", "127.0.0.1.example.com"])("the host %s is refused", (HOST) => {
  expect(readConfig({ HOST })).toHaveProperty("problems")
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
