import { coverDimensions } from "../../assessment/coverage.ts"
import type { DimensionProfile, DomainResult } from "../../assessment/result.ts"
import type { Block, Section } from "../blocks.ts"
import { drawCoverage } from "../charts/coverage.ts"
import { drawProfile } from "../charts/profile.ts"
import type { Dossier } from "../dossier.ts"

/** Each dimension as a distribution of levels, never only a mean. */
export function writeProfile(dossier: Dossier): Section {
  return {
    id: "profile",
    title: "Profile by dimension",
    starts: "here",
    blocks: [
      ...coverageBlocks(dossier),
      {
        type: "paragraph",
        text: "Each bar holds the questions of one dimension, sorted by their level: 0 is the weakest behaviour described, 4 the strongest. A mean would hide that a dimension can be strong and broken at once.",
      },
      ...dossier.assessment.domains.map((domain) => chartOf(domain)),
    ],
  }
}

/** How much of each dimension is answered: what the positions rest on. */
function coverageBlocks({ questionnaire, assessment }: Dossier): Block[] {
  const rows = assessment.domains.map((domain) => ({
    name: domain.name,
    shares: coverDimensions(questionnaire, domain.consensus).map(({ share }) => share),
  }))
  if (rows.length === 0) return []
  const { dimensions } = questionnaire
  return [
    {
      type: "chart",
      id: "coverage",
      drawing: drawCoverage(
        dimensions.map(({ id }) => id),
        rows,
        471,
        "How much is answered, in percent of the weight of each dimension",
      ),
      note: `${dimensions.map(({ id, name }) => `${id} ${name}`).join("; ")}. The stronger the shade, the more is answered; what does not apply does not count.`,
    },
  ]
}

function chartOf(domain: DomainResult): Block {
  const rows = domain.profile.map((each) => ({ name: each.name, counts: each.counts, unknown: each.unknown, note: noteOf(each) }))
  return {
    type: "chart",
    id: `profile-${domain.domain}`,
    drawing: drawProfile(rows, 471, titleOf(domain)),
    note: "Gate questions can cap an index whatever the others say; the lowest one is named.",
    data: {
      caption: `Questions by level, ${domain.name}`,
      columns: [
        { label: "Dimension", kind: "text", share: 4 },
        ...[0, 1, 2, 3, 4].map((level) => ({ label: `${level}`, kind: "number" as const, share: 1 })),
        { label: "Not known", kind: "number", share: 1.5 },
        { label: "Disputed", kind: "number", share: 1.5 },
      ],
      rows: domain.profile.map((each) => ({
        cells: [each.name, ...each.counts.map(String), `${each.unknown}`, `${each.disputed}`],
      })),
    },
  }
}

/** Names the weakest and the strongest dimension, by the share of low and high levels. */
function titleOf(domain: DomainResult): string {
  const rated = domain.profile.flatMap((each) => {
    const total = each.counts.reduce((sum, count) => sum + count, 0)
    return total < 3 ? [] : [{ name: each.name, mean: each.counts.reduce((sum, count, level) => sum + count * level, 0) / total }]
  })
  const sorted = rated.sort((a, b) => a.mean - b.mean)
  const [weakest, strongest] = [sorted[0], sorted.at(-1)]
  if (!weakest || !strongest || weakest === strongest) return domain.name
  return `${domain.name}: weakest in “${weakest.name}”, strongest in “${strongest.name}”`
}

function noteOf(profile: DimensionProfile): string {
  const gate =
    profile.lowestGate && profile.lowestGate.anchor <= 1
      ? `gate ${profile.lowestGate.question} at ${profile.lowestGate.anchor}`
      : ""
  const disputed = profile.disputed ? `${profile.disputed} disputed` : ""
  return [gate, disputed].filter(Boolean).join(", ")
}
