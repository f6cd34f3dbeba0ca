import { describe, expect, test } from "vitest"
import type { Product, Statement } from "../../../src/estate/model.ts"
import { type Lineage, lineagePicture, wholePage } from "../../../src/report/charts/lineage.ts"
import type { Drawing, Shape } from "../../../src/report/drawing.ts"
import { coneOf, mixOf, statementOf } from "../../fixtures/estate.ts"
import { estateInput, estatePlan } from "../../fixtures/estate-plan.ts"

type Pictures = Extract<Lineage, { kind: "pictures" }>

function picturesOf(lineage: Lineage): Pictures {
  if (lineage.kind !== "pictures") throw new Error(`an outline: ${lineage.because}`)
  return lineage
}

const words = (drawing: Drawing): string[] => drawing.shapes.flatMap((shape) => (shape.shape === "text" ? [shape.text] : []))
const rects = (drawing: Drawing) => drawing.shapes.filter((shape) => shape.shape === "rect")

/** Boxes of nodes: filled with paper and outlined; tabs are narrower. */
function boxesOf(drawing: Drawing) {
  return rects(drawing).filter((shape) => shape.fill === "paper" && shape.stroke !== undefined && shape.width > 30)
}

function extent(shape: Shape): { left: number; right: number; top: number; bottom: number } {
  if (shape.shape === "rect") return { left: shape.x, right: shape.x + shape.width, top: shape.y, bottom: shape.y + shape.height }
  if (shape.shape === "circle") return { left: shape.x, right: shape.x, top: shape.y, bottom: shape.y }
  if (shape.shape === "text") return { left: shape.x, right: shape.x, top: shape.y - shape.size, bottom: shape.y }
  if (shape.shape === "line") return { left: shape.x1, right: shape.x2, top: shape.y1, bottom: shape.y2 }
  const numbers = shape.d.match(/-?[\d.]+/g)?.map(Number) ?? []
  const [xs, ys] = [numbers.filter((_, index) => index % 2 === 0), numbers.filter((_, index) => index % 2 === 1)]
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
}

/** `width` statements beside each other in each of `depth` steps; each reads two of the step before. */
function grid(width: number, depth: number): { product: Product; statements: readonly Statement[] } {
  const name = (step: number, row: number): string => `step_${step}_of_row_${row}`
  const statements = Array.from({ length: depth }, (_, step) =>
    Array.from({ length: width }, (_unused, row) =>
      statementOf(name(step, row), "x", step === 0 ? [] : [name(step - 1, row), name(step - 1, (row * 7 + 1) % width)]),
    ),
  ).flat()
  const [template] = estatePlan.products
  if (!template) throw new Error("the fixture has no product")
  const sinks = statements.slice(-width).map(({ id }) => id)
  const { cone } = coneOf(statements, sinks)
  return {
    product: { ...template, sinks, cone, own: cone, shared: [], sources: [], consumers: [], mix: mixOf(statements, cone) },
    statements,
  }
}

const drawn = (width: number, depth: number, room = wholePage): Lineage =>
  lineagePicture({ ...grid(width, depth), sources: [], consumers: [] }, room)

describe.each(estatePlan.products.map((product) => [product.name, product] as const))("the pictures of %s", (_, product) => {
  const { today, tomorrow, table } = picturesOf(lineagePicture({ product, ...estateInput.merged }))

  test("stay inside their own size and print numbers a reader can parse", () => {
    for (const drawing of [today, tomorrow]) {
      for (const shape of drawing.shapes) {
        const { left, right, top, bottom } = extent(shape)
        expect(left).toBeGreaterThanOrEqual(-1)
        expect(top).toBeGreaterThanOrEqual(-1)
        expect(right).toBeLessThanOrEqual(drawing.width + 1)
        expect(bottom).toBeLessThanOrEqual(drawing.height + 1)
      }
      expect(JSON.stringify(drawing)).not.toMatch(/null|NaN|Infinity|undefined/)
      expect(drawing.height).toBeLessThanOrEqual(wholePage.height)
    }
  })

  test("let no two boxes of today overlap", () => {
    const boxes = boxesOf(today)
    expect(boxes).toHaveLength(product.cone.length + product.sources.length + product.consumers.length)
    const pairs = boxes.flatMap((one, index) => boxes.slice(index + 1).map((other) => [one, other] as const))
    const overlapping = pairs.filter(
      ([one, other]) =>
        one.x < other.x + other.width &&
        other.x < one.x + one.width &&
        one.y < other.y + other.height &&
        other.y < one.y + one.height,
    )
    expect(overlapping).toEqual([])
  })

  test("say the class of every statement in letters", () => {
    const marks = words(today).filter((text) => /^(P[1-5]|code|\?)$/.test(text))
    expect(marks).toHaveLength(product.cone.length)
  })

  test("have the same as a table", () => {
    expect(table.rows).toHaveLength(product.cone.length + product.sources.length + product.consumers.length)
  })

  test("are the same every time", () => {
    expect(lineagePicture({ product, ...estateInput.merged })).toEqual({ kind: "pictures", today, tomorrow, table })
  })
})

