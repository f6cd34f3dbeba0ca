/** The little of Jinja that the sample dbt project uses: config, ref, source, this, is_incremental, a snapshot block and one macro. */

export interface Text {
  readonly raw: string
  /** `null` for an ephemeral model, whose query is put into its readers. */
  readonly relation: string | null
}

/** Literal arguments of `config(…)`: texts and lists of texts. */
export function configIn(raw: string): Readonly<Record<string, string | readonly string[]>> {
  const inside = /\{\{\s*config\(([^}]*)\)\s*\}\}/.exec(raw)?.[1] ?? ""
  const entries = [...inside.matchAll(/(\w+)=(?:'([^']*)'|\[([^\]]*)\])/g)].map(([, key = "", word, list = ""]) => {
    return [key, word ?? [...list.matchAll(/'([^']*)'/g)].map(([, each = ""]) => each)] as const
  })
  return Object.fromEntries(entries)
}

/** What a text refers to, each once and in its order. */
export function referencesIn(raw: string): {
  readonly refs: readonly string[]
  readonly sources: readonly (readonly [string, string])[]
} {
  const refs = [...raw.matchAll(/\bref\(['"](\w+)['"]\)/g)].map(([, each = ""]) => each)
  const sources = [...raw.matchAll(/\bsource\('(\w+)', '(\w+)'\)/g)].map(([, source = "", table = ""]) => `${source} ${table}`)
  return {
    refs: [...new Set(refs)],
    sources: [...new Set(sources)].map((each) => each.split(" ") as [string, string]),
  }
}

/** The compiled text of a full run; absent for Python and where a macro that is not known here writes the text. */
export function compile(
  id: string,
  texts: ReadonlyMap<string, Text>,
  relations: ReadonlyMap<string, string | null>,
): string | undefined {
  const raw = texts.get(id)?.raw ?? ""
  const folded = new Map<string, string>()
  const relationOf = (ending: string): string => {
    const [found, relation] = [...relations].find(([each]) => each.split(".").slice(2).join(".") === ending) ?? []
    if (found === undefined) throw new Error(`Nothing is called ${ending}`)
    if (relation !== null && relation !== undefined) return relation
    folded.set(`__dbt__cte__${ending}`, compile(found, texts, relations) ?? "")
    return `__dbt__cte__${ending}`
  }
  const query = raw
    .replaceAll(/\{%-? (?:snapshot \w+|endsnapshot) -?%\}\s*/g, "")
    .replaceAll(/\{\{ config\([^}]*\) \}\}\s*/g, "")
    .replaceAll(/\{% if is_incremental\(\) %\}[\s\S]*?\{% endif %\}\s*/g, "")
    .replaceAll(/\{\{ ref\('(\w+)'\) \}\}/g, (_, name: string) => relationOf(name))
    .replaceAll(/\{\{ source\('(\w+)', '(\w+)'\) \}\}/g, (_, source: string, table: string) => relationOf(`${source}.${table}`))
    .replaceAll(/\{\{ euro\('([\w.]+)'\) \}\}/g, "cast($1 / 100 as decimal(18, 2))")
    .trim()
  if (query.includes("{{") || raw.includes("def model(")) return undefined
  return withFolded(query, folded)
}

/** Queries of ephemeral models go before those of the text itself. */
function withFolded(query: string, folded: ReadonlyMap<string, string>): string {
  if (folded.size === 0) return query
  const parts = [...folded].map(([name, text]) => `${name} as (\n${text}\n)`).join(", ")
  const own = /^((?:\s*--.*\n)*)\s*with\s/.exec(query)
  return own === null ? `with ${parts} ${query}` : `${own[1] ?? ""}with ${parts}, ${query.slice(own[0].length)}`
}
