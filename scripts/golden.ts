/** Writes the golden results of the sample engagements, which a test compares: `npm run golden`. Read the diff before you commit it. */
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { assess } from "../src/assessment/assess.ts"
import { parseEngagement } from "../src/assessment/engagement.ts"
import type { Assessment, DomainResult, Evidence, Finding } from "../src/assessment/result.ts"
import { shippedQuestionnaire } from "../src/questionnaire-files.ts"

const root = join(import.meta.dirname, "..")
export const goldenFolder = join(root, "test", "golden")

/** The golden result of every sample: file name → content. */
export async function goldenFiles(): Promise<Readonly<Record<string, string>>> {
  const questionnaire = await shippedQuestionnaire()
  const samples = globSync("data/sample/*.json", { cwd: root }).sort()
  const files = samples.map((file) => {
    const { engagement, problems } = parseEngagement(readFileSync(join(root, file), "utf8"), questionnaire)
    if (engagement === undefined) throw new Error(problems.map(({ path, message }) => `${file} ${path}: ${message}`).join("\n"))
    const digest: unknown = JSON.parse(JSON.stringify(digestOf(assess(questionnaire, engagement)), rounded))
    return [basename(file), `${written(digest)}\n`] as const
  })
  return Object.fromEntries(files)
}

/** All that a reviewer wants to see move, without what people said: levels, indices, findings, the whole plan. */
function digestOf({ questionnaire: { id, version }, ...assessment }: Assessment): unknown {
  return {
    ...assessment,
    questionnaire: { id, version },
    domains: assessment.domains.map(digestOfDomain),
    organisation: { ...assessment.organisation, findings: assessment.organisation.findings.map(digestOfFinding) },
    next: assessment.next.map(({ domain, question, why, rules, score }) => [domain, question, why, rules.join(" "), score]),
  }
}

function digestOfDomain({ consensus, axes, findings, sensitivity, ...domain }: DomainResult): unknown {
  return {
    ...domain,
    levels: Object.fromEntries(
      consensus.map((each) => [each.question, `${each.anchor ?? each.state}${each.disputed ? " disputed" : ""}`]),
    ),
    axes: Object.values(axes).map(({ contributions, ...axis }) => ({ ...axis, contributions: contributions.length })),
    findings: findings.map(digestOfFinding),
    sensitivity: { unchanged: sensitivity.unchanged, decisive: sensitivity.decisive },
  }
}

function digestOfFinding({ rule, severity, evidence }: Finding): string {
  return `${rule} ${severity}: ${evidence.map(inWords).join("; ")}`
}

function inWords({ question, anchor, rows, fact }: Evidence): string {
  return [question, anchor === undefined ? undefined : `at ${anchor}`, rows?.join(", "), fact]
    .filter((each) => each !== undefined)
    .join(" ")
}

/** JSON with everything short on one line, so that a diff shows a thing and not a comma. */
function written(value: unknown, indent = ""): string {
  const line = JSON.stringify(value)
  if (indent.length + line.length <= 130 || typeof value !== "object" || value === null) return line
  const inner = `${indent} `
  if (Array.isArray(value)) return `[\n${value.map((each) => inner + written(each, inner)).join(",\n")}\n${indent}]`
  const entries = Object.entries(value).map(([key, each]) => `${inner}${JSON.stringify(key)}: ${written(each, inner)}`)
  return `{\n${entries.join(",\n")}\n${indent}}`
}

/** Three decimals are enough to see a change, and no machine rounds them another way. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Math.round(value * 1000) / 1000 : value
}

if (import.meta.main) {
  mkdirSync(goldenFolder, { recursive: true })
  for (const [file, content] of Object.entries(await goldenFiles())) writeFileSync(join(goldenFolder, file), content)
}
