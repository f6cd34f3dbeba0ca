/** Where to go and why not further: what critical consumers need, per product and for the domain (C.8). */
import type { AxisId, DomainId, Engagement, NeedClass, Questionnaire, Row, RowPredicate, TableQuestion } from "./model.ts"
import { cellIn, namesIn, rowMatches, rowName } from "./question-types/table.ts"
import type { ProductNeed, Target, TargetAxis } from "./result.ts"

type Needs = Questionnaire["scoring"]["needs"]

interface Consumers {
  readonly question: TableQuestion
  readonly needs: Needs
}

interface Product {
  readonly name: string
  readonly rows: readonly Row[]
}

interface Strictest {
  readonly need: NeedClass
  readonly rows: readonly Row[]
}

/**
 * Sets the target of a domain from its inventory of consumers. `indices` are today's capped indices; an absent one
 * counts as 0, for what is not known never helps. Without a critical consumer there is no target.
 */
export function setTarget(
  questionnaire: Questionnaire,
  engagement: Engagement,
  domain: DomainId,
  indices: Readonly<Record<AxisId, number>>,
): Target {
  const { needs } = questionnaire.scoring
  const question = questionnaire.questions.find((each) => each.id === needs.inventory)
  if (question?.type !== "table")
    return { products: [], wording: "The target is unknown: this questionnaire asks for no consumers." }
  const rows = rowsOf(engagement, domain, question.id)
  const consumers = { question, needs }
  const critical = criticalOf(rows, consumers)
  const products = productsOf(questionnaire, engagement, domain, rows, consumers).map((each) => needOf(each, consumers))
  if (critical.length === 0)
    return {
      products,
      wording: `The target is unknown: ${needs.inventory} lists no critical consumer, so nothing says how fast or how sound the data has to be.`,
    }
  const asked = askedOf(questionnaire, critical, consumers, indices)
  const enabling = products.some((each) => each.met === false) ? enablingOf(products, needs, indices) : []
  const open = openOn(critical, consumers)
  const wording = inWords(questionnaire, asked, products, areMet(critical, consumers) === true)
  return {
    axes: Object.fromEntries([...asked, ...enabling].map((each) => [each.axis, each])),
    ...(open.length === 0 ? {} : { open: Object.fromEntries(open.map(({ axis, names }) => [axis, names])) }),
    products,
    wording: [wording, ...open.map((each) => openInWords(questionnaire, each))].filter((each) => each !== "").join(" "),
  }
}

function rowsOf(engagement: Engagement, domain: DomainId, question: string): readonly Row[] {
  return engagement.inventories.find((each) => each.domain === domain && each.question === question)?.rows ?? []
}

function criticalOf(rows: readonly Row[], { question, needs }: Consumers): readonly Row[] {
  return rows.filter((row) => rowMatches(row, needs.critical, question))
}

/** The listed products with their consumers, linked by name; then every other consumer as a product of its own. */
function productsOf(
  questionnaire: Questionnaire,
  engagement: Engagement,
  domain: DomainId,
  rows: readonly Row[],
  { question, needs }: Consumers,
): readonly Product[] {
  const { inventory, consumersColumn } = needs.products
  const listing = questionnaire.questions.find((each) => each.id === inventory)
  const linked = new Set<Row>()
  const listed = rowsOf(engagement, domain, inventory).map((row) => {
    const names = new Set(namesIn(row[consumersColumn]).map(key))
    const own = rows.filter((each) => names.has(key(rowName(question, each))))
    for (const each of own) linked.add(each)
    return { name: listing?.type === "table" ? rowName(listing, row) : row.id, rows: own }
  })
  const single = Map.groupBy(
    rows.filter((row) => !linked.has(row)),
    (row) => rowName(question, row),
  )
  return [...listed, ...[...single].map(([name, own]) => ({ name, rows: own }))]
}

function needOf(product: Product, consumers: Consumers): ProductNeed {
  const critical = criticalOf(product.rows, consumers)
  const strictest = Object.entries(consumers.needs.classes).flatMap(([axis, classes]) => {
    const found = strictestOf(critical, classes, consumers)
    return found === undefined ? [] : [[axis, found.need] as const]
  })
  return {
    product: product.name,
    consumers: [...new Set(product.rows.map((row) => rowName(consumers.question, row)))],
    classes: Object.fromEntries(strictest.map(([axis, need]) => [axis, need.id])),
    target: Object.fromEntries(strictest.map(([axis, need]) => [axis, need.target])),
    met: areMet(critical, consumers),
    streamed: critical.some((row) => isStreamed(row, consumers)),
  }
}

/** Names are compared without regard to case and surrounding blanks. */
function key(name: string): string {
  return name.trim().toLowerCase()
}

/** The last class, strictest by the order of the scoring file, that any of the rows belongs to, and the rows that do. */
function strictestOf(rows: readonly Row[], classes: readonly NeedClass[], { question }: Consumers): Strictest | undefined {
  const classOf = (row: Row): NeedClass | undefined => classes.findLast((each) => rowMatches(row, each.when, question))
  const need = classes.findLast((each) => rows.some((row) => classOf(row) === each))
  return need === undefined ? undefined : { need, rows: rows.filter((row) => classOf(row) === need) }
}

