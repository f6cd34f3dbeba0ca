/** What assessing costs: one domain against a floor of bare draws and sums, and how it grows with people and domains. */
import { assess } from "../src/assessment/assess.ts"
import type { Answer, Engagement, Inventory, Question, Questionnaire, Respondent } from "../src/assessment/model.ts"
import { seededRandom } from "../src/assessment/random.ts"
import { shippedQuestionnaire } from "../src/questionnaire-files.ts"
import { type Figure, median, ms } from "./figure.ts"

const draws = 4000
const rounds = 15
const smallLimit = 50
/** Per answer, the large engagement may cost no more than this times what 500 people in one domain cost. */
const linearLimit = 1.5

/** assess() for 1 domain × 10 respondents, its ratio to the floor, and its growth up to 20 domains × 500 respondents. */
export async function measure(): Promise<readonly Figure[]> {
  const questionnaire = await shippedQuestionnaire()
  const small = engagementOf(questionnaire, 1, 10)
  const taken = interleaved(rounds, [() => assess(questionnaire, small, { draws }), () => floor(questionnaire)])
  const [assessing = Number.NaN, floorTaken = Number.NaN] = taken.map(median)
  const sizes = [
    [1, 10],
    [1, 500],
    [5, 500],
    [20, 500],
  ] as const
  const growth = sizes.map(([domains, people]) => {
    const engagement = engagementOf(questionnaire, domains, people)
    return {
      name: `${domains} × ${people}`,
      answers: engagement.answers.length,
      taken: once(() => assess(questionnaire, engagement, { draws })),
    }
  })
  const perAnswer = growth.map((each) => (1000 * each.taken) / each.answers)
  const [, crowd = Number.NaN] = perAnswer
  const all = perAnswer.at(-1) ?? Number.NaN
  const table = growth.map((each, at) => `${each.name}: ${ms(each.taken)} (${(perAnswer[at] ?? 0).toFixed(1)} µs per answer)`)
  return [
    {
      what: `assess(), 1 domain × 10 respondents × ${questionnaire.questions.length} questions, ${draws} draws`,
      value: ms(assessing),
      goal: { text: `≤ ${smallLimit} ms`, met: assessing <= smallLimit },
    },
    {
      what: "floor: as many random numbers and weighted sums over typed arrays",
      value: `${ms(floorTaken)}, assess() is ${(assessing / floorTaken).toFixed(1)} times that`,
    },
    { what: "growth", value: table.join(" · ") },
    {
      what: "per answer, 20 domains × 500 against 1 × 500",
      value: `${(all / crowd).toFixed(2)} times`,
      goal: { text: `≤ ${linearLimit}`, met: all / crowd <= linearLimit },
    },
  ]
}

/** Everybody answers every question, each with a level of chance: the most disagreement there can be. */
function engagementOf(questionnaire: Questionnaire, domains: number, people: number): Engagement {
  const random = seededRandom(1, "bench")
  const places = Array.from({ length: domains }, (_, at) => ({ id: `d${at}`, name: `Domain ${at}` }))
  const respondents = places.flatMap((place) =>
    Array.from({ length: people }, (_, at): Respondent => {
      const role = questionnaire.roles[at % questionnaire.roles.length]?.id ?? ""
      return { id: `${place.id}-p${at}`, name: `Person ${at}`, role, domains: [place.id] }
    }),
  )
  const asked = questionnaire.questions.filter((each) => each.type !== "table")
  return {
    format: "headwater-engagement/1",
    title: "Bench",
    client: "Bench",
    questionnaire: { id: questionnaire.id, version: questionnaire.version },
    plan: { start: "2027-01-04", people: 6, daysPerWeek: 5, teams: 2, horizon: 5, platform: "managed" },
    domains: places,
    respondents,
    answers: respondents.flatMap((who) => asked.map((question) => answerOf(who, question, random))),
    inventories: places.flatMap((place) => inventoriesOf(questionnaire, place.id, random)),
    decisions: [],
    overrides: [],
  }
}

function answerOf(who: Respondent, question: Question, random: () => number): Answer {
  const at = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const value = (): NonNullable<Answer["value"]> => {
    if (question.type === "single") return at(question.options).anchor
    if (question.type === "multi") return question.options.filter(() => random() < 0.3).map((option) => option.id)
    if (question.type === "number") return Math.floor(question.min + random() * Math.min(50, question.max - question.min))
    return "as it is"
  }
  return { respondent: who.id, domain: who.domains?.[0] ?? "", question: question.id, status: "answered", value: value() }
}

function inventoriesOf(questionnaire: Questionnaire, domain: string, random: () => number): readonly Inventory[] {
  return questionnaire.questions.flatMap((question) => {
    if (question.type !== "table") return []
    const rows = Array.from({ length: 10 }, (_, at) => {
      const cells = question.columns.map((column) => {
        const option = column.options?.[Math.floor(random() * column.options.length)]?.id ?? "yes"
        if (column.type === "text") return [column.id, `${question.item} ${at}`]
        if (column.type === "choices") return [column.id, [option]]
        if (column.type === "choice" || column.type === "yes-no") return [column.id, option]
        return [column.id, column.type === "date" ? "2027-06-30" : Math.floor(random() * 100)]
      })
      return { id: `r${at}`, ...Object.fromEntries(cells) }
    })
    return [{ domain, question: question.id, rows }]
  })
}

/** A level and noise for every question and draw, and every weight added up: what a simulation cannot do without. */
function floor(questionnaire: Questionnaire): number {
  const sums = questionnaire.scoring.axes.map(() => new Float64Array(draws))
  const level = new Float64Array(draws)
  for (const question of questionnaire.questions) {
    const random = seededRandom(1, question.id)
    for (let draw = 0; draw < draws; draw++) level[draw] = Math.floor(random() * 5) + random() - 0.5
    questionnaire.scoring.axes.forEach((axis, at) => {
      const weight = questionnaire.scoring.weights[question.id]?.[axis.id] ?? 0
      const sum = sums[at]
      if (weight === 0 || sum === undefined) return
      for (let draw = 0; draw < draws; draw++) sum[draw] = (sum[draw] as number) + weight * (level[draw] as number)
    })
  }
  return sums.reduce((total, each) => total + (each[0] ?? 0), 0)
}

/** Milliseconds per run, the runs taken in turns so that a busy machine slows all alike; one round warms up. */
function interleaved(rounds: number, runs: readonly (() => unknown)[]): readonly (readonly number[])[] {
  const taken = runs.map((): number[] => [])
  for (let round = 0; round <= rounds; round++)
    runs.forEach((run, at) => {
      const one = once(run)
      if (round > 0) taken[at]?.push(one)
    })
  return taken
}

function once(run: () => unknown): number {
  const start = performance.now()
  run()
  return performance.now() - start
}
