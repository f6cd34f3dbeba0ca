import { describe, expect, test } from "vitest"
import { toSvg } from "../../src/report/svg.ts"
import { drawing } from "../fixtures/report.ts"

describe("svg", () => {
  const svg = toSvg(drawing, "matrix")

  test("has a name and a description for those who cannot see it", () => {
    expect(svg).toContain('role="img"')
    expect(svg).toContain('aria-labelledby="matrix-title matrix-desc"')
    expect(svg).toContain('<title id="matrix-title">Payments: slow but sound</title>')
    expect(svg).toContain('<desc id="matrix-desc">Speed 34, integrity 61.</desc>')
  })

  test("escapes text, attributes and ids", () => {
    expect(svg).toContain("Payments &lt;&amp; &quot;sons&quot;&gt;")
    expect(toSvg({ ...drawing, title: "</title><script>" }, '"><script>')).not.toContain("<script")
  })

  test("uses classes and presentation attributes only, so that a strict policy lets it through", () => {
    expect(svg).not.toMatch(/ style=| on\w+=|<style|href=/)
    expect(svg).toContain('class="fill-accent stroke-paper"')
  })

  test("prints every shape", () => {
    for (const tag of ["<rect", "<line", "<circle", "<path", "<text"]) expect(svg).toContain(tag)
    expect(svg).toContain('transform="rotate(-90 6 50)"')
    expect(svg).toContain('stroke-dasharray="2 2"')
  })
})
