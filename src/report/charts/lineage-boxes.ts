/** The boxes of tomorrow's picture: inputs, the product with its stages, its contract, its readers. */
import type { Product } from "../../estate/model.ts"
import { at, type Shape } from "../drawing.ts"
import { cutTo } from "../lettering.ts"
import { type Box, classTab, cutMiddle, nameLines, rounded, wrapName } from "./lineage-marks.ts"
import type { Input, Stage } from "./lineage-stages.ts"

export const size = 7.5
export const lineHeight = 11
export const stageHead = 15
export const productHead = 18
export const boxHeight = 23

export function drawInput(input: Input, box: Box | undefined): Shape[] {
  if (!box) return []
  const line = input.kind === "shared" ? ({ dash: [2, 1.5] } as const) : {}
  const name = input.kind === "shared" && input.members.size === 1 ? `${input.name} (shared)` : input.name
  return [
    { shape: "rect", ...rounded(box), radius: boxHeight / 2, fill: "paper", stroke: "muted", strokeWidth: 0.7, ...line },
    ...nameLines(wrapName(name, box.width - 16, size, 2), { x: box.x + 9, top: box.y, bottom: box.y + box.height }, { size }),
  ]
}

export function drawProduct(product: Product, box: Box): Shape[] {
  const stays = product.fate === "migrate" ? {} : ({ dash: [4, 2.5] } as const)
  return [
    { shape: "rect", ...rounded(box), radius: 3, fill: "wash", stroke: "accent", strokeWidth: 1.4, ...stays },
    {
      shape: "text",
      x: at(box.x + 7),
      y: at(box.y + 12.5),
      text: cutTo(product.name, box.width - 14, 8.5, "semibold"),
      size: 8.5,
      weight: "semibold",
    },
    ...(product.own.length === 0
      ? [
          {
            shape: "text" as const,
            x: at(box.x + 7),
            y: at(box.y + 28),
            text: cutTo("All its parts are shared", box.width - 14, size),
            size,
          },
        ]
      : []),
  ]
}

export function drawStage(stage: Stage, index: number, box: Box | undefined): Shape[] {
  if (!box) return []
  return [
    { shape: "rect", ...rounded(box), radius: 2, fill: "paper", stroke: "line", strokeWidth: 0.6 },
    {
      shape: "text",
      x: at(box.x + 5),
      y: at(box.y + 10.5),
      text: cutTo(`${index + 1}  ${stage.name}`, box.width - 10, size, "semibold"),
      size,
      weight: "semibold",
      fill: "muted",
    },
    ...stage.lines.flatMap((line, row): Shape[] => {
      const y = box.y + stageHead + row * lineHeight
      return [
        ...classTab(line.class, rounded({ x: box.x + 5, y: y - 0.5, width: 15, height: 9.5 }), 6.8),
        { shape: "text", x: at(box.x + 24), y: at(y + 7), text: cutMiddle(line.text, box.width - 36, size), size },
        ...(line.stateful
          ? [{ shape: "circle", x: at(box.x + box.width - 6), y: at(y + 4.2), radius: 1.6, fill: "ink" } as const]
          : []),
      ]
    }),
  ]
}

export function drawContract(lines: readonly string[], box: Box | undefined): Shape[] {
  if (!box) return []
  return [
    { shape: "rect", ...rounded(box), radius: 3, fill: "paper", stroke: "ink", strokeWidth: 1.1 },
    { shape: "text", x: at(box.x + 5), y: at(box.y + 11.5), text: "Contract", size, weight: "semibold", fill: "muted" },
    ...lines.map((text, index): Shape => ({
      shape: "text",
      x: at(box.x + 5),
      y: at(box.y + 23 + index * lineHeight),
      text: cutMiddle(text, box.width - 8, size),
      size,
    })),
  ]
}

export function drawReader(name: string, box: Box | undefined): Shape[] {
  if (!box) return []
  return [
    { shape: "rect", ...rounded(box), radius: boxHeight / 2, fill: "paper", stroke: "accent", strokeWidth: 0.9 },
    ...nameLines(wrapName(name, box.width - 16, size, 2), { x: box.x + 9, top: box.y, bottom: box.y + box.height }, { size }),
  ]
}