describe("tomorrow", () => {
  const of = (name: string): Drawing => {
    const product = estatePlan.products.find((each) => each.name === name)
    if (!product) throw new Error(`no product ${name}`)
    return picturesOf(lineagePicture({ product, ...estateInput.merged })).tomorrow
  }

  test("groups its own statements into stages and leaves shared ones outside", () => {
    const texts = words(of("Stock on hand"))
    expect(texts).toEqual(expect.arrayContaining(["1  Read and clean", "2  Combine and compute", "3  Publish", "fct_stock"]))
    expect(texts.join(" ")).toContain("(shared)")
  })

  test("says what the contract promises", () => {
    expect(words(of("Price list")).join(" ")).toMatch(/at most 15.min old .*99\.5.% complete .*rows change/)
  })

  test("shows with a dashed frame what stays in batch", () => {
    const frame = rects(of("Monthly close")).find((shape) => shape.fill === "wash")
    expect(frame?.dash).toEqual([4, 2.5])
    const moving = rects(of("Price list")).find((shape) => shape.fill === "wash")
    expect(moving?.strokeWidth).toBe(frame?.strokeWidth)
    expect(moving?.dash).toBeUndefined()
    expect(of("Monthly close").title).toContain("stays in batch")
  })

  test("counts statements by class where there are too many to name", () => {
    expect(words(picturesOf(drawn(20, 5)).tomorrow)).toContain("20 statements")
  })
})

describe("large products", () => {
  test("are pictures up to two hundred boxes, on a page or on a screen", () => {
    expect(drawn(20, 6).kind).toBe("pictures")
    expect(drawn(25, 8, { width: 1500, height: 900 }).kind).toBe("pictures")
  })

  test("are an outline beyond, with every level and how many stand in it", () => {
    const lineage = drawn(67, 3)
    expect(lineage.kind).toBe("outline")
    expect(lineage.table.rows.map(({ cells }) => cells[1])).toEqual(["67", "67", "67"])
    expect(JSON.stringify(lineage.table.rows)).toMatch(/step_0_of_row_0 P1.* and 27 more/)
  })

  test("are an outline where a chain is too long to be read on a page", () => {
    const lineage = drawn(1, 40)
    expect(lineage).toMatchObject({ kind: "outline", because: expect.stringContaining("too many steps") })
    expect(lineage.table.rows.length).toBeLessThanOrEqual(16)
    expect(lineage.table.rows[0]?.cells.slice(0, 2)).toEqual(["Staging, bronze", "1"])
    expect(lineage.table.rows.reduce((sum, { cells }) => sum + Number(cells[1]), 0)).toBe(40)
  })

  test("are not taken for pictures just because there is room for smaller boxes", () => {
    expect(drawn(40, 3, { width: 349, height: 200, roomy: true }).kind).toBe("outline")
  })
})

test("a product of nothing, and names of any kind, still draw", () => {
  const { product, statements } = grid(1, 1)
  const strange = statements.map((each) => ({ ...each, name: `${"x".repeat(5000)} <script>"&\u0000` }))
  const odd = picturesOf(lineagePicture({ product, statements: strange, sources: [], consumers: [] }))
  expect(Math.max(...words(odd.today).map((text) => text.length))).toBeLessThan(60)
  const none = { ...product, cone: [], own: [], sinks: [] }
  expect(lineagePicture({ product: none, statements: [], sources: [], consumers: [] }).kind).toBe("pictures")
})
