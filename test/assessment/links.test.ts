import { describe, expect, test } from "vitest"
import { isSafeLink, readLinks } from "../../src/assessment/links.ts"

test.each(["https://wiki.example/a?b=c#d", "http://10.0.0.1:8080/", "mailto:ana@example.com", "HTTPS://EXAMPLE.COM"])(
  "%s is a link",
  (link) => {
    expect(isSafeLink(link)).toBe(true)
  },
)

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "file:///etc/passwd",
  "//example.com",
  "example.com",
  "https://",
  "https://a b",
  "mailto:nobody",
  " https://example.com",
  `https://example.com/${"x".repeat(2_000)}`,
])("%s is none", (link) => {
  expect(isSafeLink(link)).toBe(false)
})

describe("a text with one link a line", () => {
  test("gives its links once each, blank lines left out", () => {
    expect(readLinks(" https://a.example \n\nhttps://b.example\r\nhttps://a.example")).toEqual({
      links: ["https://a.example", "https://b.example"],
    })
    expect(readLinks(" \n ")).toEqual({ links: [] })
  })

  test("says what to repair", () => {
    expect(readLinks("see the wiki")).toEqual({
      problem: "Enter addresses that begin with https:// or mailto:, one a line: “see the wiki” is none",
    })
    expect(readLinks([1, 2, 3, 4].map((n) => `https://${n}.example`).join("\n"))).toEqual({
      problem: "Enter at most 3 links: there are 4",
    })
  })
})
