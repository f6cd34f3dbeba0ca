import type { Block, Section } from "../blocks.ts"
import type { Dossier } from "../dossier.ts"
import { capital, sentence } from "../wording.ts"

/** What stays in batch, because it is right there. */
export function writeBatch(dossier: Dossier): Section {
  const { keepInBatch } = dossier.assessment.plan
  return { id: "batch", title: "What stays in batch", starts: "here", blocks: [lead(keepInBatch.length), ...table(dossier)] }
}

function lead(number: number): Block {
  const text =
    number === 0
      ? "Nothing here could be shown to be right in batch: no listed product meets the need of every critical consumer. That can change as consumers name what they really need."
      : "These meet the need of every critical consumer today. Moving them would cost money and change no decision, so they stay where they are until a consumer needs more."
  return { type: "paragraph", text }
}

function table(dossier: Dossier): Block[] {
  const { keepInBatch } = dossier.assessment.plan
  if (keepInBatch.length === 0) return []
  return [
    {
      type: "table",
      caption: "Products that stay in batch",
      hideCaption: true,
      columns: [
        { label: "Product", kind: "text", share: 3 },
        { label: "Domain", kind: "text", share: 2 },
        { label: "Why", kind: "text", share: 5 },
      ],
      rows: keepInBatch.map((each) => ({
        cells: [each.product, dossier.domainName(each.domain), sentence(capital(each.reason))],
      })),
    },
  ]
}
