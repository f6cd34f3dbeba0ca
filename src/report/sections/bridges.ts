import type { Bridge, PlannedProduct, ProductWave } from "../../estate/model.ts"
import type { Block } from "../blocks.ts"
import type { Dossier } from "../dossier.ts"
import type { EstateDossier } from "../estate-dossier.ts"
import { dateText, sentence } from "../wording.ts"

/** More bridges than this are a sign of a wrong cut, not a list to work through. */
const mostRows = 20

/** Batch tables that feed a product for a while, each with who answers for it and when it must be gone (E.6). */
export function bridgesTable(
  dossier: Dossier,
  estate: EstateDossier,
  wave: ProductWave,
  planned: readonly PlannedProduct[],
): Block[] {
  const bridges = planned.flatMap((each) => each.bridges)
  if (bridges.length === 0) return []
  return [
    {
      type: "table",
      caption: `Bridges: what is still fed by the old path after this wave${bridges.length > mostRows ? `, the first ${mostRows} of ${bridges.length}` : ""}`,
      columns: [
        { label: "From", kind: "text", share: 2.7 },
        { label: "To", kind: "text", share: 2.7 },
        { label: "Why", kind: "text", share: 3.8 },
        { label: "Owner", kind: "text", share: 1.7 },
        { label: "Ends", kind: "text", share: 1.7 },
      ],
      rows: bridges.slice(0, mostRows).map((bridge) => ({
        cells: [
          estate.nameOf(bridge.from),
          estate.nameOf(bridge.to),
          sentence(dossier.anonymous(bridge.reason)),
          dossier.anonymous(estate.product(bridge.product)?.owner ?? "to be named"),
          endOf(estate, bridge, wave),
        ],
      })),
    },
  ]
}

/** A bridge ends when the wave ends in which the table that it feeds follows, or is built on the other side. */
function endOf(estate: EstateDossier, { from, to }: Bridge, wave: ProductWave): string {
  const waves = [estate.waveOf(from), estate.waveOf(to)]
  const later = waves.flatMap((each) => (typeof each === "number" && each > wave.number ? [each] : []))
  const end = estate.wave(later.length > 0 ? Math.max(...later) : undefined)
  if (end) return `${dateText(end.finish)}, with wave ${end.number}`
  const stays = estate.productsOf(to).find(({ fate }) => fate === "keep in batch")
  return stays ? `as long as ${stays.name} stays in batch` : "date to be agreed"
}
