/** What a manifest says about itself. */
import type { Origin } from "../model.ts"
import { cleaned, tidy } from "./descriptions.ts"
import type { Items } from "./items.ts"
import { metadataShape } from "./node-shape.ts"
import type { JsonObject } from "./open-json.ts"
import type { Artifact } from "./recognise.ts"

export interface About {
  readonly project?: string
  readonly adapter?: string
  readonly generatedAt?: string
  /** "v12"; absent where the file does not say it. */
  readonly version?: string
}

export function aboutOf(data: JsonObject, { version }: Artifact): About {
  const metadata = metadataShape.catch({}).parse(data["metadata"])
  return tidy({
    project: cleaned(metadata.project_name),
    adapter: cleaned(metadata.adapter_type),
    generatedAt: cleaned(metadata.generated_at),
    version,
  })
}

/** Manifests before v10 do not name their project: then it is called after the package of most of its models. */
export function originOf(items: Items, { project, adapter, generatedAt, version }: About, dialect: string | undefined): Origin {
  return {
    kind: "dbt-manifest",
    name: project ?? mainPackage(items) ?? "dbt project",
    ...tidy({ schemaVersion: version, dialect: dialect ?? adapter, generatedAt }),
    passedOver: Object.fromEntries(items.passedOver),
  }
}

function mainPackage({ statements }: Items): string | undefined {
  const counts = new Map<string, number>()
  for (const node of statements.values()) {
    const name = cleaned(node.package_name)
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0]
}
