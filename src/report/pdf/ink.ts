import type { Tone } from "../blocks.ts"
import type { Ink } from "../drawing.ts"

/** Colour on paper of each role, `#rrggbb`; the style sheet has the same values for the light page. */
const inks: Record<string, string> = {
  ink: "#17212f",
  muted: "#4d5b70",
  line: "#d3dae4",
  wash: "#f3f5f8",
  paper: "#ffffff",
  accent: "#0a6a70",
  "level-0": "#ffffff",
  "level-1": "#cfe3e4",
  "level-2": "#8dbfc2",
  "level-3": "#2b7c81",
  "level-4": "#084c51",
  "q-dsp": "#0a6a70",
  "q-lakehouse": "#2f5aa0",
  "q-etl": "#8a5a00",
  "q-hand-coding": "#7b3a66",
  "sev-critical": "#a3172a",
  "sev-high": "#a84a06",
  "sev-medium": "#6f6200",
  "sev-opportunity": "#2c6a39",
  "sev-positive": "#2c6a39",
  "sev-information": "#4d5b70",
}

/** PDF operands "r g b", each 0–1. */
export function colour(ink: Ink): string {
  return operands.get(ink) ?? operands.get("ink") ?? "0 0 0"
}

export function toneInk(tone: Tone | undefined): Ink {
  if (!tone) return "ink"
  return tone === "muted" ? "muted" : `sev-${tone}`
}

const operands = new Map(
  Object.entries(inks).map(([name, hex]) => {
    const parts = [1, 3, 5].map((start) => Math.round((Number.parseInt(hex.slice(start, start + 2), 16) / 255) * 1000) / 1000)
    return [name, parts.join(" ")] as const
  }),
)
