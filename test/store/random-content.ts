/** Engagements with anything in them that a file may hold, for what must come back as it went in. */
import * as fc from "fast-check"
import type { Answer, Decision, Engagement, Inventory, Override } from "../../src/assessment/model.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"
import { orders } from "./orders.ts"

const text = fc.string({ unit: "binary", maxLength: 20 }).filter((one) => one.isWellFormed() && !one.includes("\0"))
const id = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 12 })
const time = fc.date({ min: new Date(0), max: new Date("2099-01-01"), noInvalidDate: true }).map((date) => date.toISOString())
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0)
const evidence = fc.constantFrom("claim", "document", "observed", "measured" as const)
const value = fc.oneof(fc.integer({ min: 0, max: 4 }), number, text, fc.array(id, { maxLength: 4 }))
const question = fc.constantFrom(...smallQuestionnaire.questions.map((one) => one.id))
const asked = { requiredKeys: [] as [] }

const named = fc.record({ id, name: text })
const said = fc.oneof(
  fc.record({ status: fc.constant("answered" as const), value }),
  fc.record({ status: fc.constant("dont-know" as const) }),
  fc.record({ status: fc.constant("not-applicable" as const), reason: text }),
)
const besides = fc.record({ companion: number, comment: text, evidence, time }, asked)

/** Only what JSON can say: -0 and 0 are the same there. */
const plain = <T>(given: T): T => JSON.parse(JSON.stringify(given)) as T

/** Any engagement over the small questionnaire, listed in the order in which the store gives it back. */
export const anyEngagement: fc.Arbitrary<Engagement> = fc
  .record({
    title: text,
    client: text,
    domains: fc.uniqueArray(fc.record({ id, name: text, description: text }, { requiredKeys: ["id", "name"] }), {
      minLength: 1,
      maxLength: 3,
      selector: (one) => one.id,
    }),
    people: fc.uniqueArray(named, { minLength: 1, maxLength: 4, selector: (one) => one.id }),
  })
  .chain(({ title, client, domains, people }) => {
    const domain = fc.constantFrom(...domains.map((one) => one.id))
    const respondent = fc.constantFrom(...people.map((one) => one.id))
    const place = fc.record({ domain, question })
    const lists = fc.uniqueArray(domain, { minLength: 1 })
    return fc.record({
      title: fc.constant(title),
      client: fc.constant(client),
      domains: fc.constant(domains),
      respondents: fc
        .tuple(
          ...people.map((one) =>
            fc.record({ email: text, domains: lists }, asked).map((more) => Object.assign({ role: "AD" }, one, more)),
          ),
        )
        .map((list): Engagement["respondents"] => list),
      answers: unique(
        fc
          .tuple(respondent, place, said, besides)
          .map(([who, where, ...what]): Answer => Object.assign({ respondent: who }, where, ...what)),
      ),
      inventories: unique(
        fc.record(
          { domain, question, rows: rowList, evidence },
          { requiredKeys: ["domain", "question", "rows"] },
        ) as fc.Arbitrary<Inventory>,
      ),
      decisions: unique(
        fc
          .tuple(place, text, fc.record({ value, dissent: text, evidence, time }, asked))
          .map(([where, rationale, more]): Decision => Object.assign({ rationale }, where, more)),
      ),
      overrides: fc.uniqueArray(override(domain), {
        maxLength: 4,
        selector: (one) => [one.initiative, one.domain, one.action].join(),
      }),
    })
  })
  .map((content) => inOrder(plain({ ...orders, ...content })))

const rowList = fc.uniqueArray(
  fc
    .tuple(id, fc.dictionary(id, fc.oneof(text, number, fc.array(id, { maxLength: 3 }))))
    .map(([own, cells]) => Object.assign({}, cells, { id: own })),
  { maxLength: 5, selector: (row) => row.id },
)

const unique = <T extends { readonly respondent?: string; readonly domain: string; readonly question: string }>(
  one: fc.Arbitrary<T>,
): fc.Arbitrary<readonly T[]> =>
  fc.uniqueArray(one, { maxLength: 12, selector: ({ respondent, domain, question }) => [respondent, domain, question].join("|") })

const override = (domain: fc.Arbitrary<string>): fc.Arbitrary<Override> =>
  fc
    .tuple(
      fc.record({ initiative: id, action: fc.constantFrom("include", "drop", "move", "effort" as const), reason: text }),
      fc.record({ domain, wave: fc.nat(9), effort: fc.tuple(fc.nat(50), fc.nat(90)) }, asked),
    )
    .map(([one, more]) => Object.assign({}, one, more))

const places = (list: readonly { readonly id: string }[]) => new Map(list.map(({ id }, at) => [id, at]))

const inOrder = (engagement: Engagement): Engagement => {
  const [people, domains, questions] = [engagement.respondents, engagement.domains, smallQuestionnaire.questions].map(places)
  const rank = (one: { respondent?: string; domain: string; question: string }): number =>
    (people?.get(one.respondent ?? "") ?? 0) * 10_000 +
    (domains?.get(one.domain) ?? 0) * 100 +
    (questions?.get(one.question) ?? 0)
  const sorted = <T extends { respondent?: string; domain: string; question: string }>(list: readonly T[]): readonly T[] =>
    list.toSorted((a, b) => rank(a) - rank(b))
  return {
    ...engagement,
    answers: sorted(engagement.answers),
    inventories: sorted(engagement.inventories),
    decisions: sorted(engagement.decisions),
  }
}