/** True when every row meets its need, false when one does not, `undefined` when one cannot be judged or there is none. */
function areMet(critical: readonly Row[], consumers: Consumers): boolean | undefined {
  const met = critical.map((row) => isMet(row, consumers))
  if (met.includes(false)) return false
  return met.length === 0 || met.includes(undefined) ? undefined : true
}

function isStreamed(row: Row, { question, needs: { streamed } }: Consumers): boolean {
  return streamed !== undefined && rowMatches(row, streamed, question)
}

function isMet(row: Row, { question, needs }: Consumers): boolean | undefined {
  if (rowMatches(row, needs.met, question)) return true
  return needs.met.flatMap(columnsOf).some((column) => cellIn(question, row, column) === undefined) ? undefined : false
}

function columnsOf({ column, atMostColumn, aboveColumn }: RowPredicate): readonly string[] {
  return [column, atMostColumn, aboveColumn].filter((each) => each !== undefined)
}

function askedOf(
  questionnaire: Questionnaire,
  critical: readonly Row[],
  consumers: Consumers,
  indices: Readonly<Record<AxisId, number>>,
): readonly TargetAxis[] {
  return questionnaire.scoring.axes.flatMap(({ id }) => {
    const found = strictestOf(critical, consumers.needs.classes[id] ?? [], consumers)
    if (found === undefined) return []
    const because = [...new Set(found.rows.map((row) => rowName(consumers.question, row)))]
    return [towards(id, found.need.name, found.need.target, because, indices)]
  })
}

/** The level asked of the axes that no consumer decides, for the sake of the consumers whose need is not met. */
function enablingOf(
  products: readonly ProductNeed[],
  needs: Needs,
  indices: Readonly<Record<AxisId, number>>,
): readonly TargetAxis[] {
  const because = products.filter((each) => each.met === false).map((each) => each.product)
  return Object.entries(needs.enabling).map(([axis, target]) => towards(axis, "enabling", target, because, indices))
}

interface Open {
  readonly axis: AxisId
  readonly names: readonly string[]
  /** Labels of the columns left blank. */
  readonly blank: readonly string[]
}

/** Axes whose classes read a column that critical consumers leave blank: what is asked there is not known in full. */
function openOn(critical: readonly Row[], { question, needs }: Consumers): readonly Open[] {
  return Object.entries(needs.classes).flatMap(([axis, classes]) => {
    const read = [...new Set(classes.flatMap((each) => each.when).flatMap(columnsOf))]
    const blankIn = (row: Row): readonly string[] => read.filter((column) => cellIn(question, row, column) === undefined)
    const rows = critical.filter((row) => blankIn(row).length > 0)
    if (rows.length === 0) return []
    const blank = new Set(rows.flatMap(blankIn))
    const labels = question.columns.filter((column) => blank.has(column.id)).map((column) => column.label)
    return [{ axis, names: [...new Set(rows.map((row) => rowName(question, row)))], blank: labels }]
  })
}

function openInWords(questionnaire: Questionnaire, { axis, names, blank }: Open): string {
  const name = questionnaire.scoring.axes.find((each) => each.id === axis)?.name ?? axis
  return `${name}: what ${names.join(", ")} ${names.length === 1 ? "needs" : "need"} is not known yet; fill in ${series(blank)}.`
}

const series = (labels: readonly string[]): string => labels.map((label) => `“${label}”`).join(" and ")

function towards(
  axis: AxisId,
  need: string,
  target: number,
  because: readonly string[],
  indices: Readonly<Record<AxisId, number>>,
): TargetAxis {
  return { axis, need, target, gap: Math.max(0, target - (indices[axis] ?? 0)), because }
}

function inWords(
  questionnaire: Questionnaire,
  asked: readonly TargetAxis[],
  products: readonly ProductNeed[],
  allAreMet: boolean,
): string {
  const named = new Map(questionnaire.scoring.axes.map((axis) => [axis.id, axis.name]))
  const met = products.filter((each) => each.met === true && !each.streamed)
  const right = products.some((each) => each.streamed) ? "Fast enough as it is" : "Batch is right here"
  const axes = asked.map(({ axis, need, target, gap, because }) => {
    const enough = `${named.get(axis) ?? axis}: ${target} is enough (${need}), because ${strictest(because)} for no more`
    if (allAreMet) return `${enough}.`
    return gap > 0 ? `${enough}; ${inPoints(gap)} to go.` : `${enough}, and it is reached.`
  })
  if (allAreMet) return [`${right}: every critical consumer gets its data within the age it needs.`, ...axes].join(" ")
  const stays = met.length === 0 ? [] : [`Leave in batch what meets its need: ${met.map((each) => each.product).join(", ")}.`]
  return [...axes, ...stays].join(" ")
}

function strictest(consumers: readonly string[]): string {
  return consumers.length === 1
    ? `the strictest critical consumer (${consumers.join("")}) asks`
    : `the strictest critical consumers (${consumers.join(", ")}) ask`
}

function inPoints(gap: number): string {
  const points = Math.max(1, Math.round(gap))
  return points === 1 ? "1 point" : `${points} points`
}
